/** Ed25519 signatures by a cell: receipts and work cards (RFC 8032; compact JWS, RFC 7515, `alg: EdDSA`, RFC 8037). */

import { Buffer } from 'node:buffer';
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { sha256 } from './digest.ts';

export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
}
export interface SigningKey {
  readonly publicJwk: PublicJwk;
  /** A compact JWS over the JSON of `payload`; `typ` names what it is. */
  sign(typ: string, payload: object): string;
  /** The same, on another thread where the runtime has one: for answers, which nobody holds a commit open for. */
  signBeside(typ: string, payload: object): Promise<string>;
}

// The PKCS#8 wrapping of a raw Ed25519 seed is these bytes and the seed (RFC 8410 §7).
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

export function signingKeyOf(seed: Uint8Array): SigningKey {
  const privateKey: KeyObject = createPrivateKey({
    key: Buffer.concat([pkcs8Head, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' }) as { x: string };
  // RFC 7638 thumbprint: required members in lexical order.
  const kid = sha256(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }));
  const heads = new Map<string, string>();
  const head = (typ: string) => {
    const known = heads.get(typ) ?? encode({ alg: 'EdDSA', kid, typ });
    heads.set(typ, known);
    return known;
  };
  return {
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x, kid },
    sign: (typ, payload) => {
      const signed = `${head(typ)}.${encode(payload)}`;
      return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
    },
    signBeside: (typ, payload) => {
      const signed = `${head(typ)}.${encode(payload)}`;
      return new Promise((resolve, reject) =>
        sign(null, Buffer.from(signed), privateKey, (error, signature) =>
          error ? reject(error) : resolve(`${signed}.${signature.toString('base64url')}`),
        ),
      );
    },
  };
}

/** The payload, or undefined when the token is malformed, of another type, or not signed by the key. */
export function readSigned(
  token: string,
  typ: string,
  key: { readonly x: string },
): Record<string, unknown> | undefined {
  const [head, payload, signature, ...rest] = token.split('.');
  if (!head || !payload || !signature || rest.length > 0) return undefined;
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.x }, format: 'jwk' });
  if (!verify(null, Buffer.from(`${head}.${payload}`), publicKey, Buffer.from(signature, 'base64url')))
    return undefined;
  const header = decode(head);
  return header?.alg === 'EdDSA' && header.typ === typ ? decode(payload) : undefined;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

export function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A passkey authenticator in software: real ES256 keys, CBOR attestation "none", user present and verified. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** User present, verified, backup eligible and attested credential data (WebAuthn §6.1). */
const flags = { present: 0x01, verified: 0x04, backupEligible: 0x08, attested: 0x40 } as const;

interface Credential {
  readonly id: Buffer;
  readonly privateKey: KeyObject;
  readonly userHandle: string;
  counter: number;
}
export interface Creation {
  readonly challenge: string;
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
}
export interface Assertion {
  readonly challenge: string;
  readonly rpId?: string;
}
export interface AuthenticatorOptions {
  readonly origin: string;
  readonly rpId?: string;
  /** Without it, the authenticator did not check who holds it. */
  readonly verifies?: boolean;
}

export function openAuthenticator({
  origin,
  rpId = new URL(origin).hostname,
  verifies = true,
}: AuthenticatorOptions) {
  const credentials: Credential[] = [];
  const userFlags = flags.present | flags.backupEligible | (verifies ? flags.verified : 0);
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  return {
    credentials,
    create(options: Creation) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const credential = { id: randomBytes(16), privateKey, userHandle: options.user.id, counter: 0 };
      credentials.push(credential);
      const attested = Buffer.concat([Buffer.alloc(16), uint(2, 16), credential.id, coseKey(publicKey)]);
      const data = authenticatorData(options.rp.id ?? rpId, userFlags | flags.attested, 0, attested);
      const id = credential.id.toString('base64url');
      return {
        id,
        rawId: id,
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge).toString('base64url'),
          attestationObject: attestationObject(data).toString('base64url'),
          transports: ['internal' as const],
        },
      };
    },
    /** Signs with the last passkey made, unless another is named. */
    get(options: Assertion, credential = credentials.at(-1)) {
      if (!credential) throw new Error('the authenticator holds no passkey');
      credential.counter += 1;
      const data = authenticatorData(options.rpId ?? rpId, userFlags, credential.counter);
      const client = clientData('webauthn.get', options.challenge);
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      const id = credential.id.toString('base64url');
      return {
        id,
        rawId: id,
        type: 'public-key' as const,
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', signed, credential.privateKey).toString('base64url'),
          userHandle: credential.userHandle,
        },
      };
    },
  };
}

function authenticatorData(rpId: string, bits: number, counter: number, attested = Buffer.alloc(0)): Buffer {
  return Buffer.concat([
    createHash('sha256').update(rpId).digest(),
    Buffer.from([bits]),
    uint(4, counter),
    attested,
  ]);
}

function uint(bytes: number, value: number): Buffer {
  const out = Buffer.alloc(bytes);
  out.writeUIntBE(value, 0, bytes);
  return out;
}

/** CBOR map {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} (RFC 9053 §7.1.1). */
function coseKey(publicKey: KeyObject): Buffer {
  const { x, y } = publicKey.export({ format: 'jwk' });
  if (!x || !y) throw new Error('a P-256 key has two coordinates');
  const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
  return Buffer.concat([
    head,
    Buffer.from(x, 'base64url'),
    Buffer.from([0x22, 0x58, 0x20]),
    Buffer.from(y, 'base64url'),
  ]);
}

/** CBOR map {fmt: "none", attStmt: {}, authData}. */
function attestationObject(data: Buffer): Buffer {
  const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
  const bytes = Buffer.concat([Buffer.from([0x58, data.length]), data]);
  return Buffer.concat([
    Buffer.from([0xa3]),
    text('fmt'),
    text('none'),
    text('attStmt'),
    Buffer.from([0xa0]),
    text('authData'),
    bytes,
  ]);
}

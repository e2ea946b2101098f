/** A person with a phone, speaking HTTP to the front: cookie-less, by bearer token, with a software authenticator. */
import type { webcrypto } from 'node:crypto';
import { newId } from '../../src/kernel/id.ts';
import { openAuthenticator } from './authenticator.ts';

export type Send = (request: Request) => Promise<Response>;
export interface Said {
  readonly status: number;
  // The tests read members of answers whose shape is what they test.
  readonly body: Record<string, never> & { slug?: string };
}

/** What the cell wants signed: its canonical text, and the digest of it. */
export interface Opened {
  readonly text: string;
  readonly digest: string;
  readonly rpId: string;
}

/** A key that cannot leave its phone, bound to the person's account. */
export interface PhoneKey {
  readonly deviceId: string;
  /** ECDSA P-256 over the text, r ‖ s as base64url. */
  sign(text: string): Promise<string>;
}

const keyKind = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A new key of WebCrypto's, and its public half as the server wants it. */
export async function makePhoneKey(deviceId: string): Promise<{ key: PhoneKey; publicKey: object }> {
  const pair = (await crypto.subtle.generateKey(keyKind, false, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const { kty, crv, x, y } = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as webcrypto.JsonWebKey;
  const sign = async (text: string) => {
    const signature = await crypto.subtle.sign(keyKind, pair.privateKey, new TextEncoder().encode(text));
    return Buffer.from(signature).toString('base64url');
  };
  return { key: { deviceId, sign }, publicKey: { kty, crv, x, y } };
}

export class Person {
  readonly authenticator;
  private token = '';
  personId = '';

  constructor(
    private readonly send: Send,
    readonly origin: string,
    readonly name: string,
  ) {
    this.authenticator = openAuthenticator({ origin });
  }

  async call(method: string, path: string, body?: unknown): Promise<Said> {
    const headers: Record<string, string> = { 'accept-language': 'en' };
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const answer = await this.send(
      new Request(`${this.origin}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : {} };
  }

  /** As a browser would carry the session. */
  async cookie(): Promise<string> {
    return `workcard=${this.token}`;
  }

  /** A page as its reader gets it; redirects are answers, too. */
  async page(path: string, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<{ status: number; text: string }> {
    const cookie = `${await this.cookie()}; locale=${locale}`;
    const answer = await this.send(
      new Request(`${this.origin}${path}`, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' }),
    );
    return { status: answer.status, text: await answer.text() };
  }

  async bytes(path: string): Promise<Uint8Array> {
    const answer = await this.send(
      new Request(`${this.origin}${path}`, { headers: { authorization: `Bearer ${this.token}` } }),
    );
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  async putFile(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
    return this.send(
      new Request(`${this.origin}${path}`, {
        method: 'PUT',
        body: bytes,
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'image/png' },
      }),
    );
  }

  /** 200 or a failing test with the whole refusal. */
  async ok(method: string, path: string, body?: unknown): Promise<Record<string, never>> {
    const said = await this.call(method, path, body);
    if (said.status !== 200)
      throw new Error(`${method} ${path}: ${said.status} ${JSON.stringify(said.body)}`);
    return said.body;
  }

  async signUp(gate: object): Promise<this> {
    const { options, ceremony } = (await this.ok('POST', '/api/sign-up/options', {
      gate,
      displayName: this.name,
    })) as unknown as { options: never; ceremony: string };
    const response = this.authenticator.create(options);
    return this.signedIn(await this.ok('POST', '/api/sign-up', { ceremony, response }));
  }

  /** Answers how to send the very same answer again. */
  async signIn(): Promise<() => Promise<Said>> {
    const { options, ceremony } = (await this.ok('POST', '/api/sign-in/options', {})) as unknown as {
      options: never;
      ceremony: string;
    };
    const answer = { ceremony, response: this.authenticator.get(options) };
    this.signedIn(await this.ok('POST', '/api/sign-in', answer));
    return () => this.call('POST', '/api/sign-in', answer);
  }

  protected signedIn(session: Record<string, unknown>): this {
    this.token = String(session.token);
    this.personId = String(session.personId);
    return this;
  }

  /** Signs a contract over the record that the cell names. */
  async sign(org: string, contractId: string, role: 'worker' | 'employer'): Promise<Said> {
    const nonce = newId();
    const opened = (await this.ok('PUT', `/api/orgs/${org}/contracts/${contractId}/nonces/${nonce}`, {
      role,
    })) as unknown as Opened;
    return this.call('PUT', `/api/orgs/${org}/contracts/${contractId}/signatures/${newId()}`, {
      role,
      nonce,
      proof: await this.proof(opened),
    });
  }

  /** Approves a pay run with a signature over the record that the cell names; or hears why not. */
  async approvePayRun(
    org: string,
    runId: string,
    seen: { calculationId: string; digest: string },
  ): Promise<Said> {
    const nonce = newId();
    const path = `/api/orgs/${org}/pay-runs/${runId}`;
    const opened = await this.call('PUT', `${path}/approval-nonces/${nonce}`, seen);
    if (opened.status !== 200) return opened;
    const proof = await this.proof(opened.body as unknown as Opened);
    return this.call('PUT', `${path}/approval`, { ...seen, nonce, proof });
  }

  /** Bound by the session. */
  async phoneKey(): Promise<PhoneKey> {
    const { key, publicKey } = await makePhoneKey(newId());
    await this.bindKey(key, publicKey);
    return key;
  }

  protected async bindKey(key: PhoneKey, publicKey: object): Promise<Record<string, never>> {
    const { challenge, ceremony } = await this.ok('POST', '/api/device-challenges');
    const signature = await key.sign(String(challenge));
    const body = { publicKey, label: `${this.name}’s phone`, ceremony: String(ceremony), signature };
    return this.ok('PUT', `/api/devices/${key.deviceId}`, body);
  }

  protected async proof({ digest, rpId }: Opened): Promise<object> {
    const wanted = { challenge: digest, rpId, userVerification: 'required' };
    return { kind: 'passkey', response: this.authenticator.get(wanted as never) };
  }
}

/** A person with a phone, speaking HTTP to the front: cookie-less, by bearer token, with a software authenticator. */
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

  protected async proof({ digest, rpId }: Opened): Promise<object> {
    const wanted = { challenge: digest, rpId, userVerification: 'required' };
    return { kind: 'passkey', response: this.authenticator.get(wanted as never) };
  }
}

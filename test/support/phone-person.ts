/** A person whose phone has no passkeys: a one-time code opens the account, and the phone's own key (WebCrypto) signs from then on. */
import type { webcrypto } from 'node:crypto';
import { newId } from '../../src/kernel/id.ts';
import { Person, type Said, type Send } from './person.ts';

const kind = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export class PhonePerson extends Person {
  readonly deviceId = newId();
  private keys: webcrypto.CryptoKeyPair | undefined;

  constructor(
    send: Send,
    origin: string,
    name: string,
    readonly number: string,
    private readonly codeTo: (address: string) => string,
  ) {
    super(send, origin, name);
  }

  override async signUp(gate: object): Promise<this> {
    const id = newId();
    const to = { channel: 'sms', address: this.number };
    await this.ok('PUT', `/api/sign-in-codes/${id}`, { ...to, gate });
    const code = this.codeTo(this.number);
    const said = await this.ok('POST', '/api/sign-in/code', {
      id,
      ...to,
      code,
      displayName: this.name,
      gate,
    });
    this.signedIn(said);
    const publicKey = await this.makeKey();
    const { ceremony, signature } = await this.prove();
    const bound = await this.ok('PUT', `/api/devices/${this.deviceId}`, {
      publicKey,
      label: `${this.name}’s phone`,
      ceremony,
      signature,
    });
    if (String(bound.boundBy) !== 'code') throw new Error('a code bound this key');
    return this;
  }

  override async signIn(): Promise<() => Promise<Said>> {
    const answer = { personId: this.personId, deviceId: this.deviceId, ...(await this.prove()) };
    this.signedIn(await this.ok('POST', '/api/sign-in/device', answer));
    return () => this.call('POST', '/api/sign-in/device', answer);
  }

  protected override async proof({ text }: { text: string }): Promise<object> {
    return { kind: 'device', deviceId: this.deviceId, signature: await this.signText(text) };
  }

  /** Its public half. */
  async makeKey(): Promise<object> {
    this.keys = (await crypto.subtle.generateKey(kind, false, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
    const jwk = (await crypto.subtle.exportKey('jwk', this.keys.publicKey)) as webcrypto.JsonWebKey;
    return { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y };
  }

  async prove(): Promise<{ ceremony: string; signature: string }> {
    const { challenge, ceremony } = await this.ok('POST', '/api/device-challenges');
    return { ceremony: String(ceremony), signature: await this.signText(String(challenge)) };
  }

  private async signText(text: string): Promise<string> {
    if (!this.keys) throw new Error('this phone has no key yet');
    const signature = await crypto.subtle.sign(kind, this.keys.privateKey, new TextEncoder().encode(text));
    return Buffer.from(signature).toString('base64url');
  }
}

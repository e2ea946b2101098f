/** A person whose phone has no passkeys: a one-time code opens the account, and the phone's own key (WebCrypto) signs from then on. */
import { newId } from '../../src/kernel/id.ts';
import { makePhoneKey, Person, type PhoneKey, type Said, type Send } from './person.ts';

export class PhonePerson extends Person {
  readonly deviceId = newId();
  private key: PhoneKey | undefined;

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
    const bound = await this.bindKey(await this.phoneKey(), publicKey);
    if (String(bound.boundBy) !== 'code') throw new Error('a code bound this key');
    return this;
  }

  override async signIn(): Promise<() => Promise<Said>> {
    const answer = {
      personId: this.personId,
      deviceId: this.deviceId,
      ...(await this.prove()),
    };
    this.signedIn(await this.ok('POST', '/api/sign-in/device', answer));
    return () => this.call('POST', '/api/sign-in/device', answer);
  }

  protected override async proof({ text }: { text: string }): Promise<object> {
    return {
      kind: 'device',
      deviceId: this.deviceId,
      signature: await this.signText(text),
    };
  }

  /** Its public half. */
  async makeKey(): Promise<object> {
    const { key, publicKey } = await makePhoneKey(this.deviceId);
    this.key = key;
    return publicKey;
  }

  override async phoneKey(): Promise<PhoneKey> {
    if (!this.key) throw new Error('this phone has no key yet');
    return this.key;
  }

  async prove(): Promise<{ ceremony: string; signature: string }> {
    const { challenge, ceremony } = await this.ok('POST', '/api/device-challenges');
    return { ceremony: String(ceremony), signature: await this.signText(String(challenge)) };
  }

  private async signText(text: string): Promise<string> {
    return (await this.phoneKey()).sign(text);
  }
}

/** Somebody whose phone has no passkeys and who comes with it to a supervisor: its own key signs from then on. */
import { newId } from '../../src/kernel/id.ts';
import { makePhoneKey, Person, type PhoneKey, type Said } from '../support/person.ts';

export class EnrolledPerson extends Person {
  readonly #deviceId = newId();
  #key: PhoneKey | undefined;

  override async phoneKey(): Promise<PhoneKey> {
    if (!this.#key) throw new Error('this phone is not enrolled yet');
    return this.#key;
  }

  async #sign(text: string): Promise<string> {
    return (await this.phoneKey()).sign(text);
  }

  async #answer() {
    const { challenge, ceremony } = await answerOf<{ challenge: string; ceremony: string }>(
      this.ok('POST', '/api/device-challenges'),
    );
    return { ceremony, signature: await this.#sign(challenge) };
  }

  /** Shows the phone to a supervisor, who compares the digits and confirms. */
  async enrol(org: string, invite: string, supervisor: Person): Promise<this> {
    const id = newId();
    const { key, publicKey } = await makePhoneKey(this.#deviceId);
    this.#key = key;
    const asked = {
      org,
      invite,
      displayName: this.name,
      deviceId: this.#deviceId,
      publicKey,
      ...(await this.#answer()),
    };
    const { checkWord } = await answerOf<{ checkWord: string }>(
      this.ok('PUT', `/api/enrolments/${id}`, asked),
    );
    const { personId } = await answerOf<{ personId: string }>(
      supervisor.ok('PUT', `/api/enrolments/${id}/confirmation`, { checkWord }),
    );
    this.personId = personId;
    await this.signIn();
    return this;
  }

  override async signIn(): Promise<() => Promise<Said>> {
    const answer = { personId: this.personId, deviceId: this.#deviceId, ...(await this.#answer()) };
    this.signedIn(await this.ok('POST', '/api/sign-in/device', answer));
    return () => this.call('POST', '/api/sign-in/device', answer);
  }

  protected override async proof({ text }: { text: string }): Promise<object> {
    return { kind: 'device', deviceId: this.#deviceId, signature: await this.#sign(text) };
  }
}

/** What an answer holds, where the demo relies on it. */
export async function answerOf<T>(said: Promise<unknown>): Promise<T> {
  return (await said) as T;
}

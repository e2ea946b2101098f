/** Somebody whose phone has no passkeys and who comes with it to a supervisor: its own key signs from then on. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { newId } from '../../src/kernel/id.ts';
import { Person, type Said } from '../support/person.ts';

export class EnrolledPerson extends Person {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #deviceId = newId();

  #sign(text: string): string {
    // As WebCrypto signs: both numbers plain, one after the other.
    const key = { key: this.#keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return sign('sha256', Buffer.from(text), key).toString('base64url');
  }

  async #answer() {
    const { challenge, ceremony } = await answerOf<{ challenge: string; ceremony: string }>(
      this.ok('POST', '/api/device-challenges'),
    );
    return { ceremony, signature: this.#sign(challenge) };
  }

  /** Shows the phone to a supervisor, who compares the digits and confirms. */
  async enrol(org: string, invite: string, supervisor: Person): Promise<this> {
    const id = newId();
    const { kty, crv, x, y } = this.#keys.publicKey.export({ format: 'jwk' });
    const asked = {
      org,
      invite,
      displayName: this.name,
      deviceId: this.#deviceId,
      publicKey: { kty, crv, x, y },
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
    return { kind: 'device', deviceId: this.#deviceId, signature: this.#sign(text) };
  }
}

/** What an answer holds, where the demo relies on it. */
export async function answerOf<T>(said: Promise<unknown>): Promise<T> {
  return (await said) as T;
}

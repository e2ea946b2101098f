/** A phone that signs punches: its own key and chain, and a clock that may be wrong. What it sends is what a browser sends. */

import { type PunchRecord, positionText, recordText } from '../../src/clock/punch-record.ts';
import { randomToken, sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Person, PhoneKey, Said } from './person.ts';

export const gate = { lat: 31.2304, lng: 121.4737, accuracyMetres: 12, datum: 'unstated' };

export interface Tap {
  readonly engagementId: string;
  readonly siteId: string;
  readonly kind: 'in' | 'out';
  /** By the phone's clock. */
  readonly at: string;
  readonly position?: object | null;
  readonly proof?: string;
  /** Milliseconds of the page's own clock; undefined: a page of another life. */
  readonly monotonicMs?: number;
}
export interface SignedPunch {
  readonly id: string;
  readonly body: Record<string, unknown> & { readonly device: Record<string, unknown> };
}

export class ClockingPhone {
  private key: PhoneKey | undefined;
  private seq = 0;
  private previous: string | null = null;
  private token: { serverTime: string; seenAt: string; atMs: number | undefined } | undefined;
  readonly life = newId();

  constructor(
    readonly person: Person,
    readonly org: string,
    readonly installation = randomToken(),
  ) {}

  /** The person's own phone, made known to the employer. */
  async enrol(clock: string, monotonicMs?: number): Promise<this> {
    this.key = await this.person.phoneKey();
    const answer = await this.person.ok('PUT', `/api/orgs/${this.org}/me/devices/${this.deviceId}`, {
      installation: this.installation,
    });
    this.sees(answer, clock, monotonicMs);
    return this;
  }

  sees(answer: object, clock: string, monotonicMs?: number): void {
    const { serverTime } = answer as { serverTime: string };
    this.token = { serverTime, seenAt: new Date(clock).toISOString(), atMs: monotonicMs };
  }

  /** Signs and keeps; sends nothing. */
  async tap(tap: Tap): Promise<SignedPunch> {
    const id = newId();
    const position = tap.position === undefined ? gate : tap.position;
    const salt = position ? randomToken() : null;
    const said = {
      engagementId: tap.engagementId,
      siteId: tap.siteId,
      kind: tap.kind,
      deviceAt: new Date(tap.at).toISOString(),
      ...(position ? { position } : { noPosition: 'unavailable' as const }),
      ...(tap.proof ? { proof: tap.proof } : {}),
    };
    const sinceServerMs =
      this.token?.atMs === undefined || tap.monotonicMs === undefined
        ? null
        : tap.monotonicMs - this.token.atMs;
    const device = {
      deviceId: this.deviceId,
      seq: ++this.seq,
      previous: this.previous,
      serverTime: this.token?.serverTime ?? null,
      serverSeenAt: this.token?.seenAt ?? null,
      life: tap.monotonicMs === undefined ? null : this.life,
      monotonicMs: tap.monotonicMs ?? null,
      sinceServerMs,
    };
    const record: PunchRecord = {
      v: 'workcard-punch-1',
      org: this.org,
      id,
      ...device,
      engagementId: said.engagementId,
      siteId: said.siteId,
      kind: said.kind,
      deviceAt: said.deviceAt,
      positionDigest: salt && sha256(positionText(salt, position as never)),
      noPosition: position ? null : 'unavailable',
      proof: tap.proof ?? null,
    };
    const text = recordText(record);
    this.previous = sha256(text);
    return { id, body: { ...said, device: { ...device, salt, signature: await this.sign(text) } } };
  }

  /** `at`: by the phone's clock. */
  async send(punch: SignedPunch, at: string, monotonicMs?: number): Promise<Said> {
    const sent = {
      at: new Date(at).toISOString(),
      life: monotonicMs === undefined ? null : this.life,
      monotonicMs: monotonicMs ?? null,
    };
    return this.person.call('PUT', `/api/orgs/${this.org}/punches/${punch.id}`, { ...punch.body, sent });
  }

  get deviceId(): string {
    return this.key?.deviceId ?? '';
  }

  private async sign(text: string): Promise<string> {
    if (!this.key) throw new Error('this phone has no key yet');
    return this.key.sign(text);
  }
}

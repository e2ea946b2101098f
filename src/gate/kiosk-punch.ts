/** A punch at the site's tablet: the worker shows their card, the tablet signs, and its word stands for the place. */
import { eq } from 'drizzle-orm';
import { witnessPhotos, workers } from '../../db/cell.ts';
import { type Arrival, arrivalOf, type DevicePart, type PunchKind } from '../clock/arrival.ts';
import type { Sent } from '../clock/effective-time.ts';
import { type OnPunch, type Punched, type PunchFlag, punchOf, recordPunch } from '../clock/punch.ts';
import { siteOf } from '../employer/site.ts';
import { sitePolicyOn } from '../employer/site-policy.ts';
import type { CellContext } from '../http/env.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type Kiosk, keyOfKiosk, kioskOf, kioskText } from './kiosk.ts';
import { type Showing, shownCard } from './shown-card.ts';

export interface KioskPunchRequest {
  readonly id: string;
  readonly engagementId: string;
  readonly siteId: string;
  readonly kind: PunchKind;
  readonly deviceAt: Instant;
  /** The QR code's text, or the card's number. */
  readonly card: string;
  readonly device: DevicePart;
  readonly sent?: Sent | undefined;
}
export interface KioskArrival {
  readonly arrival: Arrival;
  readonly kiosk: Kiosk;
}

/** `rotating` needs no remark: the card was on its owner's phone at that moment. */
const remarks: Readonly<Record<Showing, readonly PunchFlag[]>> = {
  rotating: [],
  static: ['card-static'],
  number: ['card-typed'],
};

/**
 * Whose punch it is by the card, and that this site's tablet signed it. A card that does not hold is refused to who
 * stands there; one that was shown while the tablet was offline is kept and marked, because the work was done.
 */
export async function kioskArrivalOf(
  cell: CellContext,
  { card: said, ...request }: KioskPunchRequest,
  receivedAt: Instant,
): Promise<KioskArrival> {
  const { db } = cell.store;
  const { kiosk, revocation } = kioskOf(db, request.device.deviceId) ?? refuse('device-unknown');
  if (kiosk.siteId !== request.siteId) refuse('not-found');
  const shown = shownCard(cell, request.siteId, said, receivedAt);
  if (shown.engagementId !== request.engagementId) refuse('card-unknown');
  const signer = {
    personId: personOf(db, shown.workerId),
    key: keyOfKiosk(kiosk),
    revokedAt: revocation?.at ?? null,
  };
  const input = { ...request, noPosition: 'unavailable' as const, proof: 'kiosk' };
  const arrival = await arrivalOf(cell, { kind: 'system' }, input, receivedAt, () => signer);
  const { effectiveAt, flags } = arrival.time;
  // What the code said is asked of the moment when it was shown.
  const { showing, view } = shownCard(cell, request.siteId, said, effectiveAt);
  const isLate = flags.includes('late');
  if (view.trouble && !isLate && !punchOf(db, request.id)) refuse('card-not-valid', { name: view.name });
  const marks: PunchFlag[] = [...remarks[showing], ...(view.trouble ? ['card-not-valid' as const] : [])];
  return {
    kiosk,
    arrival: { ...arrival, vouched: { judgedAs: 'kiosk', by: kioskText(kiosk.id), flags: marks } },
  };
}

function personOf(db: Db, workerId: string): string {
  return db.select().from(workers).where(eq(workers.id, workerId)).get()?.personId ?? refuse('card-unknown');
}

export interface WitnessPhoto {
  readonly fileId: string;
  readonly deleteAt: Instant;
}

/** Undefined where the site wants no pictures. The punch's id before the bytes makes the file this punch's alone. */
export async function keepPhoto(
  cell: CellContext,
  { arrival, kiosk }: KioskArrival,
  photo: Uint8Array | undefined,
  at: Instant,
): Promise<WitnessPhoto | undefined> {
  const { db } = cell.store;
  if (!photo || punchOf(db, arrival.input.id)) return undefined;
  const zone = siteOf(db, kiosk.siteId)?.zone ?? 'UTC';
  const policy = sitePolicyOn(db, kiosk.siteId, civilDateAt(arrival.time.effectiveAt, zone));
  if (!policy.witnessPhoto) return undefined;
  const bytes = new Uint8Array([...new TextEncoder().encode(arrival.input.id), ...photo]);
  return { fileId: await cell.files.put(bytes), deleteAt: addSeconds(at, policy.photoDays * 86_400) };
}

export function recordKioskPunch(
  tx: Tx,
  { arrival, kiosk }: KioskArrival,
  photo: WitnessPhoto | undefined,
  at: Instant,
  hooks: readonly OnPunch[],
): Punched {
  const punched = recordPunch(tx, arrival, at, hooks);
  if (punched.fresh && photo) {
    const row = { id: punched.punch.id, kioskId: kiosk.id, ...photo, at, by: kioskText(kiosk.id) };
    record(tx, 'witness-photo-taken', row, row.by, at);
  }
  return punched;
}

export function photoOf(db: Db, punchId: string) {
  return db.select().from(witnessPhotos).where(eq(witnessPhotos.id, punchId)).get();
}

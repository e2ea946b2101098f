/** A punch on this phone, before and after the server has it (pure). */
import type { ClockScene } from '../../../clock/clock-scene.ts';

export interface Waiting {
  readonly id: string;
  readonly org: string;
  readonly personId: string;
  readonly engagementId: string;
  readonly siteId: string;
  readonly kind: 'in' | 'out';
  /** By this phone's clock. */
  readonly deviceAt: string;
  /** Null for a punch that only the session vouches for. */
  readonly deviceId: string | null;
  readonly seq: number | null;
  /** Where it goes, when not to `punches`: a site's tablet sends for others. */
  readonly via?: 'kiosk-punches' | undefined;
  /** Of the request, without what is said at each sending. */
  readonly body: object;
  /** Why the last attempt did not end it, in the reader's words of then. */
  readonly trouble?: string;
}

/** What the server made of one. */
export interface Settled extends Omit<Waiting, 'body' | 'trouble'> {
  readonly effectiveAt?: string;
  readonly receivedAt?: string;
  readonly late?: number | null;
  readonly offsetMs?: number | null;
  readonly verdict?: string;
  readonly metres?: number | null;
  readonly flags?: readonly string[];
  /** Of the position that was sent. */
  readonly accuracyMetres?: number | null;
  /** Why it was not accepted. Such a one stays until it is dismissed. */
  readonly refusal?: { readonly slug: string; readonly title: string };
}

export interface KeptScene extends ClockScene {
  /** The server's clock less this phone's, when the scene came. */
  readonly offsetMs: number;
}

/** Of one chain by its count, else by their ids, which begin with the time. */
export function inOrder(one: Waiting, other: Waiting): number {
  const sameChain = one.deviceId !== null && one.deviceId === other.deviceId && one.org === other.org;
  if (sameChain) return (one.seq ?? 0) - (other.seq ?? 0);
  return one.id < other.id ? -1 : 1;
}

/** What a phone signs when somebody clocks in or out. Pure and without imports: the phone runs this very file. */

export interface PunchRecord {
  readonly v: 'workcard-punch-1';
  readonly org: string;
  readonly id: string;
  readonly engagementId: string;
  readonly siteId: string;
  readonly kind: 'in' | 'out';
  /** By the phone's clock, as an instant. */
  readonly deviceAt: string;
  readonly deviceId: string;
  /** Counted by the phone for this employer, from 1. */
  readonly seq: number;
  /** SHA-256 of the record before this one, base64url; null for the first. */
  readonly previous: string | null;
  /** The newest token of ours that the phone had seen; null when none. */
  readonly serverTime: string | null;
  /** When it came, by the phone's clock. */
  readonly serverSeenAt: string | null;
  /** Names one life of the page, in which `monotonicMs` runs; null where the phone has no such clock. */
  readonly life: string | null;
  readonly monotonicMs: number | null;
  /** Since the token arrived, when that was in the same life of the page. */
  readonly sinceServerMs: number | null;
  /** SHA-256 of `positionText`, base64url. */
  readonly positionDigest: string | null;
  readonly noPosition: string | null;
  /** What was shown at the site, e.g. `site-code:123456`. */
  readonly proof: string | null;
}

/** RFC 8785: all members, in lexical order, without spaces. Its values are strings, integers and null only. */
export function recordText(record: PunchRecord): string {
  const { deviceAt, deviceId, engagementId, id, kind, life, monotonicMs, noPosition, org } = record;
  const { positionDigest, previous, proof, seq, serverSeenAt, serverTime, sinceServerMs, siteId, v } = record;
  return JSON.stringify({
    deviceAt,
    deviceId,
    engagementId,
    id,
    kind,
    life,
    monotonicMs,
    noPosition,
    org,
    positionDigest,
    previous,
    proof,
    seq,
    serverSeenAt,
    serverTime,
    sinceServerMs,
    siteId,
    v,
  });
}

/** What a salted digest stands for: the position may be erased while the signature still holds. */
export function positionText(
  salt: string,
  position: {
    readonly lat: number;
    readonly lng: number;
    readonly accuracyMetres: number;
    readonly datum: string;
    readonly ageMs?: number | undefined;
  },
): string {
  const { lat, lng, accuracyMetres, datum, ageMs = 0 } = position;
  const [latE7, lngE7] = [Math.round(lat * 1e7), Math.round(lng * 1e7)];
  return `${salt}\n${latE7} ${lngE7} ${Math.round(accuracyMetres)} ${datum} ${Math.round(ageMs)}`;
}

/** The chain of a phone's records (pure): each names the digest of the one before, so that none can be lost or slipped in unseen. */

/** One signed punch as a link. Voided punches stay links: what is voided was still signed. */
export interface ChainLink {
  readonly punchId: string;
  readonly deviceId: string;
  /** Counted by the phone, from 1. */
  readonly seq: number;
  readonly previousDigest: string | null;
  readonly recordDigest: string;
  /** By the phone's clock. */
  readonly deviceAt: string;
  /** It waited on the phone, whose clock said when it was made. */
  readonly late: boolean;
}

/** `clock-moved`: the phone's clock stood later at the punch before this one. */
export type ChainFault = 'chain-gap' | 'chain-broken' | 'chain-forked' | 'clock-moved';

/**
 * What does not hold, by punch. `links`: of one phone, in any order, with the one before each that is judged. A link
 * that comes in late mends the gap it left.
 */
export function chainFaults(links: readonly ChainLink[]): Map<string, ChainFault> {
  const bySeq = new Map<number, ChainLink[]>();
  for (const link of links) {
    const known = bySeq.get(link.seq);
    if (!known) bySeq.set(link.seq, [link]);
    else if (known.every(({ punchId }) => punchId !== link.punchId)) known.push(link);
  }
  const faults = new Map<string, ChainFault>();
  for (const link of links) {
    const fault = faultOf(link, bySeq);
    if (fault) faults.set(link.punchId, fault);
  }
  return faults;
}

function faultOf(link: ChainLink, bySeq: ReadonlyMap<number, readonly ChainLink[]>): ChainFault | undefined {
  if ((bySeq.get(link.seq)?.length ?? 0) > 1) return 'chain-forked';
  if (link.seq === 1) return link.previousDigest === null ? undefined : 'chain-broken';
  const before = bySeq.get(link.seq - 1);
  if (!before) return 'chain-gap';
  if (!before.some(({ recordDigest }) => recordDigest === link.previousDigest)) return 'chain-broken';
  return link.late && before.some(({ deviceAt }) => deviceAt > link.deviceAt) ? 'clock-moved' : undefined;
}

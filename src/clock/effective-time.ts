/** When a punch happened, from what the phone and we know of time (pure). A phone's clock alone is never believed. */
import { epochMs, type Instant, instantOf } from '../kernel/time.ts';

/** What the phone said of time. `…At` of its own are by its own clock. */
export interface TimeEvidence {
  readonly deviceAt: Instant;
  /** The newest time of ours that it had seen, and when by its clock that came. Null: none that we signed. */
  readonly serverAt: Instant | null;
  readonly serverSeenAt: Instant | null;
  /** One life of the page has one clock that nobody can set; across reloads and sleep it is absent, not broken. */
  readonly life: string | null;
  readonly monotonicMs: number | null;
  readonly sinceServerMs: number | null;
  /** Said anew with each sending. */
  readonly sent: Sent | null;
}
export interface Sent {
  readonly at: Instant;
  readonly life: string | null;
  readonly monotonicMs: number | null;
}
export type TimeFlag = 'late' | 'clock-differs' | 'clock-moved' | 'time-unproven';
export interface EffectiveTime {
  readonly effectiveAt: Instant;
  /** Our clock less the phone's; null when the phone did not say when it sent. */
  readonly offsetMs: number | null;
  /** It happened between these, whatever the phone's clock says. Null: nothing proves it was not earlier. */
  readonly earliestAt: Instant | null;
  readonly latestAt: Instant;
  readonly flags: readonly TimeFlag[];
}

/** Two clocks this far apart are worth a person's look. */
const clockDiffersMs = 120_000;
/** A tap that arrives this soon after is at once: the position is looked for in between. */
const atOnceMs = 30_000;
/** A message needs time, and clocks are read at different moments of it. */
const slackMs = 5_000;

/**
 * The receipt for a punch that was sent at once; else the phone's time plus the offset between the clocks, if that lies
 * between what is proven. Outside of it, or where nothing is: the nearest that is possible, and a person decides.
 */
export function effectiveTimeOf(evidence: TimeEvidence, receivedAt: Instant): EffectiveTime {
  const received = epochMs(receivedAt);
  const { sent } = evidence;
  const offsetMs = received - epochMs(sent?.at ?? evidence.deviceAt);
  const differs: TimeFlag[] = Math.abs(offsetMs) > clockDiffersMs ? ['clock-differs'] : [];
  const waited = waitOf(evidence);
  if (!sent || (waited.ms >= 0 && waited.ms <= atOnceMs && !waited.moved))
    return {
      effectiveAt: receivedAt,
      offsetMs: sent && offsetMs,
      earliestAt: receivedAt,
      latestAt: receivedAt,
      flags: differs,
    };
  const earliest = earliestOf(evidence);
  const latest = received - Math.max(0, waited.leastMs);
  const told = toldOf(evidence, received, waited);
  const within = Math.min(Math.max(told.ms, earliest ?? told.ms), latest);
  const isProven = told.isSure && earliest !== null && Math.abs(within - told.ms) <= slackMs;
  const flags: TimeFlag[] = ['late', ...differs];
  if (told.moved) flags.push('clock-moved');
  if (!isProven) flags.push('time-unproven');
  return {
    effectiveAt: instantOf(within),
    offsetMs,
    earliestAt: earliest === null ? null : instantOf(Math.min(earliest, latest)),
    latestAt: instantOf(latest),
    flags,
  };
}

interface Wait {
  /** From the tap to the sending. */
  readonly ms: number;
  /** By the clock that nobody can set; 0 where there was none. */
  readonly leastMs: number;
  /** The phone's clock was set back in between. */
  readonly moved: boolean;
}

/** Sleep may stop the page's own clock, so that it can show less than passed, never more. */
function waitOf({ deviceAt, life, monotonicMs, sent }: TimeEvidence): Wait {
  if (!sent) return { ms: 0, leastMs: 0, moved: false };
  const byClock = epochMs(sent.at) - epochMs(deviceAt);
  const sameLife = life !== null && life === sent.life && monotonicMs !== null && sent.monotonicMs !== null;
  if (!sameLife) return { ms: byClock, leastMs: 0, moved: false };
  const least = (sent.monotonicMs ?? 0) - (monotonicMs ?? 0);
  const moved = least - byClock > clockDiffersMs;
  return { ms: moved ? least : byClock, leastMs: least, moved };
}

function earliestOf({ serverAt, sinceServerMs }: TimeEvidence): number | null {
  return serverAt === null ? null : epochMs(serverAt) + Math.max(0, sinceServerMs ?? 0);
}

interface Told {
  readonly ms: number;
  readonly moved: boolean;
  /** False when the phone's clock was set between its last word from us and the sending, and nothing says to what. */
  readonly isSure: boolean;
}

/**
 * The offset between the clocks is measured at the sending, and was when our last token came. Where both agree the
 * phone's time is taken with it; where they do not, the clock was set in between, and the page's own clock may say when.
 */
function toldOf(evidence: TimeEvidence, received: number, waited: Wait): Told {
  const bySending = received - waited.ms;
  if (waited.moved) return { ms: bySending, moved: true, isSure: true };
  if (waited.ms < 0) return { ms: byToken(evidence) ?? received, moved: true, isSure: false };
  const told = byToken(evidence);
  if (told === undefined || Math.abs(told - bySending) <= clockDiffersMs)
    return { ms: bySending, moved: false, isSure: true };
  const { deviceAt, serverSeenAt, sinceServerMs } = evidence;
  const ran = serverSeenAt === null ? null : epochMs(deviceAt) - epochMs(serverSeenAt);
  const isSteady = ran !== null && sinceServerMs !== null && Math.abs(ran - sinceServerMs) <= clockDiffersMs;
  return isSteady ? { ms: told, moved: true, isSure: true } : { ms: bySending, moved: true, isSure: false };
}

/** The phone's time with the offset that its clock had when our last token came. */
function byToken({ deviceAt, serverAt, serverSeenAt }: TimeEvidence): number | undefined {
  if (serverAt === null || serverSeenAt === null) return undefined;
  return epochMs(deviceAt) + epochMs(serverAt) - epochMs(serverSeenAt);
}

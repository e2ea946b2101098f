/** What a person has to look at before hours are approved (pure), and which of it must be mended first. */
import type { CivilDate } from '../kernel/time.ts';
import type { CountedPunch } from './pairing.ts';

export type ExceptionKind =
  | 'at-work'
  | 'missing-out'
  | 'missing-in'
  | 'overlap'
  | 'long-shift'
  | 'proof-missing'
  | 'units-unconfirmed'
  | 'outside-fence'
  | 'uncertain-place'
  | 'no-position'
  | 'clock-differs'
  | 'clock-moved'
  | 'time-unproven'
  | 'late-synced'
  | 'unsigned'
  | 'device-revoked'
  | 'card-not-valid'
  | 'chain-gap'
  | 'chain-broken'
  | 'chain-forked'
  | 'in-early'
  | 'in-late'
  | 'out-early'
  | 'out-late'
  | 'without-shift'
  | 'rest-short'
  | 'break-missing'
  | 'engagement-not-live'
  | 'site-unexpected'
  | 'contract-missing'
  | 'identity-missing'
  | 'correction-asked'
  | 'disputed';

/** These must be mended by a correction (or by clocking out, or a confirmation) before anybody can approve; the others are for the approver to see. */
const blocking: ReadonlySet<ExceptionKind> = new Set([
  'at-work',
  'missing-out',
  'missing-in',
  'overlap',
  'long-shift',
  'proof-missing',
  'units-unconfirmed',
]);

export interface TimesheetException {
  readonly kind: ExceptionKind;
  readonly day: CivilDate;
  readonly punchIds: readonly string[];
  readonly blocking: boolean;
}

/** Who is at work has only to clock out: that keeps from approving, and is nobody’s trouble. */
export const isTrouble = ({ kind }: Pick<TimesheetException, 'kind'>): boolean => kind !== 'at-work';

export function exceptionAt(
  kind: ExceptionKind,
  day: CivilDate,
  punchIds: readonly string[],
): TimesheetException {
  return { kind, day, punchIds, blocking: blocking.has(kind) };
}

/** By day; what blocks comes first on its day. */
export function inOrderOfDays(exceptions: readonly TimesheetException[]): TimesheetException[] {
  return [...exceptions].sort((a, b) =>
    a.day === b.day ? Number(b.blocking) - Number(a.blocking) : a.day < b.day ? -1 : 1,
  );
}

const placeKinds = {
  outside: 'outside-fence',
  uncertain: 'uncertain-place',
  'no-position': 'no-position',
} as const;

/** What a punch was flagged with when it came, as an exception. */
const flagKinds: ReadonlyMap<string, ExceptionKind> = new Map([
  ['proof-missing', 'proof-missing'],
  ['clock-differs', 'clock-differs'],
  ['clock-moved', 'clock-moved'],
  ['time-unproven', 'time-unproven'],
  ['late', 'late-synced'],
  ['unsigned', 'unsigned'],
  ['device-revoked', 'device-revoked'],
  ['card-not-valid', 'card-not-valid'],
  ['engagement-not-live', 'engagement-not-live'],
  ['site-unexpected', 'site-unexpected'],
  ['contract-missing', 'contract-missing'],
  ['identity-missing', 'identity-missing'],
]);

/** What a site's rules say of the place: `record` writes it down and asks nobody. */
export type PlaceRule = 'record' | 'flag' | 'require-proof';

/** Nothing about it needs a look. */
export function isPlain({ verdict, flags, chain }: CountedPunch): boolean {
  return verdict === 'inside' && flags.length === 0 && chain === undefined;
}

/** What is to see of one punch. A proof of the site stands in for a position that is weak or missing. */
export function punchKinds(punch: CountedPunch, place: PlaceRule): ExceptionKind[] {
  const kinds: ExceptionKind[] = [];
  const isProven = punch.flags.includes('proof-given') && punch.verdict !== 'outside';
  // From another system's table: there was no phone to say where.
  const isImported = punch.flags.includes('imported');
  if (punch.verdict !== 'inside' && !isProven && !isImported && place !== 'record')
    kinds.push(placeKinds[punch.verdict]);
  for (const [flag, kind] of flagKinds) if (punch.flags.includes(flag)) kinds.push(kind);
  if (punch.chain && !kinds.includes(punch.chain)) kinds.push(punch.chain);
  return kinds;
}

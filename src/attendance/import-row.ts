/** One row of an import: whose, where, which and when, or what is wrong with it and in which column. Pure. */

import { stateOn } from '../engagement/engagement.ts';
import { addDays, type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { type ImportEngagement, type ImportFacts, type ImportSite, nameKey } from './import-facts.ts';
import { type ImportMapping, kindOf } from './import-mapping.ts';
import { type ClockFault, instantOn, isInstant, type Reading, readingOf } from './import-time.ts';

export type RowFault =
  | ClockFault
  | 'who-missing'
  | 'who-unknown'
  | 'who-ambiguous'
  | 'engagement-ambiguous'
  | 'site-missing'
  | 'site-unknown'
  | 'site-ambiguous'
  | 'kind-unreadable'
  | 'time-missing'
  | 'out-before-in'
  | 'in-future'
  | 'too-old'
  | 'period-approved'
  | 'own-hours';

export interface RowProblem {
  readonly row: number;
  /** From 0; -1 where no column is to blame. */
  readonly column: number;
  readonly fault: RowFault;
  readonly value: string;
}
export type RowFlag = 'engagement-not-live' | 'site-unexpected';
export interface RowPunch {
  readonly row: number;
  readonly engagement: ImportEngagement;
  readonly site: ImportSite;
  readonly kind: 'in' | 'out';
  readonly at: Instant;
  readonly day: CivilDate;
  readonly flags: readonly RowFlag[];
  /** Recorded already, by a punch of the same moment. */
  readonly known: boolean;
}
/** A row with a problem records nothing of itself. */
export interface RowVerdict {
  readonly punches: readonly RowPunch[];
  readonly problems: readonly RowProblem[];
}

export interface TableRow {
  readonly row: number;
  readonly fields: readonly string[];
}

/** Nobody's hours of the last century are paid here; a two-digit year or a swapped number would say they are. */
const firstDay = '2000-01-01' as CivilDate;

export function judgeRow(line: TableRow, mapping: ImportMapping, facts: ImportFacts): RowVerdict {
  const problems: RowProblem[] = [];
  const blame = (column: number, fault: RowFault) => {
    problems.push({ row: line.row, column, fault, value: line.fields[column] ?? '' });
    return undefined;
  };
  const cell = (column: number) => line.fields[column] ?? '';
  const found = whoOf(cell(mapping.who), mapping, facts, blame);
  const times = timesOf(line, mapping, blame);
  if (!found || !times || problems.length > 0) return { punches: [], problems };
  const named = siteNamed(cell(mapping.site), mapping, facts, blame);
  if (problems.length > 0) return { punches: [], problems };
  const { day, instant } = times[0]?.reading ?? {};
  const about = day ?? (instant?.slice(0, 10) as CivilDate | undefined);
  const engagement = engagementOn(found, about, named, () => blame(mapping.who, 'engagement-ambiguous'));
  const site =
    engagement && (named ?? onlySite(engagement, facts, () => blame(mapping.site, 'site-missing')));
  if (!engagement || !site) return { punches: [], problems };
  const punches = placed(times, { engagement, site, row: line.row }, facts, blame);
  return problems.length > 0 ? { punches: [], problems } : { punches, problems };
}

type Blame = (column: number, fault: RowFault) => undefined;

function whoOf(
  text: string,
  { who }: ImportMapping,
  facts: ImportFacts,
  blame: Blame,
): readonly ImportEngagement[] | undefined {
  if (text === '') return blame(who, 'who-missing');
  const found = facts.named(text);
  if (found.length === 0) return blame(who, 'who-unknown');
  if (new Set(found.map(({ workerId }) => workerId)).size > 1) return blame(who, 'who-ambiguous');
  return found[0]?.workerId === facts.ownWorkerId ? blame(who, 'own-hours') : found;
}

/** Of several, the one that ran on the day, at the site. A single one counts also outside its days, and says so. */
function engagementOn(
  found: readonly ImportEngagement[],
  day: CivilDate | undefined,
  site: ImportSite | undefined,
  none: () => undefined,
): ImportEngagement | undefined {
  if (found.length === 1) return found[0];
  const live = found.filter((one) => day === undefined || stateOn(day, one.startsOn, one.lastDay) === 'live');
  if (live.length === 1) return live[0];
  const here = live.filter(({ siteIds }) => site !== undefined && siteIds.includes(site.id));
  return here.length === 1 ? here[0] : none();
}

function siteNamed(
  text: string,
  { site: column, siteId }: ImportMapping,
  { sites }: ImportFacts,
  blame: Blame,
): ImportSite | undefined {
  if (column < 0 || text === '') return sites.find(({ id }) => id === siteId);
  const key = nameKey(text);
  const found = sites.filter(({ id, name }) => id === key || nameKey(name) === key);
  if (found.length > 1) return blame(column, 'site-ambiguous');
  return found[0] ?? blame(column, 'site-unknown');
}

function onlySite(
  { siteIds }: ImportEngagement,
  { sites }: ImportFacts,
  none: () => undefined,
): ImportSite | undefined {
  return siteIds.length === 1 ? sites.find(({ id }) => id === siteIds[0]) : none();
}

interface RowTime {
  readonly kind: 'in' | 'out';
  readonly column: number;
  readonly reading: Reading;
}

/** The row's clock readings, each with its day. An out that is no later than its in is of the next morning. */
function timesOf(line: TableRow, mapping: ImportMapping, blame: Blame): RowTime[] | undefined {
  const dayText = mapping.date < 0 ? '' : (line.fields[mapping.date] ?? '');
  const dated = dayText === '' ? undefined : readingOf(dayText, mapping.order);
  if (dayText !== '' && !dated?.day) return blame(mapping.date, 'time-unreadable');
  const read = (column: number, kind: 'in' | 'out'): RowTime | undefined => {
    const reading = readingOf(line.fields[column] ?? '', mapping.order);
    if (!reading) return blame(column, 'time-unreadable');
    const day = reading.day ?? dated?.day;
    if (!reading.instant && (!day || !reading.time)) return blame(column, 'time-unreadable');
    return { kind, column, reading: day ? { ...reading, day } : reading };
  };
  if (mapping.shape === 'one') {
    const kind = kindOf(line.fields[mapping.kind] ?? '');
    if (!kind) return blame(mapping.kind, 'kind-unreadable');
    const one = read(mapping.time, kind);
    return one && [one];
  }
  const isThere = (column: number) => column >= 0 && (line.fields[column] ?? '') !== '';
  const start = isThere(mapping.inTime) ? read(mapping.inTime, 'in') : undefined;
  const end = isThere(mapping.outTime) ? read(mapping.outTime, 'out') : undefined;
  if (!isThere(mapping.inTime) && !isThere(mapping.outTime)) return blame(mapping.inTime, 'time-missing');
  if ((isThere(mapping.inTime) && !start) || (isThere(mapping.outTime) && !end)) return undefined;
  return [start, end && overMidnight(start, end, line, mapping)].filter((one) => one !== undefined);
}

/** Only a time without a date of its own may be moved to the next day. */
function overMidnight(
  start: RowTime | undefined,
  end: RowTime,
  line: TableRow,
  { order }: ImportMapping,
): RowTime {
  const own = readingOf(line.fields[end.column] ?? '', order);
  const { time, day } = end.reading;
  if (!start || own?.day || !day || !time || !start.reading.time || time > start.reading.time) return end;
  return { ...end, reading: { ...end.reading, day: addDays(start.reading.day ?? day, 1) } };
}

function placed(
  times: readonly RowTime[],
  { engagement, site, row }: { engagement: ImportEngagement; site: ImportSite; row: number },
  facts: ImportFacts,
  blame: Blame,
): RowPunch[] {
  const punches: RowPunch[] = [];
  for (const { kind, column, reading } of times) {
    const at = instantOn(reading, site.zone);
    if (!isInstant(at)) {
      blame(column, at);
      continue;
    }
    const day = civilDateAt(at, site.zone);
    const before = punches[0];
    if (before && at <= before.at) blame(column, 'out-before-in');
    if (at > facts.at) blame(column, 'in-future');
    if (day < firstDay) blame(column, 'too-old');
    // A clock-out of the morning belongs to the shift of its clock-in.
    const shiftDay = kind === 'out' && before ? before.day : day;
    if (
      facts.approved(engagement.id).some(({ startsOn, endsOn }) => startsOn <= shiftDay && shiftDay <= endsOn)
    )
      blame(column, 'period-approved');
    punches.push({
      row,
      engagement,
      site,
      kind,
      at,
      day,
      flags: flagsOf(engagement, site, shiftDay),
      known: facts.isKnown(engagement.id, kind, at),
    });
  }
  return punches;
}

function flagsOf(engagement: ImportEngagement, site: ImportSite, day: CivilDate): RowFlag[] {
  const flags: RowFlag[] = [];
  if (stateOn(day, engagement.startsOn, engagement.lastDay) !== 'live') flags.push('engagement-not-live');
  if (!engagement.siteIds.includes(site.id)) flags.push('site-unexpected');
  return flags;
}

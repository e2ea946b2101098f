/** Downloads of punches and hours: from the facts, the same bytes for the same facts, and a row of who took them. */
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import { corrections, punches, punchVoids, sites } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { type Standing, seesSite } from '../employer/standing.ts';
import type { Entry } from '../hours/entries.ts';
import { csvTable } from '../http/csv.ts';
import type { FileRow } from '../http/sheet.ts';
import { tableSheet, xlsxOf } from '../http/xlsx.ts';
import { nameBehind } from '../identity/name.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { sha256 } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addDays,
  type CivilDate,
  type CivilRange,
  civilDateAt,
  formatInstant,
  type Instant,
  instantsOf,
  secondsBetween,
} from '../kernel/time.ts';
import { type Db, prepared, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { letOthersIn } from '../store/turns.ts';
import { zonesOf } from '../timesheet/timesheet.ts';
import { exceptionWords, timesheetWords } from '../timesheet/timesheet-words.ts';
import {
  engagementsOn,
  type NamedEngagement,
  type Worked,
  type WorkFilter,
  workedChunks,
} from '../timesheet/worked.ts';
import {
  bothLanguages,
  columnsOf,
  type DownloadFormat,
  type DownloadKind,
  rowsMax,
} from './download-columns.ts';

export interface DownloadRequest {
  readonly what: DownloadKind;
  readonly format: DownloadFormat;
  readonly range: CivilRange;
  readonly siteId?: string | undefined;
  readonly workerId?: string | undefined;
}

/** What a member may see of it. Refuses `dates-reversed`, and `download-too-large` before it becomes that. */
export async function downloadRows(
  db: Db,
  standing: Standing,
  { what, format, range, siteId, workerId }: DownloadRequest,
  at: Instant,
): Promise<FileRow[]> {
  if (range.endsOn < range.startsOn) refuse('dates-reversed', {}, [{ pointer: '/endsOn', detail: '' }]);
  const filter: WorkFilter = { workerId, siteIds: siteId ? [siteId] : undefined };
  const list = engagementsOn(db, standing, range, filter);
  const rows: FileRow[] = [];
  for (const chunk of what === 'punches'
    ? punchChunks(db, standing, range, list, filter)
    : entryChunks(db, standing, range, list, filter, at)) {
    rows.push(...chunk);
    if (rows.length > rowsMax[format]) refuse('download-too-large', { rows: rowsMax[format] });
    await letOthersIn();
  }
  return rows;
}

export async function downloadBytes(
  what: DownloadKind,
  format: DownloadFormat,
  rows: readonly FileRow[],
): Promise<Uint8Array<ArrayBuffer>> {
  const columns = columnsOf[what];
  return format === 'csv'
    ? csvTable(columns, rows)
    : xlsxOf([tableSheet(what === 'punches' ? '打卡 Punches' : '工时 Hours', columns, rows)]);
}

/** Personal data leaves the house: who took which, and the digest of the bytes, is written before they go. */
export function recordHoursDownload(
  tx: Tx,
  actor: Actor,
  { range, siteId, workerId, ...request }: DownloadRequest,
  bytes: Uint8Array,
  rows: number,
  at: Instant,
): void {
  const by = actorText(actor);
  const row = {
    id: newId(),
    ...request,
    ...range,
    siteId: siteId ?? null,
    workerId: workerId ?? null,
    rows,
    digest: sha256(bytes),
    at,
    by,
  };
  record(tx, 'hours-downloaded', row, by, at);
}

const statements = prepared((db) => ({
  punches: db
    .select({ punch: punches, site: sites, voided: punchVoids.reason, correction: corrections.reason })
    .from(punches)
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .leftJoin(corrections, eq(corrections.id, punches.correctionId))
    .where(
      and(
        eq(punches.engagementId, sql.placeholder('engagementId')),
        gte(punches.effectiveAt, sql.placeholder('from')),
        lt(punches.effectiveAt, sql.placeholder('before')),
      ),
    )
    .orderBy(asc(punches.effectiveAt), asc(punches.id))
    .prepare(),
}));

const clock = 'yyyy-MM-dd HH:mm:ss';

/** By worker and time; a day is one at the site. */
function* punchChunks(
  db: Db,
  standing: Standing,
  range: CivilRange,
  list: readonly NamedEngagement[],
  { siteIds }: WorkFilter,
): Generator<FileRow[]> {
  // A day on either side: the employer's midnight is not every site's.
  const wide = { startsOn: addDays(range.startsOn, -1), endsOn: addDays(range.endsOn, 1) };
  const { from, before } = instantsOf(wide, employerOf(db).zone);
  const names = new Map<string, string>();
  const nameOf = (by: string) => {
    const name = names.get(by) ?? nameBehind(db, by);
    names.set(by, name);
    return name;
  };
  for (const { engagement, workerName } of list)
    yield statements(db)
      .punches.all({ engagementId: engagement.id, from, before })
      .filter(({ punch, site }) => {
        const day = civilDateAt(punch.effectiveAt, site.zone);
        const isAsked = day >= range.startsOn && day <= range.endsOn;
        return isAsked && seesSite(standing, site) && (siteIds === undefined || siteIds.includes(site.id));
      })
      .map(({ punch, site, voided, correction }) => {
        const local = (instant: Instant) => formatInstant(instant, site.zone, 'en', clock);
        const flags = punch.flags === null ? [] : (JSON.parse(punch.flags) as string[]);
        return {
          name: workerName,
          engagementId: engagement.id,
          role: engagement.roleTitle,
          kind: bothLanguages[punch.kind],
          at: local(punch.effectiveAt),
          site: site.name,
          zone: site.zone,
          deviceAt: local(punch.deviceAt),
          receivedAt: local(punch.receivedAt),
          late: flags.includes('late') ? secondsBetween(punch.effectiveAt, punch.receivedAt) : null,
          verdict: verdictText(punch),
          metres: punch.metres,
          signed: bothLanguages[punch.signature === null ? 'no' : 'yes'],
          flags: flags.join(' '),
          by: nameOf(punch.by),
          correction,
          voided,
          id: punch.id,
        };
      });
}

function verdictText({
  verdict,
  judgedAs,
}: Pick<typeof punches.$inferSelect, 'verdict' | 'judgedAs'>): string {
  return judgedAs === 'import' || judgedAs === 'supervisor'
    ? bothLanguages[judgedAs]
    : bothLanguages[verdict];
}

function* entryChunks(
  db: Db,
  standing: Standing,
  range: CivilRange,
  list: readonly NamedEngagement[],
  filter: WorkFilter,
  at: Instant,
): Generator<FileRow[]> {
  const zones = zonesOf(db);
  const names = new Map(
    db
      .select({ id: sites.id, name: sites.name })
      .from(sites)
      .all()
      .map(({ id, name }) => [id, name]),
  );
  for (const chunk of workedChunks(db, standing, range, list, filter, at))
    yield chunk.flatMap((worked) => entryRows(worked, zones, names));
}

/** A line a day; a day without an entry stands there too when something is to be seen of it. */
function entryRows(worked: Worked, zones: Map<string, string>, names: Map<string, string>): FileRow[] {
  const { engagement, workerName, entries, exceptions } = worked;
  const byDay = new Map(entries.map((entry) => [entry.day, entry]));
  const days = [...new Set([...byDay.keys(), ...exceptions.map(({ day }) => day)])].sort();
  return days.map((day) => {
    const entry = byDay.get(day);
    return {
      name: workerName,
      engagementId: engagement.id,
      role: engagement.roleTitle,
      project: engagement.project,
      day,
      ...(entry ? hoursRow(entry, zones, names) : { raw: 0, breaks: 0, paid: 0 }),
      exceptions: exceptionText(worked, day),
      state: stateText(worked, day),
    };
  });
}

function hoursRow(entry: Entry, zones: Map<string, string>, names: Map<string, string>): FileRow {
  const shown = (at: Instant, siteId: string) => formatInstant(at, zones.get(siteId) ?? 'UTC', 'en', 'HH:mm');
  return {
    site: [...new Set(entry.intervals.map(({ siteId }) => names.get(siteId) ?? siteId))].join(' · '),
    times: entry.intervals
      .map(({ startsAt, endsAt, siteId }) => `${shown(startsAt, siteId)}–${shown(endsAt, siteId)}`)
      .join(' · '),
    raw: entry.rawSeconds,
    breaks: entry.breakSeconds,
    paid: entry.seconds,
    units: (entry.units ?? []).map((one) => `${one.quantityHundredths / 100} ${one.unit}`).join(' · '),
  };
}

function exceptionText({ exceptions }: Worked, day: CivilDate): string {
  const [zh, en] = [exceptionWords('zh-CN'), exceptionWords('en')];
  const kinds = [...new Set(exceptions.filter((one) => one.day === day).map(({ kind }) => kind))];
  return kinds.map((kind) => `${zh(kind)} ${en(kind)}`).join(' ');
}

function stateText({ sheets }: Worked, day: CivilDate): string {
  const sheet = sheets.find(({ period }) => period.startsOn <= day && day <= period.endsOn);
  if (!sheet) return '';
  return `${timesheetWords('zh-CN')(sheet.state)} ${timesheetWords('en')(sheet.state)}`;
}

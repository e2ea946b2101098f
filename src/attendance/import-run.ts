/** The steps of an import: a few rows a commit, each with how far it has come, so that others punch meanwhile and a crash repeats nothing. */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import {
  engagements,
  importedPunches,
  punches,
  punchImportSteps,
  punchImports,
  punchImportUndos,
  punchVoids,
  sites,
} from '../../db/cell.ts';
import { insertPunch } from '../clock/punch.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellContext } from '../http/env.ts';
import type { ImportTable } from '../http/table-file.ts';
import { digestOf } from '../kernel/digest.ts';
import { idOf, newId } from '../kernel/id.ts';
import { type CivilDate, civilDateAt, type Instant, payPeriodOf } from '../kernel/time.ts';
import { type Db, insertAll, type Tx } from '../store/commit.ts';
import { appendEntry, record } from '../store/journal.ts';
import { approvedAround, reopenChanged } from '../timesheet/reopening.ts';
import { approvalOf, type Timesheet } from '../timesheet/timesheet.ts';
import { importTable, mappingOf, type PunchImport, progressOf } from './import.ts';
import { importFacts } from './import-facts.ts';
import { judgeRow, type RowProblem, type RowPunch } from './import-row.ts';

const rowsPerStep = 100;
/** Then whatever else is due gets its turn. */
const stepsPerTurn = 20;

/** Carries on with imports that are under way; wakes the cell again while one is not done. */
export async function importsDue(cell: CellContext, at: Instant): Promise<void> {
  for (const made of running(cell.store.db)) {
    const table = await importTable(cell, made.id);
    if (!(await inSteps((tx) => recordStep(tx, cell, made, table, at), cell))) return cell.wake();
  }
  for (const one of undoing(cell.store.db)) {
    if (!(await inSteps((tx) => undoStep(tx, one, at), cell))) return cell.wake();
  }
}

/** Whether it is done within one turn. */
async function inSteps(step: (tx: Tx) => boolean, { store }: CellContext): Promise<boolean> {
  for (let count = 0; count < stepsPerTurn; count += 1) if (await store.commit(step)) return true;
  return false;
}

const isDone = (kind: 'record' | 'undo') =>
  sql`EXISTS (SELECT 1 FROM ${punchImportSteps} WHERE ${punchImportSteps.importId} = ${punchImports.id} AND ${punchImportSteps.kind} = ${kind} AND ${punchImportSteps.done} = 1)`;

function running(db: Db): PunchImport[] {
  return db
    .select()
    .from(punchImports)
    .where(sql`NOT ${isDone('record')}`)
    .orderBy(asc(punchImports.at))
    .all();
}

interface Undoing {
  readonly made: PunchImport;
  readonly undo: typeof punchImportUndos.$inferSelect;
}

function undoing(db: Db): Undoing[] {
  return db
    .select({ made: punchImports, undo: punchImportUndos })
    .from(punchImports)
    .innerJoin(punchImportUndos, eq(punchImportUndos.id, punchImports.id))
    .where(sql`NOT ${isDone('undo')}`)
    .all();
}

/** The next rows of the table. Answers whether they were the last. */
function recordStep(
  tx: Tx,
  { keys }: CellContext,
  made: PunchImport,
  table: ImportTable,
  at: Instant,
): boolean {
  const { upTo: from, done } = progressOf(tx, made.id, 'record');
  if (done) return true;
  const mapping = mappingOf(made);
  const personId = made.by.slice(made.by.indexOf(':') + 1);
  // What lies between the look and the making counts as of the making.
  const facts = importFacts(tx, keys, { whoAs: mapping.whoAs, personId, at: made.at });
  const lines = table.rows.slice(from, from + rowsPerStep);
  const verdicts = lines.map((line) => judgeRow(line, mapping, facts));
  const wanted = verdicts.flatMap(({ punches }) => punches);
  const problems = verdicts.flatMap((verdict) => verdict.problems);
  const before = approvedOf(
    tx,
    wanted.map(({ engagement, day }) => ({ workerId: engagement.workerId, day })),
    at,
  );
  let recorded = 0;
  for (const punch of wanted)
    if (!facts.isKnown(punch.engagement.id, punch.kind, punch.at)) {
      recordImported(tx, made, punch, at);
      recorded += 1;
    }
  // A punch beside an approved period may still reach into it: then its hours are looked at again.
  reopenChanged(tx, before, { reason: made.note, correctionId: null, punchId: null, by: made.by }, at);
  const upTo = from + lines.length;
  addStep(tx, made.id, 'record', {
    upTo,
    recorded,
    skipped: wanted.length - recorded,
    refused: verdicts.filter((verdict) => verdict.problems.length > 0).length,
    problems,
    done: upTo >= table.rows.length,
    at,
  });
  return upTo >= table.rows.length;
}

function approvedOf(tx: Tx, work: readonly { workerId: string; day: CivilDate }[], at: Instant): Timesheet[] {
  const days = new Map<string, Set<CivilDate>>();
  for (const { workerId, day } of work)
    days.set(workerId, (days.get(workerId) ?? new Set<CivilDate>()).add(day));
  return [...days].flatMap(([workerId, ofWorker]) => approvedAround(tx, workerId, [...ofWorker], at));
}

/** Nobody of here saw it, and no phone signed it: it says whose word it is, and from which row. */
function recordImported(
  tx: Tx,
  made: PunchImport,
  { row, engagement, site, kind, at, flags }: RowPunch,
  now: Instant,
): void {
  const id = idOf(`import ${made.id} ${row} ${kind}`);
  const punch = insertPunch(
    tx,
    { id, engagementId: engagement.id, siteId: site.id, kind, deviceAt: at },
    { verdict: 'no-position', metres: null, judgedAs: 'import' },
    {
      bodyDigest: digestOf({ importId: made.id, row, kind, digest: made.digest }),
      flags: ['imported', ...flags],
      receivedAt: now,
      effectiveAt: at,
      correctionId: null,
      by: made.by,
    },
  );
  appendEntry(tx, 'punch-recorded', punch, made.by, now);
  tx.insert(importedPunches).values({ id, importId: made.id, row }).run();
}

/** Voids the next punches of it. Those of periods that are approved meanwhile stay, and are counted as refused. */
function undoStep(tx: Tx, { made, undo }: Undoing, at: Instant): boolean {
  const { upTo: from, done } = progressOf(tx, made.id, 'undo');
  if (done) return true;
  const next = tx
    .select({
      punch: punches,
      workerId: engagements.workerId,
      row: importedPunches.row,
      zone: sites.zone,
      voided: punchVoids.id,
    })
    .from(importedPunches)
    .innerJoin(punches, eq(punches.id, importedPunches.id))
    .innerJoin(engagements, eq(engagements.id, punches.engagementId))
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(and(eq(importedPunches.importId, made.id), gt(importedPunches.row, from)))
    .orderBy(asc(importedPunches.row))
    .limit(rowsPerStep)
    .all();
  // A row has two punches at most: the last row of a full step is left for the next one, as half of it may be missing.
  const isLast = next.length < rowsPerStep;
  const lastRow = next.at(-1)?.row ?? from;
  const ours = isLast ? next : next.filter(({ row }) => row < lastRow);
  const before = approvedOf(
    tx,
    ours.map(({ workerId, punch, zone }) => ({ workerId, day: civilDateAt(punch.effectiveAt, zone) })),
    at,
  );
  const count = { recorded: 0, skipped: 0, refused: 0 };
  const { reason, by } = undo;
  for (const { punch, zone, voided } of ours) {
    if (voided) count.skipped += 1;
    else if (isHeld(tx, punch.engagementId, civilDateAt(punch.effectiveAt, zone))) count.refused += 1;
    else {
      record(tx, 'punch-voided', { id: punch.id, correctionId: made.id, reason, at, by }, by, at);
      count.recorded += 1;
    }
  }
  reopenChanged(tx, before, { reason, correctionId: null, punchId: null, by }, at);
  addStep(tx, made.id, 'undo', { upTo: ours.at(-1)?.row ?? from, ...count, problems: [], done: isLast, at });
  return isLast;
}

/** In an approved period: it is reopened first, by somebody who says why. */
function isHeld(db: Db, engagementId: string, day: CivilDate): boolean {
  const engagement = engagementOf(db, engagementId);
  return (
    engagement !== undefined &&
    approvalOf(db, engagementId, payPeriodOf(engagement.payPeriod, day).startsOn) !== undefined
  );
}

function addStep(
  tx: Tx,
  importId: string,
  kind: 'record' | 'undo',
  {
    problems,
    ...step
  }: {
    upTo: number;
    recorded: number;
    skipped: number;
    refused: number;
    problems: readonly RowProblem[];
    done: boolean;
    at: Instant;
  },
): void {
  insertAll(tx, punchImportSteps, [
    { id: newId(), importId, kind, ...step, problems: problems.length > 0 ? JSON.stringify(problems) : null },
  ]);
}

/** Imports of punches: a table is uploaded, looked at as often as one likes, then made; it may be taken back as a whole. */
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { punchImportFiles, punchImportSteps, punchImports, punchImportUndos } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellContext } from '../http/env.ts';
import { type ImportTable, readTable } from '../http/table-file.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, sha256 } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { importFacts } from './import-facts.ts';
import { type ImportMapping, lackOf, zImportMapping } from './import-mapping.ts';
import { judgeRow, type RowProblem, type RowPunch } from './import-row.ts';

export type ImportFile = typeof punchImportFiles.$inferSelect;
export type PunchImport = typeof punchImports.$inferSelect;
type Step = typeof punchImportSteps.$inferSelect;

/** Keeps an uploaded table under the import's id; the same bytes again are the same upload. Refuses what is no table. */
export async function keepImportFile(
  cell: CellContext,
  actor: Actor,
  { id, name, bytes }: { id: string; name: string; bytes: Uint8Array },
  at: Instant,
): Promise<ImportTable> {
  const table = readTable(bytes);
  const fileId = await cell.files.put(bytes);
  const row: ImportFile = {
    id,
    fileId,
    name,
    digest: sha256(bytes),
    bytes: bytes.length,
    at,
    by: actorText(actor),
  };
  await cell.store.commit((tx) => {
    const known = importFileOf(tx, id);
    if (known) sameOr(known, row);
    else tx.insert(punchImportFiles).values(row).run();
  });
  return table;
}

export function importFileOf(db: Db, id: string): ImportFile | undefined {
  return db.select().from(punchImportFiles).where(eq(punchImportFiles.id, id)).get();
}

/** The uploaded table; refuses `not-found` when there is none. */
export async function importTable({ store, files }: CellContext, id: string): Promise<ImportTable> {
  const file = importFileOf(store.db, id) ?? refuse('not-found');
  return readTable((await files.get(file.fileId)) ?? refuse('not-found'));
}

export interface DryRun {
  readonly rows: number;
  /** Punches that would be recorded, and those that are known already. */
  readonly fresh: number;
  readonly known: number;
  readonly refusedRows: number;
  readonly flagged: number;
  readonly problems: readonly RowProblem[];
  readonly preview: readonly RowPunch[];
}

const previewMax = 20;
export const problemsShownMax = 200;
/** So many rows are judged before others get their turn. */
const breath = 250;

/** What an import would do now. Writes nothing. Refuses `import-mapping-lacks` while a needed column is not named. */
export async function dryRun(
  { store, keys }: CellContext,
  table: ImportTable,
  mapping: ImportMapping,
  personId: string,
  at: Instant,
): Promise<DryRun> {
  refuseLack(mapping);
  const facts = importFacts(store.db, keys, { whoAs: mapping.whoAs, personId, at });
  const found = { fresh: 0, known: 0, refusedRows: 0, flagged: 0 };
  const problems: RowProblem[] = [];
  const preview: RowPunch[] = [];
  const seen = new Set<string>();
  for (const [index, line] of table.rows.entries()) {
    if (index % breath === breath - 1) await new Promise((done) => setTimeout(done));
    const verdict = judgeRow(line, mapping, facts);
    if (verdict.problems.length > 0) found.refusedRows += 1;
    problems.push(...verdict.problems.slice(0, problemsShownMax - problems.length));
    for (const punch of verdict.punches) {
      const key = `${punch.engagement.id} ${punch.kind} ${punch.at}`;
      const isKnown = punch.known || seen.has(key);
      seen.add(key);
      found[isKnown ? 'known' : 'fresh'] += 1;
      if (!isKnown && punch.flags.length > 0) found.flagged += 1;
      if (preview.length < previewMax) preview.push({ ...punch, known: isKnown });
    }
  }
  return { rows: table.rows.length, ...found, problems, preview };
}

function refuseLack(mapping: ImportMapping): void {
  const column = lackOf(mapping);
  if (column) refuse('import-mapping-lacks', { column: `import-${column}` });
}

/** Makes the import; its rows follow in steps (`importsDue`). A repetition is the same import. */
export function makeImport(
  tx: Tx,
  actor: Actor,
  input: { id: string; mapping: ImportMapping; rows: number; note: string },
  at: Instant,
): void {
  const file = importFileOf(tx, input.id) ?? refuse('not-found');
  refuseLack(input.mapping);
  const { fileId, digest } = file;
  const row: PunchImport = {
    id: input.id,
    fileId,
    digest,
    rows: input.rows,
    mapping: canonicalJson(input.mapping),
    note: input.note,
    at,
    by: actorText(actor),
  };
  const known = importOf(tx, input.id);
  if (known) return void sameOr(known, row);
  record(tx, 'punch-import-made', row, row.by, at);
}

export function importOf(db: Db, id: string): PunchImport | undefined {
  return db.select().from(punchImports).where(eq(punchImports.id, id)).get();
}

export function mappingOf({ mapping }: PunchImport): ImportMapping {
  return zImportMapping.parse(JSON.parse(mapping));
}

/** Its punches are voided in steps. Refuses `import-running` while rows are still coming in. */
export function undoImport(tx: Tx, actor: Actor, input: { id: string; reason: string }, at: Instant): void {
  const row = { ...input, at, by: actorText(actor) };
  if (!importOf(tx, input.id)) refuse('not-found');
  const known = tx.select().from(punchImportUndos).where(eq(punchImportUndos.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (!progressOf(tx, input.id, 'record').done) refuse('import-running');
  record(tx, 'punch-import-undone', row, row.by, at);
}

export interface Progress {
  readonly upTo: number;
  readonly recorded: number;
  readonly skipped: number;
  readonly refused: number;
  readonly done: boolean;
}

/** How far it has come, over all its steps. */
export function progressOf(db: Db, importId: string, kind: Step['kind']): Progress {
  const sum = (column: SQLiteColumn) => sql<number>`coalesce(sum(${column}), 0)`;
  const found = db
    .select({
      upTo: sql<number>`coalesce(max(${punchImportSteps.upTo}), 0)`,
      recorded: sum(punchImportSteps.recorded),
      skipped: sum(punchImportSteps.skipped),
      refused: sum(punchImportSteps.refused),
      done: sql<number>`coalesce(max(${punchImportSteps.done}), 0)`,
    })
    .from(punchImportSteps)
    .where(and(eq(punchImportSteps.importId, importId), eq(punchImportSteps.kind, kind)))
    .get();
  return { upTo: 0, recorded: 0, skipped: 0, refused: 0, ...found, done: (found?.done ?? 0) > 0 };
}

/** What was wrong with the rows that were left out, in the order of the table. */
export function problemsOf(db: Db, importId: string, kind: Step['kind'] = 'record'): RowProblem[] {
  return db
    .select({ problems: punchImportSteps.problems })
    .from(punchImportSteps)
    .where(and(eq(punchImportSteps.importId, importId), eq(punchImportSteps.kind, kind)))
    .orderBy(asc(punchImportSteps.upTo))
    .all()
    .flatMap(({ problems }) => (problems === null ? [] : (JSON.parse(problems) as RowProblem[])));
}

export interface ImportView {
  readonly made: PunchImport;
  readonly name: string;
  readonly progress: Progress;
  readonly undo?: typeof punchImportUndos.$inferSelect;
  readonly undone?: Progress;
}

export function importView(db: Db, id: string): ImportView {
  const made = importOf(db, id) ?? refuse('not-found');
  const undo = db.select().from(punchImportUndos).where(eq(punchImportUndos.id, id)).get();
  return {
    made,
    name: importFileOf(db, id)?.name ?? '',
    progress: progressOf(db, id, 'record'),
    ...(undo ? { undo, undone: progressOf(db, id, 'undo') } : {}),
  };
}

/** The newest first. */
export function importsOf(db: Db): ImportView[] {
  return db
    .select({ id: punchImports.id })
    .from(punchImports)
    .orderBy(desc(punchImports.at), newestFirst(punchImports))
    .limit(50)
    .all()
    .map(({ id }) => importView(db, id));
}

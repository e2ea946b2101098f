/** Pay files: an approved run as bytes that a bank or a bookkeeper takes. The same facts are written once, and each download is recorded. */
import { createHash } from 'node:crypto';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { payFileDownloads, payFiles } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { memberNameOf } from '../employer/member.ts';
import type { CellContext } from '../http/env.ts';
import { joined } from '../http/sheet.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { digestOf } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { letOthersIn } from '../store/turns.ts';
import type { PayFileContent } from './files/content.ts';
import type { FilePart, PayFormat, Problem } from './files/format.ts';
import { contentOf } from './pay-file-content.ts';
import { formatOf } from './pay-file-formats.ts';
import { checkApproved, runView } from './pay-run.ts';

export type PayFile = typeof payFiles.$inferSelect;
type WrittenPart = Pick<PayFile, 'name' | 'fileId' | 'digest' | 'bytes' | 'rows' | 'amountMinor'>;

/** As many problems as somebody reads; of the rest only the number. */
export const problemsShown = 100;
export interface Examination {
  readonly problems: readonly Problem[];
  readonly stopping: number;
  readonly warning: number;
}

/** Once from the same facts: a repetition answers the parts that were written first. Refuses while something stops the file. */
export async function writePayFile(
  cell: CellContext,
  actor: Actor,
  choice: { readonly runId: string; readonly format: string; readonly executeOn?: CivilDate },
  at: Instant,
): Promise<PayFile[]> {
  const { db } = cell.store;
  const content = contentOf(db, cell.keys, choice.runId);
  const executeOn = choice.executeOn ?? content.run.paysOn;
  const format = formatOf(db, cell.keys, { format: choice.format, executeOn }) ?? refuse('not-found');
  const key = { runId: choice.runId, format: format.id, inputs: digestOf({ inputs: format.inputs }) };
  const known = partsOf(db, key);
  if (known.length > 0) return known;
  await checkApproved(db, runView(db, choice.runId));
  const { stopping } = await examine(content, format, cell, at);
  if (stopping > 0) refuse('pay-file-has-problems', { count: stopping });
  const written: WrittenPart[] = [];
  for (const part of format.parts(content)) written.push(await writtenPart(cell, part));
  const by = actorText(actor);
  return cell.store.commit((tx) => {
    const first = partsOf(tx, key);
    if (first.length > 0) return first;
    return written.map((one, index) => {
      const row: PayFile = {
        id: newId(),
        ...key,
        ...one,
        part: index + 1,
        parts: written.length,
        at,
        by,
      };
      record(tx, 'pay-file-written', row, by, at);
      return row;
    });
  });
}

// Some milliseconds of work: as long as a punch may wait.
const piecesInARow = 4;

async function writtenPart(cell: CellContext, { name, pieces, totals }: FilePart): Promise<WrittenPart> {
  const hash = createHash('sha256');
  const all: Uint8Array[] = [];
  for (const piece of pieces) {
    hash.update(piece);
    all.push(piece);
    if (all.length % piecesInARow === 0) await letOthersIn();
  }
  const bytes = joined(all);
  const fileId = await cell.files.put(bytes);
  return { name, fileId, digest: hash.digest('base64url'), bytes: bytes.length, ...totals() };
}

const paymentsInARow = 200;

/** What would stop the file, and what a person should look at first. */
export async function examine(
  content: PayFileContent,
  format: PayFormat,
  cell: Pick<CellContext, 'store'>,
  at: Instant,
): Promise<Examination> {
  const today = civilDateAt(at, employerOf(cell.store.db).zone);
  const problems: Problem[] = [];
  let [stopping, warning] = [0, 0];
  const turns = inTurns(content);
  for (const problem of format.problems(turns.content, today)) {
    if (problem.stops) stopping += 1;
    else warning += 1;
    if (problems.length < problemsShown) problems.push(problem);
    await turns.rest();
  }
  return { problems: problems.sort((a, b) => Number(b.stops) - Number(a.stops)), stopping, warning };
}

/** Lets others work after some payments that gave no cause to stop in between. */
function inTurns(content: PayFileContent) {
  let read = 0;
  function* counted() {
    for (const payment of content.payments) {
      read += 1;
      yield payment;
    }
  }
  return {
    content: { ...content, payments: { [Symbol.iterator]: counted } },
    rest: async () => {
      if (read < paymentsInARow) return;
      read = 0;
      await letOthersIn();
    },
  };
}

function partsOf(db: Db, key: Pick<PayFile, 'runId' | 'format' | 'inputs'>): PayFile[] {
  return db
    .select()
    .from(payFiles)
    .where(
      and(eq(payFiles.runId, key.runId), eq(payFiles.format, key.format), eq(payFiles.inputs, key.inputs)),
    )
    .orderBy(asc(payFiles.part))
    .all();
}

/** A part of the file that was written last in a format, or of the one with that id. */
export function payFileOf(
  db: Db,
  runId: string,
  format: string,
  { part = 1, id }: { readonly part?: number; readonly id?: string | undefined } = {},
): PayFile | undefined {
  const which = id === undefined ? eq(payFiles.part, part) : eq(payFiles.id, id);
  return db
    .select()
    .from(payFiles)
    .where(and(eq(payFiles.runId, runId), eq(payFiles.format, format), which))
    .orderBy(desc(sql`rowid`))
    .get();
}

/** Every file of a run, the newest of a format first. */
export function payFilesOf(db: Db, runId: string): PayFile[] {
  return db
    .select()
    .from(payFiles)
    .where(eq(payFiles.runId, runId))
    .orderBy(asc(payFiles.format), desc(payFiles.at), desc(payFiles.inputs), asc(payFiles.part))
    .all();
}

/** Account and document numbers leave the house in it: who took it, and when, is written before it goes. */
export function recordDownload(tx: Tx, actor: Actor, payFileId: string, at: Instant): void {
  const by = actorText(actor);
  record(tx, 'pay-file-downloaded', { id: newId(), payFileId, at, by }, by, at);
}

export function downloadsOf(db: Db, payFileId: string): { at: Instant; byName: string }[] {
  return db
    .select()
    .from(payFileDownloads)
    .where(eq(payFileDownloads.payFileId, payFileId))
    .orderBy(asc(payFileDownloads.at))
    .all()
    .map(({ at, by }) => ({ at, byName: memberNameOf(db, by) }));
}

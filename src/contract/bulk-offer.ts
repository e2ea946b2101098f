/** Offers to many people from a table: uploaded, looked at as often as one likes, then made row by row in steps. */
import { and, asc, desc, eq, notExists, sql } from 'drizzle-orm';
import {
  bulkOfferFiles,
  bulkOfferSteps,
  bulkOffers,
  contractCancellations,
  contractDeclines,
  contracts,
  engagements,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import { engagementState } from '../engagement/engagement.ts';
import type { CellContext } from '../http/env.ts';
import { type ImportTable, readTable } from '../http/table-file.ts';
import { identityOf } from '../identity/claim.ts';
import { workerNameOf } from '../identity/name.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { sha256 } from '../kernel/digest.ts';
import { idOf } from '../kernel/id.ts';
import { Refusal, refuse, sentence } from '../kernel/refusal.ts';
import { civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { letOthersIn } from '../store/turns.ts';
import { templateNamed } from '../template/shelf.ts';
import type { Template } from '../template/template.ts';
import {
  asksInTable,
  columnsOf,
  engagementColumn,
  type FormRow,
  firstRows,
  type OfferRow,
  offerRow,
  type RowFault,
} from './bulk-table.ts';
import { type CoverWords, contractOf, draft, type OfferInput } from './contract.ts';
import { offerDefaults } from './offer-defaults.ts';

export type BulkFile = typeof bulkOfferFiles.$inferSelect;
export type BulkOffer = typeof bulkOffers.$inferSelect;

/** Of an employer's own or a shipped template that a table can hold the answers of. */
export function bulkTemplate(db: Db, id: string): Template {
  const template = templateNamed(db, id);
  return template.kind === 'contract' && asksInTable(template) ? template : refuse('template-unfit');
}

/** Everybody engaged and proved for whom this template fits and who has no contract that binds or waits, with what is known filled in. */
export function formRows(cell: CellContext, template: Template, at: Instant): FormRow[] {
  const { db } = cell.store;
  const today = civilDateAt(at, employerOf(db).zone);
  return withoutContract(db)
    .filter(
      (engagement) =>
        template.relationships.includes(engagement.relationship) &&
        engagementState(db, engagement, today) !== 'ended' &&
        identityOf(db, engagement.workerId).state === 'accepted',
    )
    .map((engagement) => ({
      engagementId: engagement.id,
      worker: workerNameOf(db, engagement.workerId),
      role: engagement.roleTitle,
      values: offerDefaults(cell, engagement, template),
    }));
}

function withoutContract(db: Db) {
  const standing = db
    .select({ id: contracts.id })
    .from(contracts)
    .leftJoin(contractDeclines, eq(contractDeclines.id, contracts.id))
    .leftJoin(contractCancellations, eq(contractCancellations.id, contracts.id))
    .where(
      and(
        eq(contracts.engagementId, engagements.id),
        sql`${contractDeclines.id} IS NULL AND ${contractCancellations.id} IS NULL`,
      ),
    );
  return db.select().from(engagements).where(notExists(standing)).orderBy(asc(engagements.at)).all();
}

/** Keeps an uploaded table under the bulk's id; the same bytes again are the same upload. Refuses what is no table, or names nobody. */
export async function keepBulkFile(
  cell: CellContext,
  actor: Actor,
  { id, name, template, bytes }: { id: string; name: string; template: string; bytes: Uint8Array },
  at: Instant,
): Promise<ImportTable> {
  bulkTemplate(cell.store.db, template);
  const table = readTable(bytes);
  if (!columnsOf(table).has(engagementColumn)) refuse('import-mapping-lacks', { column: engagementColumn });
  const fileId = await cell.files.put(bytes);
  const row: BulkFile = { id, fileId, name, template, digest: sha256(bytes), at, by: actorText(actor) };
  await cell.store.commit((tx) => {
    const known = bulkFileOf(tx, id);
    if (known) sameOr(known, row);
    else tx.insert(bulkOfferFiles).values(row).run();
  });
  return table;
}

export function bulkFileOf(db: Db, id: string): BulkFile | undefined {
  return db.select().from(bulkOfferFiles).where(eq(bulkOfferFiles.id, id)).get();
}

export async function bulkTable({ store, files }: CellContext, id: string): Promise<ImportTable> {
  const file = bulkFileOf(store.db, id) ?? refuse('not-found');
  return readTable((await files.get(file.fileId)) ?? refuse('not-found'));
}

type Row = ImportTable['rows'][number];
export type CoverOf = (db: Db, at: Instant) => CoverWords;
/** The same row of the same table is the same contract. */
export const contractIdOf = (bulkId: string, row: number) => idOf(`bulk offer ${bulkId} ${row}`);

export interface BulkReader {
  readonly bulkId: string;
  readonly template: Template;
  readonly columns: ReadonlyMap<string, number>;
  readonly first: ReadonlyMap<string, number>;
  readonly currency: string;
  readonly signBy: Instant | undefined;
}

export function bulkReader(
  db: Db,
  file: { readonly id: string; readonly template: string },
  table: ImportTable,
  signBy?: Instant | null,
): BulkReader {
  const columns = columnsOf(table);
  return {
    bulkId: file.id,
    template: bulkTemplate(db, file.template),
    columns,
    first: firstRows(table, columns),
    currency: employerOf(db).currency,
    signBy: signBy ?? undefined,
  };
}

/** What a row would offer, or what is wrong with it before anything is looked up. */
export function inputOf(reader: BulkReader, row: Row): OfferInput | RowFault {
  const read: OfferRow | RowFault = offerRow(
    row,
    reader.columns,
    reader.template,
    reader.currency,
    reader.first,
  );
  if ('text' in read) return read;
  const { engagementId, values } = read;
  const id = contractIdOf(reader.bulkId, row.row);
  return { id, engagementId, template: reader.template.id, values, signBy: reader.signBy };
}

/** A refusal in a row's words: its title, and the first field that it points to. */
function faultOf(row: number, { template }: BulkReader, refusal: Refusal): RowFault {
  const [first] = refusal.pointers ?? [];
  const name = /^\/values\/(\w+)/.exec(first?.pointer ?? '')?.[1];
  const field = template.fields.find((one) => one.name === name);
  const text = (locale: 'zh-CN' | 'en') => sentence(refusal.slug, locale, refusal.values);
  return { row, column: field?.label.zh, text: { zh: text('zh-CN'), en: text('en') } };
}

export interface BulkLook {
  readonly rows: number;
  readonly fresh: number;
  /** Offered already by this very bulk. */
  readonly known: number;
  readonly faults: readonly RowFault[];
  readonly names: readonly string[];
}

/** So many rows are judged before others get their turn. */
const breath = 20;
const namesMax = 20;

/** What a bulk would offer now; writes and draws nothing. Two rows for one engagement: the second is refused. */
export async function lookAtBulk(
  cell: CellContext,
  reader: BulkReader,
  table: ImportTable,
  cover: CoverOf,
  at: Instant,
): Promise<BulkLook> {
  const { db } = cell.store;
  const words = cover(db, at);
  const faults: RowFault[] = [];
  const names: string[] = [];
  let [fresh, known] = [0, 0];
  for (const [index, row] of table.rows.entries()) {
    if (index % breath === breath - 1) await letOthersIn();
    const input = inputOf(reader, row);
    if ('text' in input) faults.push(input);
    else if (contractOf(db, input.id)) known += 1;
    else {
      const fault = await faultIn(row.row, reader, () => {
        const { workerName } = draft(db, cell.keys, input, words, at);
        if (names.length < namesMax) names.push(workerName);
      });
      if (fault) faults.push(fault);
      else fresh += 1;
    }
  }
  return { rows: table.rows.length, fresh, known, faults, names };
}

/** One row's "no" is that row's; the others go on. */
export async function faultIn(
  row: number,
  reader: BulkReader,
  attempt: () => unknown,
): Promise<RowFault | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return faultOf(row, reader, error);
    throw error;
  }
}

/** Makes the bulk; its rows follow in steps (bulk-run.ts). A repetition is the same bulk. */
export function makeBulk(
  tx: Tx,
  actor: Actor,
  input: { readonly id: string; readonly rows: number; readonly signBy?: Instant | undefined },
  at: Instant,
): void {
  const file = bulkFileOf(tx, input.id) ?? refuse('not-found');
  const { fileId, digest, template } = file;
  const row: BulkOffer = {
    id: input.id,
    fileId,
    digest,
    template,
    rows: input.rows,
    signBy: input.signBy ?? null,
    at,
    by: actorText(actor),
  };
  const known = bulkOf(tx, input.id);
  if (known) return void sameOr(known, row);
  if (input.signBy !== undefined && input.signBy <= at)
    refuse('expiry-past', {}, [{ pointer: '/signBy', detail: '' }]);
  record(tx, 'bulk-offer-made', row, row.by, at);
}

export function bulkOf(db: Db, id: string): BulkOffer | undefined {
  return db.select().from(bulkOffers).where(eq(bulkOffers.id, id)).get();
}

export interface BulkProgress {
  readonly upTo: number;
  readonly offered: number;
  readonly faults: readonly RowFault[];
}

export function bulkProgress(db: Db, id: string): BulkProgress {
  const steps = db
    .select()
    .from(bulkOfferSteps)
    .where(eq(bulkOfferSteps.bulkId, id))
    .orderBy(asc(bulkOfferSteps.upTo))
    .all();
  return {
    upTo: steps.at(-1)?.upTo ?? 0,
    offered: steps.reduce((total, { offered }) => total + offered, 0),
    faults: steps.flatMap(({ faults }) => (faults === null ? [] : (JSON.parse(faults) as RowFault[]))),
  };
}

/** The newest first. */
export function bulksOf(
  db: Db,
  limit = 50,
): (BulkOffer & { readonly name: string; readonly progress: BulkProgress })[] {
  return db
    .select({ bulk: bulkOffers, name: bulkOfferFiles.name })
    .from(bulkOffers)
    .innerJoin(bulkOfferFiles, eq(bulkOfferFiles.id, bulkOffers.id))
    .orderBy(desc(bulkOffers.at))
    .limit(limit)
    .all()
    .map(({ bulk, name }) => ({ ...bulk, name, progress: bulkProgress(db, bulk.id) }));
}

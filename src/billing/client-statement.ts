/** Statements as issued to clients: made from what was seen, kept word for word, replaced by a newer one of the same days. */
import { desc, eq } from 'drizzle-orm';
import { clientStatements, clients, timesheetReopenings } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellContext } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, sha256 } from '../kernel/digest.ts';
import { type Minor, subtract } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, type CivilRange, daysBetween, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { billRatesOf } from './bill-rate.ts';
import { clientWorkOf, type WaitingHours } from './client-work.ts';
import { type Statement, statementOf } from './statement.ts';

export type IssuedStatement = typeof clientStatements.$inferSelect;
/** What a statement says, for whoever reads it later without us. */
export interface StatementContent {
  readonly format: 'workcard/client-statement';
  readonly version: 1;
  readonly employer: { readonly name: string; readonly registrationCode: string; readonly address: string };
  readonly client: { readonly id: string; readonly name: string };
  readonly currency: string;
  readonly statement: Statement;
}
export interface DraftStatement {
  readonly content: StatementContent;
  readonly digest: string;
  readonly waiting: readonly WaitingHours[];
}
export interface StatementRequest {
  readonly id: string;
  readonly clientId: string;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  /** Of the draft that was shown. */
  readonly digest: string;
}

/** A statement lists each day of each worker; more than a year of them is no longer one. */
const daysMax = 366;

/** As it would be issued now. Refuses `dates-reversed`, `period-too-long` and unknown clients. */
export async function draftStatement(
  db: Db,
  clientId: string,
  period: CivilRange,
  at: Instant,
): Promise<DraftStatement> {
  if (period.endsOn < period.startsOn) refuse('dates-reversed', {}, [{ pointer: '/endsOn', detail: '' }]);
  if (daysBetween(period.startsOn, period.endsOn) >= daysMax)
    refuse('period-too-long', { days: daysMax }, [{ pointer: '/endsOn', detail: '' }]);
  const client = clientOf(db, clientId) ?? refuse('not-found');
  const { approved, waiting } = await clientWorkOf(db, clientId, period, at);
  const { name, registrationCode, address, currency } = employerOf(db);
  const content: StatementContent = {
    format: 'workcard/client-statement',
    version: 1,
    employer: { name, registrationCode, address },
    client: { id: client.id, name: client.name },
    currency,
    statement: statementOf(period, approved, billRatesOf(db, clientId)),
  };
  return { content, digest: sha256(canonicalJson(content)), waiting };
}

/** Issues what was seen: refuses `statement-changed` when hours, approvals or rates are others by now, and a role without a rate. */
export async function issueStatement(
  cell: CellContext,
  actor: Actor,
  request: StatementRequest,
  at: Instant,
): Promise<IssuedStatement> {
  const { db } = cell.store;
  const { id, clientId, startsOn, endsOn, digest } = request;
  const known = issuedOf(db, id);
  if (known) return repeated(known, request, actor);
  const drafted = await draftStatement(db, clientId, { startsOn, endsOn }, at);
  const { statement } = drafted.content;
  if (drafted.digest !== digest) refuse('statement-changed');
  const [missing] = statement.withoutRate;
  if (missing) refuse('bill-rate-missing', { role: missing.roleTitle });
  if (statement.lines.length === 0) refuse('statement-empty');
  const fileId = await cell.files.put(new TextEncoder().encode(canonicalJson(drafted.content)));
  return cell.store.commit((tx) => {
    const before = issuedOf(tx, id);
    if (before) return repeated(before, request, actor);
    if (isReopened(tx, statement)) refuse('statement-changed');
    const row: IssuedStatement = {
      id,
      clientId,
      startsOn,
      endsOn,
      fileId,
      digest,
      seconds: statement.seconds,
      amountMinor: statement.amountMinor,
      at,
      by: actorText(actor),
    };
    record(tx, 'client-statement-issued', row, row.by, at);
    return row;
  });
}

/** Somebody may have taken an approval back while the file was written. */
function isReopened(db: Db, { lines }: Statement): boolean {
  const ids = new Set(lines.flatMap(({ approvals }) => approvals.map(({ id }) => id)));
  return [...ids].some((id) =>
    db.select().from(timesheetReopenings).where(eq(timesheetReopenings.id, id)).get(),
  );
}

function repeated(known: IssuedStatement, request: StatementRequest, actor: Actor): IssuedStatement {
  const { fileId, seconds, amountMinor } = known;
  return sameOr(known, { ...request, fileId, seconds, amountMinor, by: actorText(actor) });
}

export function clientOf(db: Db, id: string) {
  return db.select().from(clients).where(eq(clients.id, id)).get();
}

export function issuedOf(db: Db, id: string): IssuedStatement | undefined {
  return db.select().from(clientStatements).where(eq(clientStatements.id, id)).get();
}

export interface IssuedView extends IssuedStatement {
  /** The newest of its days counts. */
  readonly replaced: boolean;
  /** Against the one it replaces. */
  readonly differenceMinor: Minor | undefined;
}

/** Of a client, newest first. */
export function statementsOfClient(db: Db, clientId: string): IssuedView[] {
  const rows = db
    .select()
    .from(clientStatements)
    .where(eq(clientStatements.clientId, clientId))
    .orderBy(desc(clientStatements.at), desc(clientStatements.id))
    .all();
  const sameDays = (a: IssuedStatement, b: IssuedStatement) =>
    a.startsOn === b.startsOn && a.endsOn === b.endsOn;
  return rows.map((row, index) => {
    const older = rows.slice(index + 1).find((one) => sameDays(one, row));
    return {
      ...row,
      replaced: rows.slice(0, index).some((one) => sameDays(one, row)),
      differenceMinor: older && subtract(row.amountMinor, older.amountMinor),
    };
  });
}

export async function contentOf(cell: CellContext, { fileId }: IssuedStatement): Promise<StatementContent> {
  const bytes = (await cell.files.get(fileId)) ?? refuse('not-found');
  return JSON.parse(new TextDecoder().decode(bytes)) as StatementContent;
}

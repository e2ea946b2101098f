/** Who is told what about a contract, in the same commit as what happened; and who is reminded when nothing happens. */
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { contractTurns, members, roleGrants, roleRevocations, sites, workers } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { engagementOf, siteIdsOf } from '../engagement/engagement.ts';
import { workerNameOf } from '../identity/name.ts';
import { addSeconds, formatInstant, type Instant, secondsBetween } from '../kernel/time.ts';
import { sendNotice } from '../notice/notice.ts';
import type { NoticeKind, NoticeParams } from '../notice/notice-kinds.ts';
import { afterQuietHours, nextReminderAt, usualReminders } from '../notice/quiet-hours.ts';
import type { Db, Store, Tx } from '../store/commit.ts';
import { type Contract, contractOf, signaturesOf, titleOf } from './contract.ts';
import { contractState, factsOfContract, isOpen } from './contract-state.ts';
import { openSlots, type PlannedSlot, type Slot, slotsOf } from './slot.ts';

const daySeconds = 86_400;

/** The next places are open: their people are told, and reminded later. */
export function tellTurn(tx: Tx, contract: Contract, at: Instant): void {
  const open = openOf(tx, contract.id);
  for (const slot of open)
    for (const personId of peopleOf(tx, slot))
      tell(tx, contract, personId, 'contract-to-sign', `turn ${slot.id}`, {}, at);
  beginTurn(tx, contract, at);
}

/** Reminders are counted from now on. */
function beginTurn(tx: Tx, contract: Contract, at: Instant): void {
  const due = dueAt(tx, contract, at, 0);
  if (due === undefined) {
    tx.delete(contractTurns).where(eq(contractTurns.id, contract.id)).run();
    return;
  }
  const turn = { sent: 0, lastAt: at, dueAt: due };
  tx.insert(contractTurns)
    .values({ id: contract.id, ...turn })
    .onConflictDoUpdate({ target: contractTurns.id, set: turn })
    .run();
}

/** Everybody who signed, and who offered it, gets the way to their copy. */
export function tellComplete(tx: Tx, contract: Contract, at: Instant): void {
  tx.delete(contractTurns).where(eq(contractTurns.id, contract.id)).run();
  for (const personId of partiesOf(tx, contract))
    tell(tx, contract, personId, 'contract-complete', 'complete', {}, at);
}

/** Those who signed or offered it, and the worker, but not who did it. */
export function tellEnd(
  tx: Tx,
  contract: Contract,
  kind: 'contract-declined' | 'contract-cancelled' | 'contract-ended-by-notice',
  said: { reason: string; until?: string },
  by: string,
  at: Instant,
): void {
  tx.delete(contractTurns).where(eq(contractTurns.id, contract.id)).run();
  const params = { reason: said.reason, ...(said.until ? { until: said.until } : {}) };
  for (const personId of partiesOf(tx, contract))
    if (`person:${personId}` !== by) tell(tx, contract, personId, kind, kind, params, at);
}

export function tellExtension(tx: Tx, contract: Contract, signBy: Instant, at: Instant): void {
  for (const slot of openOf(tx, contract.id))
    for (const personId of peopleOf(tx, slot))
      tell(
        tx,
        contract,
        personId,
        'contract-extended',
        signBy,
        { until: untilText(tx, contract, signBy) },
        at,
      );
  beginTurn(tx, contract, at);
}

function openOf(db: Db, contractId: string): Slot[] {
  return openSlots(
    slotsOf(db, contractId),
    new Set(signaturesOf(db, contractId).map(({ slotId }) => slotId)),
  );
}

/** Who may sign in a place: whom it names, else the members with its role, else the owners. */
function peopleOf(db: Db, slot: PlannedSlot): string[] {
  if (slot.personId) return [slot.personId];
  const withRole = (role: string) =>
    db
      .selectDistinct({ personId: members.personId })
      .from(roleGrants)
      .innerJoin(members, eq(members.id, roleGrants.memberId))
      .leftJoin(roleRevocations, eq(roleRevocations.id, roleGrants.id))
      .where(and(sql`${roleGrants.role} = ${role}`, isNull(roleRevocations.id)))
      .all()
      .map(({ personId }) => personId);
  const fitting = withRole(slot.memberRole ?? 'owner');
  return fitting.length > 0 ? fitting : withRole('owner');
}

function partiesOf(db: Db, contract: Contract): Set<string> {
  const worker = db.select().from(workers).where(eq(workers.id, contract.workerId)).get();
  return new Set([
    ...(worker ? [worker.personId] : []),
    ...signaturesOf(db, contract.id).map(({ personId }) => personId),
    ...(contract.by.startsWith('person:') ? [contract.by.slice('person:'.length)] : []),
  ]);
}

function tell(
  tx: Tx,
  contract: Contract,
  personId: string,
  kind: NoticeKind,
  about: string,
  params: NoticeParams,
  at: Instant,
): void {
  const { id: org, name: employer } = employerOf(tx);
  const worker = tx.select().from(workers).where(eq(workers.id, contract.workerId)).get();
  const isWorker = worker?.personId === personId;
  const title = titleOf(contract);
  const name = (text: string) => (isWorker ? text : `${workerNameOf(tx, contract.workerId)} · ${text}`);
  sendNotice(
    tx,
    {
      id: `${contract.id}.${about}.${personId}`.replaceAll(' ', '.'),
      personId,
      kind,
      params: { employer, 'name.zh-CN': name(title.zh), 'name.en': name(title.en), ...params },
      link: `/orgs/${org}${isWorker ? '/me' : ''}/contracts/${contract.id}`,
    },
    at,
  );
}

// ---- reminders

/** Of the place of work. */
function zoneOf(db: Db, contract: Contract): string {
  const engagement = engagementOf(db, contract.engagementId);
  const siteIds = engagement ? siteIdsOf(db, engagement.id).slice(0, 90) : [];
  const [site] =
    siteIds.length > 0 ? db.select().from(sites).where(inArray(sites.id, siteIds)).limit(1).all() : [];
  return site?.zone ?? employerOf(db).zone;
}

const untilText = (db: Db, contract: Contract, until: Instant) =>
  formatInstant(until, zoneOf(db, contract), 'en');

/** The next reminder; after the last of them a warning a day before the deadline; undefined when nobody is reminded any more. */
function dueAt(db: Db, contract: Contract, last: Instant, sent: number): Instant | undefined {
  const zone = zoneOf(db, contract);
  const signBy = factsOfContract(db, contract.id)?.signBy ?? undefined;
  const soon = signBy && afterQuietHours(addSeconds(signBy, -daySeconds), zone);
  const warning = soon && secondsBetween(last, soon) >= daySeconds ? soon : undefined;
  const next = nextReminderAt(last, sent, zone) ?? warning;
  return next !== undefined && signBy !== undefined && next >= signBy ? undefined : next;
}

/** Reminds whom open contracts wait for, where the time has come. A part of tick. */
export async function remindersDue(store: Store, at: Instant): Promise<void> {
  const due = store.db
    .select()
    .from(contractTurns)
    .where(lte(contractTurns.dueAt, at))
    .orderBy(asc(contractTurns.dueAt))
    .limit(100)
    .all();
  for (const { id } of due) await store.commit((tx) => remind(tx, id, at));
}

function remind(tx: Tx, contractId: string, at: Instant): void {
  const turn = tx.select().from(contractTurns).where(eq(contractTurns.id, contractId)).get();
  const next = turn && turn.dueAt <= at ? nextTurn(tx, contractId, turn, at) : turn;
  const mine = eq(contractTurns.id, contractId);
  if (next) tx.update(contractTurns).set(next).where(mine).run();
  else tx.delete(contractTurns).where(mine).run();
}

type Turn = Omit<typeof contractTurns.$inferSelect, 'id'>;

/** Reminds, and says when to look again; undefined when nobody is waited for any more. */
function nextTurn(tx: Tx, contractId: string, turn: Turn, at: Instant): Turn | undefined {
  const contract = contractOf(tx, contractId);
  const facts = factsOfContract(tx, contractId);
  if (!contract || !facts || !isOpen(contractState(facts, at, contract.validFrom))) return undefined;
  const quietUntil = afterQuietHours(at, zoneOf(tx, contract));
  // A tick that comes late may come at night.
  if (quietUntil > at) return { sent: turn.sent, lastAt: turn.lastAt, dueAt: quietUntil };
  const { signBy } = facts;
  const isSoon = signBy !== null && secondsBetween(at, signBy) <= 2 * daySeconds;
  const number = turn.sent + 1;
  for (const slot of openOf(tx, contractId))
    for (const personId of peopleOf(tx, slot)) {
      if (isSoon) {
        const params = { until: untilText(tx, contract, signBy) };
        tell(tx, contract, personId, 'contract-expires-soon', `soon ${signBy} ${number}`, params, at);
      } else if (number <= usualReminders.most) {
        const params = { number: String(number), most: String(usualReminders.most) };
        tell(tx, contract, personId, 'contract-reminder', `reminder ${slot.id} ${number}`, params, at);
      }
    }
  const next = dueAt(tx, contract, at, number);
  return next && { sent: number, lastAt: at, dueAt: next };
}

export function nextReminder(db: Db): Instant | undefined {
  const row = db
    .select({ at: sql<Instant | null>`min(${contractTurns.dueAt})` })
    .from(contractTurns)
    .get();
  return row?.at ?? undefined;
}

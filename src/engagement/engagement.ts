/** Engagements: worker and employer bound by terms for a period, at named sites, paid by effective-dated terms. */
import { and, desc, eq, sql } from 'drizzle-orm';
import {
  engagementEnds,
  engagementSiteChanges,
  engagementSites,
  engagements,
  payTerms,
  workers,
} from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { siteOf } from '../employer/site.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import type { Minor } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant, PayPeriodKind } from '../kernel/time.ts';
import { type Db, newestFirst, prepared, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';

export type Engagement = typeof engagements.$inferSelect;
export type PayTerms = typeof payTerms.$inferSelect;
export interface EngagementInput {
  readonly id: string;
  readonly workerId: string;
  readonly roleTitle: string;
  readonly relationship: Engagement['relationship'];
  readonly project: string;
  readonly payPeriod: PayPeriodKind;
  readonly startsOn: CivilDate;
  readonly endsOn?: CivilDate | undefined;
  readonly siteIds: readonly string[];
  /** Without one, pay terms are agreed afterwards. */
  readonly hourlyRateMinor?: Minor | undefined;
}

export function makeEngagement(tx: Tx, actor: Actor, input: EngagementInput, at: Instant): void {
  const by = actorText(actor);
  const { siteIds, hourlyRateMinor, ...rest } = input;
  const row: Engagement = { ...rest, endsOn: input.endsOn ?? null, at, by };
  const known = engagementOf(tx, input.id);
  if (known) {
    if (!isAgreedAs(tx, known.id, siteIds, hourlyRateMinor)) refuse('id-reused');
    return void sameOr(known, row);
  }
  if (!tx.select().from(workers).where(eq(workers.id, input.workerId)).get()) refuse('not-found');
  for (const siteId of siteIds) if (!siteOf(tx, siteId)) refuse('not-found');
  if (row.endsOn && row.endsOn < row.startsOn)
    refuse('dates-reversed', {}, [{ pointer: '/endsOn', detail: '' }]);
  record(tx, 'engagement-made', row, by, at);
  for (const siteId of new Set(siteIds))
    tx.insert(engagementSites).values({ engagementId: row.id, siteId }).run();
  if (hourlyRateMinor === undefined) return;
  const terms = {
    id: newId(),
    engagementId: row.id,
    siteId: null,
    effectiveOn: row.startsOn,
    hourlyRateMinor,
  };
  record(tx, 'pay-terms-agreed', { ...terms, rules: null, at, by }, by, at);
}

/** The places, and the rate of the first day: they lie in rows of their own. */
function isAgreedAs(
  db: Db,
  id: string,
  siteIds: readonly string[],
  hourlyRateMinor: Minor | undefined,
): boolean {
  const asked = new Set(siteIds);
  const known = sitesAgreedFirst(db, id);
  const sameSites = known.size === asked.size && [...known].every((siteId) => asked.has(siteId));
  if (!sameSites) return false;
  return hourlyRateMinor === undefined || payTermsOf(db, id)[0]?.hourlyRateMinor === hourlyRateMinor;
}

/** Its list of sites, with later changes undone from the newest back. */
function sitesAgreedFirst(db: Db, id: string): Set<string> {
  const listed = new Set(siteIdsOf(db, id));
  for (const { siteId, change } of siteChangesOf(db, id)) {
    if (change === 'added') listed.delete(siteId);
    else listed.add(siteId);
  }
  return listed;
}

/** The last day of work. What was worked until then is still approved and paid. */
export function endEngagement(
  tx: Tx,
  actor: Actor,
  input: { id: string; endsOn: CivilDate; reason: string },
  at: Instant,
): void {
  const engagement = engagementOf(tx, input.id) ?? refuse('not-found');
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(engagementEnds).where(eq(engagementEnds.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (input.endsOn < engagement.startsOn) refuse('dates-reversed', {}, [{ pointer: '/endsOn', detail: '' }]);
  record(tx, 'engagement-ended', row, row.by, at);
}

export type SiteChange = typeof engagementSiteChanges.$inferSelect;

/** Somebody may work at a further site from now on, or no longer at one; earlier punches there stay as they were judged. */
export function changeSites(
  tx: Tx,
  actor: Actor,
  input: Pick<SiteChange, 'id' | 'engagementId' | 'siteId' | 'change' | 'reason'>,
  at: Instant,
): void {
  const { engagementId, siteId, change } = input;
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(engagementSiteChanges).where(eq(engagementSiteChanges.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (!engagementOf(tx, engagementId) || !siteOf(tx, siteId)) refuse('not-found');
  const listed = siteIdsOf(tx, engagementId);
  if (listed.includes(siteId) === (change === 'added')) refuse('site-list-unchanged');
  if (change === 'removed' && listed.length === 1) refuse('last-site');
  record(tx, 'engagement-site-changed', row, row.by, at);
  if (change === 'added') tx.insert(engagementSites).values({ engagementId, siteId }).run();
  else
    tx.delete(engagementSites)
      .where(and(eq(engagementSites.engagementId, engagementId), eq(engagementSites.siteId, siteId)))
      .run();
}

/** The newest first. */
export function siteChangesOf(db: Db, engagementId: string): SiteChange[] {
  return db
    .select()
    .from(engagementSiteChanges)
    .where(eq(engagementSiteChanges.engagementId, engagementId))
    .orderBy(newestFirst(engagementSiteChanges))
    .all();
}

const statements = prepared((db) => ({
  one: db
    .select()
    .from(engagements)
    .where(eq(engagements.id, sql.placeholder('id')))
    .prepare(),
  end: db
    .select({ endsOn: engagementEnds.endsOn })
    .from(engagementEnds)
    .where(eq(engagementEnds.id, sql.placeholder('id')))
    .prepare(),
  sites: db
    .select({ siteId: engagementSites.siteId })
    .from(engagementSites)
    .where(eq(engagementSites.engagementId, sql.placeholder('id')))
    .prepare(),
  terms: db
    .select()
    .from(payTerms)
    .where(eq(payTerms.engagementId, sql.placeholder('id')))
    .orderBy(payTerms.effectiveOn)
    .prepare(),
}));

export function engagementOf(db: Db, id: string): Engagement | undefined {
  return statements(db).one.get({ id });
}

export function siteIdsOf(db: Db, engagementId: string): string[] {
  return statements(db)
    .sites.all({ id: engagementId })
    .map(({ siteId }) => siteId);
}

/** The last day of work: as ended, else as agreed, else open. */
export function lastDayOf(db: Db, engagement: Engagement): CivilDate | null {
  return earlier(statements(db).end.get({ id: engagement.id })?.endsOn ?? null, engagement.endsOn);
}

/** Of two last days, of which either may be open. */
export function earlier(one: CivilDate | null, other: CivilDate | null): CivilDate | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

export type EngagementState = 'coming' | 'live' | 'ended';

export function engagementState(db: Db, engagement: Engagement, day: CivilDate): EngagementState {
  return stateOn(day, engagement.startsOn, lastDayOf(db, engagement));
}

export function stateOn(day: CivilDate, startsOn: CivilDate, lastDay: CivilDate | null): EngagementState {
  if (day < startsOn) return 'coming';
  return lastDay !== null && day > lastDay ? 'ended' : 'live';
}

/** All of them, by the day they take effect; those of a place among them. */
export function payTermsOf(db: Db, engagementId: string): PayTerms[] {
  return statements(db).terms.all({ id: engagementId });
}

/** The engagement's own terms in force on a day: the last that took effect by then, those of a place aside. */
export function payTermsOn(terms: readonly PayTerms[], day: CivilDate): PayTerms | undefined {
  return terms.filter((one) => one.siteId === null && one.effectiveOn <= day).at(-1);
}

/** Everybody who is paid by this kind of period. */
export function engagementsPaid(db: Db, payPeriod: PayPeriodKind): Engagement[] {
  return db
    .select()
    .from(engagements)
    .where(eq(engagements.payPeriod, payPeriod))
    .orderBy(engagements.id)
    .all();
}

export function engagementsOfWorker(db: Db, workerId: string): Engagement[] {
  return db
    .select()
    .from(engagements)
    .where(eq(engagements.workerId, workerId))
    .orderBy(desc(engagements.startsOn))
    .all();
}

/** Pay terms as they are agreed: from a day on, for an engagement or for it at one place. */
import { and, eq, sql } from 'drizzle-orm';
import { payTerms, timesheetApprovals, timesheetReopenings } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { siteOf } from '../employer/site.ts';
import { engagementOf, type PayTerms, payTermsOf } from '../engagement/engagement.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import type { Minor } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type PayRules, paysNothing, readRules, type Terms } from './pay-rules.ts';

export interface TermsInput {
  readonly id: string;
  readonly engagementId: string;
  readonly siteId?: string | undefined;
  readonly effectiveOn: CivilDate;
  readonly hourlyRateMinor?: Minor | undefined;
  readonly rules: PayRules;
}

/** From a day on. A day that was approved already keeps what it was approved by: reopen the timesheet first. */
export function agreePayTerms(tx: Tx, actor: Actor, input: TermsInput, at: Instant): void {
  const engagement = engagementOf(tx, input.engagementId) ?? refuse('not-found');
  const { rules, siteId = null, hourlyRateMinor = null, ...rest } = input;
  const row: PayTerms = {
    ...rest,
    siteId,
    hourlyRateMinor,
    rules: canonicalJson(rules),
    at,
    by: actorText(actor),
  };
  const known = tx.select().from(payTerms).where(eq(payTerms.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (siteId && !siteOf(tx, siteId)) refuse('not-found', {}, [{ pointer: '/siteId', detail: '' }]);
  if (paysNothing({ hourlyMinor: hourlyRateMinor, rules }))
    refuse('pay-terms-empty', {}, [{ pointer: '/hourlyRateMinor', detail: '' }]);
  if (input.effectiveOn < engagement.startsOn)
    refuse('dates-reversed', {}, [{ pointer: '/effectiveOn', detail: '' }]);
  if (isApprovedFrom(tx, input.engagementId, input.effectiveOn)) refuse('period-approved');
  const same = payTermsOf(tx, input.engagementId).find(
    (terms) => terms.effectiveOn === input.effectiveOn && terms.siteId === siteId,
  );
  if (same) refuse('pay-terms-there', {}, [{ pointer: '/effectiveOn', detail: '' }]);
  record(tx, 'pay-terms-agreed', row, row.by, at);
}

function isApprovedFrom(tx: Tx, engagementId: string, from: CivilDate): boolean {
  const approved = tx
    .select({ id: timesheetApprovals.id })
    .from(timesheetApprovals)
    .leftJoin(timesheetReopenings, eq(timesheetReopenings.id, timesheetApprovals.id))
    .where(
      and(
        eq(timesheetApprovals.engagementId, engagementId),
        sql`${timesheetApprovals.endsOn} >= ${from}`,
        sql`${timesheetReopenings.id} IS NULL`,
      ),
    )
    .get();
  return approved !== undefined;
}

export function readTerms({ id, siteId, effectiveOn, hourlyRateMinor, rules }: PayTerms): Terms {
  return { id, siteId, effectiveOn, hourlyMinor: hourlyRateMinor, rules: readRules(rules) };
}

/** All of an engagement's, as they are computed with. */
export function termsOf(db: Db, engagementId: string): Terms[] {
  return payTermsOf(db, engagementId).map(readTerms);
}

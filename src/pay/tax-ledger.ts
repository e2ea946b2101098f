/** What a payer has paid one person in a year and withheld from it, payment by payment, rule by rule: what each next one counts on. */
import { and, asc, eq, gte, lte } from 'drizzle-orm';
import { engagements, payRunApprovals, payRunLines, payRuns } from '../../db/cell.ts';
import { add, type Minor, minor, zero } from '../kernel/money.ts';
import type { CivilDate } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import type { LineFacts } from './calculate.ts';
import type { Withholding } from './withholding.ts';

export interface LedgerEntry {
  readonly paysOn: CivilDate;
  readonly runId: string;
  readonly line: number;
  readonly code: string;
  readonly project: string;
  /** The month or year that the rule counts together. */
  readonly span: string;
  readonly months: number;
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  /** Of the span so far, with this payment. */
  readonly spanGrossMinor: Minor;
  readonly spanWithheldMinor: Minor;
  readonly carriedMinor: Minor;
  /** Of the year so far, whatever the rule. */
  readonly yearGrossMinor: Minor;
  readonly yearWithheldMinor: Minor;
}

/** By day of payment, which is what tax goes by. A correction of an earlier month stands where it was paid. */
export function taxLedger(db: Db, workerId: string, year: string): LedgerEntry[] {
  const lines = db
    .select({ line: payRunLines, run: payRuns, project: engagements.project })
    .from(payRunLines)
    .innerJoin(payRunApprovals, eq(payRunApprovals.calculationId, payRunLines.calculationId))
    .innerJoin(payRuns, eq(payRuns.id, payRunApprovals.id))
    .innerJoin(engagements, eq(engagements.id, payRunLines.engagementId))
    .where(
      and(
        eq(payRunLines.workerId, workerId),
        eq(payRunLines.kind, 'withholding'),
        gte(payRuns.paysOn, `${year}-01-01` as CivilDate),
        lte(payRuns.paysOn, `${year}-12-31` as CivilDate),
      ),
    )
    .orderBy(asc(payRuns.paysOn), asc(payRuns.id), asc(payRunLines.line))
    .all();
  let [yearGrossMinor, yearWithheldMinor] = [zero, zero];
  return lines.flatMap(({ line, run, project }) => {
    const facts = JSON.parse(line.why) as LineFacts;
    if (facts.of !== 'withholding') return [];
    const held = facts.withholding;
    yearGrossMinor = add(yearGrossMinor, held.grossMinor);
    yearWithheldMinor = add(yearWithheldMinor, held.withheldMinor);
    return [
      {
        paysOn: run.paysOn,
        runId: run.id,
        line: line.line,
        code: line.code,
        project: facts.project ?? project,
        ...ofSpan(held),
        yearGrossMinor,
        yearWithheldMinor,
      },
    ];
  });
}

function ofSpan({
  span,
  months,
  grossMinor,
  withheldMinor,
  spanGrossMinor,
  withheldBeforeMinor,
  carriedMinor,
}: Withholding) {
  return {
    span,
    months,
    grossMinor,
    withheldMinor,
    spanGrossMinor,
    spanWithheldMinor: minor(withheldBeforeMinor + withheldMinor),
    carriedMinor,
  };
}

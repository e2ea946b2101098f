/** What a worker's pay itself shows that somebody should look at (pure): found while it is calculated, kept beside it. */
import { type Minor, minor, sum } from '../kernel/money.ts';
import type { CivilDate } from '../kernel/time.ts';
import type { PayProblem, WorkerFacts, WorkerPay } from './calculate.ts';
import { incomeKinds } from './run-fold.ts';

export interface FoundCheck {
  readonly kind:
    | 'pay-terms-missing'
    | 'take-back-left'
    | 'zero-net'
    | 'unusual-jump'
    | 'worked-after-end'
    | PayProblem['problem'];
  readonly engagementId?: string;
  readonly startsOn?: CivilDate;
  readonly seconds?: number;
  readonly amountMinor?: Minor;
  readonly beforeMinor?: Minor;
}
/** What the last approved run of the same kind paid this worker. */
export interface PaidBefore {
  readonly grossMinor: Minor;
  readonly netMinor: Minor;
}

/** More than half as much again, or less than half: seldom wrong, always worth a look. */
const jumpShare = 50;

export function checksOfWorker(
  facts: WorkerFacts,
  pay: WorkerPay,
  before: PaidBefore | undefined,
): FoundCheck[] {
  const { lines, withoutTerms, problems } = pay;
  const gross = sum(
    lines.filter(({ kind }) => incomeKinds.includes(kind)).map(({ amountMinor }) => amountMinor),
  );
  const net = sum(lines.map(({ amountMinor }) => amountMinor));
  const found: FoundCheck[] = withoutTerms.map(({ engagementId, days }) => ({
    kind: 'pay-terms-missing',
    engagementId,
    seconds: days.reduce((total, { seconds }) => total + seconds, 0),
  }));
  for (const { problem, ...more } of problems) found.push({ kind: problem, ...more });
  for (const { facts: why } of lines)
    if (why.of === 'correction' && why.leftMinor !== 0)
      found.push({ kind: 'take-back-left', amountMinor: why.leftMinor });
  if (lines.length > 0 && net === 0) found.push({ kind: 'zero-net', amountMinor: gross });
  for (const { engagementId, endedOn, entries } of facts.sheets) {
    const after = entries.filter(({ day }) => endedOn !== null && day > endedOn);
    if (endedOn !== null && after.length > 0)
      found.push({
        kind: 'worked-after-end',
        engagementId,
        startsOn: endedOn,
        seconds: after.reduce((total, { seconds }) => total + seconds, 0),
      });
  }
  if (before && isJump(gross, before.grossMinor))
    found.push({ kind: 'unusual-jump', amountMinor: gross, beforeMinor: before.grossMinor });
  return found;
}

/** Against nothing every amount is new, and says nothing. */
export function isJump(nowMinor: Minor, beforeMinor: Minor): boolean {
  if (beforeMinor === 0 || nowMinor === 0) return false;
  return minor(Math.abs(nowMinor - beforeMinor)) * 100 > beforeMinor * jumpShare;
}

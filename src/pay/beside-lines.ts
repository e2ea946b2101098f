/** Lines that no timesheet holds (pure): bonuses, promises kept, and what is taken or given back after tax. */
import { type EarningPart, secondsPaid } from '../earning/earning-part.ts';
import type { PayData } from '../earning/pay-data.ts';
import { latePay, lostShiftPay, regionOf } from '../earning/promised-pay.ts';
import {
  type Adjustment,
  deductionLimit,
  inOrderOfDays,
  type Settled,
  settle,
} from '../earning/settlement.ts';
import type { PromiseRow } from '../guarantee/pay-promise.ts';
import { minor, sum } from '../kernel/money.ts';
import type {
  BesideFacts,
  DraftLine,
  Earned,
  LineFacts,
  PaidSheet,
  PayProblem,
  RunHead,
  SheetInput,
} from './calculate.ts';

export function lineOf(
  engagementId: string,
  part: EarningPart,
  approvalId: string | null,
  facts: LineFacts,
): DraftLine {
  const seconds = secondsPaid([part]);
  return {
    engagementId,
    kind: part.kind,
    code: part.code,
    seconds: seconds > 0 ? seconds : null,
    rateMinor: part.basis === 'fixed' ? null : part.rateMinor,
    amountMinor: part.amountMinor,
    approvalId,
    sourceId: part.sourceId ?? null,
    facts,
  };
}

/** Income: bonuses, and what the employer's promises add. */
export function besideLines(
  { engagements, adjustments, lostShifts, paidLate }: BesideFacts,
  promises: readonly PromiseRow[],
): Earned[] {
  const lines: Earned[] = [];
  const add = (engagementId: string, part: EarningPart | undefined, facts?: LineFacts) => {
    const of = engagements.find((one) => one.engagementId === engagementId);
    if (of && part)
      lines.push({ of, draft: lineOf(engagementId, part, null, facts ?? { of: 'promise', part }) });
  };
  for (const one of inOrderOfDays(adjustments.filter(({ kind }) => kind === 'bonus'))) {
    const settled = settle(one, one.amountMinor);
    add(one.engagementId, settled?.part, settled && { of: 'adjustment', ...settled });
  }
  for (const lost of sorted(
    lostShifts,
    ({ day, shiftId, engagementId }) => `${day} ${shiftId} ${engagementId}`,
  )) {
    const terms = engagements.find((one) => one.engagementId === lost.engagementId)?.terms ?? [];
    add(lost.engagementId, lostShiftPay(lost, terms, promises));
  }
  for (const paid of sorted(paidLate, ({ runId, engagementId }) => `${runId} ${engagementId}`))
    add(paid.engagementId, latePay(paid, promises));
  return lines;
}

function sorted<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  return [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

interface Settling {
  readonly head: RunHead;
  readonly data: PayData;
  readonly sheets: readonly PaidSheet[];
  readonly earned: readonly Earned[];
  /** What the lines so far leave to pay out. */
  readonly netMinor: number;
  readonly beside: BesideFacts;
}

/**
 * After tax: deductions within their limits, then advances out of what is left. Nobody ends below zero; what was laid out
 * is given back whole.
 */
export function settledLines(settling: Settling): { lines: DraftLine[]; problems: PayProblem[] } {
  const { adjustments } = settling.beside;
  let left = settling.netMinor;
  const lines: DraftLine[] = [];
  const problems: PayProblem[] = [];
  const take = (one: Adjustment, mostMinor: number, limit: Settled['limit'] = null): number => {
    const settled = settle(one, mostMinor, limit);
    const leftMinor = settled ? settled.leftMinor : minor(one.amountMinor - one.doneMinor);
    const problem = one.kind === 'advance' ? 'rest-of-advance' : 'rest-of-deduction';
    if (leftMinor > 0) problems.push({ engagementId: one.engagementId, problem, amountMinor: leftMinor });
    if (!settled) return 0;
    lines.push(lineOf(one.engagementId, settled.part, null, { of: 'adjustment', ...settled }));
    left += settled.part.amountMinor;
    return -settled.part.amountMinor;
  };
  const of = (kind: Adjustment['kind']) => inOrderOfDays(adjustments.filter((one) => one.kind === kind));
  const taken = new Map<string, number>();
  for (const one of of('deduction')) {
    const limit = limitOf(one.engagementId, settling);
    const before = taken.get(one.engagementId) ?? 0;
    const most = Math.min(left, (limit?.mostMinor ?? left) - before);
    taken.set(one.engagementId, before + take(one, most, limit ?? null));
  }
  for (const one of of('advance')) take(one, left);
  for (const one of of('reimbursement')) {
    const settled = settle(one, one.amountMinor);
    if (settled) lines.push(lineOf(one.engagementId, settled.part, null, { of: 'adjustment', ...settled }));
  }
  return { lines, problems };
}

/** Of one engagement's income in this run: what deductions may take of it. */
function limitOf(engagementId: string, { head, data, sheets, earned, beside }: Settling) {
  const engagement = beside.engagements.find((one) => one.engagementId === engagementId);
  const mine = sheets.filter(({ sheet }) => sheet.engagementId === engagementId && sheet.paid.length === 0);
  const place = mine.map(({ sheet }) => regionOf(sheet)).find((one) => one !== undefined);
  return deductionLimit(
    {
      relationship: engagement?.relationship ?? '',
      incomeMinor: sum(
        earned.filter(({ of }) => of.engagementId === engagementId).map(({ draft }) => draft.amountMinor),
      ),
      seconds: mine.reduce((total, { sheet }) => total + workedIn(sheet), 0),
      isMonth: head.payPeriod === 'monthly',
      region: place?.region ?? null,
      tier: place?.tier ?? 1,
      on: head.endsOn,
    },
    data,
  );
}

const workedIn = ({ entries }: SheetInput) => entries.reduce((total, { seconds }) => total + seconds, 0);

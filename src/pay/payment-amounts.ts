/** A worker's lines of a run, added up as files state them. */
import { add, type Minor, minor, subtract, sum, zero } from '../kernel/money.ts';
import type { RunLine } from './calculate.ts';

export interface PaymentAmounts {
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  readonly deductedMinor: Minor;
  readonly netMinor: Minor;
  readonly regularSeconds: number;
  readonly overtimeSeconds: number;
}

/** Beside income and its tax: what was advanced, what is deducted, and, the other way, expenses that are given back. */
const takingKinds: readonly string[] = ['deduction', 'advance', 'reimbursement'];
/** Codes of hours that are paid above the ordinary rate. */
const premium = /-(overtime|rest-day|holiday)$/;

/** Gross less withheld less deducted is net, always. */
export function amountsOf(
  lines: readonly (Pick<RunLine, 'code' | 'seconds' | 'amountMinor'> & { readonly kind: string })[],
): PaymentAmounts {
  const taken = (isOne: (kind: string) => boolean) =>
    subtract(zero, sum(lines.filter(({ kind }) => isOne(kind)).map(({ amountMinor }) => minor(amountMinor))));
  const netMinor = sum(lines.map(({ amountMinor }) => amountMinor));
  const withheldMinor = taken((kind) => kind === 'withholding');
  const deductedMinor = taken((kind) => takingKinds.includes(kind));
  const seconds = (isPremium: boolean) =>
    lines
      .filter(({ code }) => premium.test(code) === isPremium)
      .reduce((total, line) => total + (line.seconds ?? 0), 0);
  return {
    grossMinor: add(netMinor, withheldMinor, deductedMinor),
    withheldMinor,
    deductedMinor,
    netMinor,
    regularSeconds: seconds(false),
    overtimeSeconds: seconds(true),
  };
}

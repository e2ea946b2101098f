/** What every pay file format offers: its problems before anything is written, then its parts as bytes in pieces. */
import { type Minor, minor } from '../../kernel/money.ts';
import type { CivilDate } from '../../kernel/time.ts';
import type { PayFileContent, Payment } from './content.ts';

export interface Wording {
  readonly en: string;
  readonly zh: string;
}
export interface PayFormat {
  /** As it stands in addresses: `csv`, `pain-001`, a preset's name, or an id of the employer's own mapping. */
  readonly id: string;
  readonly group: FormatGroup;
  readonly name: Wording;
  /** Where the layout is described, and how sure we are of it. */
  readonly source?: { readonly text: Wording; readonly confidence: Confidence; readonly verifiedOn: string };
  readonly extension: string;
  readonly mediaType: string;
  /** Everything besides the run that the bytes depend on. */
  readonly inputs: unknown;
  /** Worker by worker, then of the file as a whole. Nothing is written while one of them stops. */
  problems(content: PayFileContent, today: CivilDate): Iterable<Problem>;
  /** Each part must be read to its end before the next. */
  parts(content: PayFileContent): Iterable<FilePart>;
}
export type FormatGroup = 'table' | 'bank' | 'payroll';
export type Confidence = 'high' | 'medium' | 'low';

export interface FilePart {
  readonly name: string;
  readonly pieces: Iterable<Uint8Array>;
  /** Known once the pieces have been read. */
  readonly totals: () => PartTotals;
}
export interface PartTotals {
  readonly rows: number;
  readonly amountMinor: Minor;
}

export type ProblemCode =
  | 'account-missing'
  | 'account-not-iban'
  | 'account-not-for-format'
  | 'amount-too-large'
  | 'amount-negative'
  | 'bic-missing'
  | 'characters-refused'
  | 'currency-not-for-format'
  | 'day-in-past'
  | 'day-not-settlement'
  | 'duplicate-account'
  | 'duplicate-payment'
  | 'formula'
  | 'name-shortened'
  | 'nothing-to-pay'
  | 'payer-missing'
  | 'routing-number-wrong'
  | 'too-long'
  | 'transliterated'
  | 'value-missing'
  | 'wallet-left-out'
  | 'zero-left-out';

export interface Problem {
  readonly code: ProblemCode;
  /** Whether the file cannot be written, or a person should look. */
  readonly stops: boolean;
  /** Whose; none: the file's. */
  readonly workerId?: string;
  readonly name?: string;
  /** The column or element, as the format calls it. */
  readonly field?: string;
  readonly values?: Readonly<Record<string, string>>;
}

type Told = Omit<Problem, 'stops' | 'workerId' | 'name'>;
export const stop = (payment: Payment | undefined, told: Told): Problem => tell(true, payment, told);
export const warn = (payment: Payment | undefined, told: Told): Problem => tell(false, payment, told);

function tell(stops: boolean, payment: Payment | undefined, told: Told): Problem {
  return { ...told, stops, ...(payment ? { workerId: payment.workerId, name: payment.name } : {}) };
}

/** Counts what goes through it. */
export class Tally {
  #rows = 0;
  #amountMinor = 0;

  add({ netMinor }: Pick<Payment, 'netMinor'>): void {
    this.#rows += 1;
    this.#amountMinor += netMinor;
  }

  get totals(): PartTotals {
    return { rows: this.#rows, amountMinor: minor(this.#amountMinor) };
  }

  *of(payments: Iterable<Payment>): Generator<Payment> {
    for (const payment of payments) {
      this.add(payment);
      yield payment;
    }
  }
}

/** A bank moves no zero, and what a wallet's provider pays it must not pay again. */
export function* payable(payments: Iterable<Payment>): Generator<Payment> {
  for (const payment of payments)
    if (payment.netMinor !== 0 && payment.account?.kind !== 'wallet') yield payment;
}

/**
 * What any bank file asks of its payments. Two workers paid into one account are told, not refused: spouses share one,
 * and so do the victims of a diverted payroll.
 */
export function* bankProblems(payments: Iterable<Payment>, field: string): Generator<Problem> {
  const ids = new Set<string>();
  const accounts = new Map<string, string>();
  let any = false;
  for (const payment of payments) {
    const { account, endToEndId, netMinor, name } = payment;
    if (netMinor === 0) {
      yield warn(payment, { code: 'zero-left-out' });
      continue;
    }
    if (account?.kind === 'wallet') {
      yield warn(payment, { code: 'wallet-left-out' });
      continue;
    }
    any = true;
    if (netMinor < 0) yield stop(payment, { code: 'amount-negative' });
    if (ids.has(endToEndId)) yield stop(payment, { code: 'duplicate-payment' });
    ids.add(endToEndId);
    if (!account) {
      yield stop(payment, { code: 'account-missing', field });
      continue;
    }
    const other = accounts.get(account.number);
    if (other !== undefined) yield warn(payment, { code: 'duplicate-account', field, values: { other } });
    accounts.set(account.number, name);
  }
  if (!any) yield stop(undefined, { code: 'nothing-to-pay' });
}

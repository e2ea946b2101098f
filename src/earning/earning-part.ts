/** A part of somebody's pay (pure): a quantity at a rate, rounded once, with its share of each day and the rule it follows. */
import { allocate, type Minor, minor, mulDiv, sum } from '../kernel/money.ts';
import { type CivilDate, monthOf } from '../kernel/time.ts';

export const earningCodes = [
  'hours',
  'hours-overtime',
  'hours-rest-day',
  'hours-holiday',
  'days',
  'days-overtime',
  'days-rest-day',
  'days-holiday',
  'pieces',
  'pieces-overtime',
  'pieces-rest-day',
  'pieces-holiday',
  'shifts',
  'shifts-overtime',
  'shifts-rest-day',
  'shifts-holiday',
  'night',
  'heat',
  'meal',
  'travel',
  'bonus',
  'minimum-pay',
  'show-up',
  'late-cancel',
  'late-pay',
  'reimbursement',
  'deduction',
  'advance',
] as const;
export type EarningCode = (typeof earningCodes)[number];
export type EarningKind = 'earning' | 'allowance' | 'top-up' | 'reimbursement' | 'deduction' | 'advance';

/** What a quantity counts: seconds; hundredths of days, pieces and shifts; or once. */
export type EarningBasis = 'seconds' | 'days' | 'units' | 'shifts' | 'fixed';

/** Where it stands written: pay terms, a law, a policy or somebody's entry, by id. */
export interface EarningRule {
  readonly id: string;
  readonly effectiveOn: CivilDate;
  readonly source: { readonly zh: string; readonly en: string } | null;
}
export interface DayAmount {
  readonly on: CivilDate;
  readonly quantity: number;
  readonly amountMinor: Minor;
}
export interface EarningPart {
  readonly code: EarningCode;
  readonly kind: EarningKind;
  readonly basis: EarningBasis;
  readonly quantity: number;
  readonly rateMinor: Minor;
  /** How much of the quantity the rate pays: 3600 s of an hour, 28800 s of a day's eight hours, 100 hundredths, 1. */
  readonly ratePer: number;
  /** Basis points; null where none multiplies. */
  readonly multiplierBp: number | null;
  /** quantity × rate × multiplier ÷ ratePer, rounded half up once. Deductions and advances are negative. */
  readonly amountMinor: Minor;
  readonly days: readonly DayAmount[];
  readonly rule: EarningRule;
  /** The pay terms behind it, oldest first. */
  readonly termsIds: readonly string[];
  /** Of what is paid once only: the entry, shift or run it comes from. */
  readonly sourceId?: string;
  /** What else the amount was worked out with, to be named in its explanation. */
  readonly facts?: Readonly<Record<string, number | string>>;
}

export type PartHead = Pick<
  EarningPart,
  'code' | 'kind' | 'basis' | 'rateMinor' | 'ratePer' | 'multiplierBp' | 'rule'
>;
export interface DayQuantity {
  readonly on: CivilDate;
  readonly quantity: number;
}

const whole = 10_000;

interface Line {
  head: PartHead;
  readonly days: Map<CivilDate, number>;
  readonly terms: Set<string>;
  readonly mostPerMonth: number | undefined;
}

/** Collects quantities by line: what has the same code, rate, multiplier and rule is one line, whatever order it came in. */
export class PartList {
  readonly #lines = new Map<string, Line>();

  /** `mostPerMonth`: of a calendar month no more than this quantity counts, the first days of it first. */
  add(head: PartHead, on: CivilDate, quantity: number, termsId: string, mostPerMonth?: number): void {
    if (quantity <= 0) return;
    // A rule that only says "the terms" changes with each of them: the same rate stays one line.
    const rule = head.rule.source === null ? '' : `${head.rule.id} ${head.rule.effectiveOn}`;
    const key = `${head.code} ${head.rateMinor} ${head.ratePer} ${head.multiplierBp} ${rule}`;
    let line = this.#lines.get(key);
    if (!line) {
      line = { head, days: new Map(), terms: new Set(), mostPerMonth };
      this.#lines.set(key, line);
    } else if (head.rule.effectiveOn < line.head.rule.effectiveOn) line.head = head;
    line.days.set(on, (line.days.get(on) ?? 0) + quantity);
    line.terms.add(termsId);
  }

  /** By code, then by the first day. */
  parts(): EarningPart[] {
    const made = [...this.#lines.values()].map(({ head, days, terms, mostPerMonth }) => {
      const quantities = [...days].map(([on, quantity]) => ({ on, quantity }));
      const counted = mostPerMonth === undefined ? quantities : atMost(quantities, mostPerMonth);
      return partOf(head, counted, [...terms].sort());
    });
    return made.sort(
      (a, b) =>
        earningCodes.indexOf(a.code) - earningCodes.indexOf(b.code) ||
        compare(a.days[0]?.on ?? '', b.days[0]?.on ?? '') ||
        a.rateMinor - b.rateMinor ||
        (a.multiplierBp ?? 0) - (b.multiplierBp ?? 0),
    );
  }
}

function atMost(days: readonly DayQuantity[], mostPerMonth: number): DayQuantity[] {
  const left = new Map<string, number>();
  return [...days]
    .sort((a, b) => compare(a.on, b.on))
    .flatMap(({ on, quantity }) => {
      const room = left.get(monthOf(on)) ?? mostPerMonth;
      const counted = Math.min(quantity, room);
      left.set(monthOf(on), room - counted);
      return counted > 0 ? [{ on, quantity: counted }] : [];
    });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Rounded once, half up; the days' shares add up to it. */
export function partOf(
  head: PartHead,
  quantities: readonly DayQuantity[],
  termsIds: readonly string[],
): EarningPart {
  const days = [...quantities].sort((a, b) => compare(a.on, b.on));
  const quantity = days.reduce((total, day) => total + day.quantity, 0);
  const { rateMinor, ratePer, multiplierBp } = head;
  const amountMinor =
    multiplierBp === null || multiplierBp === whole
      ? mulDiv(quantity, rateMinor, ratePer, 'half-up')
      : mulDiv(quantity, rateMinor * multiplierBp, ratePer * whole, 'half-up');
  const shares = allocate(
    amountMinor,
    days.map((day) => day.quantity),
  );
  return {
    ...head,
    quantity,
    amountMinor,
    days: days.map((day, index) => ({ ...day, amountMinor: shares[index] as Minor })),
    termsIds,
  };
}

/** An amount that was decided, not multiplied. */
export function fixedPart(
  head: Pick<EarningPart, 'code' | 'kind' | 'rule'>,
  amountMinor: Minor,
  on: CivilDate,
  more: Pick<EarningPart, 'sourceId' | 'facts'> = {},
): EarningPart {
  return {
    ...head,
    basis: 'fixed',
    quantity: 1,
    rateMinor: amountMinor,
    ratePer: 1,
    multiplierBp: null,
    amountMinor,
    days: [{ on, quantity: 1, amountMinor }],
    termsIds: [],
    ...more,
  };
}

/** Income: what tax and caps look at. Reimbursements are none; deductions and advances are taken from what is paid out. */
export function isIncome({ kind }: Pick<EarningPart, 'kind'>): boolean {
  return kind === 'earning' || kind === 'allowance' || kind === 'top-up';
}

export function incomeOf(parts: readonly EarningPart[]): Minor {
  return sum(parts.filter(isIncome).map(({ amountMinor }) => amountMinor));
}

/**
 * What counts towards the minimum wage (最低工资规定 Art. 12): not what overtime adds, no allowance for nights or heat,
 * nothing for meals or travel, no reimbursement. Of a multiplied line only the plain pay counts.
 */
export function countsTowardsMinimum(parts: readonly EarningPart[]): Minor {
  return sum(
    parts
      .filter(({ kind, code }) => kind === 'earning' || code === 'bonus')
      .map(({ amountMinor, multiplierBp }) =>
        multiplierBp === null || multiplierBp <= whole
          ? amountMinor
          : mulDiv(amountMinor, whole, multiplierBp, 'down'),
      ),
  );
}

/** The seconds that lines pay for, each once: of an hour's work, not of what is paid beside it. */
export function secondsPaid(parts: readonly EarningPart[]): number {
  return parts
    .filter(({ kind, basis }) => kind === 'earning' && basis === 'seconds')
    .reduce((total, { quantity }) => total + quantity, 0);
}

export const noMoney = minor(0);

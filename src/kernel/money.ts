/** Money: safe integers of minor units (fen, cents), and the few operations that payroll may do on them. */

declare const minorBrand: unique symbol;
/** An amount in minor units of a currency named beside it; always a safe integer. */
export type Minor = number & { readonly [minorBrand]: true };

/** How a quotient that is not whole becomes whole. Always named at the call, because a cent has two owners. */
export type Rounding = 'half-up' | 'half-even' | 'down' | 'up';

/** Brands a safe integer as money; anything else is a bug of the caller, not a refusal. */
export function minor(amount: number): Minor {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a safe integer of minor units: ${amount}`);
  return (amount === 0 ? 0 : amount) as Minor;
}

export const zero = minor(0);

export function add(...amounts: readonly Minor[]): Minor {
  return sum(amounts);
}

export function sum(amounts: Iterable<Minor>): Minor {
  let total = 0;
  for (const amount of amounts) total += amount;
  return minor(total);
}

export function subtract(from: Minor, amount: Minor): Minor {
  return minor(from - amount);
}

/** `amount × numerator ÷ denominator`, exact until the one rounding at the end. The denominator is positive. */
export function mulDiv(amount: number, numerator: number, denominator: number, rounding: Rounding): Minor {
  if (denominator <= 0) throw new RangeError('mulDiv needs a positive denominator');
  const dividend = BigInt(minor(amount)) * BigInt(minor(numerator));
  const divisor = BigInt(minor(denominator));
  const magnitude = dividend < 0n ? -dividend : dividend;
  const whole = magnitude / divisor;
  const rest = magnitude % divisor;
  const roundedUp = rest !== 0n && roundsAway(rounding, rest * 2n, divisor, whole);
  const rounded = roundedUp ? whole + 1n : whole;
  return minor(Number(dividend < 0n ? -rounded : rounded));
}

function roundsAway(rounding: Rounding, twiceRest: bigint, divisor: bigint, whole: bigint): boolean {
  switch (rounding) {
    case 'down':
      return false;
    case 'up':
      return true;
    case 'half-up':
      return twiceRest >= divisor;
    case 'half-even':
      return twiceRest > divisor || (twiceRest === divisor && whole % 2n === 1n);
  }
}

/**
 * Shares `total` by `weights` so that the shares add up to it exactly (largest remainder; ties go to the earlier).
 * All weights zero: everything goes to the first. No weights: nothing to share, which must be zero.
 */
export function allocate(total: Minor, weights: readonly number[]): Minor[] {
  if (weights.length === 0) {
    if (total !== 0) throw new RangeError('nothing to allocate to');
    return [];
  }
  const weightSum = weights.reduce((a, b) => a + b, 0);
  if (weightSum === 0) return weights.map((_, index) => (index === 0 ? total : zero));
  const sign = total < 0 ? -1 : 1;
  const magnitude = BigInt(Math.abs(total));
  const shares = weights.map((weight, index) => {
    const product = magnitude * BigInt(weight);
    return { index, share: product / BigInt(weightSum), rest: product % BigInt(weightSum) };
  });
  let left = magnitude - shares.reduce((acc, item) => acc + item.share, 0n);
  for (const item of [...shares].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  )) {
    if (left === 0n) break;
    item.share += 1n;
    left -= 1n;
  }
  return shares.map((item) => minor(sign * Number(item.share)));
}

const digitsOfCurrency = new Map<string, number>();

/** Digits after the point for a currency (ISO 4217 by way of CLDR): CNY 2, JPY 0, KWD 3. */
export function minorDigits(currency: string): number {
  const known = digitsOfCurrency.get(currency);
  if (known !== undefined) return known;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digitsOfCurrency.set(currency, digits);
  return digits;
}

/** Plain decimal text as files want it, `-1234.50`; no float is involved. */
export function decimalText(amount: Minor, currency: string): string {
  const digits = minorDigits(currency);
  const text = Math.abs(amount)
    .toString()
    .padStart(digits + 1, '0');
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return amount < 0 ? `-${whole}` : whole;
}

/** For people: `¥1,234.50`. */
export function formatMoney(amount: Minor, currency: string, locale: string): string {
  // The formatter takes a decimal string, so that large amounts never pass through a float.
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
  return format.format(decimalText(amount, currency) as unknown as number);
}

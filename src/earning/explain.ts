/** A part of pay as a sum that adds up by hand, in the reader's language. */
import { quantityText } from '../hours/units.ts';
import { type Minor, minor } from '../kernel/money.ts';
import type { Locale } from '../kernel/refusal.ts';
import type { EarningPart } from './earning-part.ts';
import { paidDaysPerMonthHundredths } from './pay-data.ts';
import type { Settled } from './settlement.ts';
import { formulaWords } from './words.ts';

export interface Speech {
  readonly locale: Locale;
  readonly money: (amount: Minor) => string;
  /** An instant where the work was. */
  readonly at: (instant: string) => string;
}

/** `8:30:00`. */
export function clockText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
}

/** Basis points as `20 %`. */
export function percentText(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}

/** A statute after the sum, when one speaks. */
export function partSentences(part: EarningPart, speech: Speech): string[] {
  const { source, effectiveOn } = part.rule;
  const law = source
    ? [
        formulaWords(speech.locale)('ruleSource', {
          source: source[speech.locale === 'en' ? 'en' : 'zh'],
          on: effectiveOn,
        }),
      ]
    : [];
  return [part.basis === 'fixed' ? fixedSentence(part, speech) : sumSentence(part, speech), ...law].filter(
    (sentence) => sentence !== '',
  );
}

function sumSentence(part: EarningPart, { locale, money }: Speech): string {
  const say = formulaWords(locale);
  const { quantity, rateMinor, ratePer, multiplierBp, amountMinor } = part;
  const rate = money(rateMinor);
  const amount = money(amountMinor);
  const percent = percentText(multiplierBp ?? 10_000);
  if (part.basis === 'seconds') {
    const values = { clock: clockText(quantity), seconds: quantity, rate, amount, percent };
    if (ratePer !== 3600) return say('dayHours', values);
    return say(multiplierBp === null ? 'hours' : 'hoursTimes', values);
  }
  const values = { n: quantityText(quantity), rate, amount, percent };
  if (ratePer === paidDaysPerMonthHundredths) return say('heatMonth', values);
  return say(multiplierBp === null ? 'counted' : 'countedTimes', values);
}

/** Adjustments are explained by what they settle. */
function fixedSentence(
  { code, facts = {}, amountMinor }: EarningPart,
  { locale, money, at }: Speech,
): string {
  const say = formulaWords(locale);
  const number = (key: string) => minor(Number(facts[key] ?? 0));
  const text = (key: string) => String(facts[key] ?? '');
  const common = {
    amount: money(amountMinor),
    promise: text('promise'),
    clock: clockText(number('seconds')),
  };
  switch (code) {
    case 'minimum-pay': {
      const paid = { hourly: money(number('hourlyMinor')), floor: money(number('floorMinor')) };
      return say(code, { ...common, ...paid, paid: money(number('paidMinor')) });
    }
    case 'show-up':
    case 'late-cancel':
      return say(code, { ...common, at: at(text('startsAt')), cancelled: at(text('cancelledAt')) });
    case 'late-pay': {
      const days = { paysOn: text('paysOn'), paidOn: text('paidOn'), days: number('days') };
      const percent = percentText(number('dailyBp'));
      return say(code, { ...common, ...days, percent, net: money(number('netMinor')) });
    }
    default:
      return '';
  }
}

/** What was entered, what was settled before, what this run settles, and what limits it. */
export function settledSentences(
  settled: Settled,
  entered: { readonly reason: string },
  { locale, money }: Speech,
): string[] {
  const say = formulaWords(locale);
  const { part, askedMinor, doneBeforeMinor, leftMinor, limit } = settled;
  const found = [
    say('adjustment', {
      reason: entered.reason,
      on: part.days[0]?.on ?? '',
      asked: money(askedMinor),
      done: money(doneBeforeMinor),
      now: money(minor(Math.abs(part.amountMinor))),
    }),
  ];
  if (leftMinor > 0) found.push(say('adjustmentLeft', { left: money(leftMinor) }));
  if (!limit) return found;
  const { capBp, incomeMinor, floorMinor, mostMinor, minimum, source, effectiveOn } = limit;
  found.push(
    say('limit', {
      share: percentText(capBp),
      income: money(incomeMinor),
      floor: money(floorMinor),
      most: money(mostMinor),
    }),
  );
  if (minimum) found.push(say('limitMinimum', { region: minimum.region, since: minimum.effectiveOn }));
  found.push(say('ruleSource', { source: source[locale === 'en' ? 'en' : 'zh'], on: effectiveOn }));
  return found;
}

/** Pay terms in words, one line each, for HR and for the worker alike. */
import { formatMoney, type Minor } from '../kernel/money.ts';
import type { Locale } from '../kernel/refusal.ts';
import { earningPageWords } from './page-words.ts';
import type { PayData } from './pay-data.ts';
import type { Allowance, Terms } from './pay-rules.ts';

export interface TermsReader {
  readonly locale: Locale;
  readonly currency: string;
  readonly relationship: string;
  readonly data: PayData;
}

const hoursOf = (seconds: number) => String(Math.round((seconds / 3600) * 100) / 100);

export function termsLines({ hourlyMinor, rules, effectiveOn }: Terms, reader: TermsReader): string[] {
  const { locale, currency, relationship, data } = reader;
  const say = earningPageWords(locale);
  const money = (amount: Minor) => formatMoney(amount, currency, locale);
  const rates = [
    ['hour', hourlyMinor],
    ['day', rules.dailyMinor],
    ['piece', rules.pieceMinor],
    ['shift', rules.shiftMinor],
  ] as const;
  const legal = data.overtimeOn(relationship, rules.hoursSystem, effectiveOn);
  const lawKey = { standard: 'legalOvertime', comprehensive: 'comprehensive', flexible: 'flexible' } as const;
  const promises = [
    rules.overtimePercent === null
      ? ''
      : say('promiseOvertime', {
          percent: rules.overtimePercent,
          hours: hoursOf(rules.overtimeAfterSeconds),
        }),
    rules.restDayPercent === null ? '' : say('promiseRestDay', { percent: rules.restDayPercent }),
    rules.holidayPercent === null ? '' : say('promiseHoliday', { percent: rules.holidayPercent }),
  ].filter((line) => line !== '');
  const overtime = legal
    ? [say(lawKey[rules.hoursSystem])]
    : promises.length === 0
      ? [say('noOvertime')]
      : [];
  return [
    ...rates.flatMap(([key, amount]) => (amount === null ? [] : [say(key, { amount: money(amount) })])),
    ...overtime,
    ...promises,
    ...rules.allowances.map((allowance) => allowanceText(allowance, locale, money)),
  ];
}

function allowanceText(allowance: Allowance, locale: Locale, money: (amount: Minor) => string): string {
  const say = earningPageWords(locale);
  switch (allowance.code) {
    case 'night': {
      const { from, to, per, atLeastSeconds, amountMinor } = allowance;
      const values = { from, to, amount: money(amountMinor), hours: hoursOf(atLeastSeconds) };
      return say(per === 'hour' ? 'nightHour' : 'nightShift', values);
    }
    case 'heat': {
      const place = say(allowance.place);
      return allowance.dailyMinor === null
        ? say('heatProvince', { place })
        : say('heatDaily', { place, amount: money(allowance.dailyMinor) });
    }
    case 'meal':
      return say('mealText', {
        amount: money(allowance.amountMinor),
        hours: hoursOf(allowance.afterSeconds),
      });
    case 'travel':
      return say('travelText', { amount: money(allowance.amountMinor) });
  }
}

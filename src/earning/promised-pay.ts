/** What the employer's own promises add to somebody's pay (pure): a minimum, shifts that fell through, pay that came late. */
import { type PromiseRow, promiseOn } from '../guarantee/pay-promise.ts';
import { type Minor, minor, mulDiv } from '../kernel/money.ts';
import { type CivilDate, daysBetween, epochMs, type Instant } from '../kernel/time.ts';
import { type EarningFacts, placeRegion } from './earning.ts';
import { countsTowardsMinimum, type EarningPart, fixedPart, secondsPaid } from './earning-part.ts';
import { minimumWageLaw, type PayData } from './pay-data.ts';
import { type Terms, termsLookup } from './pay-rules.ts';
import { minimumOfHours, usableMinimum } from './settlement.ts';
import { daySeconds } from './work-class.ts';

export type PromiseProblem = 'minimum-wage-missing' | 'minimum-wage-old' | 'below-minimum-wage';
export interface MinimumPay {
  readonly part?: EarningPart;
  readonly problem?: PromiseProblem;
  /** With `below-minimum-wage`: how much is lacking. */
  readonly shortMinor?: Minor;
}

/**
 * A period's pay against its minimum: the promised one, and where none is promised the place's minimum wage, whose lack is
 * only named. What does not count towards a minimum wage (Art. 12) is left out of the pay.
 */
export function minimumPay(
  facts: EarningFacts,
  parts: readonly EarningPart[],
  promises: readonly PromiseRow[],
  data: PayData,
): MinimumPay {
  const seconds = workedSeconds(facts, parts);
  if (seconds === 0) return {};
  const on = facts.endsOn;
  const promise = promiseOn(promises, 'minimum-pay', on);
  const paidMinor = countsTowardsMinimum(parts);
  if (promise && promise.hourlyMinor !== null) {
    const floorMinor = mulDiv(seconds, promise.hourlyMinor, 3600, 'up');
    return topUp(promise, { floorMinor, paidMinor, seconds, hourlyMinor: promise.hourlyMinor }, on);
  }
  const place = regionOf(facts);
  if (!place) return promise ? { problem: 'minimum-wage-missing' } : {};
  const { found, usable } = usableMinimum(data, place.region, place.tier, on);
  const floorMinor = found && minimumOfHours(facts.relationship, seconds, found);
  if (!found || floorMinor === undefined) return promise ? { problem: 'minimum-wage-missing' } : {};
  if (!usable) return promise ? { problem: 'minimum-wage-old' } : {};
  const hourlyMinor = minimumOfHours(facts.relationship, 3600, found) ?? floorMinor;
  const more = {
    floorMinor,
    paidMinor,
    seconds,
    hourlyMinor,
    region: found.region,
    since: found.effectiveOn,
  };
  if (promise) return topUp(promise, more, on, found);
  const shortMinor = minor(Math.max(0, floorMinor - paidMinor));
  const isBound = ['labour', 'part-time', 'new-form', 'intern'].includes(facts.relationship);
  return isBound && shortMinor > 0 ? { problem: 'below-minimum-wage', shortMinor } : {};
}

function topUp(
  promise: PromiseRow,
  facts: { readonly floorMinor: Minor; readonly paidMinor: Minor } & Record<string, number | string>,
  on: CivilDate,
  found?: { readonly source: { zh: string; en: string } },
): MinimumPay {
  const short = minor(facts.floorMinor - facts.paidMinor);
  if (short <= 0) return {};
  const source = found ? joined(minimumWageLaw, found.source) : null;
  const rule = { id: promise.id, effectiveOn: promise.effectiveOn, source };
  const part = fixedPart({ code: 'minimum-pay', kind: 'top-up', rule }, short, on, {
    facts: { ...facts, promise: promise.name },
  });
  return { part };
}

const joined = (a: { zh: string; en: string }, b: { zh: string; en: string }) => ({
  zh: `${a.zh}；${b.zh}`,
  en: `${a.en}; ${b.en}`,
});

/** All hours of work, also those that are paid by the day, the piece or the shift. */
function workedSeconds({ entries }: EarningFacts, parts: readonly EarningPart[]): number {
  const all = entries.reduce((total, { seconds }) => total + seconds, 0);
  return Math.max(all, secondsPaid(parts));
}

/** Where most of it was worked, by the last day at each place. */
export function regionOf({
  entries,
  places,
  endsOn,
}: EarningFacts): { region: string; tier: number } | undefined {
  const seconds = new Map<string, number>();
  for (const { intervals } of entries)
    for (const one of intervals) seconds.set(one.siteId, (seconds.get(one.siteId) ?? 0) + one.seconds);
  const [most] = [...seconds].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most ? placeRegion(places[most[0]], endsOn) : undefined;
}

/** A published shift that a worker had and that fell through. */
export interface LostShift {
  readonly shiftId: string;
  readonly engagementId: string;
  readonly siteId: string;
  readonly day: CivilDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly cancelledAt: Instant;
  /** They had clocked in for it. */
  readonly came: boolean;
}

/** Show-up pay for who came, late-cancel pay for who was told too late; never both, and never longer than the shift. */
export function lostShiftPay(
  lost: LostShift,
  terms: readonly Terms[],
  promises: readonly PromiseRow[],
): EarningPart | undefined {
  const { day, siteId, startsAt, endsAt, cancelledAt, shiftId } = lost;
  const rate = hourlyOn(terms, siteId, day);
  if (!rate) return undefined;
  const length = Math.trunc((epochMs(endsAt) - epochMs(startsAt)) / 1000);
  const notice = Math.trunc((epochMs(startsAt) - epochMs(cancelledAt)) / 1000);
  const showUp = lost.came ? promiseOn(promises, 'show-up', day) : undefined;
  const late = promiseOn(promises, 'late-cancel', day);
  const promise = showUp ?? (late && notice < late.noticeSeconds ? late : undefined);
  if (!promise) return undefined;
  const seconds = Math.min(promise.paidSeconds, length);
  const amountMinor = mulDiv(seconds, rate.rateMinor, rate.per, 'half-up');
  if (amountMinor <= 0) return undefined;
  const rule = { id: promise.id, effectiveOn: promise.effectiveOn, source: null };
  return {
    ...fixedPart({ code: promise.kind, kind: 'top-up', rule }, amountMinor, day, {
      sourceId: `${promise.kind} ${shiftId} ${lost.engagementId}`,
      facts: {
        seconds,
        rateMinor: rate.rateMinor,
        per: rate.per,
        cancelledAt,
        startsAt,
        promise: promise.name,
      },
    }),
    termsIds: [rate.termsId],
  };
}

/** An hour's pay by the terms of a day: an eighth of a day's or a shift's where no hour is agreed. */
function hourlyOn(terms: readonly Terms[], siteId: string, day: CivilDate) {
  const found = termsLookup(terms)(siteId, day);
  if (!found) return undefined;
  if (found.hourlyMinor !== null) return { rateMinor: found.hourlyMinor, per: 3600, termsId: found.id };
  const rateMinor = found.rules.dailyMinor ?? found.rules.shiftMinor;
  return rateMinor === null ? undefined : { rateMinor, per: daySeconds, termsId: found.id };
}

/** What an approved run owed somebody, and when it was paid. */
export interface PaidRun {
  readonly runId: string;
  readonly engagementId: string;
  readonly paysOn: CivilDate;
  readonly paidOn: CivilDate;
  readonly netMinor: Minor;
}

/** For each day after the promised one, basis points of what was paid late. */
export function latePay(paid: PaidRun, promises: readonly PromiseRow[]): EarningPart | undefined {
  const promise = promiseOn(promises, 'on-time-pay', paid.paysOn);
  if (!promise || paid.netMinor <= 0) return undefined;
  const days = daysBetween(paid.paysOn, paid.paidOn) - promise.graceDays;
  if (days <= 0) return undefined;
  const amountMinor = mulDiv(paid.netMinor, days * promise.dailyBp, 10_000, 'half-up');
  if (amountMinor <= 0) return undefined;
  const { runId, paysOn, paidOn, netMinor } = paid;
  const rule = { id: promise.id, effectiveOn: promise.effectiveOn, source: null };
  return fixedPart({ code: 'late-pay', kind: 'top-up', rule }, amountMinor, paidOn, {
    sourceId: `late-pay ${runId} ${paid.engagementId}`,
    facts: { days, dailyBp: promise.dailyBp, netMinor, paysOn, paidOn, runId, promise: promise.name },
  });
}

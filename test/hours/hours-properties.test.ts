/** What holds of hours whatever people punch and whatever a site's rules are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usualPolicy } from '../../src/employer/site-policy.ts';
import { entriesDigest, type Facts, hoursOf } from '../../src/hours/hours.ts';
import { type CountedPunch, pairPunches } from '../../src/hours/pairing.ts';
import type { PlannedShift } from '../../src/hours/plan.ts';
import { overlapping, overlaps } from '../../src/hours/spans.ts';
import type { ReportedUnits } from '../../src/hours/units.ts';
import { canonicalJson, sha256 } from '../../src/kernel/digest.ts';
import { addDays, civilDate, instantOf, secondsBetween, startOfDay } from '../../src/kernel/time.ts';
import { punch } from './punched.ts';

// In October and November both zones turn their clocks back; in March and April both turn them forward.
const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'] as const;
const starts = ['2026-10-20T00:00:00Z', '2026-03-05T00:00:00Z'] as const;
const period = { startsOn: civilDate('2026-03-07'), endsOn: civilDate('2026-11-20') };

const breakRule = fc.record({
  afterSeconds: fc.integer({ min: 0, max: 10 * 3600 }),
  seconds: fc.integer({ min: 60, max: 2 * 3600 }),
  paid: fc.boolean(),
  automatic: fc.boolean(),
});
const rules = fc.record({
  place: fc.constantFrom('record' as const, 'flag' as const),
  breaks: fc.array(breakRule, { maxLength: 5 }),
  rounding: fc.record({
    toMinutes: fc.constantFrom(0 as const, 5 as const, 6 as const, 15 as const),
    favour: fc.constantFrom('worker' as const, 'employer' as const, 'nearest' as const),
  }),
});
const units: fc.Arbitrary<ReportedUnits[]> = fc.array(
  fc.record({
    id: fc.uuid(),
    day: fc.nat(30).map((days) => addDays(civilDate('2026-10-20'), days)),
    unit: fc.constantFrom('piece' as const, 'day' as const),
    quantityHundredths: fc.integer({ min: 1, max: 1000 }),
    confirmed: fc.boolean(),
  }),
  { maxLength: 4 },
);

const facts: fc.Arbitrary<Facts> = fc
  .record({
    zone: fc.constantFrom(...zones),
    start: fc.constantFrom(...starts),
    rules,
    units,
    // Whole minutes now and then, so that punches meet on the same instant.
    gaps: fc.array(
      fc.oneof(
        fc.integer({ min: 0, max: 20 * 3600 }),
        fc.nat(40).map((n) => n * 900),
      ),
      { maxLength: 40 },
    ),
    flips: fc.array(fc.boolean(), { maxLength: 40 }),
    verdict: fc.constantFrom('inside' as const, 'outside' as const, 'uncertain' as const),
    planned: fc.boolean(),
  })
  .map(({ zone, start, rules: siteRules, units: reported, gaps, flips, verdict, planned }) => {
    let ms = Date.parse(start);
    const punches = gaps.map((gap, index): CountedPunch => {
      ms += gap * 1000;
      const kind = (index % 2 === 0) === (flips[index] ?? true) ? 'in' : 'out';
      return {
        ...punch(`p${String(index).padStart(3, '0')}`, kind, start, { zone, verdict }),
        at: instantOf(ms),
      };
    });
    return {
      punches,
      period,
      rulesOn: () => ({ ...usualPolicy, ...siteRules }),
      units: reported,
      restSeconds: 11 * 3600,
      ...(planned ? { shifts: shiftsFrom(punches) } : {}),
    };
  });

/** Eight hours from every fifth punch on, with an hour's break. */
function shiftsFrom(punches: readonly CountedPunch[]): PlannedShift[] {
  return punches
    .filter((_, index) => index % 5 === 0)
    .map(({ id, at, zone }) => ({
      id,
      engagementId: 'e',
      day: civilDate(at.slice(0, 10)),
      siteIds: ['site'],
      startsAt: at,
      endsAt: instantOf(Date.parse(at) + 8 * 3_600_000),
      breaks: [{ afterSeconds: 4 * 3600, seconds: 3600, paid: false, automatic: zone !== 'Asia/Shanghai' }],
      earlySeconds: 900,
      lateSeconds: 900,
    }));
}

describe('whatever the punches and the rules', () => {
  test('any order and repetition gives the same digest and exceptions', () => {
    const mixed = facts.chain((one) =>
      fc.record({
        one: fc.constant(one),
        order: fc.shuffledSubarray([...one.punches], { minLength: one.punches.length }),
        again: fc.subarray([...one.punches]),
      }),
    );
    fc.assert(
      fc.property(mixed, ({ one, order, again }) => {
        const [once, twice] = [hoursOf(one), hoursOf({ ...one, punches: [...again, ...order, ...again] })];
        expect(twice.digest).toBe(once.digest);
        expect(twice.exceptions).toEqual(once.exceptions);
      }),
    );
  });

  test('the seconds of the days add up to those of the entry, and those of the entries to the total', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const { entries, seconds, rawSeconds } = hoursOf(one);
        for (const entry of entries) {
          const days = Object.values(entry.secondsByDay);
          expect(days.reduce((sum, part) => sum + part, 0)).toBe(entry.seconds);
          expect(days.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
          expect(entry.rawSeconds).toBe(entry.intervals.reduce((sum, part) => sum + part.seconds, 0));
          expect(entry.breakSeconds).toBeLessThanOrEqual(entry.rawSeconds);
        }
        expect(entries.reduce((sum, entry) => sum + entry.seconds, 0)).toBe(seconds);
        expect(entries.reduce((sum, entry) => sum + entry.rawSeconds, 0)).toBe(rawSeconds);
      }),
    );
  });

  test('the hours of a day never exceed its length, also on days of 23 and 25 hours', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const zone = one.punches[0]?.zone ?? 'UTC';
        const byDay = new Map<string, number>();
        for (const { secondsByDay } of hoursOf(one).entries)
          for (const [day, seconds] of Object.entries(secondsByDay))
            byDay.set(day, (byDay.get(day) ?? 0) + seconds);
        for (const [day, seconds] of byDay) {
          const date = civilDate(day);
          const length = secondsBetween(startOfDay(date, zone), startOfDay(addDays(date, 1), zone));
          expect(seconds).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('rounding never moves a day by more than its step, and only in the favour that is named', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const exact = hoursOf({
          ...one,
          rulesOn: (site, day) => ({
            ...one.rulesOn(site, day),
            rounding: { toMinutes: 0, favour: 'nearest' },
          }),
        });
        const { toMinutes, favour } = one.rulesOn('site', period.startsOn).rounding;
        hoursOf(one).entries.forEach((entry, index) => {
          const moved = entry.seconds - (exact.entries[index]?.seconds ?? 0);
          expect(Math.abs(moved)).toBeLessThanOrEqual(toMinutes * 60);
          if (favour === 'worker') expect(moved).toBeGreaterThanOrEqual(0);
          if (favour === 'employer') expect(moved).toBeLessThanOrEqual(0);
          if (favour === 'nearest') expect(Math.abs(moved)).toBeLessThanOrEqual(toMinutes * 30);
        });
      }),
    );
  });

  test('who stays longer is never paid less', () => {
    const day = fc.record({ rules, worked: fc.integer({ min: 1, max: 14 * 3600 }), longer: fc.nat(3600) });
    fc.assert(
      fc.property(day, ({ rules: siteRules, worked, longer }) => {
        const paid = (seconds: number) =>
          hoursOf({
            punches: [
              punch('a', 'in', '2026-11-03T06:00+08:00'),
              {
                ...punch('b', 'out', '2026-11-03T06:00+08:00'),
                at: instantOf(Date.parse('2026-11-03T06:00+08:00') + seconds * 1000),
              },
            ],
            period,
            rulesOn: () => siteRules,
          }).seconds;
        expect(paid(worked + longer)).toBeGreaterThanOrEqual(paid(worked));
      }),
    );
  });

  test('adding punches and voiding them restores the digest and the exceptions', () => {
    fc.assert(
      fc.property(facts, fc.array(fc.nat(30 * 86_400), { maxLength: 4 }), (one, added) => {
        const more = added.map((seconds, index) => ({
          ...punch(`added-${index}`, index % 2 === 0 ? 'in' : 'out', '2026-10-20T00:00Z'),
          at: instantOf(Date.parse('2026-10-20T00:00Z') + seconds * 1000),
        }));
        const voided = new Set(more.map(({ id }) => id));
        const left = [...more, ...one.punches].filter(({ id }) => !voided.has(id));
        const [before, after] = [hoursOf(one), hoursOf({ ...one, punches: left })];
        expect(after.digest).toBe(before.digest);
        expect(after.exceptions).toEqual(before.exceptions);
      }),
    );
  });

  test('two periods side by side share no interval, and lose none', () => {
    fc.assert(
      fc.property(facts, fc.nat(25), (one, days) => {
        const edge = addDays(civilDate('2026-10-21'), days);
        const intervals = (startsOn: string, endsOn: string) =>
          hoursOf({
            ...one,
            period: { startsOn: civilDate(startsOn), endsOn: civilDate(endsOn) },
          }).entries.flatMap((entry) => entry.intervals);
        const whole = intervals('2026-03-01', '2026-12-31');
        expect([...intervals('2026-03-01', edge), ...intervals(addDays(edge, 1), '2026-12-31')]).toEqual(
          whole,
        );
      }),
    );
  });

  test('plain JSON of entries is their canonical JSON, so that an approval’s entries have its digest', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const { entries, digest } = hoursOf(one);
        expect(JSON.stringify(entries)).toBe(canonicalJson(entries));
        expect(entriesDigest(entries)).toBe(digest);
        expect(sha256(canonicalJson(entries))).toBe(digest);
      }),
    );
  });

  test('an interval is named as overlapping exactly when it shares time with another engagement’s', () => {
    fc.assert(
      fc.property(facts, facts, (one, other) => {
        const [ours, others] = [pairPunches(one.punches).intervals, pairPunches(other.punches).intervals];
        const expected = ours.filter((mine) => others.some((theirs) => overlaps(mine, theirs)));
        expect(overlapping(ours, others).map(({ punchIds }) => punchIds[0])).toEqual(
          expected.map(({ inPunchId }) => inPunchId),
        );
      }),
    );
  });
});

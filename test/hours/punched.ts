/** Punches for tests of hours, and hours by a site's usual rules unless told. */
import { expect } from 'vitest';
import { type SitePolicy, usualPolicy } from '../../src/employer/site-policy.ts';
import { type Facts, hoursOf as hoursFrom } from '../../src/hours/hours.ts';
import type { CountedPunch } from '../../src/hours/pairing.ts';
import type { Span } from '../../src/hours/spans.ts';
import { type CivilRange, civilDate, type Instant, parseInstant } from '../../src/kernel/time.ts';

export const november = { startsOn: civilDate('2026-11-01'), endsOn: civilDate('2026-11-30') };

export const instant = (text: string): Instant =>
  parseInstant(text) ?? expect.fail(`not an instant: ${text}`);

export const punch = (
  id: string,
  kind: 'in' | 'out',
  at: string,
  more: Partial<CountedPunch> = {},
): CountedPunch => ({
  id,
  kind,
  at: instant(at),
  siteId: 'site',
  zone: 'Asia/Shanghai',
  verdict: 'inside',
  flags: [],
  ...more,
});

export const hoursOf = (
  punches: readonly CountedPunch[],
  period: CivilRange = november,
  others: readonly Span[] = [],
  now?: Instant,
) => hoursFrom({ punches, period, others, rulesOn: () => usualPolicy, ...(now ? { now } : {}) });

/** `8:00` to `17:00` of a November day in Shanghai, as many stretches as given. */
export const worked = (day: number, ...times: readonly string[]): CountedPunch[] =>
  times.map((time, index) =>
    punch(
      `${day}-${index}`,
      index % 2 === 0 ? 'in' : 'out',
      `2026-11-${String(day).padStart(2, '0')}T${time}+08:00`,
    ),
  );

export const hoursBy = (
  rules: Partial<SitePolicy>,
  punches: readonly CountedPunch[],
  more: Partial<Facts> = {},
) => hoursFrom({ punches, period: november, rulesOn: () => ({ ...usualPolicy, ...rules }), ...more });

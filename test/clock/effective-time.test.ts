/** When a punch happened, whatever the phone's clock says. */
import { describe, expect, it, test } from 'vitest';
import { effectiveTimeOf, type TimeEvidence } from '../../src/clock/effective-time.ts';
import type { Instant } from '../../src/kernel/time.ts';

const at = (text: string) => new Date(`2026-10-05T${text}Z`).toISOString() as Instant;

interface Case {
  readonly title: string;
  readonly said: Partial<TimeEvidence> & { readonly deviceAt: Instant };
  readonly receivedAt: Instant;
  readonly effectiveAt: Instant;
  readonly flags: readonly string[];
}
const nothing: Omit<TimeEvidence, 'deviceAt'> = {
  serverAt: null,
  serverSeenAt: null,
  life: null,
  monotonicMs: null,
  sinceServerMs: null,
  sent: null,
};
const sent = (text: string, monotonicMs: number | null = null, life = 'a') => ({
  at: at(text),
  life: monotonicMs === null ? null : life,
  monotonicMs,
});
const hour = 3_600_000;

const cases: readonly Case[] = [
  {
    title: 'a punch that is sent at once happened when it arrived',
    said: { deviceAt: at('00:00:00'), sent: sent('00:00:12') },
    receivedAt: at('00:00:13'),
    effectiveAt: at('00:00:13'),
    flags: [],
  },
  {
    title: 'at once from a phone two hours off: the receipt counts, and the clock is remarked on',
    said: { deviceAt: at('02:00:00'), sent: sent('02:00:01') },
    receivedAt: at('00:00:01'),
    effectiveAt: at('00:00:01'),
    flags: ['clock-differs'],
  },
  {
    title: 'a clock that is years ahead is an exception, never a refusal',
    said: { deviceAt: '2039-01-01T00:00:00.000Z' as Instant },
    receivedAt: at('00:00:00'),
    effectiveAt: at('00:00:00'),
    flags: ['clock-differs'],
  },
  {
    title: 'a queued punch is as late as the phone waited',
    said: {
      deviceAt: at('01:00:00'),
      serverAt: at('00:30:00'),
      serverSeenAt: at('00:30:00'),
      sent: sent('09:00:00'),
    },
    receivedAt: at('09:00:01'),
    effectiveAt: at('01:00:01'),
    flags: ['late'],
  },
  {
    title: 'a queued punch of a phone two hours fast has the right time, because both offsets agree',
    said: {
      deviceAt: at('03:00:00'),
      serverAt: at('00:30:00'),
      serverSeenAt: at('02:30:00'),
      sent: sent('11:00:00'),
    },
    receivedAt: at('09:00:00'),
    effectiveAt: at('01:00:00'),
    flags: ['late', 'clock-differs'],
  },
  {
    title: 'a phone that has never heard our time proves nothing of when',
    said: { deviceAt: at('01:00:00'), sent: sent('09:00:00') },
    receivedAt: at('09:00:00'),
    effectiveAt: at('01:00:00'),
    flags: ['late', 'time-unproven'],
  },
  {
    title: 'nobody was at work before the phone heard our time: a clock set back is held to that',
    said: {
      deviceAt: at('01:00:00'),
      serverAt: at('06:00:00'),
      serverSeenAt: at('06:00:00'),
      sent: sent('09:00:00'),
    },
    receivedAt: at('09:00:00'),
    effectiveAt: at('06:00:00'),
    flags: ['late', 'time-unproven'],
  },
  {
    title: 'the clock was put right before the sending: what the page counted since our token decides',
    said: {
      deviceAt: at('03:00:00'),
      serverAt: at('00:30:00'),
      serverSeenAt: at('02:30:00'),
      life: 'a',
      monotonicMs: 2 * hour,
      sinceServerMs: 0.5 * hour,
      sent: sent('09:00:00'),
    },
    receivedAt: at('09:00:00'),
    effectiveAt: at('01:00:00'),
    flags: ['late', 'clock-moved'],
  },
  {
    title: 'the clock was put right and the page began anew: nobody can say, so a person does',
    said: {
      deviceAt: at('03:00:00'),
      serverAt: at('00:30:00'),
      serverSeenAt: at('02:30:00'),
      sent: sent('09:00:00'),
    },
    receivedAt: at('09:00:00'),
    effectiveAt: at('03:00:00'),
    flags: ['late', 'clock-moved', 'time-unproven'],
  },
  {
    title: 'a clock set back while the punch waited: the page’s own clock knows how long it was',
    said: {
      deviceAt: at('08:00:00'),
      serverAt: at('07:50:00'),
      serverSeenAt: at('07:50:00'),
      life: 'a',
      monotonicMs: 0,
      sinceServerMs: null,
      sent: sent('15:00:00', 10 * hour),
    },
    receivedAt: at('18:00:00'),
    effectiveAt: at('08:00:00'),
    flags: ['late', 'clock-differs', 'clock-moved'],
  },
  {
    title: 'sent before it was tapped, by the phone’s clock: not believed',
    said: { deviceAt: at('10:00:00'), serverAt: at('07:00:00'), sent: sent('09:00:00') },
    receivedAt: at('12:00:00'),
    effectiveAt: at('12:00:00'),
    flags: ['late', 'clock-differs', 'clock-moved', 'time-unproven'],
  },
  {
    title: 'sleep stops the page’s clock: then the phone’s clock says how long it waited',
    said: {
      deviceAt: at('01:00:00'),
      serverAt: at('00:50:00'),
      serverSeenAt: at('00:50:00'),
      life: 'a',
      monotonicMs: 0,
      sinceServerMs: 600_000,
      sent: sent('09:00:00', 0.5 * hour),
    },
    receivedAt: at('09:00:00'),
    effectiveAt: at('01:00:00'),
    flags: ['late'],
  },
];

describe('when a punch happened', () => {
  test.each(cases)('$title', ({ said, receivedAt, effectiveAt, flags }) => {
    expect(effectiveTimeOf({ ...nothing, ...said }, receivedAt)).toMatchObject({ effectiveAt, flags });
  });
  it('is never after it arrived, nor before what the phone had seen', () => {
    for (const deviceAt of [at('00:00:00'), at('05:00:00'), at('23:00:00')]) {
      for (const back of ['04:00:00', '10:00:00', '23:59:00']) {
        const { effectiveAt } = effectiveTimeOf(
          { ...nothing, deviceAt, serverAt: at('03:00:00'), sent: sent(back) },
          at('10:00:00'),
        );
        expect(effectiveAt >= at('03:00:00') && effectiveAt <= at('10:00:00')).toBe(true);
      }
    }
  });
});

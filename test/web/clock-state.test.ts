/** What the button does next, from what the server knew and what still waits on the phone. */
import { expect, test } from 'vitest';
import { elapsedText, standingOf } from '../../src/web/client/lib/clock-state.ts';
import { inOrder, type Settled, type Waiting } from '../../src/web/client/lib/kept-punch.ts';

const at = '2026-11-02T01:00:00.000Z';
const now = Date.parse('2026-11-02T05:00:00.000Z');
const scene = { at, offsetMs: 0, longShiftSeconds: 16 * 3600 };
const last = (kind: 'in' | 'out', when: string) => ({
  id: 'e',
  roleTitle: '分拣员',
  siteIds: ['s'],
  last: { id: 'p', kind, siteId: 's', at: when },
});
const none = { ...last('out', at), last: null };
const waiting = (kind: 'in' | 'out', deviceAt: string, id = 'w'): Waiting => ({
  id,
  org: 'o',
  personId: 'p',
  engagementId: 'e',
  siteId: 's',
  kind,
  deviceAt,
  deviceId: 'd',
  seq: 1,
  body: {},
});
const settled = (kind: 'in' | 'out', effectiveAt: string, receivedAt: string): Settled => {
  const { body: _, ...head } = waiting(kind, effectiveAt);
  return { ...head, effectiveAt, receivedAt };
};

const cases: readonly [string, ReturnType<typeof standingOf>, 'in' | 'out', string | undefined][] = [
  ['who never clocked in clocks in', standingOf(scene, none, [], [], now), 'in', undefined],
  ['who clocked out clocks in', standingOf(scene, last('out', at), [], [], now), 'in', undefined],
  ['who clocked in clocks out', standingOf(scene, last('in', at), [], [], now), 'out', at],
  [
    'what waits is newer than all the server has, whatever the phone’s clock says',
    standingOf(scene, last('out', at), [waiting('in', '2026-11-01T23:00:00.000Z')], [], now),
    'out',
    '2026-11-01T23:00:00.000Z',
  ],
  [
    'another engagement’s waiting punch says nothing of this one',
    standingOf(scene, last('in', at), [{ ...waiting('out', at), engagementId: 'other' }], [], now),
    'out',
    at,
  ],
  [
    'what the server settled since the scene came is newer than the scene',
    standingOf(
      scene,
      last('out', at),
      [],
      [settled('in', '2026-11-02T02:00:00.000Z', '2026-11-02T04:00:00.000Z')],
      now,
    ),
    'out',
    '2026-11-02T02:00:00.000Z',
  ],
  [
    'what it settled before is in the scene, or was voided since',
    standingOf(
      scene,
      last('out', at),
      [],
      [settled('in', '2026-11-01T02:00:00.000Z', '2026-11-01T04:00:00.000Z')],
      now,
    ),
    'in',
    undefined,
  ],
];
test.each(cases)('%s', (_, standing, next, since) => {
  expect(standing.next).toBe(next);
  expect(standing.sinceMs).toBe(since === undefined ? undefined : Date.parse(since));
});

test('the hours run by the server’s clock on a phone that is two hours ahead', () => {
  const ahead = { ...scene, offsetMs: -2 * 3_600_000 };
  const standing = standingOf(ahead, last('in', at), [], [], now + 2 * 3_600_000);
  expect(elapsedText(now + 2 * 3_600_000 - (standing.sinceMs ?? 0))).toBe('4:00');
});

test('who clocked in longer ago than a shift lasts has forgotten to clock out, and clocks in anew', () => {
  const standing = standingOf(scene, last('in', '2026-11-01T00:00:00.000Z'), [], [], now);
  expect(standing).toMatchObject({ next: 'in', forgotten: '2026-11-01T00:00:00.000Z' });
});

test('punches of one phone keep the order of its chain, even when its clock was set back in between', () => {
  const first = { ...waiting('in', at, 'b'), seq: 1 };
  const second = { ...waiting('out', at, 'a'), seq: 2 };
  expect([second, first].sort(inOrder)).toEqual([first, second]);
});

/** Rosters: a pattern of weeks, made into drafts once. */
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { expandRoster, nextStretch, type RosterLine, type RosterPattern } from '../../src/shift/roster.ts';
import { type Colleague, openShiftScene, type ShiftScene } from './shift-scene.ts';

const line = (change: Partial<RosterLine>): RosterLine => ({
  templateId: 'early',
  week: 1,
  weekdays: [1],
  engagementIds: [],
  openPlaces: 1,
  ...change,
});
const pattern = (change: Partial<RosterPattern>): RosterPattern => ({
  id: 'r',
  startsOn: civilDate('2026-11-02'),
  endsOn: null,
  everyWeeks: 1,
  lines: [line({})],
  ...change,
});
const days = (roster: RosterPattern, from: string, to: string) =>
  expandRoster(roster, civilDate(from), civilDate(to)).map(({ day }) => day.slice(5));

test.each<[title: string, pattern: Partial<RosterPattern>, from: string, to: string, days: string[]]>([
  ['every Monday', {}, '2026-11-01', '2026-11-17', ['11-02', '11-09', '11-16']],
  [
    'not before it starts',
    { startsOn: civilDate('2026-11-10') },
    '2026-11-01',
    '2026-11-24',
    ['11-16', '11-23'],
  ],
  [
    'not after its last day, which counts',
    { endsOn: civilDate('2026-11-09') },
    '2026-11-01',
    '2026-11-30',
    ['11-02', '11-09'],
  ],
  ['every other week', { everyWeeks: 2 }, '2026-11-01', '2026-11-30', ['11-02', '11-16', '11-30']],
  [
    'the second of two weeks',
    { everyWeeks: 2, lines: [line({ week: 2, weekdays: [7] })] },
    '2026-11-01',
    '2026-11-30',
    ['11-15', '11-29'],
  ],
  [
    'weeks are counted from the Monday of the first day, which may be a Thursday',
    { startsOn: civilDate('2026-11-05'), everyWeeks: 2, lines: [line({ weekdays: [1, 5] })] },
    '2026-11-01',
    '2026-11-20',
    ['11-06', '11-16', '11-20'],
  ],
  [
    'a new year changes nothing in the count of weeks',
    { everyWeeks: 3 },
    '2026-12-20',
    '2027-01-31',
    ['01-04', '01-25'],
  ],
])('%s', (_title, change, from, to, expected) => {
  expect(days(pattern(change), from, to)).toEqual(expected);
});

test('the same days give the same keys, however the stretch is cut', () => {
  const roster = pattern({ lines: [line({ weekdays: [1, 2, 3] }), line({ weekdays: [3] })] });
  const keys = (from: string, to: string) =>
    expandRoster(roster, civilDate(from), civilDate(to)).map(({ key }) => key);
  const whole = keys('2026-11-02', '2026-11-15');
  expect([...keys('2026-11-02', '2026-11-04'), ...keys('2026-11-05', '2026-11-15')]).toEqual(whole);
  expect(new Set(whole).size).toBe(whole.length);
});

test('drafts are usually made up to the Sunday after next', () => {
  const today = civilDate('2026-11-04');
  expect(nextStretch(today, undefined)).toEqual({ startsOn: '2026-11-04', endsOn: '2026-11-15' });
  expect(nextStretch(today, civilDate('2026-11-15'))).toEqual({
    startsOn: '2026-11-16',
    endsOn: '2026-11-29',
  });
  expect(nextStretch(today, civilDate('2026-10-15'))).toMatchObject({ startsOn: '2026-11-04' });
});

describe('drafts of a roster', () => {
  let scene: ShiftScene;
  let zhang: Colleague;
  const [templateId, rosterId] = [newId(), newId()];
  const night = { startTime: '22:00', endTime: '06:00' };

  beforeEach(async () => {
    scene = await openShiftScene();
    zhang = await scene.hire('张三');
    const { siteId, supervisor } = scene;
    for (const _ of [1, 2])
      await scene.ok(supervisor, `/shift-templates/${templateId}`, {
        siteId,
        name: '夜班',
        ...night,
        lateSeconds: 600,
      });
    for (const _ of [1, 2])
      await scene.ok(supervisor, `/rosters/${rosterId}`, {
        siteId,
        name: '夜班组',
        startsOn: '2026-11-02',
        everyWeeks: 1,
        // A form sends weekdays as texts.
        lines: [{ templateId, weekdays: ['1', '3'], engagementIds: [zhang.engagementId], openPlaces: 1 }],
      });
  });

  const make = (startsOn: string, endsOn: string, id = newId(), by = scene.supervisor) =>
    scene.ask(by, 'PUT', `/rosters/${rosterId}/drafts/${id}`, { startsOn, endsOn });
  const shifts = async () => {
    const { body } = await scene.ask(
      scene.owner,
      'GET',
      `/sites/${scene.siteId}/shifts/2026-11-01/2026-12-31`,
    );
    return body.shifts as unknown as {
      id: string;
      draft: {
        day: string;
        startsAt: string;
        lateSeconds: number;
        engagementIds: string[];
        openPlaces: number;
      };
    }[];
  };

  test('a night of a template becomes a draft of the day it starts, with the template’s limits', async () => {
    expect((await make('2026-11-02', '2026-11-08')).body).toMatchObject({ shifts: 2 });
    expect((await shifts()).map(({ draft }) => [draft.day, draft.startsAt, draft.lateSeconds])).toEqual([
      ['2026-11-02', '2026-11-02T14:00:00.000Z', 600],
      ['2026-11-04', '2026-11-04T14:00:00.000Z', 600],
    ]);
  });

  test('days made before are left alone, also when their shift was moved', async () => {
    const id = newId();
    for (const _ of [1, 2])
      expect((await make('2026-11-02', '2026-11-08', id)).body).toMatchObject({ shifts: 2 });
    expect((await make('2026-11-02', '2026-11-09', id)).body.slug).toBe('id-reused');
    const [first] = await shifts();
    await scene.draft({ day: '2026-11-03' }, first?.id);
    expect((await make('2026-11-02', '2026-11-15')).body).toMatchObject({ shifts: 2 });
    expect((await shifts()).map(({ draft }) => draft.day)).toEqual([
      '2026-11-03',
      '2026-11-04',
      '2026-11-09',
      '2026-11-11',
    ]);
  });

  test('whoever is not engaged on a day leaves their place open', async () => {
    await scene.ok(scene.owner, `/engagements/${zhang.engagementId}/end`, {
      endsOn: '2026-11-03',
      reason: '期满',
    });
    await make('2026-11-02', '2026-11-08');
    expect((await shifts()).map(({ draft }) => [draft.engagementIds.length, draft.openPlaces])).toEqual([
      [1, 1],
      [0, 2],
    ]);
  });

  test('more than five weeks at once, or the end before the start, is refused', async () => {
    expect((await make('2026-11-02', '2026-12-07')).body.slug).toBe('roster-too-long');
    expect((await make('2026-11-02', '2026-12-06')).status).toBe(200);
    expect((await make('2026-11-02', '2026-11-01')).body.slug).toBe('dates-reversed');
  });

  test('an ended roster makes nothing, and a retired template is not offered; what they made stays', async () => {
    await make('2026-11-02', '2026-11-08');
    for (const _ of [1, 2]) {
      await scene.ok(scene.supervisor, `/rosters/${rosterId}/end`, {});
      await scene.ok(scene.supervisor, `/shift-templates/${templateId}/end`, {});
    }
    expect((await make('2026-11-09', '2026-11-15')).status).toBe(404);
    const { body } = await scene.ask(
      scene.owner,
      'GET',
      `/sites/${scene.siteId}/shifts/2026-11-01/2026-12-31`,
    );
    expect([body.templates, body.rosters]).toEqual([[], []]);
    expect(await shifts()).toHaveLength(2);
  });

  test('another site’s supervisor finds neither roster nor template', async () => {
    expect((await make('2026-11-02', '2026-11-08', newId(), scene.stranger)).status).toBe(404);
    const stranger = (path: string) => scene.ask(scene.stranger, 'PUT', path, {});
    expect((await stranger(`/rosters/${rosterId}/end`)).status).toBe(404);
    expect((await stranger(`/shift-templates/${templateId}/end`)).status).toBe(404);
  });

  test('a line in a week that the pattern does not have, or of another site’s template, is refused', async () => {
    const roster = { siteId: scene.siteId, name: 'x', startsOn: '2026-11-02', everyWeeks: 1 };
    const put = (lines: object[], change: object = {}) =>
      scene.ask(scene.owner, 'PUT', `/rosters/${newId()}`, { ...roster, ...change, lines });
    expect((await put([{ templateId, weekdays: [1], week: 2 }])).body.slug).toBe('body-invalid');
    expect((await put([{ templateId, weekdays: [1] }], { siteId: scene.otherSiteId })).status).toBe(404);
    expect((await put([{ templateId, weekdays: [1] }], { endsOn: '2026-11-01' })).body.slug).toBe(
      'dates-reversed',
    );
    expect((await put([])).body.slug).toBe('body-invalid');
  });
});

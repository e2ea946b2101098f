/** Approval by rule: only clean hours, only as close to the plan as the site allows, and never without saying so. */
import { beforeEach, describe, expect, test } from 'vitest';
import { tickCell } from '../../src/cell/tick.ts';
import { nextPeriodEnd } from '../../src/timesheet/auto-approval.ts';
import { type HoursScene, openHours, said } from './scene.ts';

let scene: HoursScene;
beforeEach(async () => {
  scene = await openHours();
  await scene.rules({ autoApproveSeconds: 300 });
});

/** Works that day from 08:00; `late`: how many seconds after 17:00 the clock-out comes. */
const works = async (day: string, late: number) => {
  await scene.punched('in', `${day}T08:00+08:00`);
  const out = new Date(Date.parse(`${day}T17:00+08:00`) + late * 1000).toISOString();
  await scene.punched('out', out);
};
const over = () => scene.cell.moveTo('2026-12-01T02:00:00Z');
const tick = () => tickCell(scene.cell.context, scene.cell.at());

describe('hours that are submitted', () => {
  test.each([
    ['exactly the tolerance over the plan', 300, 'approved'],
    ['a second more than it', 301, 'submitted'],
    ['exactly the tolerance under the plan', -300, 'approved'],
    ['a second less than it', -301, 'submitted'],
    ['as planned', 0, 'approved'],
  ])('%s are %i seconds off and then %s', async (_, late, state) => {
    await scene.plan('2026-11-03');
    await works('2026-11-03', late);
    over();
    await said(scene.submit());
    expect(scene.sheet().state).toBe(state);
  });

  test('are approved in the name of the rule, which stays with the approval and is read by the worker', async () => {
    await scene.plan('2026-11-03');
    await works('2026-11-03', 120);
    over();
    await said(scene.submit());
    const { approval } = scene.sheet();
    expect(approval?.by).toBe('system');
    expect(JSON.parse(approval?.rule ?? '')).toEqual({
      name: 'near-plan',
      toleranceSeconds: 300,
      differenceSeconds: 120,
    });
    const path = `/orgs/${scene.cell.org}/me/hours?engagement=${scene.engagementId}&startsOn=2026-11-01`;
    const page = await scene.cell.as(scene.worker)('GET', path, undefined, {
      cookie: 'locale=en',
    });
    expect(await page.text()).toContain('Approved by rule, 9:02 h');
  });

  test.each([
    ['a planned day without work', async () => void (await scene.plan('2026-11-04'))],
    ['a day of work without a plan', async () => void (await works('2026-11-04', 0))],
    [
      'something that the worker asks to be corrected',
      async () => {
        over();
        await scene.ask(scene.wanted('in', '2026-11-02T01:00:00Z'));
      },
    ],
    ['a site of the period that wants a person', () => scene.rules({ autoApproveSeconds: null })],
  ])('with %s wait for a person', async (_, spoil) => {
    await scene.plan('2026-11-03');
    await works('2026-11-03', 0);
    await spoil();
    over();
    await said(scene.submit());
    expect(scene.sheet().state).toBe('submitted');
  });

  test('without any plan wait for a person', async () => {
    await works('2026-11-03', 0);
    over();
    await said(scene.submit());
    expect(scene.sheet().state).toBe('submitted');
  });

  test('count the plan without its unpaid break', async () => {
    const lunch = { afterSeconds: 5 * 3600, seconds: 3600, paid: false, automatic: false };
    await scene.plan('2026-11-03', { breaks: [lunch] });
    await scene.punched('in', '2026-11-03T08:00+08:00');
    await scene.punched('out', '2026-11-03T12:00+08:00');
    await scene.punched('in', '2026-11-03T13:00+08:00');
    await scene.punched('out', '2026-11-03T17:05+08:00');
    over();
    expect(scene.sheet()).toMatchObject({ seconds: 8 * 3600 + 300, exceptions: [] });
    await said(scene.submit());
    expect(scene.sheet().state).toBe('approved');
  });
});

test('hours submitted before the period is over are approved by the next tick after its end', async () => {
  await scene.plan('2026-11-03');
  await works('2026-11-03', 0);
  scene.cell.moveTo('2026-11-20T02:00:00Z');
  await said(scene.submit());
  expect(nextPeriodEnd(scene.cell.store.db, scene.cell.at())).toBe('2026-11-30T16:00:00.000Z');
  scene.cell.moveTo('2026-11-30T15:59:59Z');
  expect((await tick()).nextAt).toBe('2026-11-30T16:00:00.000Z');
  expect(scene.sheet().state).toBe('submitted');
  scene.cell.moveTo('2026-11-30T16:00:00Z');
  await tick();
  expect(scene.sheet().state).toBe('approved');
  await tick();
  expect(scene.sheet().approval?.at).toBe('2026-11-30T16:00:00.000Z');
});

test('what was reopened once is never approved by rule again', async () => {
  await scene.plan('2026-11-03');
  await works('2026-11-03', 0);
  over();
  await said(scene.submit());
  scene.cell.forward(60);
  await said(scene.cell.as(scene.hr)('PUT', scene.path('reopening'), { reason: 'Look again.' }));
  scene.cell.forward(60);
  await said(scene.submit());
  await tick();
  expect(scene.sheet().state).toBe('submitted');
  await said(scene.approve());
});

/** A worker's own day: what they worked until now, what was planned, and what is not settled. */
import { expect, test } from 'vitest';
import { myDayOf } from '../../src/attendance/my-day.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { openOffice } from './office.ts';

const monday = civilDate('2026-10-12');

test('who is at work has worked until now, and the shift of last night counts for its part of today', async () => {
  const office = await openOffice('2026-10-12T04:00:00.000Z');
  const li = await office.hire('李小明');
  await office.punch(li, 'in', '2026-10-11T14:00:00.000Z');
  await office.punch(li, 'out', '2026-10-11T18:00:00.000Z');
  await office.punch(li, 'in', '2026-10-12T02:30:00.000Z');
  const day = myDayOf(office.cell.store.db, li.workerId, monday, office.cell.at());
  expect(day.worked).toEqual([
    { startsAt: '2026-10-11T16:00:00.000Z', endsAt: '2026-10-11T18:00:00.000Z', open: false },
    { startsAt: '2026-10-12T02:30:00.000Z', endsAt: '2026-10-12T04:00:00.000Z', open: true },
  ]);
  expect(day.seconds).toBe(3.5 * 3600);
  expect(day.punches.map(({ punch }) => punch.kind)).toEqual(['out', 'in']);
});

test('a night before the first of the month is not forgotten on the first', async () => {
  const office = await openOffice('2026-11-01T04:00:00.000Z');
  const li = await office.hire('李小明');
  await office.punch(li, 'in', '2026-10-31T14:00:00.000Z');
  await office.punch(li, 'out', '2026-10-31T20:00:00.000Z');
  const day = myDayOf(office.cell.store.db, li.workerId, civilDate('2026-11-01'), office.cell.at());
  expect(day.seconds).toBe(4 * 3600);
});

test('a correction waits for their word, and stands there as disputed after they said no', async () => {
  const office = await openOffice('2026-10-12T10:00:00.000Z');
  const li = await office.hire('李小明');
  const { cell, owner, ok } = office;
  await office.punch(li, 'in', '2026-10-12T00:00:00.000Z');
  const id = newId();
  const punch = { id: newId(), siteId: li.siteId, kind: 'out', at: '2026-10-12T08:00:00.000Z' };
  await ok(
    cell.as(owner)('PUT', `/corrections/${id}`, {
      kind: 'add',
      engagementId: li.engagementId,
      reason: '忘记打卡',
      punch,
    }),
  );
  const settle = () =>
    myDayOf(cell.store.db, li.workerId, monday, cell.at()).corrections.map(({ answer }) => answer?.answer);
  expect(settle()).toEqual([undefined]);
  await ok(
    cell.as(li.personId)('PUT', `/corrections/${id}/answer`, { answer: 'disputed', reason: '我做到九点' }),
  );
  expect(settle()).toEqual(['disputed']);
});

test('the page says it in both languages, and to nobody else', async () => {
  const office = await openOffice('2026-10-12T04:00:00.000Z');
  const li = await office.hire('李小明');
  await office.punch(li, 'in', '2026-10-12T00:30:00.000Z');
  const page = (personId: string, locale: string) =>
    office.cell.as(personId)('GET', `/orgs/${office.cell.org}/me/today`, undefined, {
      accept: 'text/html',
      cookie: `locale=${locale}`,
    });
  expect(await (await page(li.personId, 'en')).text()).toContain('3:30');
  expect(await (await page(li.personId, 'zh-CN')).text()).toContain('今日工时');
  expect((await page(office.owner, 'en')).status).toBe(404);
});

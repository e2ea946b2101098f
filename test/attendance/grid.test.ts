/** The month grid: everybody's days, found by site, name and what must be looked at, page by page. */
import { beforeEach, expect, test } from 'vitest';
import { type GridFilter, gridOf, linesPerPage } from '../../src/attendance/grid.ts';
import { standingOf } from '../../src/employer/standing.ts';
import { civilDate, datesOf, payPeriodOf } from '../../src/kernel/time.ts';
import { type Office, openOffice } from '../timesheet/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice('2026-10-20T00:00:00.000Z');
});

const october = payPeriodOf('monthly', civilDate('2026-10-01'));
const grid = (asked: Partial<GridFilter> = {}, personId = office.owner) => {
  const { db } = office.cell.store;
  const standing = standingOf(db, { kind: 'person', personId, signedInBy: 'A' });
  const filter = { onlyExceptions: false, page: 1, ...asked };
  return gridOf(db, standing, october, datesOf(october), filter, office.cell.at());
};
const names = async (asked: Partial<GridFilter> = {}, who = office.owner) =>
  (await grid(asked, who)).lines.map(({ worked }) => worked.workerName);

async function shift(one: Awaited<ReturnType<Office['hire']>>, day: string) {
  await office.punch(one, 'in', `2026-10-${day}T00:00:00.000Z`);
  await office.punch(one, 'out', `2026-10-${day}T08:30:00.000Z`);
}

test('a line has each day of the month, its hours, its total and the timesheet behind it', async () => {
  const li = await office.hire('李小明', office.east, 'weekly');
  await shift(li, '05');
  await shift(li, '06');
  const { lines } = await grid();
  expect(lines[0]?.cells).toHaveLength(31);
  expect(lines[0]?.worked.seconds).toBe(17 * 3600);
  expect(lines[0]?.cells[5]).toMatchObject({
    day: '2026-10-06',
    seconds: 8.5 * 3600,
    startsOn: '2026-10-05',
  });
});

test('a week that reaches into the month shows only its days of the month', async () => {
  const li = await office.hire('李小明', office.east, 'weekly');
  await office.punch(li, 'in', '2026-09-30T00:00:00.000Z');
  await office.punch(li, 'out', '2026-09-30T08:00:00.000Z');
  await shift(li, '01');
  const [line] = (await grid()).lines;
  expect(line?.worked.seconds).toBe(8.5 * 3600);
});

test('filters by site, by how a name begins, and by what must be looked at', async () => {
  const li = await office.hire('李小明');
  const aigul = await office.hire('Aigul Bekova', office.west);
  await office.hire('Ali');
  await shift(li, '05');
  await office.punch(aigul, 'in', '2026-10-05T00:00:00.000Z');
  expect(await names()).toEqual(['Aigul Bekova', 'Ali', '李小明']);
  expect(await names({ siteId: office.west })).toEqual(['Aigul Bekova']);
  expect(await names({ name: 'ａ' })).toEqual(['Aigul Bekova', 'Ali']);
  expect(await names({ onlyExceptions: true })).toEqual(['Aigul Bekova']);
});

test('who worked at a site that was not agreed is found there, too', async () => {
  const li = await office.hire('李小明');
  await shift({ ...li, siteId: office.west }, '05');
  expect(await names({ siteId: office.west })).toEqual(['李小明']);
});

test('a supervisor sees their own site', async () => {
  await office.hire('李小明');
  await office.hire('Aigul Bekova', office.west);
  expect(await names({}, await office.supervisor(office.west))).toEqual(['Aigul Bekova']);
});

test('five hundred people are shown fifty at a time, and only those are counted through', async () => {
  for (let index = 0; index < 120; index += 1) await office.hire(`W${String(index).padStart(3, '0')}`);
  const first = await grid();
  expect([first.lines.length, first.count, first.pages]).toEqual([linesPerPage, 120, 3]);
  const last = await grid({ page: 3 });
  expect([last.lines.length, last.lines[0]?.worked.workerName]).toEqual([20, 'W100']);
  expect((await grid({ page: 99 })).page).toBe(3);
});

/** What who supervises reads of attendance, and where each line leads. */
import { expect, test } from 'vitest';
import { type Office, openOffice } from '../timesheet/office.ts';

const look = async ({ cell, owner }: Office, path: string) => {
  const cookie = { cookie: 'locale=en' };
  return (await cell.as(owner)('GET', `/orgs/${cell.org}${path}`, undefined, cookie)).text();
};

test('a name on the page of who is here leads to that worker’s timesheet of the running period', async () => {
  const office = await openOffice('2026-10-19T00:00:00.000Z');
  const li = await office.hire('李小明', office.east, 'weekly');
  await office.punch(li, 'in', '2026-10-20T01:00:00.000Z');
  office.cell.moveTo('2026-10-20T02:00:00.000Z');
  expect(await look(office, '/attendance')).toContain(
    `/timesheets/${li.engagementId}/2026-10-19">李小明</a>`,
  );
});

test('what is to resolve stands once for each worker and matter, with its days, the pressing first', async () => {
  const office = await openOffice('2026-10-01T00:00:00.000Z');
  const li = await office.hire('李小明');
  const han = await office.hire('韩梅梅');
  for (const day of ['05', '06', '07', '08', '09']) {
    await office.punch(li, 'in', `2026-10-${day}T01:00:00.000Z`, { verdict: 'outside' });
    await office.punch(li, 'out', `2026-10-${day}T09:00:00.000Z`);
  }
  await office.punch(han, 'in', '2026-10-02T01:00:00.000Z');
  office.cell.moveTo('2026-10-12T00:00:00.000Z');
  const page = await look(office, '/attendance/exceptions');
  expect(page.match(/Punched outside the site/g)).toHaveLength(1);
  expect(page).toContain('10-09 Fri · 10-08 Thu · 10-07 Wed · 2 more days');
  expect(page.indexOf('A clock-out is missing')).toBeLessThan(page.indexOf('Punched outside the site'));
  expect(page.indexOf('A clock-out is missing')).toBeGreaterThan(0);
});

test('the month marks nobody because they are at work', async () => {
  const office = await openOffice('2026-10-01T00:00:00.000Z');
  const li = await office.hire('李小明');
  await office.punch(li, 'in', '2026-10-05T01:00:00.000Z');
  office.cell.moveTo('2026-10-05T02:00:00.000Z');
  expect(await look(office, '/grid?month=2026-10')).not.toContain('mark-bad');
  office.cell.moveTo('2026-10-06T02:00:00.000Z');
  expect(await look(office, '/grid?month=2026-10')).toContain('mark-bad');
});

/** Downloads of punches and hours: the same bytes for the same facts, to whom they concern, and never unseen. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, describe, expect, test } from 'vitest';
import { hoursDownloads } from '../../db/cell.ts';
import { guessMapping } from '../../src/attendance/import-mapping.ts';
import { readTable } from '../../src/http/table-file.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { type Office, openOffice } from '../timesheet/office.ts';

let office: Office;
let li: Awaited<ReturnType<Office['hire']>>;
let aigul: Awaited<ReturnType<Office['hire']>>;
beforeEach(async () => {
  office = await openOffice('2026-10-20T00:00:00.000Z');
  li = await office.hire('李小明');
  aigul = await office.hire('=Aigul "A" Bekova, Jr.', office.west);
  await office.punch(li, 'in', '2026-10-12T00:00:00.000Z');
  await office.punch(li, 'out', '2026-10-12T09:30:00.000Z');
  await office.punch(li, 'in', '2026-10-13T14:00:00.000Z', { verdict: 'outside' });
  await office.punch(li, 'out', '2026-10-13T22:00:00.000Z');
  await office.punch(aigul, 'in', '2026-10-12T01:15:00.000Z', { flags: ['contract-missing'] });
});

const path = (what: string, format: string, more = '') =>
  `/hours-download?what=${what}&format=${format}&startsOn=2026-10-01&endsOn=2026-10-31${more}`;
async function bytesOf(what: string, format: string, more = '', who = office.owner) {
  const answer = await office.cell.as(who)('GET', path(what, format, more));
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}
const textOf = async (...asked: Parameters<typeof bytesOf>) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await bytesOf(...asked));

describe('the golden files', () => {
  test.each([
    ['punches', 'csv'],
    ['punches', 'xlsx'],
    ['entries', 'csv'],
    ['entries', 'xlsx'],
  ])('%s as %s, byte for byte', async (what, format) => {
    const file = fileURLToPath(new URL(`../golden/attendance/${what}.${format}`, import.meta.url));
    const bytes = await bytesOf(what, format);
    if (process.env.GOLDEN) await writeFile(file, bytes);
    expect(Buffer.from(bytes).equals(await readFile(file))).toBe(true);
  });
});

test('a file says what each punch counts for, and never where exactly somebody stood', async () => {
  const text = await textOf('punches', 'csv');
  expect(text).toContain('李小明,');
  expect(text).toContain('2026-10-13 22:00:00');
  expect(text).toContain('范围外 outside');
  expect(text).toContain('contract-missing');
  const xlsx = Object.values(unzipSync(await bytesOf('punches', 'xlsx'))).map((part) => strFromU8(part));
  for (const content of [text, ...xlsx]) expect(content).not.toMatch(/31\.23456|121\.47654|312345678/);
});

test('a name that begins like a formula is run by no spreadsheet', async () => {
  expect(await textOf('entries', 'csv')).toContain(`"'=Aigul ""A"" Bekova, Jr."`);
});

test('hours stand day by day, clocked and paid, a night shift on the day it starts, an open shift as what it is', async () => {
  const lines = (await textOf('entries', 'csv')).split('\r\n').slice(1, -1);
  expect(lines.map((line) => line.match(/2026-10-\d\d|\d+:\d\d:\d\d/g))).toEqual([
    ['2026-10-12', '0:00:00', '0:00:00', '0:00:00'],
    ['2026-10-12', '9:30:00', '0:00:00', '9:30:00'],
    ['2026-10-13', '8:00:00', '0:00:00', '8:00:00'],
  ]);
  expect(lines[0]).toContain('缺少下班打卡');
});

test('only the site, the worker and the days that were asked for', async () => {
  expect(await textOf('punches', 'csv', `&site=${office.west}`)).not.toContain('李小明');
  expect(await textOf('punches', 'csv', `&worker=${li.workerId}`)).not.toContain('Aigul');
  const one = `/hours-download?what=punches&format=csv&startsOn=2026-10-12&endsOn=2026-10-12&site=&worker=`;
  const text = await (await office.cell.as(office.owner)('GET', one)).text();
  expect(text).not.toContain('2026-10-13');
});

test('a supervisor gets their own site, a worker and a stranger nothing', async () => {
  const supervisor = await office.supervisor(office.west);
  const text = await textOf('punches', 'csv', '', supervisor);
  expect(text).toContain('Aigul');
  expect(text).not.toContain('李小明');
  for (const who of [li.personId, newId()])
    expect((await office.cell.as(who)('GET', path('punches', 'csv'))).status).toBe(404);
  expect((await office.cell.visitor('GET', path('punches', 'csv'))).status).toBe(401);
});

test('each download is journaled with who took what, and the digest of its bytes', async () => {
  const bytes = await bytesOf('entries', 'csv', `&site=${office.east}`);
  const rows = office.cell.store.db.select().from(hoursDownloads).all();
  expect(rows).toEqual([
    expect.objectContaining({
      what: 'entries',
      format: 'csv',
      startsOn: '2026-10-01',
      siteId: office.east,
      rows: 2,
      digest: sha256(bytes),
      by: `person:${office.owner}`,
    }),
  ]);
  expect(verifyJournal(office.cell.store.db).ok).toBe(true);
});

test('reversed days are refused, and so is more than a file takes, with download-too-large', async () => {
  const reversed = '/hours-download?what=punches&format=csv&startsOn=2026-10-31&endsOn=2026-10-01';
  const answer = await office.cell.as(office.owner)('GET', reversed);
  expect(((await answer.json()) as { slug: string }).slug).toBe('dates-reversed');
  const { rowsMax } = await import('../../src/attendance/download-columns.ts');
  const before = rowsMax.csv;
  Object.assign(rowsMax, { csv: 2 });
  const large = await office.cell.as(office.owner)('GET', path('punches', 'csv'));
  Object.assign(rowsMax, { csv: before });
  expect(((await large.json()) as { slug: string }).slug).toBe('download-too-large');
});

test('what was taken out can be read in again: its own columns are understood', async () => {
  const table = readTable(await bytesOf('punches', 'csv'));
  const { heads } = table;
  const mapping = guessMapping(table);
  expect(heads[mapping.who]).toBe('用工编号 Engagement');
  expect([mapping.whoAs, heads[mapping.kind], heads[mapping.time], heads[mapping.site]]).toEqual([
    'engagement',
    '类型 Kind',
    '计入时间 Counted at',
    '地点 Site',
  ]);
});

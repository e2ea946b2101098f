/** Pay files: the same bytes always, and nothing lost or run by a spreadsheet. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { payFileDownloads } from '../../db/cell.ts';
import { harmless, wholeDigits } from '../../src/http/csv.ts';
import { joined } from '../../src/http/sheet.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import type { PayFileContent } from '../../src/pay/files/content.ts';
import { csvOf as csvPieces } from '../../src/pay/files/csv.ts';
import { xlsxOf as xlsxPieces } from '../../src/pay/files/xlsx.ts';
import { record } from '../../src/store/journal.ts';
import { content } from './file-content.ts';
import { expectGolden } from './golden.ts';
import {
  accountRow,
  addWorker,
  approveHours,
  approveRun,
  done,
  engage,
  october,
  openAndCalculate,
  openPayroll,
  slugOf,
  work,
} from './payroll.ts';

const run = promisify(execFile);
const csvOf = (of: PayFileContent) => joined([...csvPieces(of)]);
const xlsxOf = (of: PayFileContent) => joined([...xlsxPieces(of)]);

describe('the golden files', () => {
  test('CSV, byte for byte', () => expectGolden('run.csv', csvOf(content)));

  test('XLSX, byte for byte', () => expectGolden('run.xlsx', xlsxOf(content)));
});

test('two processes in two time zones write the same bytes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pay-files-'));
  try {
    const script = join(folder, 'write.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('./write-files.ts', import.meta.url))],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    const write = async (TZ: string) =>
      (await run(process.execPath, [script], { env: { ...process.env, TZ } })).stdout;
    const [shanghai, honolulu] = await Promise.all([write('Asia/Shanghai'), write('Pacific/Honolulu')]);
    expect(shanghai).toBe(honolulu);
    expect(JSON.parse(shanghai)).toEqual({
      csv: sha256(csvOf(content)),
      xlsx: sha256(xlsxOf(content)),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}, 30_000);

describe('CSV', () => {
  const text = () => new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvOf(content));

  test('begins with a byte order mark and ends each record with CRLF', () => {
    expect(text().startsWith('\uFEFF序号 No.,')).toBe(true);
    expect(text().endsWith('\r\n')).toBe(true);
    expect(text().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+86', "'+86"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['＝1', "'＝1"],
    ['李小明', '李小明'],
    ['O’Brien = friend', 'O’Brien = friend'],
  ])('%j is written as %j', (given, written) => {
    expect(harmless(given)).toBe(written);
  });

  test('whatever a name is, no text cell begins like a formula', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        expect(harmless(name)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
      }),
    );
  });

  test('long numbers are led by a tab, so that no digit is lost', () => {
    expect(wholeDigits('6222600260001072444')).toBe('\t6222600260001072444');
    expect(wholeDigits('11010519491231002X')).toBe('11010519491231002X');
    expect(wholeDigits('=HYPERLINK("x")')).toBe(`'=HYPERLINK("x")`);
  });
});

describe('XLSX', () => {
  let parts: Record<string, string>;
  beforeAll(async () => {
    parts = Object.fromEntries(
      Object.entries(unzipSync(xlsxOf(content))).map(([name, bytes]) => [name, strFromU8(bytes)]),
    );
  });

  test('account and document numbers are text, with every digit', () => {
    const all = Object.values(parts).join('\n');
    expect(all).toContain('>6222600260001072444<');
    expect(all).toContain('>11010519491231002X<');
    const sheet = parts['xl/worksheets/sheet1.xml'] ?? '';
    expect(sheet).not.toMatch(/<v>6\.2226/);
  });

  test('a name that begins like a formula stays text', () => {
    expect(Object.values(parts).join('\n')).not.toContain('<f>');
  });

  test('money is a number with two decimals, to the cent', () => {
    expect(parts['xl/worksheets/sheet1.xml']).toContain('<v>4200.01</v>');
    expect(parts['xl/styles.xml']).toContain('#,##0.00');
  });

  test('nothing in it tells when it was written', () => {
    expect(Object.values(parts).join('\n')).not.toMatch(
      /20\d\d-\d\d-\d\dT(?!00:00:00Z<)\d\d:\d\d:\d\d(\.\d+)?Z<\/dcterms/,
    );
  });
});

test('a file is written once an approved run and format, and each download is recorded', async () => {
  const payroll = await openPayroll();
  const worker = await addWorker(payroll, '李小明');
  const engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
  payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
  await approveHours(payroll, engagementId, '2026-10-01');
  const opened = await openAndCalculate(payroll, october);
  const hr = payroll.cell.as(payroll.hr);
  const path = `/pay-runs/${opened.id}/files`;
  expect(await slugOf(hr('PUT', `${path}/csv`, {}))).toBe('run-not-approved');
  expect(await slugOf(hr('GET', `${path}/csv`))).toBe('not-found');
  await done(approveRun(payroll, opened));
  for (const format of ['csv', 'xlsx']) {
    const first = await done(hr('PUT', `${path}/${format}`, {}));
    payroll.cell.forward(3600);
    expect(await done(hr('PUT', `${path}/${format}`, {}))).toEqual(first);
    const answer = await hr('GET', `${path}/${format}`);
    expect(sha256(new Uint8Array(await answer.clone().arrayBuffer()))).toBe(first.digest);
    expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''%E6%B8%AF%E6%B9%BE");
  }
  expect(payroll.cell.store.db.select().from(payFileDownloads).all()).toHaveLength(2);
  const csv = await (await hr('GET', `${path}/csv`)).text();
  expect(csv).toContain(
    '李小明,居民身份证 Resident ID,11010519491231002X,交通银行 BoCom,李小明,"\t6222600260001072444",200.00,0.00,0.00,200.00,CNY',
  );
  expect(await slugOf(hr('PUT', `${path}/pdf`, {}))).toBe('not-found');
});

test('no file is made of lines that are not those that were approved', async () => {
  const payroll = await openPayroll();
  const worker = await addWorker(payroll, '李小明');
  const engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
  payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
  await approveHours(payroll, engagementId, '2026-10-01');
  const opened = await openAndCalculate(payroll, october);
  await done(approveRun(payroll, opened));
  payroll.cell.store.sqlite.prepare('UPDATE pay_run_lines SET amount_minor = 99999 WHERE line = 1').run();
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const answer = await payroll.cell.as(payroll.hr)('PUT', `/pay-runs/${opened.id}/files/csv`, {});
  quiet.mockRestore();
  expect(answer.status).toBe(500);
});

test('an account given after the approval is for the next run: both formats pay into the one that was approved', async () => {
  const payroll = await openPayroll();
  const worker = await addWorker(payroll, '李小明');
  const engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
  payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
  await approveHours(payroll, engagementId, '2026-10-01');
  const opened = await openAndCalculate(payroll, october);
  await done(approveRun(payroll, opened));
  const hr = payroll.cell.as(payroll.hr);
  const path = `/pay-runs/${opened.id}/files`;
  payroll.cell.forward(60);
  const { store, context } = payroll.cell;
  await store.commit((tx) => {
    const by = `person:${worker.personId}`;
    const row = accountRow(
      context.keys.field,
      newId(),
      worker.workerId,
      '李小明',
      '6217000010001234567',
      payroll.cell.at(),
      by,
    );
    record(tx, 'payout-account-given', row, by, payroll.cell.at());
  });
  await done(hr('PUT', `${path}/csv`, {}));
  const csv = await (await hr('GET', `${path}/csv`)).text();
  expect(csv).toContain('6222600260001072444');
  expect(csv).not.toContain('6217000010001234567');
});

/** Formats through the door: mappings are made in versions, accounts are checked, and a file that would break is not written. */
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import {
  addWorker,
  approveHours,
  approveRun,
  done,
  engage,
  october,
  openAndCalculate,
  openPayroll,
  type Payroll,
  slugOf,
  work,
} from './payroll.ts';

const mapping = {
  name: 'Bank of Harbour',
  group: 'bank',
  rows: 'payments',
  file: 'text',
  extension: 'txt',
  encoding: 'gb18030',
  separator: 'bar',
  quoting: 'never',
  header: false,
  before: '{count}|{total|fen}',
  columns: [
    { head: '账号', value: '{accountNumber}', required: true },
    null,
    { head: '户名', value: '{holderName}', required: true, longest: 30 },
    { head: '金额', value: '{net|fen}', required: true },
  ],
  fileName: 'pay-{paysOn|yyyyMMdd}',
  characters: 'middle-dot',
};

let payroll: Payroll;
let hr: ReturnType<Payroll['cell']['as']>;
let owner: ReturnType<Payroll['cell']['as']>;
let runId: string;
let workerId: string;

beforeAll(async () => {
  payroll = await openPayroll();
  const worker = await addWorker(payroll, '李小明');
  workerId = worker.workerId;
  const engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
  payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
  await approveHours(payroll, engagementId, '2026-10-01');
  const opened = await openAndCalculate(payroll, october);
  await done(approveRun(payroll, opened));
  runId = opened.id;
  hr = payroll.cell.as(payroll.hr);
  owner = payroll.cell.as(payroll.owner);
});

describe('a mapping of one’s own', () => {
  const id = newId();

  test('is written as it was made, and its file is read back', async () => {
    await done(hr('PUT', `/pay-file-formats/new/versions/${id}`, mapping));
    await done(hr('PUT', `/pay-runs/${runId}/files/${id}`, {}));
    const file = await hr('GET', `/pay-runs/${runId}/files/${id}`);
    const text = new TextDecoder('gb18030').decode(await file.arrayBuffer());
    expect(text).toBe('1|20000\r\n6222600260001072444|李小明|20000\r\n');
    expect(file.headers.get('content-disposition')).toContain('pay-20261105.txt');
  });

  test('sent twice is one version, and another body under its id is refused', async () => {
    await done(hr('PUT', `/pay-file-formats/new/versions/${id}`, mapping));
    const other = { ...mapping, header: true };
    expect(await slugOf(hr('PUT', `/pay-file-formats/new/versions/${id}`, other))).toBe('id-reused');
  });

  test('in a new version writes a new file; the first stays what it was', async () => {
    const before = await done(hr('PUT', `/pay-runs/${runId}/files/${id}`, {}));
    const versionId = newId();
    await done(hr('PUT', `/pay-file-formats/${id}/versions/${versionId}`, { ...mapping, header: true }));
    const after = await done(hr('PUT', `/pay-runs/${runId}/files/${id}`, {}));
    expect(after.digest).not.toBe(before.digest);
    const board = (await done(hr('GET', `/pay-runs/${runId}`))) as { files: { digest: string }[] };
    expect(board.files.map(({ digest }) => digest)).toEqual(
      expect.arrayContaining([before.digest, after.digest]),
    );
  });

  test('with a placeholder that is none is refused as mapping-invalid, at its column', async () => {
    const bad = { ...mapping, columns: [{ head: 'A', value: '{salary}' }] };
    const answer = await hr('PUT', `/pay-file-formats/new/versions/${newId()}`, bad);
    expect(await answer.json()).toMatchObject({
      slug: 'mapping-invalid',
      errors: [{ pointer: '/columns/0/value' }],
    });
  });

  test('is seen at work before it is kept', async () => {
    const preview = await done(hr('PUT', `/pay-file-previews/${newId()}`, { ...mapping, header: true }));
    expect(preview).toMatchObject({
      isSample: false,
      fileName: 'pay-20261105.txt',
      rows: [
        ['1', '20000'],
        ['账号', '户名', '金额'],
        ['6222600260001072444', '李小明', '20000'],
      ],
      problems: [],
    });
  });
});

test('a preset that is changed here is a version of it, and the one that ships stays for others', async () => {
  const versionId = newId();
  await done(hr('PUT', `/pay-file-formats/ccb/versions/${versionId}`, { ...mapping, name: 'CCB here' }));
  const { mappings } = (await done(hr('GET', '/pay-file-formats'))) as {
    mappings: { format: string; version: string; mapping: { name: { en: string } } }[];
  };
  const of = (format: string) => mappings.find((one) => one.format === format);
  expect(of('ccb')).toMatchObject({ version: versionId, mapping: { name: { en: 'CCB here' } } });
  expect(of('icbc')?.version).toBe('2026-11-21');
});

test('a file that would break is not written: pay-file-has-problems, and the problems name the worker and the field', async () => {
  expect(await slugOf(hr('PUT', `/pay-runs/${runId}/files/adp`, {}))).toBe('pay-file-has-problems');
  const found = await done(hr('GET', `/pay-runs/${runId}/files/adp/problems`));
  expect(found).toMatchObject({
    stopping: 1,
    problems: [{ code: 'value-missing', field: 'File #', name: '李小明', stops: true, text: '缺少 File #' }],
  });
  await done(hr('PUT', `/outside-numbers/${newId()}`, { workerId, system: 'adp', value: '77' }));
  const written = await done(hr('PUT', `/pay-runs/${runId}/files/adp`, {}));
  expect(written).toMatchObject({ format: 'adp', rows: 1, amountMinor: 20_000 });
  expect(await (await hr('GET', `/pay-runs/${runId}/files/adp`)).text()).toContain('000077,8.00');
  // A number that was mistyped is in no later file.
  await done(hr('PUT', `/outside-numbers/${newId()}`, { workerId, system: 'adp', value: '78' }));
  expect((await done(hr('PUT', `/pay-runs/${runId}/files/adp`, {}))).digest).not.toBe(written.digest);
});

describe('the account to pay from', () => {
  test('makes the file of a bank that asks for it', async () => {
    const found = (await done(hr('GET', `/pay-runs/${runId}/files/icbc/problems`))) as {
      problems: { code: string }[];
    };
    expect(found.problems.map(({ code }) => code)).toContain('payer-missing');
    const id = newId();
    const facts = {
      scheme: 'mainland',
      accountName: '港湾物流',
      accountNumber: '1001 2443 1900 1234 567',
      bankName: '工商银行',
    };
    expect(await done(owner('PUT', `/payer-accounts/${id}`, facts))).toEqual({
      id,
      scheme: 'mainland',
      masked: '**** 4567',
    });
    await done(owner('PUT', `/payer-accounts/${id}`, facts));
    expect(await slugOf(owner('PUT', `/payer-accounts/${id}`, { ...facts, bankName: 'X' }))).toBe(
      'id-reused',
    );
    await done(hr('PUT', `/pay-runs/${runId}/files/icbc`, {}));
  });

  const sepa = { scheme: 'sepa', name: 'Hafen GmbH', iban: 'DE89 3704 0044 0532 0130 00' };
  const nacha = {
    scheme: 'nacha',
    destinationRouting: '021000021',
    destinationName: 'BANK',
    originId: '1',
    companyName: 'H',
    companyId: '1',
    odfiRouting: '021000022',
  };
  test.each([
    ['an IBAN that does not hold', { ...sepa, iban: 'DE88370400440532013000' }, 'payer-account-invalid'],
    ['a BIC that is none', { ...sepa, bic: 'HARBOUR' }, 'payer-account-invalid'],
    ['a routing number whose check digit is wrong', nacha, 'payer-account-invalid'],
    ['a street without town and country', { ...sepa, street: 'Kai 7' }, 'address-unstructured'],
    ['lines alone', { ...sepa, line1: 'Kai 7', town: 'Hamburg' }, 'address-unstructured'],
    ['whole', { ...sepa, town: 'Hamburg', country: 'DE' }, undefined],
  ])('%s', async (_, facts, slug) => {
    expect(await slugOf(owner('PUT', `/payer-accounts/${newId()}`, facts))).toBe(slug);
  });

  test('is the owner’s to say', async () => {
    expect(await slugOf(hr('PUT', `/payer-accounts/${newId()}`, sepa))).toBe('role-required');
  });
});

test('on another day than the run’s, and from another account, the file is another', async () => {
  const elsewhere = await openPayroll({ country: 'DE', currency: 'EUR', registrationCode: 'HRB 1' });
  const worker = await addWorker(elsewhere, 'Ada Lovelace', { account: 'DE89370400440532013000' });
  const engagementId = await engage(elsewhere, worker);
  await work(elsewhere, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
  elsewhere.cell.moveTo('2026-11-02T00:00:00.000Z');
  await approveHours(elsewhere, engagementId, '2026-10-01');
  const opened = await openAndCalculate(elsewhere, october);
  await done(approveRun(elsewhere, opened));
  const [its, at] = [elsewhere.cell.as(elsewhere.owner), `/pay-runs/${opened.id}/files/pain-001`];
  expect(await slugOf(its('PUT', at, {}))).toBe('pay-file-has-problems');
  const sepa = { scheme: 'sepa', name: 'Hafen GmbH', iban: 'DE75512108001245126199' };
  await done(its('PUT', `/payer-accounts/${newId()}`, sepa));
  const first = await done(its('PUT', at, {}));
  expect(await done(its('PUT', at, {}))).toEqual(first);
  expect(await slugOf(its('PUT', at, { executeOn: '2026-11-07' }))).toBe('pay-file-has-problems');
  const later = await done(its('PUT', at, { executeOn: '2026-11-06' }));
  expect(later.digest).not.toBe(first.digest);
  const xml = await (await its('GET', at)).text();
  expect(xml).toContain('<ReqdExctnDt><Dt>2026-11-06</Dt></ReqdExctnDt>');
  expect(xml).toContain('<Nm>Ada Lovelace</Nm>');
});

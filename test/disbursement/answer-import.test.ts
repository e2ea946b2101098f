/** Files from banks: matched, unknown, known already; and what no bank sends is refused by name. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { amountOf } from '../../src/disbursement/answer.ts';
import { readAnswer } from '../../src/disbursement/answer-import.ts';
import { guessAnswerMapping, readTableAnswer } from '../../src/disbursement/table-answer.ts';
import { xlsxOf } from '../../src/http/xlsx.ts';
import { newId } from '../../src/kernel/id.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { done, slugOf } from '../pay/payroll.ts';
import { pain002 } from './answers.ts';
import { openReleased } from './released.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.slug;
    throw error;
  }
  return 'nothing refused';
}

test('a dry run writes nothing and says the same as the import after it', async () => {
  const { put, upload, board } = await openReleased(2);
  const [first, second] = (await board()).payments;
  const text = pain002([
    { name: first?.endToEndId ?? '', status: 'ACSC', amount: '200.00' },
    { name: second?.endToEndId ?? '', status: 'RJCT', code: 'AC01', amount: '200.01' },
    { name: 'WC0000000000000000000000000001', status: 'RJCT', code: 'AC01' },
    { name: first?.endToEndId ?? '', status: 'XXXX' },
  ]);
  const id = newId();
  await done(upload(id, bytesOf(text)));
  const counts = { fresh: 1, 'amount-differs': 1, unknown: 1, unread: 1 };
  expect(await done(put(`/payment-answers/${id}/dry-run`))).toMatchObject({ counts });
  expect((await board()).counts).toEqual([{ state: 'released', payments: 2, amountMinor: 40_000 }]);
  expect(await done(put(`/payment-answers/${id}`))).toMatchObject({ counts });
  const again = await done(put(`/payment-answers/${id}`));
  expect(again).toMatchObject({ counts: { known: 1 } });
});

describe('a table of results', () => {
  const heads = '帐号,户名,金额,状态,注释,提示';

  test('is matched by the id that the bank gave back', async () => {
    const { board, importText } = await openReleased(2);
    const [first, second] = (await board()).payments;
    const made = await importText(
      `${heads}\r\n'6222,李小明,"200.00",交易成功,${first?.endToEndId},\r\n1,王芳,200.00,交易失败,${second?.endToEndId},户名不符\r\n`,
    );
    expect(made.counts).toEqual({ fresh: 2 });
    const { counts } = await board();
    expect(counts.map(({ state }) => state)).toEqual(['paid', 'rejected']);
  });

  test('else by account, holder and amount; two that fit are told apart by nobody', async () => {
    const { board, importText } = await openReleased(2);
    const made = await importText(
      `账号,户名,金额,处理结果\r\n6222 6002 6000 1072 444,李小明,200.00,成功\r\n6222600260001072444,王芳,200.00,成功\r\n6222600260001072444,李小明,200.000,成功\r\n6222600260001072444,李小明,200.001,成功\r\n`,
    );
    expect(made.lines.map(({ verdict }) => verdict)).toEqual(['fresh', 'unknown', 'fresh', 'unread']);
    expect((await board()).counts.map(({ state }) => state)).toEqual(['released', 'paid']);
  });

  test('as a workbook reads the same', async () => {
    const text = (value: string) => ({ value, style: 'digits' as const });
    const rows = [
      ['账号', '户名', '金额', '状态'],
      ['6222600260001072444', '李小明', '1,230.02', '未成功'],
    ];
    const bytes = await xlsxOf([{ name: 'a', rows: rows.map((row) => row.map(text)), widths: [] }]);
    const read = readAnswer(bytes);
    if (read.format !== 'table') throw new Error('no table');
    expect(readTableAnswer(read.table, guessAnswerMapping(read.table), 'CNY')).toMatchObject([
      { kind: 'rejected', amountMinor: 123_002, account: '6222600260001072444' },
    ]);
  });

  test('without a column that says what became of it waits for a person to name one', async () => {
    const { put, upload } = await openReleased(1);
    const id = newId();
    await done(upload(id, bytesOf('a,b\r\n1,2\r\n')));
    expect(await slugOf(put(`/payment-answers/${id}/dry-run`))).toBe('import-mapping-lacks');
  });
});

test.each([
  ['0.10', 10],
  ['1,230.02', 123_002],
  ['¥200', 20_000],
  ['200.000', 20_000],
  ['200.001', undefined],
  ['-1.00', undefined],
  ['1e3', undefined],
  ['NaN', undefined],
  ['', undefined],
])('an amount written %s is %s', (text, amount) => expect(amountOf(text, 'CNY')).toBe(amount));

describe('refused by name, and nothing of it read:', () => {
  const sheet = (cells: string) =>
    zipSync({
      'xl/worksheets/sheet1.xml': strToU8(
        `<worksheet><sheetData><row><c r="A1" t="inlineStr"><is><t>状态</t></is></c></row><row>${cells}</row></sheetData></worksheet>`,
      ),
    });

  test.each([
    [
      'entities that multiply',
      bytesOf('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'),
      'answers-xml-entities',
    ],
    ['an outside entity', bytesOf('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), 'answers-xml-entities'],
    ['XML that is nested without end', bytesOf(`${'<a>'.repeat(60)}${'</a>'.repeat(60)}`), 'answers-bomb'],
    ['XML of something else', bytesOf('<html><body/></html>'), 'answers-unreadable'],
    ['broken XML', bytesOf('<Document><CstmrPmtStsRpt>'), 'answers-unreadable'],
    ['a formula', sheet('<c r="A2"><f>HYPERLINK("http://x")</f><v>1</v></c>'), 'answers-formula'],
    [
      'a zip that unpacks to 60 MB',
      zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(60 * 1024 * 1024) }, { level: 9 }),
      'answers-bomb',
    ],
    ['a zip that is cut short', sheet('<c r="A2"/>').slice(0, 120), 'answers-unreadable'],
    ['a workbook of before 2007', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), 'answers-unreadable'],
    ['more than 5 MB', new Uint8Array(5 * 1024 * 1024 + 1), 'import-too-large'],
    [
      'NACHA without returns',
      bytesOf('101 021000021 0764012512611051000A094101'.padEnd(94)),
      'answers-unreadable',
    ],
  ])('%s', (_, bytes, slug) => expect(refusalOf(() => readAnswer(bytes))).toBe(slug));
});

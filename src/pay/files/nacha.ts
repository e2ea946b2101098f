/** NACHA PPD credits: records of 94 characters in blocks of ten, with entry hashes and control totals (ACH rules, appendix three). */
import { createHash } from 'node:crypto';
import { isRoutingNumber } from '../../identity/account-number.ts';
import { type CivilDate, formatInstant } from '../../kernel/time.ts';
import { shortEndToEndId } from '../end-to-end-id.ts';
import { bring, transliterationName } from './characters.ts';
import type { PayFileContent, Payment } from './content.ts';
import {
  bankProblems,
  type FilePart,
  type PayFormat,
  type Problem,
  payable,
  stop,
  Tally,
  warn,
} from './format.ts';
import { dayProblems } from './settlement-problems.ts';

export interface NachaPayer {
  /** The bank that the file is sent to: routing number and name. */
  readonly destinationRouting: string;
  readonly destinationName: string;
  /** Ten characters as that bank gave them, often 1 and the EIN. */
  readonly originId: string;
  readonly companyName: string;
  readonly companyId: string;
  /** The originating bank, nine digits. */
  readonly odfiRouting: string;
}
export interface NachaOptions {
  readonly payer: NachaPayer | null;
  readonly executeOn: CivilDate;
}

const version = '2026-11-21';
const nameLongest = 22;
const accountLongest = 17;
const amountMax = 9_999_999_999;
const recordsInABlock = 10;

export function nachaFormat(options: NachaOptions): PayFormat {
  return {
    id: 'nacha',
    group: 'bank',
    name: { en: 'NACHA PPD (ACH payroll)', zh: 'NACHA PPD（美国 ACH 代发）' },
    source: {
      text: {
        en: 'NACHA operating rules, file format (from memory, checked against published samples). The entry description PAYROLL is required for wages from 20 March 2026.',
        zh: 'NACHA 规则文件格式（凭经验整理，已与公开样例核对）。自 2026-03-20 起工资须注明 PAYROLL。',
      },
      confidence: 'medium',
      verifiedOn: '2026-11-20',
    },
    extension: 'ach',
    mediaType: 'text/plain',
    inputs: { version, ...options },
    problems: (content, today) => problemsOf(content, options, today),
    parts: (content) => partsOf(content, options),
  };
}

function* problemsOf(
  content: PayFileContent,
  { payer, executeOn }: NachaOptions,
  today: CivilDate,
): Generator<Problem> {
  const { currency } = content.employer;
  if (!payer) yield stop(undefined, { code: 'payer-missing' });
  if (currency !== 'USD') yield stop(undefined, { code: 'currency-not-for-format', values: { currency } });
  yield* dayProblems(executeOn, today, 'fed');
  yield* bankProblems(content.payments, 'DFI account number');
  for (const payment of payable(content.payments)) yield* entryProblems(payment);
}

function* entryProblems(payment: Payment): Generator<Problem> {
  const { account, netMinor } = payment;
  if (netMinor > amountMax) yield stop(payment, { code: 'amount-too-large', field: 'Amount' });
  if (!account) return;
  if (!isRoutingNumber(account.routingNumber ?? ''))
    yield stop(payment, { code: 'routing-number-wrong', field: 'RDFI' });
  if (!/^[A-Za-z0-9-]+$/.test(account.number) || account.number.length > accountLongest)
    yield stop(payment, { code: 'account-not-for-format', field: 'DFI account number' });
  const { text, lacks } = bring(account.holderName, 'latin', false);
  const field = 'Individual name';
  if (lacks !== undefined) {
    yield stop(payment, { code: 'characters-refused', field, values: { sign: lacks } });
    return;
  }
  if (text !== account.holderName)
    yield warn(payment, {
      code: 'transliterated',
      field,
      values: { from: account.holderName, to: text, table: transliterationName },
    });
  if (text.length > nameLongest)
    yield warn(payment, { code: 'name-shortened', field, values: { to: text.slice(0, nameLongest) } });
}

function* partsOf(content: PayFileContent, options: NachaOptions): Generator<FilePart> {
  const tally = new Tally();
  const { run } = content;
  yield {
    name: `nacha ${run.startsOn}_${run.endsOn} ${run.id.slice(-8)}.ach`,
    pieces: fileOf(content, options, tally),
    totals: () => tally.totals,
  };
}

const entriesInAPiece = 500;

function* fileOf(content: PayFileContent, options: NachaOptions, tally: Tally): Generator<Uint8Array> {
  const { payer } = options;
  if (!payer) throw new Error('a file without a payer was not stopped');
  const encoder = new TextEncoder();
  let text = line(fileHeader(content, options, payer)) + line(batchHeader(content, options, payer));
  let [count, hash] = [0, 0];
  for (const payment of tally.of(payable(content.payments))) {
    count += 1;
    hash = (hash + Number(payment.account?.routingNumber?.slice(0, 8))) % 10_000_000_000;
    text += line(entry(payment, payer, count));
    if (count % entriesInAPiece > 0) continue;
    yield encoder.encode(text);
    text = '';
  }
  const totals = { count, hash, credits: tally.totals.amountMinor };
  // Two headers, the entries, two controls; the rest of the last block is nines.
  const records = count + 4;
  const blocks = Math.ceil(records / recordsInABlock);
  text += line(batchControl(payer, totals)) + line(fileControl(blocks, totals));
  text += line('9'.repeat(94)).repeat(blocks * recordsInABlock - records);
  yield encoder.encode(text);
}

interface Totals {
  readonly count: number;
  readonly hash: number;
  readonly credits: number;
}

const left = (text: string, width: number) =>
  bring(text, 'latin', false).text.slice(0, width).padEnd(width, ' ');
const right = (number: number | string, width: number) => String(number).padStart(width, '0');
const shortDay = (day: string) => day.slice(2).replaceAll('-', '');

function line(fields: string | readonly string[]): string {
  const record = typeof fields === 'string' ? fields : fields.join('');
  if (record.length !== 94) throw new Error(`a record of ${record.length} characters: ${record}`);
  return `${record}\r\n`;
}

function fileHeader({ run, employer }: PayFileContent, options: NachaOptions, payer: NachaPayer): string[] {
  return [
    '101',
    payer.destinationRouting.padStart(10, ' '),
    payer.originId.padStart(10, ' '),
    formatInstant(run.approvedAt, employer.zone, 'en', 'yyMMddHHmm'),
    idModifier(run.id, options),
    '094',
    '10',
    '1',
    left(payer.destinationName, 23),
    left(payer.companyName, 23),
    left(run.id.slice(-8), 8),
  ];
}

/** Files of one day and one sender differ by it. */
function idModifier(runId: string, options: NachaOptions): string {
  const hash = createHash('sha256')
    .update(`${runId}\n${JSON.stringify(options)}`)
    .digest();
  return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[(hash[0] ?? 0) % 36] ?? 'A';
}

function batchHeader({ run }: PayFileContent, { executeOn }: NachaOptions, payer: NachaPayer): string[] {
  return [
    '5',
    '220',
    left(payer.companyName, 16),
    left('', 20),
    left(payer.companyId, 10),
    'PPD',
    left('PAYROLL', 10),
    shortDay(run.paysOn),
    shortDay(executeOn),
    '   ',
    '1',
    payer.odfiRouting.slice(0, 8),
    right(1, 7),
  ];
}

function entry({ account, netMinor, endToEndId }: Payment, payer: NachaPayer, number: number): string[] {
  if (!account?.routingNumber) throw new Error('an entry without a routing number was not stopped');
  return [
    '6',
    account.accountType === 'savings' ? '32' : '22',
    account.routingNumber,
    left(account.number, accountLongest),
    right(netMinor, 10),
    left(shortEndToEndId(endToEndId), 15),
    left(account.holderName, nameLongest),
    '  ',
    '0',
    payer.odfiRouting.slice(0, 8),
    right(number, 7),
  ];
}

function batchControl(payer: NachaPayer, { count, hash, credits }: Totals): string[] {
  return [
    '8',
    '220',
    right(count, 6),
    right(hash, 10),
    right(0, 12),
    right(credits, 12),
    left(payer.companyId, 10),
    left('', 19),
    left('', 6),
    payer.odfiRouting.slice(0, 8),
    right(1, 7),
  ];
}

function fileControl(blocks: number, { count, hash, credits }: Totals): string[] {
  return [
    '9',
    right(1, 6),
    right(blocks, 6),
    right(count, 8),
    right(hash, 10),
    right(0, 12),
    right(credits, 12),
    left('', 39),
  ];
}

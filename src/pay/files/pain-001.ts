/**
 * ISO 20022 customer credit transfer initiation, pain.001.001.09. Since 15 November 2026 SEPA schemes and Swift refuse
 * unstructured addresses, so one is written structured (with at most two lines besides: hybrid), or not at all.
 */
import { createHash } from 'node:crypto';
import { isBic, isIban } from '../../identity/account-number.ts';
import { decimalText, type Minor } from '../../kernel/money.ts';
import type { CivilDate } from '../../kernel/time.ts';
import { bring, transliterationName } from './characters.ts';
import type { PayeeAccount, PayFileContent, Payment } from './content.ts';
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

export interface PostalAddress {
  readonly street: string | null;
  readonly building: string | null;
  readonly postCode: string | null;
  readonly town: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** At most two, beside town and country. */
  readonly lines: readonly string[];
}
export interface SepaPayer {
  readonly name: string;
  readonly iban: string;
  readonly bic: string | null;
  /** What some banks ask of the sender: a customer number of theirs. */
  readonly customerId: string | null;
  readonly address: PostalAddress | null;
  /** One booking for the whole file, or one a worker. */
  readonly batchBooking: boolean;
}
export interface Pain001Options {
  readonly payer: SepaPayer | null;
  readonly executeOn: CivilDate;
}

const namespace = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const version = '2026-11-21';
const nameLongest = 70;
/** SEPA: 999 999 999.99. */
const amountMax = 99_999_999_999;

export function pain001Format(options: Pain001Options): PayFormat {
  return {
    id: 'pain-001',
    group: 'bank',
    name: { en: 'ISO 20022 credit transfer (pain.001.001.09)', zh: 'ISO 20022 付款指令（pain.001.001.09）' },
    source: {
      text: {
        en: 'ISO 20022 message definition pain.001.001.09; EPC132-08 (SEPA customer-to-bank guidelines); EPC217-08 (characters)',
        zh: 'ISO 20022 报文 pain.001.001.09；EPC132-08（SEPA 客户到银行指南）；EPC217-08（字符集）',
      },
      confidence: 'high',
      verifiedOn: '2026-11-20',
    },
    extension: 'xml',
    mediaType: 'application/xml',
    inputs: { version, ...options },
    problems: (content, today) => problemsOf(content, options, today),
    parts: (content) => partsOf(content, options),
  };
}

function* problemsOf(
  content: PayFileContent,
  { payer, executeOn }: Pain001Options,
  today: CivilDate,
): Generator<Problem> {
  const { currency } = content.employer;
  if (!payer) yield stop(undefined, { code: 'payer-missing' });
  else yield* payerProblems(payer);
  yield* dayProblems(executeOn, today, currency === 'EUR' ? 'target' : 'weekdays');
  yield* bankProblems(content.payments, 'CdtrAcct');
  for (const payment of payable(content.payments)) {
    if (payment.netMinor > amountMax) yield stop(payment, { code: 'amount-too-large', field: 'InstdAmt' });
    if (payment.account) yield* accountProblems(payment, payment.account, currency);
  }
}

function* payerProblems(payer: SepaPayer): Generator<Problem> {
  const lacks = bring(payer.name, 'latin', false).lacks;
  if (lacks !== undefined)
    yield stop(undefined, { code: 'characters-refused', field: 'Dbtr/Nm', values: { sign: lacks } });
}

function* accountProblems(payment: Payment, account: PayeeAccount, currency: string): Generator<Problem> {
  if (!isIban(account.number)) {
    if (currency === 'EUR') yield stop(payment, { code: 'account-not-iban', field: 'CdtrAcct/Id/IBAN' });
    // Without an IBAN only the bank's BIC says where the account is.
    else if (!account.bic || !isBic(account.bic))
      yield stop(payment, { code: 'bic-missing', field: 'CdtrAgt' });
  }
  const { text, lacks } = bring(account.holderName, 'latin', false);
  const field = 'Cdtr/Nm';
  if (lacks !== undefined)
    yield stop(payment, { code: 'characters-refused', field, values: { sign: lacks } });
  else if (text.length > nameLongest)
    yield stop(payment, { code: 'too-long', field, values: { longest: String(nameLongest) } });
  else if (text !== account.holderName)
    yield warn(payment, {
      code: 'transliterated',
      field,
      values: { from: account.holderName, to: text, table: transliterationName },
    });
}

function* partsOf(content: PayFileContent, options: Pain001Options): Generator<FilePart> {
  const tally = new Tally();
  for (const payment of payable(content.payments)) tally.add(payment);
  const { run } = content;
  yield {
    name: `pain.001 ${run.startsOn}_${run.endsOn} ${run.id.slice(-8)}.xml`,
    pieces: documentOf(content, options, tally.totals),
    totals: () => tally.totals,
  };
}

const transfersInAPiece = 200;

function* documentOf(
  content: PayFileContent,
  options: Pain001Options,
  totals: { rows: number; amountMinor: Minor },
): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let xml = headOf(content, options, totals);
  let count = 0;
  for (const payment of payable(content.payments)) {
    count += 1;
    xml += transferOf(content, payment, count);
    if (count % transfersInAPiece > 0) continue;
    yield encoder.encode(xml);
    xml = '';
  }
  yield encoder.encode(`${xml}</PmtInf></CstmrCdtTrfInitn></Document>\n`);
}

function headOf(
  content: PayFileContent,
  options: Pain001Options,
  { rows, amountMinor }: { rows: number; amountMinor: Minor },
): string {
  const { payer, executeOn } = options;
  if (!payer) throw new Error('a file without a payer was not stopped');
  const { currency } = content.employer;
  const isSepa = currency === 'EUR';
  const id = messageIdOf(content, options);
  const counts = `<NbOfTxs>${rows}</NbOfTxs><CtrlSum>${decimalText(amountMinor, currency)}</CtrlSum>`;
  const initiator = element('Nm', plain(payer.name)) + organisationId(payer.customerId);
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}"><CstmrCdtTrfInitn>`,
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${content.run.approvedAt.slice(0, 19)}Z</CreDtTm>${counts}<InitgPty>${initiator}</InitgPty></GrpHdr>`,
    `<PmtInf><PmtInfId>${id}-1</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>${payer.batchBooking}</BtchBookg>${counts}`,
    `<PmtTpInf><SvcLvl><Cd>${isSepa ? 'SEPA' : 'NURG'}</Cd></SvcLvl><CtgyPurp><Cd>SALA</Cd></CtgyPurp></PmtTpInf>`,
    `<ReqdExctnDt><Dt>${executeOn}</Dt></ReqdExctnDt>`,
    `<Dbtr>${element('Nm', plain(payer.name))}${addressOf(payer.address)}</Dbtr>`,
    `<DbtrAcct><Id><IBAN>${payer.iban}</IBAN></Id><Ccy>${currency}</Ccy></DbtrAcct>`,
    `<DbtrAgt><FinInstnId>${payer.bic ? element('BICFI', payer.bic) : '<Othr><Id>NOTPROVIDED</Id></Othr>'}</FinInstnId></DbtrAgt>`,
    `<ChrgBr>${isSepa ? 'SLEV' : 'SHAR'}</ChrgBr>`,
  ].join('');
}

function transferOf({ run, employer }: PayFileContent, payment: Payment, number: number): string {
  const { account, endToEndId, netMinor } = payment;
  if (!account) throw new Error('a payment without an account was not stopped');
  const { currency } = employer;
  const agent = account.bic
    ? `<CdtrAgt><FinInstnId>${element('BICFI', account.bic)}</FinInstnId></CdtrAgt>`
    : '';
  const id = isIban(account.number)
    ? element('IBAN', account.number)
    : `<Othr>${element('Id', account.number)}</Othr>`;
  return [
    `\n<CdtTrfTxInf><PmtId><InstrId>${number}</InstrId><EndToEndId>${endToEndId}</EndToEndId></PmtId>`,
    `<Amt><InstdAmt Ccy="${currency}">${decimalText(netMinor, currency)}</InstdAmt></Amt>${agent}`,
    `<Cdtr>${element('Nm', plain(account.holderName))}</Cdtr><CdtrAcct><Id>${id}</Id></CdtrAcct>`,
    `<RmtInf><Ustrd>PAY ${run.startsOn} - ${run.endsOn}</Ustrd></RmtInf></CdtTrfTxInf>`,
  ].join('');
}

/** Structured, or hybrid with its lines; in the order that the schema asks for. */
export function addressOf(address: PostalAddress | null): string {
  if (!address) return '';
  const { street, building, postCode, town, country, lines } = address;
  const part = (name: string, text: string | null) => (text ? element(name, plain(text)) : '');
  return [
    '<PstlAdr>',
    part('StrtNm', street),
    part('BldgNb', building),
    part('PstCd', postCode),
    part('TwnNm', town),
    part('Ctry', country),
    ...lines.slice(0, 2).map((line) => part('AdrLine', line)),
    '</PstlAdr>',
  ].join('');
}

function organisationId(customerId: string | null): string {
  return customerId ? `<Id><OrgId><Othr>${element('Id', plain(customerId))}</Othr></OrgId></Id>` : '';
}

/** Another file of the same run, for another day or from another account, has another name. */
function messageIdOf({ run }: PayFileContent, options: Pain001Options): string {
  const hash = createHash('sha256')
    .update(`${run.id}\n${JSON.stringify(options)}`)
    .digest('hex');
  return `PAY-${run.paysOn.replaceAll('-', '')}-${hash.slice(0, 16).toUpperCase()}`;
}

const plain = (text: string) => bring(text, 'latin', false).text;

function element(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${escaped}</${name}>`;
}

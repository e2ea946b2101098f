/**
 * Answers of ISO 20022: pain.002 (CustomerPaymentStatusReport, versions 03 to 14) and camt.054 (BankToCustomer
 * DebitCreditNotification). Versions differ in what is not read here.
 */
import { elementsAt, readXml, textAt, type XmlElement } from '../http/xml.ts';
import { refuse } from '../kernel/refusal.ts';
import { type AnswerLine, amountOf } from './answer.ts';

/** ISO 20022 ExternalPaymentTransactionStatus1Code. */
const statusKinds: Readonly<Record<string, AnswerLine['kind']>> = {
  RCVD: 'accepted',
  PDNG: 'accepted',
  PATC: 'accepted',
  ACTC: 'accepted',
  ACCP: 'accepted',
  ACFC: 'accepted',
  ACWC: 'accepted',
  ACWP: 'accepted',
  ACSP: 'accepted',
  ACSC: 'paid',
  ACCC: 'paid',
  RJCT: 'rejected',
  CANC: 'rejected',
};

export function readIsoAnswer(text: string): {
  format: 'pain.002' | 'camt.054';
  lines: readonly AnswerLine[];
} {
  const root = readXml(text);
  const [report] = elementsAt(root, 'CstmrPmtStsRpt');
  if (report) return { format: 'pain.002', lines: statusLines(report) };
  const [notification] = elementsAt(root, 'BkToCstmrDbtCdtNtfctn');
  if (notification) return { format: 'camt.054', lines: entryLines(notification) };
  return refuse('answers-unreadable', { why: root.name });
}

/** A report that speaks of the file or a batch as a whole names no payment: it says which, and a person decides. */
function statusLines(report: XmlElement): AnswerLine[] {
  const found = elementsAt(report, 'OrgnlPmtInfAndSts', 'TxInfAndSts').map((tx, index): AnswerLine => {
    const status = textAt(tx, 'TxSts') ?? '';
    return {
      line: index + 1,
      name: textAt(tx, 'OrgnlEndToEndId'),
      kind: statusKinds[status] ?? 'unread',
      code: reasonCode(tx, 'StsRsnInf') ?? (status === 'RJCT' ? 'NARR' : status),
      reason: textAt(tx, 'StsRsnInf', 'AddtlInf'),
      amountMinor: amountIn(elementsAt(tx, 'OrgnlTxRef', 'Amt', 'InstdAmt')[0]),
    };
  });
  if (found.length > 0) return found;
  const group =
    textAt(report, 'OrgnlGrpInfAndSts', 'GrpSts') ?? textAt(report, 'OrgnlPmtInfAndSts', 'PmtInfSts');
  const reason = [
    textAt(report, 'OrgnlGrpInfAndSts', 'OrgnlMsgId'),
    group,
    textAt(report, 'OrgnlGrpInfAndSts', 'StsRsnInf', 'AddtlInf'),
  ];
  return [{ line: 1, kind: 'noted', code: group, reason: reason.filter(Boolean).join(' ') }];
}

/** Money that left is paid; money that came with a reason of return is back; other entries are no answer to a payment. */
function entryLines(notification: XmlElement): AnswerLine[] {
  return elementsAt(notification, 'Ntfctn', 'Ntry')
    .flatMap((entry) => elementsAt(entry, 'NtryDtls', 'TxDtls').map((details) => ({ entry, details })))
    .map(({ entry, details }, index): AnswerLine => {
      const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? '';
      const direction = textAt(details, 'CdtDbtInd') ?? textAt(entry, 'CdtDbtInd');
      const code = reasonCode(details, 'RtrInf');
      const isBack =
        direction === 'CRDT' &&
        (elementsAt(details, 'RtrInf').length > 0 || textAt(entry, 'RvslInd') === 'true');
      const kind = isBack ? 'returned' : direction === 'DBIT' ? 'paid' : 'noted';
      return {
        line: index + 1,
        name: textAt(details, 'Refs', 'EndToEndId'),
        kind: status === 'BOOK' || kind === 'noted' ? kind : kind === 'paid' ? 'accepted' : 'noted',
        code: code ?? (kind === 'returned' ? 'NARR' : status),
        reason: textAt(details, 'RtrInf', 'AddtlInf') ?? textAt(details, 'AddtlTxInf'),
        amountMinor: amountIn(
          elementsAt(details, 'Amt')[0] ?? elementsAt(details, 'AmtDtls', 'TxAmt', 'Amt')[0],
        ),
      };
    });
}

function reasonCode(from: XmlElement, name: string): string | undefined {
  return textAt(from, name, 'Rsn', 'Cd') ?? textAt(from, name, 'Rsn', 'Prtry');
}

function amountIn(element: XmlElement | undefined) {
  return element && amountOf(element.text, element.attributes.Ccy ?? 'EUR');
}

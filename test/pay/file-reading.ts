/** Readers of pay files that share no code with their writers. */

export interface ReadTransfer {
  readonly endToEndId: string;
  readonly amount: bigint;
  readonly name: string;
  readonly account: string;
}

const tag = (xml: string, name: string) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
const cents = (decimal: string) => BigInt(decimal.replace('.', ''));

export function readPain001(xml: string) {
  const [head = '', ...rest] = xml.split('<CdtTrfTxInf>');
  const transfers = rest.map(
    (one): ReadTransfer => ({
      endToEndId: tag(one, 'EndToEndId'),
      amount: cents(tag(one, 'InstdAmt')),
      name: tag(one, 'Nm'),
      account: tag(one, 'IBAN') || tag(one, 'Id'),
    }),
  );
  return {
    messageId: tag(head, 'MsgId'),
    executeOn: tag(head, 'Dt'),
    counts: [...head.matchAll(/<NbOfTxs>(\d+)</g)].map(([, count]) => Number(count)),
    sums: [...head.matchAll(/<CtrlSum>([\d.]+)</g)].map(([, sum = '']) => cents(sum)),
    transfers,
  };
}

/** By the columns of the rules' appendix three, counted from one. */
export function readNacha(text: string) {
  const records = text.split('\r\n').slice(0, -1);
  const at = (record: string, from: number, to: number) => record.slice(from - 1, to);
  const entries = records
    .filter((one) => one[0] === '6')
    .map((one) => ({
      code: at(one, 2, 3),
      routing: at(one, 4, 12),
      account: at(one, 13, 29).trim(),
      amount: BigInt(at(one, 30, 39)),
      id: at(one, 40, 54).trim(),
      name: at(one, 55, 76).trim(),
      trace: at(one, 80, 94),
    }));
  const batch = records.find((one) => one[0] === '8') ?? '';
  const file = records.find((one) => one[0] === '9' && one[1] !== '9') ?? '';
  return {
    records,
    entries,
    effectiveOn: at(records[1] ?? '', 70, 75),
    description: at(records[1] ?? '', 54, 63).trim(),
    batch: {
      count: Number(at(batch, 5, 10)),
      hash: BigInt(at(batch, 11, 20)),
      credits: BigInt(at(batch, 33, 44)),
    },
    file: {
      blocks: Number(at(file, 8, 13)),
      count: Number(at(file, 14, 21)),
      hash: BigInt(at(file, 22, 31)),
      credits: BigInt(at(file, 44, 55)),
    },
  };
}

/** A bank's result as a table: which column says what is guessed from its heads and settled by a person. */
import { z } from 'zod';
import type { ImportTable } from '../http/table-file.ts';
import { type AnswerLine, amountOf } from './answer.ts';

/** A column's number from 0; -1: there is none. */
const zColumn = z.number().int().min(-1).max(59);
export const answerColumns = ['name', 'account', 'holder', 'amount', 'status', 'reason'] as const;
export type AnswerColumn = (typeof answerColumns)[number];
export const zAnswerMapping = z.strictObject({
  name: zColumn,
  account: zColumn,
  holder: zColumn,
  amount: zColumn,
  status: zColumn,
  reason: zColumn,
});
export type AnswerMapping = Readonly<z.infer<typeof zAnswerMapping>>;

const patterns: Readonly<Record<AnswerColumn, RegExp>> = {
  name: /end.?to.?end|e2e|payment.?id|参考号|自定义序号|业务编号|客户流水|附言|备注|注释|remark/i,
  account: /account|iban|账号|帐号|卡号/i,
  holder: /name|holder|payee|户名|姓名|名称/i,
  amount: /amount|金额|实发/i,
  status: /status|state|result|状态|结果|处理情况/i,
  reason: /reason|message|error|detail|原因|提示|失败|信息/i,
};
const nameShape = /WC[0-9A-HJKMNP-TV-Z]{25}\d{3}/;

/** Our own id is known by its looks, in whatever column the bank gives it back. */
export function guessAnswerMapping({ heads, rows }: Pick<ImportTable, 'heads' | 'rows'>): AnswerMapping {
  const taken = new Set<number>();
  const find = (fits: (head: string, index: number) => boolean) => {
    const found = heads.findIndex((head, index) => !taken.has(index) && fits(head, index));
    if (found >= 0) taken.add(found);
    return found;
  };
  const holdsNames = (_: string, index: number) =>
    rows.slice(0, 50).some(({ fields }) => nameShape.test(fields[index] ?? ''));
  const name = find(holdsNames);
  const status = find((head) => patterns.status.test(head));
  const account = find((head) => patterns.account.test(head) && !/name|户名|名称/i.test(head));
  const holder = find((head) => patterns.holder.test(head));
  const amount = find((head) => patterns.amount.test(head));
  const reason = find((head) => patterns.reason.test(head));
  return { name, account, holder, amount, status, reason };
}

/** What the mapping lacks before any row can be read: whose payment it is, and what became of it. */
export function answerLack({ name, account, amount, status }: AnswerMapping): AnswerColumn | undefined {
  if (status < 0) return 'status';
  if (name >= 0) return undefined;
  return account < 0 ? 'account' : amount < 0 ? 'amount' : undefined;
}

export function mappingFromQuery(
  query: Readonly<Record<string, string>>,
  guessed: AnswerMapping,
): AnswerMapping {
  const asked = Object.fromEntries(
    answerColumns.map((column) => [
      column,
      query[column] === undefined ? guessed[column] : Number(query[column]),
    ]),
  );
  return zAnswerMapping.safeParse(asked).data ?? guessed;
}

/** The refusing words first: “not successful” has the other one in it. */
const statusWords: readonly (readonly [AnswerLine['kind'], RegExp])[] = [
  ['returned', /退票|退汇|returned|reversed/i],
  ['rejected', /失败|不成功|未成功|拒绝|拒付|退回|fail|reject|refus|unsuccess|declin|error/i],
  ['accepted', /处理中|待|审批|pending|processing|in progress|accepted|submitted/i],
  ['paid', /成功|已付|已入账|交易完成|已发放|paid|success|settled|complete|credited|ok/i],
];

export function readTableAnswer(
  { rows }: Pick<ImportTable, 'rows'>,
  mapping: AnswerMapping,
  currency: string,
): AnswerLine[] {
  return rows.map(({ row, fields }): AnswerLine => {
    const at = (column: AnswerColumn) => (mapping[column] < 0 ? '' : (fields[mapping[column]] ?? '')).trim();
    const status = at('status').normalize('NFKC');
    const kind = statusWords.find(([, words]) => words.test(status))?.[0] ?? 'unread';
    const amount = at('amount');
    const amountMinor = amount === '' ? undefined : amountOf(amount, currency);
    const unread = amount !== '' && amountMinor === undefined;
    return {
      line: row,
      name: nameShape.exec(at('name'))?.[0],
      account:
        at('account')
          .replace(/[\s'\t-]/g, '')
          .toUpperCase() || undefined,
      holder: at('holder') || undefined,
      amountMinor,
      kind: unread ? 'unread' : kind,
      code: kind === 'rejected' || kind === 'returned' ? 'BANK' : undefined,
      reason: unread ? amount : at('reason') || status || undefined,
    };
  });
}

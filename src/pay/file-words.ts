/** The words of pay files: formats, problems, the editor of mappings. */
import type { Locale } from '../kernel/refusal.ts';
import { defineWords } from '../web/i18n.ts';
import type { Problem, ProblemCode } from './files/format.ts';

const problems: Readonly<Record<ProblemCode, readonly [en: string, zh: string]>> = {
  'account-missing': ['No account to pay into', '没有收款账户'],
  'account-not-iban': ['The account is no valid IBAN', '账号不是有效的 IBAN'],
  'account-not-for-format': ['The account does not fit this format', '账号不符合此格式'],
  'amount-too-large': ['The amount is more than this format takes', '金额超出此格式上限'],
  'amount-negative': ['The amount is negative', '金额为负'],
  'bic-missing': ['Without an IBAN the bank’s BIC is needed', '没有 IBAN 时须填写银行 BIC'],
  'characters-refused': ['{{field}}: {{sign}} is not taken by the bank', '{{field}}：银行不接受 {{sign}}'],
  'currency-not-for-format': ['This format does not pay in {{currency}}', '此格式不支持 {{currency}}'],
  'day-in-past': ['{{day}} is over. Choose a later day.', '{{day}} 已过，请选择更晚的日期。'],
  'day-not-settlement': [
    'Banks do not settle on {{day}}. Choose {{before}} or {{after}}.',
    '{{day}} 非清算日，请选择 {{before}} 或 {{after}}。',
  ],
  'duplicate-account': ['Paid into the same account as {{other}}', '与 {{other}} 使用同一收款账户'],
  'duplicate-payment': ['The same payment stands in the run twice', '同一笔付款重复出现'],
  formula: ['{{field}} begins like a formula', '{{field}} 以公式符号开头'],
  'name-shortened': ['{{field}} is shortened to “{{to}}”', '{{field}} 截短为“{{to}}”'],
  'nothing-to-pay': ['There is nothing to pay', '没有可付款项'],
  'payer-missing': ['Say first where you pay from', '请先登记付款账户'],
  'routing-number-wrong': ['The routing number is missing or wrong', '路由号缺失或有误'],
  'too-long': ['{{field}} is longer than {{longest}} characters', '{{field}} 超过 {{longest}} 个字符'],
  transliterated: [
    '{{field}}: “{{from}}” is written as “{{to}}” ({{table}})',
    '{{field}}：“{{from}}”写作“{{to}}”（{{table}}）',
  ],
  'value-missing': ['{{field}} is missing', '缺少 {{field}}'],
  'wallet-left-out': ['Paid into a wallet: not in this file', '付到钱包，不写入文件'],
  'zero-left-out': ['Net pay is zero: not in this file', '实发为零，不写入文件'],
};

const problemWords = defineWords('pay-file-problem', problems);

/** The sentence alone; whose it is stands beside it. */
export function problemText({ code, field = '', values = {} }: Problem, locale: Locale): string {
  return problemWords(locale)(code, { field, ...values });
}

/** What the client itself says; everything else comes from the server in the reader's language. */
const table = {
  required: ['Please fill this in.', '请填写此项。'],
  number: ['Please enter a whole number.', '请输入整数。'],
  decimal: ['Please enter a number.', '请输入数字。'],
  points: [
    'Please enter a corner a line, such as 31.2304, 121.4737.',
    '请每行填写一个顶点，例如 31.2304, 121.4737。',
  ],
  money: ['Please enter an amount such as 25.50.', '请输入金额，例如 25.50。'],
  instant: ['Please enter a date and a time.', '请输入日期和时间。'],
  file: ['This file could not be read.', '无法读取此文件。'],
  offline: [
    'No answer from the server. What you entered is still here; sending again is safe.',
    '服务器没有回应。您填写的内容仍在，可放心重试。',
  ],
  keyFailed: [
    'This device could not use a passkey here. Try again, or come in another way.',
    '此设备未能使用通行密钥，请重试或改用其他方式。',
  ],
  mend: ['Please check the marked fields.', '请检查标出的项目。'],
  signIn: ['Please sign in again', '请重新登录'],
  reference: ['Reference', '编号'],
  sending: ['Sending', '正在提交'],
  cancel: ['Cancel', '取消'],
  proceed: ['Confirm', '确定'],
  copied: ['Copied', '已复制'],
  chosen: ['Chosen: {{name}}', '已选择：{{name}}'],
} as const;

export const locale: 'en' | 'zh-CN' = document.documentElement.lang.startsWith('en') ? 'en' : 'zh-CN';

type Table<K extends string> = Readonly<Record<K, readonly [en: string, zh: string]>>;
type Values = Readonly<Record<string, string | number>>;

/** A part's own words: `const say = speak({ wait: ['Waiting', '待发送'] })`. `{{name}}` is filled from the values. */
export function speak<K extends string>(words: Table<K>): (key: K, values?: Values) => string {
  return (key, values = {}) =>
    words[key][locale === 'en' ? 0 : 1].replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
      String(values[name] ?? ''),
    );
}

export const say = speak(table);

/** Chinese sentences need no space between them. */
export function sentences(...said: readonly string[]): string {
  return said.join(locale === 'en' ? ' ' : '');
}

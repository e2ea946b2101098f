/** What every part of the template's reader shares. Pure. */
import type { Spoken } from '../kernel/refusal.ts';
import { type Condition, readConditions } from './condition.ts';

/** Where problems go while the text is read. */
export type Complain = (line: number, zh: string, en: string) => void;

/** `中文 | English`. Undefined when a part is missing. */
export function readSpoken(text: string): Spoken | undefined {
  const [zh = '', en = '', ...more] = text.split('|').map((part) => part.trim());
  return zh && en && more.length === 0 ? { zh, en } : undefined;
}

export interface Heading {
  readonly id: string;
  readonly title: Spoken;
}

/** `## id | 中文 | English`. What is missing is complained of, and reading goes on. */
export function readHeading(line: number, text: string, id: RegExp, complain: Complain): Heading {
  const [name = '', zh = '', en = '', ...more] = text
    .slice(3)
    .split('|')
    .map((part) => part.trim());
  if (!id.test(name))
    complain(
      line,
      `“${name}”不能作编号：以字母开头，只用字母、数字和连字符。`,
      `“${name}” is no id: a letter first, then letters, digits and hyphens.`,
    );
  if (!zh || !en || more.length > 0)
    complain(
      line,
      '标题须写成“## 编号 | 中文 | English”。',
      'A heading is written “## id | 中文 | English”.',
    );
  return { id: name, title: { zh, en } };
}

export function conditionsAt(line: number, text: string, complain: Complain): readonly Condition[] {
  const found = readConditions(text);
  if (!found)
    complain(
      line,
      '条件应如“probation = yes”“endsOn given”，多个条件用 and 连接。',
      'A condition is like “probation = yes” or “endsOn given”; several are joined by “and”.',
    );
  return found ?? [];
}

/** What a contract may be made of: text that prints as it reads. No HTML, no marks of Markdown, nothing invisible. Pure. */
import type { Spoken } from '../kernel/refusal.ts';

/** Controls, format characters (bidirectional overrides, zero-width joiners, byte order marks) and halves of surrogate pairs. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const html = /<[a-zA-Z/!?]|&(?:[a-zA-Z]+|#\d+);/;

/** What cannot stand in a contract, if anything. A long text may have several lines. */
export function printFault(text: string, lines: boolean): Spoken | undefined {
  return invisibleFault(lines ? text.replace(/\r?\n/g, '') : text) ?? markFault(text) ?? braceFault(text);
}

export function invisibleFault(text: string): Spoken | undefined {
  const found = invisible.exec(text)?.[0];
  if (found === undefined) return undefined;
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    zh: `含有不可见的控制字符（${code}），请删除。`,
    en: `There is an invisible control character (${code}). Delete it.`,
  };
}

export function markFault(text: string): Spoken | undefined {
  if (html.test(text)) return { zh: '不能使用 HTML 标记，请只写文字。', en: 'No HTML: write plain text.' };
  if (/\*\*|__|`|\]\(/.test(text))
    return {
      zh: '粗体、链接等标记会原样印出，请删除。',
      en: 'Marks for bold or links would be printed as they stand. Take them out.',
    };
  return undefined;
}

export function braceFault(text: string): Spoken | undefined {
  return /[{}]/.test(text)
    ? { zh: '不能使用花括号“{”“}”。', en: 'Braces “{” and “}” cannot stand here.' }
    : undefined;
}

/** Which of our two languages a request wants: the cookie `locale`, else Accept-Language, else Chinese. */
import type { Locale } from '../kernel/refusal.ts';

export function localeOf(request: Request): Locale {
  const cookie = /(?:^|;\s*)locale=(zh-CN|en)/.exec(request.headers.get('cookie') ?? '');
  if (cookie) return cookie[1] as Locale;
  const accepted = request.headers.get('accept-language')?.toLowerCase() ?? '';
  const zh = accepted.indexOf('zh');
  const en = accepted.indexOf('en');
  return en >= 0 && (zh < 0 || en < zh) ? 'en' : 'zh-CN';
}

export const bothLanguages = '\u001f';

/** A validation message in both languages, for zod's `refine` and `addIssue`. */
export function say(en: string, zh: string): string {
  return `${en}${bothLanguages}${zh}`;
}

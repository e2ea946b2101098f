/** Words in two languages: each room defines its own beside its pages, and a missing translation does not compile. */
import i18next from 'i18next';
import type { Locale } from '../kernel/refusal.ts';

const words = i18next.createInstance();
void words.init({
  lng: 'zh-CN',
  fallbackLng: false,
  ns: [],
  // hono/jsx escapes what it draws.
  interpolation: { escapeValue: false },
  resources: {},
  initAsync: false,
});

export type Say<K extends string> = (key: K, values?: Readonly<Record<string, string | number>>) => string;

/**
 * A room's words: `const words = defineWords('work', { clockIn: ['Clock in', '上班打卡'] })`, then
 * `const say = words(locale); say('clockIn')`. `{{name}}` is filled from the values.
 */
export function defineWords<K extends string>(
  room: string,
  table: Readonly<Record<K, readonly [en: string, zh: string]>>,
): (locale: Locale) => Say<K> {
  const entries = Object.entries(table) as [K, readonly [string, string]][];
  words.addResourceBundle('en', room, Object.fromEntries(entries.map(([key, [en]]) => [key, en])));
  words.addResourceBundle('zh-CN', room, Object.fromEntries(entries.map(([key, [, zh]]) => [key, zh])));
  const fixed = { en: words.getFixedT('en', room), 'zh-CN': words.getFixedT('zh-CN', room) };
  return (locale) => (key, values) =>
    fixed[locale](key, { ...values, keySeparator: false, nsSeparator: false });
}

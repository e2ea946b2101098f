/** The language of `/clock`, which no server writes: the reader's choice, else the browser's. Runs before the words are read. */
const chosen = /(?:^|;\s*)locale=(zh-CN|en)/.exec(document.cookie)?.[1];
const spoken = navigator.languages.find((tag) => /^(zh|en)/i.test(tag)) ?? 'zh-CN';
const language = chosen ?? (/^en/i.test(spoken) ? 'en' : 'zh-CN');
document.documentElement.lang = language;
for (const place of document.querySelectorAll<HTMLElement>('[data-en][data-zh]'))
  place.textContent = (language === 'en' ? place.dataset.en : place.dataset.zh) ?? '';
const other = document.querySelector<HTMLElement>('[data-locale]');
if (other) {
  other.dataset.locale = language === 'en' ? 'zh-CN' : 'en';
  other.lang = other.dataset.locale;
}
const manifest = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
if (manifest) manifest.href = `/assets/app-${language}.webmanifest`;

export {};

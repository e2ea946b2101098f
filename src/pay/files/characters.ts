/** The character sets of banks, and by which named table a text is brought into one. Nothing is ever dropped. */

export const characterSets = ['any', 'latin', 'middle-dot'] as const;
/**
 * `any`: what the encoding holds. `latin`: the Latin set of EPC217-08, which every SEPA bank takes. `middle-dot`: any,
 * with the dot of long names as card issuers write it, U+00B7.
 */
export type CharacterSet = (typeof characterSets)[number];

/** `a-z A-Z 0-9 / - ? : ( ) . , ' +` and the space. */
const latin = /^[A-Za-z0-9/\-?:().,'+ ]*$/;

/** Conversion by EPC217-08, best practices for characters outside of the Latin set: the signs. */
const signs: Readonly<Record<string, string>> = {
  '!': '.',
  '"': '.',
  '#': '.',
  $: '.',
  '%': '.',
  '&': '+',
  '*': '.',
  ';': ',',
  '<': '.',
  '=': '.',
  '>': '.',
  '@': '.',
  '[': '(',
  '\\': '/',
  ']': ')',
  '^': '.',
  _: '-',
  '`': "'",
  '{': '(',
  '|': '/',
  '}': ')',
  '~': '-',
  '¿': '?',
  '€': 'E',
  '‘': "'",
  '’': "'",
  '“': '.',
  '”': '.',
  '–': '-',
  '—': '-',
  '·': '.',
  '\u00a0': ' ',
};

/** Letters that no accent explains: EPC217-08's table for Latin, Greek and Cyrillic. */
const letters: Readonly<Record<string, string>> = {
  ...pairs('ÆAE ŒOE ØO ÐD ĐD ÞTH ŁL ŊN ŦT ĦH ıi ßss ſs ĸk'),
  ...pairs('ΑA ΒV ΓG ΔD ΕE ΖZ ΗI ΘTH ΙI ΚK ΛL ΜM ΝN ΞX ΟO ΠP ΡR ΣS ςs ΤT ΥY ΦF ΧCH ΨPS ΩO'),
  ...pairs(
    'АA БB ВV ГG ДD ЕE ЖZH ЗZ ИI ЙY КK ЛL МM НN ОO ПP РR СS ТT УU ФF ХH ЦTS ЧCH ШSH ЩSHT ЪA ЫY ЬY ЭE ЮYU ЯYA',
  ),
  ...pairs('ЁE ІI ЇI ЄE ҐG ЈJ ЉLJ ЊNJ ЋC ЂDJ ЏDZ'),
};

function pairs(table: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of table.split(' ')) {
    const [sign = '', ...to] = pair;
    const text = to.join('');
    found[sign] = text;
    if (sign.toLowerCase() !== sign) found[sign.toLowerCase()] = text.toLowerCase();
  }
  return found;
}

/** How the table is called where people read of it. */
export const transliterationName = 'EPC217-08';

const dots = /[•‧∙⋅・･．﹒●]/g;

export interface Brought {
  readonly text: string;
  /** The first character for which the table has nothing: the text cannot be written. */
  readonly lacks?: string;
}

/** A text as a set takes it. `exactly`: by no table, so that anything outside of the set is lacking. */
export function bring(text: string, set: CharacterSet, exactly: boolean): Brought {
  if (set === 'any') return { text };
  if (set === 'middle-dot') {
    const written = text.replace(dots, '·');
    return exactly && written !== text ? { text, lacks: dots.exec(text)?.[0] ?? '•' } : { text: written };
  }
  if (latin.test(text)) return { text };
  if (exactly) return { text, lacks: [...text].find((sign) => !latin.test(sign)) ?? '' };
  let written = '';
  for (const sign of text) {
    const latinSign = latinOf(sign);
    if (latinSign === undefined) return { text, lacks: sign };
    written += latinSign;
  }
  return { text: written };
}

function latinOf(sign: string): string | undefined {
  if (latin.test(sign)) return sign;
  const known = signs[sign] ?? letters[sign];
  if (known !== undefined) return known;
  // Compatibility forms, such as full-width letters, first; then the letter without its accents.
  const plain = sign.normalize('NFKD').replace(/\p{M}/gu, '');
  if (plain === sign) return undefined;
  // An accent that stands alone, after the letter that it belongs to.
  if (plain === '') return /\p{M}/u.test(sign) ? '' : undefined;
  const all = [...plain].map((one) => (latin.test(one) ? one : (signs[one] ?? letters[one])));
  return all.includes(undefined) ? undefined : all.join('');
}

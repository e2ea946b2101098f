/**
 * Breaking text into lines: Chinese by character with the rules of GB/T 15834-2011 §5 (kinsoku), Latin by word; a
 * font for every character. Pure: fonts come in as faces.
 */
import { refuse } from '../kernel/refusal.ts';

export type Language = 'zh' | 'en';

/** One font, as far as setting type asks: advances in ems, undefined for a character that it lacks. */
export interface Face {
  readonly name: string;
  advance(codePoint: number): number | undefined;
}
/** In the order in which a character's font is looked for; `rare` only where the others lack it. */
export interface Faces {
  readonly latin: Face;
  readonly cjk: Face;
  readonly rare: readonly Face[];
}
export interface Type {
  readonly faces: Faces;
  readonly size: number;
  readonly language: Language;
}
/** Characters of one font; widths in points. */
export interface Run {
  readonly text: string;
  readonly face: Face;
  readonly width: number;
}
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
  readonly characters: number;
}

/** May not begin a line; may not end one. */
export const notFirst = new Set([...'、。，．：；！？）》」』】〕〉”’…—～·・％／‰℃,.;:!?)]}%/']);
export const notLast = new Set([...'（《「『【〔〈“‘／([{/']);
/** Two of these stay together: a dash and an ellipsis take two places. */
const doubled = new Set([...'—…']);

/** Scripts whose letters change with their neighbours, and marks that ride on letters: nothing here can shape them. */
const unshaped =
  /[\p{M}\p{Cc}\p{Cf}\p{Co}\p{Cs}]|[\u0590-\u109f]|[\u1780-\u18af]|[\u2028\u2029]|[\ufb1d-\ufdff]|[\ufe70-\ufeff]/u;
const isCjk = (codePoint: number) => codePoint >= 0x2e80;
/** Quotes, dashes and dots that both scripts have, each with its own width. */
const isShared = (codePoint: number) =>
  (codePoint >= 0x2010 && codePoint <= 0x2027) || codePoint === 0xb7 || codePoint === 0xd7;
const latinSide = /[\u0021-\u00b6\u00b8-\u024f]/;

/** White space of any kind is one space; letters with loose accents become the letters that fonts have. */
export function tidy(text: string): string {
  return text
    .replace(/[\t\r\n\v\f\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{L}\p{M}+/gu, (letter) => letter.normalize('NFC'))
    .trim();
}

function faceOf(
  character: string,
  before: string,
  after: string,
  { latin, cjk, rare }: Faces,
  language: Language,
): Face | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  if (unshaped.test(character)) return undefined;
  const isLatin = isShared(codePoint)
    ? language === 'en' || (latinSide.test(before) && latinSide.test(after))
    : !isCjk(codePoint);
  const order = isLatin ? [latin, cjk, ...rare] : [cjk, latin, ...rare];
  return order.find((face) => face.advance(codePoint) !== undefined);
}

/** Whether only a fallback font has some character of it. */
export function needsRare(text: string, { latin, cjk }: Faces): boolean {
  return [...text].some((character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return (
      codePoint > 0x2e80 && cjk.advance(codePoint) === undefined && latin.advance(codePoint) === undefined
    );
  });
}

/** The characters that no font has, each once. */
export function unprintableIn(text: string, faces: Faces): string[] {
  return [...new Set(tidy(text))].filter((character) => !faceOf(character, '', '', faces, 'zh'));
}

/** Refuses `character-unprintable`: a box in a contract is never an answer. */
export function refuseCharacter(
  character: string,
  pointers: readonly { pointer: string; detail: string }[] = [],
): never {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  // A control or a mark shown by itself would be nothing, or sit on the quote before it.
  const shown = unshaped.test(character) ? '�' : character;
  refuse('character-unprintable', { character: shown, code: `U+${code}` }, pointers);
}

interface Glyph {
  readonly character: string;
  readonly face: Face;
  readonly width: number;
}

function charactersOf(text: string, { faces, size, language }: Type): Glyph[] {
  const all = [...tidy(text)];
  return all.map((character, index) => {
    const face =
      faceOf(character, all[index - 1] ?? ' ', all[index + 1] ?? ' ', faces, language) ??
      refuseCharacter(character);
    return { character, face, width: (face.advance(character.codePointAt(0) ?? 0) ?? 0) * size };
  });
}

/** Whether a line may end between two characters. */
function mayBreak(before: string, after: string): boolean {
  if (notFirst.has(after) || notLast.has(before) || after === ' ') return false;
  if (doubled.has(before) && doubled.has(after)) return false;
  if (before === ' ') return true;
  return isWide(before) || isWide(after);
}

/** A character that stands for itself: what is not a part of a word, a number or an address. */
function isWide(character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return isCjk(codePoint) || (codePoint >= 0x2010 && codePoint <= 0x2027 && codePoint !== 0x2019);
}

/** What stays together, as places after which a line may end. */
function unitsOf(characters: readonly Glyph[], may: (before: string, after: string) => boolean): Glyph[][] {
  const units: Glyph[][] = [];
  let unit: Glyph[] = [];
  characters.forEach((one, index) => {
    unit.push(one);
    const next = characters[index + 1];
    if (next && !may(one.character, next.character)) return;
    units.push(unit);
    unit = [];
  });
  return units;
}

const total = (characters: readonly Glyph[]) => characters.reduce((sum, { width }) => sum + width, 0);
/** A space at the end of a line takes no room. */
const isSpace = (one: Glyph | undefined) => one?.character === ' ';

function widthOf(characters: readonly Glyph[]): number {
  const last = characters.at(-1);
  return total(characters) - (last && isSpace(last) ? last.width : 0);
}

/** Lines no wider than `width`; what is wider than a whole line (a long address) is cut where it must be. */
export function linesOf(text: string, type: Type, width: number): Line[] {
  const lines: Glyph[][] = [];
  let line: Glyph[] = [];
  let used = 0;
  const end = () => {
    if (line.length > 0) lines.push(line);
    line = [];
    used = 0;
  };
  const put = (unit: readonly Glyph[], piecesOf: (unit: readonly Glyph[]) => Glyph[][]) => {
    const needed = widthOf(unit);
    if (used + needed > width) end();
    if (needed <= width || unit.length === 1) {
      line.push(...unit);
      used += total(unit);
    } else for (const piece of piecesOf(unit)) put(piece, (rest) => rest.map((one) => [one]));
  };
  const clings = (before: string, after: string) => !notFirst.has(after) && !notLast.has(before);
  for (const unit of unitsOf(charactersOf(text, type), mayBreak)) put(unit, (rest) => unitsOf(rest, clings));
  end();
  return lines.map(lineOf);
}

function lineOf(characters: readonly Glyph[]): Line {
  const shown = isSpace(characters.at(-1)) ? characters.slice(0, -1) : characters;
  const runs: { text: string; face: Face; width: number }[] = [];
  for (const { character, face, width } of shown) {
    const last = runs.at(-1);
    if (last?.face === face) {
      last.text += character;
      last.width += width;
    } else runs.push({ text: character, face, width });
  }
  return { runs, width: total(shown), characters: shown.length };
}

/** The widest thing that may not be broken, and the width of the whole on one line. */
export function measure(text: string, type: Type): { widest: number; whole: number } {
  const characters = charactersOf(text, type);
  const widest = Math.max(0, ...unitsOf(characters, mayBreak).map(widthOf));
  return { widest, whole: widthOf(characters) };
}

/** Breaking text into lines: Chinese by character with the kinsoku rules (GB/T 15834 §5), Latin by word; a font for every character. */
import type { PDFFont } from '@cantoo/pdf-lib';
import { refuse } from '../kernel/refusal.ts';

export interface FontPair {
  readonly latin: PDFFont;
  readonly cjk: PDFFont;
  readonly latinHas: (codePoint: number) => boolean;
  readonly cjkHas: (codePoint: number) => boolean;
}
/** Characters of one font. */
export interface Run {
  readonly text: string;
  readonly font: PDFFont;
  readonly width: number;
}
export type Line = readonly Run[];

/** May not begin a line; may not end one. */
const notFirst = new Set([...'、。，．：；！？）》」』】〕〉”’…％%,.;:!?)]}']);
const notLast = new Set([...'（《「『【〔〈“‘([{']);

const isCjk = (codePoint: number) =>
  codePoint >= 0x2e80 || (codePoint >= 0x2010 && codePoint <= 0x2027 && codePoint !== 0x2019);

/** Refuses `character-unprintable` when neither font has a character: a box in a contract is never an answer. */
function fontOf(character: string, fonts: FontPair): PDFFont {
  const codePoint = character.codePointAt(0) ?? 0;
  const [first, second] = isCjk(codePoint) ? (['cjk', 'latin'] as const) : (['latin', 'cjk'] as const);
  if (fonts[`${first}Has`](codePoint)) return fonts[first];
  if (fonts[`${second}Has`](codePoint)) return fonts[second];
  return refuse('character-unprintable', {
    character,
    code: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`,
  });
}

/** What stays together: a Latin word with its space, or one Chinese character with the marks that cling to it. */
function unitsOf(text: string): string[] {
  const units: string[] = [];
  for (const part of text.match(/[\u0021-\u024f\u2019]+ *| +|./gsu) ?? []) {
    const last = units.at(-1);
    const clings = last !== undefined && (notFirst.has(part) || notLast.has(last.at(-1) ?? ''));
    if (clings) units[units.length - 1] = last + part;
    else units.push(part);
  }
  return units;
}

export function runsOf(text: string, fonts: FontPair, size: number): Run[] {
  const runs: { text: string; font: PDFFont }[] = [];
  for (const character of text) {
    const font = fontOf(character, fonts);
    const last = runs.at(-1);
    if (last && last.font === font) last.text += character;
    else runs.push({ text: character, font });
  }
  return runs.map((run) => ({ ...run, width: run.font.widthOfTextAtSize(run.text, size) }));
}

const widthOf = (line: Line) => line.reduce((width, run) => width + run.width, 0);

/** Lines no wider than `width`; a unit wider than a whole line (a long address) is cut where it must be. */
export function linesOf(text: string, fonts: FontPair, size: number, width: number): Line[] {
  const lines: string[] = [];
  let line = '';
  const fits = (candidate: string) => widthOf(runsOf(candidate.trimEnd(), fonts, size)) <= width;
  for (const unit of unitsOf(text)) {
    if (fits(line + unit)) {
      line += unit;
      continue;
    }
    if (line) lines.push(line);
    line = '';
    for (const piece of fits(unit) ? [unit] : [...unit]) {
      if (line && !fits(line + piece)) {
        lines.push(line);
        line = '';
      }
      line += piece;
    }
  }
  if (line.trim()) lines.push(line);
  return lines.map((one) => runsOf(one.trimEnd(), fonts, size));
}

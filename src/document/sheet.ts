/** Where the pen is: text flows down, and a new page begins when a line does not fit. Pure. */
import {
  column,
  gap,
  type Ink,
  type Item,
  line,
  type Marked,
  measureWidth,
  type Page,
  paper,
  type Tag,
} from './page.ts';
import { type Faces, type Language, type Line, linesOf, needsRare, type Type } from './type-setting.ts';

export interface Style {
  readonly size: number;
  readonly leading: number;
  readonly ink: Ink;
  readonly isBold?: boolean;
  /** Points after the paragraph. */
  readonly after?: number;
}

export const styles = {
  zh: { size: 9.5, leading: 14, ink: 'text', after: 6 },
  en: { size: 8.5, leading: 12, ink: 'quiet', after: 6 },
  zhHead: { size: 10.5, leading: 16, ink: 'text', isBold: true, after: 1.5 },
  enHead: { size: 9.5, leading: 16, ink: 'text', isBold: true },
  title: { size: 20, leading: 30, ink: 'text', isBold: true },
  subtitle: { size: 11, leading: 17, ink: 'quiet' },
  small: { size: 7.5, leading: 11, ink: 'quiet' },
} as const satisfies Record<string, Style>;

export interface Side {
  readonly text: string;
  readonly style: Style;
  readonly language: Language;
}

const tagLanguage = { zh: 'zh-CN', en: 'en' } as const;
/** A line is filled to the column by at most this many ems; beyond it stays ragged. */
const spreadMost = 1.5;

const isAlone = (taken: number, rest: number, isBegun: boolean) =>
  taken < rest && (taken === 0 || (taken === 1 && !isBegun));

export class Sheet {
  readonly pages: Page[] = [];
  readonly root: Tag;
  y = 0;
  private readonly open: Tag[];
  private readonly set = new Map<string, readonly Line[]>();

  constructor(
    readonly fonts: { readonly plain: Faces; readonly bold: Faces },
    role: 'Document' | 'Sect',
  ) {
    this.root = { role, kids: [] };
    this.open = [this.root];
    this.turn();
  }

  get page(): number {
    return this.pages.length - 1;
  }

  turn(): void {
    this.pages.push({ marked: [] });
    this.y = paper.height - paper.margin;
  }

  /** Turns the page unless so much fits. */
  makeRoom(height: number): void {
    if (this.y - height < paper.foot) this.turn();
  }

  skip(height: number): void {
    this.y -= height;
  }

  /** A part of the structure, with everything that `draw` puts into it. */
  within(role: Tag['role'], draw: () => void, language?: Language): void {
    const tag = this.tag(role, language);
    this.open.push(tag);
    draw();
    this.open.pop();
  }

  tag(role: Tag['role'], language?: Language): Tag {
    const tag: Tag = { role, kids: [], ...(language ? { language: tagLanguage[language] } : {}) };
    this.open.at(-1)?.kids.push(tag);
    return tag;
  }

  put(marked: Marked, page = this.page): void {
    this.pages[page]?.marked.push(marked);
  }

  typeOf({ size, isBold }: Style, language: Language): Type {
    return { faces: isBold ? this.fonts.bold : this.fonts.plain, size, language };
  }

  /** Set once, however often it is measured before it is drawn. */
  lines(side: Side, width: number): readonly Line[] {
    const key = `${width} ${side.style.size} ${side.style.isBold ?? false} ${side.language} ${side.text}`;
    const known = this.set.get(key) ?? this.setLines(side, width);
    this.set.set(key, known);
    return known;
  }

  private setLines({ text, style, language }: Side, width: number): Line[] {
    const type = this.typeOf(style, language);
    // One thin character among fat ones would look like a mistake.
    const isEven = !style.isBold || !needsRare(text, type.faces);
    return linesOf(text, isEven ? type : { ...type, faces: this.fonts.plain }, width);
  }

  /** Lines from the pen down, without moving it. */
  placed(
    lines: readonly Line[],
    style: Style,
    x: number,
    fill?: { width: number; last: boolean },
    ascent = style.size,
  ): Item[] {
    return lines.map((one, index) => ({
      kind: 'line' as const,
      line: one,
      x,
      y: this.y - ascent - index * style.leading,
      size: style.size,
      ink: style.ink,
      ...spreadOf(one, style, fill && (index < lines.length - 1 || !fill.last) ? fill.width : undefined),
    }));
  }

  paragraph(side: Side, role: Tag['role'] = 'P', x = paper.margin, width = measureWidth): void {
    this.beside([{ ...side, role, x, width }]);
  }

  centred(side: Side, role: Tag['role']): void {
    const lines = this.lines(side, measureWidth);
    this.makeRoom(lines.length * side.style.leading);
    const tag = this.tag(role, side.language);
    const items = lines.flatMap((one) => {
      const item = this.placed([one], side.style, (paper.width - one.width) / 2);
      this.y -= side.style.leading;
      return item;
    });
    this.put({ tag, items });
  }

  /** The two languages of a paragraph, side by side. */
  pair(zh: Side, en: Side, role: Tag['role'] = 'P'): void {
    this.beside([
      { ...zh, role, x: paper.margin, width: column },
      { ...en, role, x: paper.margin + column + gap, width: column },
    ]);
  }

  /** How far `pair` moves the pen when it all fits. */
  heightOfPair(zh: Side, en: Side): number {
    const heights = [zh, en].map((side) => this.lines(side, column).length * side.style.leading);
    return Math.max(...heights) + Math.max(zh.style.after ?? 0, en.style.after ?? 0);
  }

  /** Texts that begin at the same height and turn the page together; each keeps its own leading. */
  beside(sides: readonly (Side & { role: Tag['role']; x: number; width: number })[]): void {
    const ascent = Math.max(...sides.map(({ style }) => style.size));
    const set = sides.map((side) => ({
      side,
      rest: this.lines(side, side.width),
      tag: this.tag(side.role, side.language),
    }));
    let isBegun = false;
    while (set.some(({ rest }) => rest.length > 0)) {
      let taken = set.map(({ side, rest }) => this.taken(rest.length, side.style.leading));
      // No paragraph leaves a single line behind at the foot of a page.
      if (taken.some((count, index) => isAlone(count, set[index]?.rest.length ?? 0, isBegun))) {
        this.turn();
        taken = set.map(({ side, rest }) => this.taken(rest.length, side.style.leading));
      }
      const depths = set.map((one, index) => {
        const part = one.rest.slice(0, taken[index]);
        one.rest = one.rest.slice(part.length);
        if (part.length > 0) this.placePart(one, part, ascent);
        return part.length * one.side.style.leading;
      });
      this.y -= Math.max(...depths);
      isBegun = true;
      if (set.some(({ rest }) => rest.length > 0)) this.turn();
    }
    this.y -= Math.max(...sides.map(({ style }) => style.after ?? 0));
  }

  private placePart(
    { side, rest, tag }: { side: Side & { x: number; width: number }; rest: readonly Line[]; tag: Tag },
    part: readonly Line[],
    ascent: number,
  ): void {
    const fill = side.language === 'zh' ? { width: side.width, last: rest.length === 0 } : undefined;
    this.put({ tag, items: this.placed(part, side.style, side.x, fill, ascent) });
  }

  /** How many of these lines stand on this page; a last line is not sent ahead alone. */
  private taken(count: number, leading: number): number {
    const fit = Math.max(0, Math.floor((this.y - paper.foot) / leading));
    if (count <= fit) return count;
    return count - fit === 1 && fit > 2 ? fit - 1 : fit;
  }

  rule(x: number, width: number, ink: Ink = 'rule', stroke = 0.6): void {
    this.put({ items: [{ kind: 'path', path: line(x, this.y, x + width, this.y), ink, stroke }] });
  }
}

function spreadOf(one: Line, style: Style, width: number | undefined): { spread?: number } {
  if (width === undefined || one.characters < 2) return {};
  const slack = width - one.width;
  return slack > 0.05 && slack <= spreadMost * style.size ? { spread: slack / (one.characters - 1) } : {};
}

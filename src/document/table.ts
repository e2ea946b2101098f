/** Tables: columns as wide as their words ask, the head again on each page, no row cut through a line. Pure. */
import { box, type Item, line, measureWidth, paper, type Tag } from './page.ts';
import type { Sheet, Side, Style } from './sheet.ts';
import { type Line, measure } from './type-setting.ts';

/** What one cell says: one text, or the same in both languages, the second below the first. */
export type Cell = readonly Side[];
export type TableRow = readonly Cell[];

const pad = { x: 6, y: 4 };
export const cellStyles = {
  zh: { size: 9, leading: 13, ink: 'text' },
  en: { size: 7.5, leading: 10.5, ink: 'quiet' },
  zhHead: { size: 9, leading: 13, ink: 'text', isBold: true },
  enHead: { size: 7.5, leading: 10.5, ink: 'quiet', isBold: true },
} as const satisfies Record<string, Style>;

interface SetText {
  readonly side: Side;
  readonly lines: readonly Line[];
}
type SetCell = readonly SetText[];

export interface TableShape {
  /** Points; without them the words decide. */
  readonly widths?: readonly number[];
  /** Without a head row the first column names what stands in the row. */
  readonly heads?: 'row' | 'column';
}

/** The first row is the head, unless the first column is. */
export function drawTable(
  sheet: Sheet,
  rows: readonly TableRow[],
  { heads = 'row', widths = columnWidths(sheet, rows) }: TableShape = {},
): void {
  const set = (row: TableRow): SetCell[] =>
    row.map((cell, index) =>
      cell.map((side) => ({ side, lines: sheet.lines(side, (widths[index] ?? 0) - 2 * pad.x) })),
    );
  const all = rows.map(set);
  const head = heads === 'row' ? all[0] : undefined;
  const body = head ? all.slice(1) : all;
  const headHeight = head ? heightOf(head) : 0;
  // A head never stands alone at the foot of a page.
  sheet.makeRoom(Math.min(headHeight + heightOf(body[0] ?? []), paper.height / 2));
  sheet.within('Table', () => {
    if (head) drawRow(sheet, head, widths, 'head');
    else rulesOfTop(sheet);
    for (const row of body) {
      for (const { cells, turns, tags } of partsOf(sheet, row, headHeight)) {
        if (turns) {
          sheet.turn();
          if (head) drawRow(sheet, head, widths, 'head again');
          else rulesOfTop(sheet);
        }
        drawRow(sheet, cells, widths, head ? 'body' : 'named', tags);
      }
    }
  });
  sheet.skip(10);
}

function rulesOfTop(sheet: Sheet): void {
  sheet.rule(paper.margin, measureWidth, 'rule', 0.5);
}

/**
 * Each column gets at least its widest word, and of what is left a share by how much it would like. Columns whose
 * words together are wider than the page share it by their words.
 */
export function shareWidth(columns: readonly { widest: number; whole: number }[], width: number): number[] {
  const least = columns.reduce((sum, { widest }) => sum + widest, 0);
  if (least >= width) return columns.map(({ widest }) => (widest / least) * width);
  const wishes = columns.map(({ widest, whole }) => Math.max(0, whole - widest));
  const wished = wishes.reduce((sum, wish) => sum + wish, 0);
  const left = width - least;
  // More than everybody wished for is shared evenly, so that the table fills the measure.
  const scale = wished > left ? left / wished : 1;
  const spare = wished > left ? 0 : (left - wished) / columns.length;
  return columns.map(({ widest }, index) => widest + (wishes[index] ?? 0) * scale + spare);
}

function columnWidths(sheet: Sheet, rows: readonly TableRow[]): number[] {
  const count = Math.max(...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, index) => {
    const texts = rows.flatMap((row) => row[index] ?? []);
    const sizes = texts.map(({ text, style, language }) => measure(text, sheet.typeOf(style, language)));
    return {
      widest: Math.max(18, ...sizes.map(({ widest }) => widest)) + 2 * pad.x,
      whole: Math.max(18, ...sizes.map(({ whole }) => whole)) + 2 * pad.x,
    };
  });
  return shareWidth(columns, measureWidth);
}

const cellHeight = (cell: SetCell) =>
  cell.reduce((sum, { side, lines }) => sum + lines.length * side.style.leading, 0) + 2 * pad.y;
const heightOf = (cells: readonly SetCell[]) => Math.max(...cells.map(cellHeight), 0);

interface Part {
  readonly cells: SetCell[];
  readonly turns: boolean;
  /** Of a cut row: its cells' tags, filled by the first part. */
  readonly tags: Tag[] | undefined;
}

/** A row moves to the next page whole; one that is longer than a page is cut between its lines. */
function* partsOf(sheet: Sheet, row: SetCell[], headHeight: number): Generator<Part> {
  const whole = paper.height - paper.margin - paper.foot - headHeight;
  const height = heightOf(row);
  if (height <= sheet.y - paper.foot) return yield { cells: row, turns: false, tags: undefined };
  if (height <= whole) return yield { cells: row, turns: true, tags: undefined };
  let rest = row;
  let turns = sheet.y - paper.foot < whole / 3;
  const tags: Tag[] = [];
  while (rest.some((cell) => cell.some(({ lines }) => lines.length > 0))) {
    const room = (turns ? whole : sheet.y - paper.foot) - 2 * pad.y;
    const cut = rest.map((cell) => cutCell(cell, room));
    yield { cells: cut.map(({ now }) => now), turns, tags };
    rest = cut.map(({ later }) => later);
    turns = true;
  }
}

function cutCell(cell: SetCell, room: number): { now: SetCell; later: SetCell } {
  let left = room;
  const parts = cell.map(({ side, lines }) => {
    const taken = Math.max(0, Math.min(lines.length, Math.floor(left / side.style.leading)));
    // What follows a cut waits for the next page, too.
    left = taken < lines.length ? 0 : left - taken * side.style.leading;
    return { side, taken, lines };
  });
  return {
    now: parts.map(({ side, taken, lines }) => ({ side, lines: lines.slice(0, taken) })),
    later: parts.map(({ side, taken, lines }) => ({ side, lines: lines.slice(taken) })),
  };
}

/** `named`: its first cell says what stands beside it. */
type RowKind = 'head' | 'head again' | 'body' | 'named';

function drawRow(
  sheet: Sheet,
  cells: readonly SetCell[],
  widths: readonly number[],
  kind: RowKind,
  tags?: Tag[],
): void {
  const height = heightOf(cells);
  const top = sheet.y;
  const washed = kind === 'body' ? 0 : kind === 'named' ? (widths[0] ?? 0) : measureWidth;
  const wash: Item[] =
    washed === 0
      ? []
      : [{ kind: 'path', path: box(paper.margin, top - height, washed, height), ink: 'wash' }];
  sheet.put({ items: [...wash, ...rulesOf(top, height, widths, kind)] });
  // The head on later pages is furniture: read once is enough.
  if (kind === 'head again') drawCells(sheet, cells, widths, () => undefined);
  else if (tags && tags.length > 0) drawCells(sheet, cells, widths, (index) => tags[index]);
  else
    sheet.within('TR', () =>
      drawCells(sheet, cells, widths, (index) => {
        const tag = sheet.tag(kind === 'head' || (kind === 'named' && index === 0) ? 'TH' : 'TD');
        tags?.push(tag);
        return tag;
      }),
    );
  sheet.y = top - height;
}

function drawCells(
  sheet: Sheet,
  cells: readonly SetCell[],
  widths: readonly number[],
  tagOf: (index: number) => Tag | undefined,
): void {
  const top = sheet.y;
  let x = paper.margin;
  cells.forEach((cell, index) => {
    const tag = tagOf(index);
    sheet.y = top - pad.y;
    for (const { side, lines } of cell) {
      const items = sheet.placed(lines, side.style, x + pad.x);
      sheet.y -= lines.length * side.style.leading;
      if (items.length === 0) continue;
      const own: Tag | undefined = tag && {
        role: 'P',
        kids: [],
        language: side.language === 'zh' ? 'zh-CN' : 'en',
      };
      if (own) tag?.kids.push(own);
      sheet.put({ ...(own ? { tag: own } : {}), items });
    }
    sheet.y = top;
    x += widths[index] ?? 0;
  });
}

function rulesOf(top: number, height: number, widths: readonly number[], kind: RowKind): Item[] {
  const bottom = top - height;
  const edges = [paper.margin];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
  const rule = (path: string): Item => ({ kind: 'path', path, ink: 'rule', stroke: 0.5 });
  return [
    ...(kind === 'body' || kind === 'named'
      ? []
      : [rule(line(paper.margin, top, paper.margin + measureWidth, top))]),
    rule(line(paper.margin, bottom, paper.margin + measureWidth, bottom)),
    ...edges.map((x) => rule(line(x, top, x, bottom))),
  ];
}

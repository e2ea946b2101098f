/** A report as pages: what it is about, tables with their sums, and notes; for statements and payslips. Pure. */
import type { Spoken } from '../kernel/refusal.ts';
import type { Layout } from './contract-layout.ts';
import type { Report, ReportCell, ReportTable } from './document.ts';
import { drawNumbers } from './furniture.ts';
import { measureWidth, paper } from './page.ts';
import { Sheet, type Side, styles } from './sheet.ts';
import { type Cell, cellStyles, drawTable } from './table.ts';
import type { Faces } from './type-setting.ts';

const zh = (text: string, style: Side['style'] = cellStyles.zh): Side => ({ text, style, language: 'zh' });
const en = (text: string, style: Side['style'] = cellStyles.en): Side => ({ text, style, language: 'en' });
const head = (text: Spoken): Cell => [zh(text.zh, cellStyles.zhHead), en(text.en, cellStyles.enHead)];
const nameWidth = 132;

export function layOutReport(report: Report, fonts: { readonly plain: Faces; readonly bold: Faces }): Layout {
  const sheet = new Sheet(fonts, 'Document');
  sheet.centred(zh(report.title.zh, styles.title), 'H1');
  sheet.centred(en(report.title.en, styles.subtitle), 'P');
  sheet.skip(8);
  drawTable(
    sheet,
    report.facts.map(({ label, value }) => [head(label), [zh(value)]]),
    { heads: 'column', widths: [nameWidth, measureWidth - nameWidth] },
  );
  for (const table of report.tables) drawOne(sheet, table);
  for (const note of report.notes) sheet.pair(zh(note.zh, styles.zh), en(note.en, styles.en));
  drawNumbers(sheet, report.about, paper.margin);
  return { pages: sheet.pages, root: sheet.root, places: [] };
}

function drawOne(sheet: Sheet, { title, columns, rows, total, shares }: ReportTable): void {
  sheet.makeRoom(90);
  sheet.skip(6);
  sheet.pair(zh(title.zh, styles.zhHead), en(title.en, styles.enHead), 'H2');
  sheet.skip(2);
  const sums = total ? [total.map((text): Cell => [zh(text, cellStyles.zhHead)])] : [];
  const all = shares?.reduce((sum, share) => sum + share, 0) ?? 1;
  drawTable(
    sheet,
    [columns.map(head), ...rows.map((row) => row.map(cellOf)), ...sums],
    shares ? { widths: shares.map((share) => (share / all) * measureWidth) } : {},
  );
}

function cellOf(text: ReportCell): Cell {
  if (typeof text === 'string') return [zh(text)];
  const lines = (words: string, side: (line: string) => Side) => words.split('\n').map(side);
  return [...lines(text.zh, (line) => zh(line)), ...lines(text.en, (line) => en(line))];
}

/** Every text of it, for a look at its characters. */
export function textsOfReport({ title, facts, tables, notes, about }: Report): string[] {
  const both = (one: Spoken) => [one.zh, one.en];
  return [
    about,
    ...both(title),
    ...notes.flatMap(both),
    ...facts.flatMap(({ label, value }) => [...both(label), value]),
    ...tables.flatMap((table) => [
      ...both(table.title),
      ...table.columns.flatMap(both),
      ...table.rows.flat().flatMap((cell) => (typeof cell === 'string' ? [cell] : both(cell))),
      ...(table.total ?? []),
    ]),
  ];
}

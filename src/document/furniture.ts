/** What stands at the foot of every page: which contract, which page of how many, and the code that leads to its verification. Pure. */
import { qrDrawing } from '../kernel/qr-drawing.ts';
import { type Item, line, measureWidth, paper, round } from './page.ts';
import type { Sheet, Side } from './sheet.ts';
import { styles } from './sheet.ts';

/** 19 mm: modules of 0.4 mm, which a phone reads from a print at arm's length. */
const codeSize = 54;

export interface Furniture {
  readonly contractId: string;
  readonly verifyUrl: string;
  /** E.g. 证据页 Evidence, before the page's number. */
  readonly part?: { readonly zh: string; readonly en: string };
}

export function drawFeet(sheet: Sheet, { contractId, verifyUrl, part }: Furniture): void {
  const left = paper.margin;
  const right = paper.width - paper.margin;
  const code = qrPath(verifyUrl, right - codeSize, 26, codeSize);
  sheet.pages.forEach((_, index) => {
    const numbers = numbersOf(sheet, index, part);
    const about = [small(`合同编号 Contract no. ${contractId}`, 'zh')];
    const scan = [small('扫码核验', 'zh'), small('Scan to verify', 'en')];
    const columns = [
      { sides: about, x: left, align: 'left' },
      { sides: scan, x: right - codeSize - 8, align: 'right' },
    ] as const;
    const items: Item[] = [
      { kind: 'path', path: line(left, 84, right - codeSize - 8, 84), ink: 'rule', stroke: 0.5 },
      { kind: 'path', path: code, ink: 'text' },
    ];
    for (const { sides, x, align } of columns) items.push(...column(sheet, sides, x, 80, align));
    items.push(...column(sheet, numbers, left, 64, 'left'));
    sheet.put({ items }, index);
  });
}

/** Where nothing is to be verified: what it is, and the page's number. */
export function drawNumbers(sheet: Sheet, about: string, left: number): void {
  sheet.pages.forEach((_, index) => {
    const items: Item[] = [
      { kind: 'path', path: line(left, 84, paper.width - left, 84), ink: 'rule', stroke: 0.5 },
      ...column(sheet, [small(about, 'zh')], left, 80, 'left'),
      ...column(sheet, numbersOf(sheet, index), left, 64, 'left'),
    ];
    sheet.put({ items }, index);
  });
}

const small = (text: string, language: Side['language']): Side => ({ text, style: styles.small, language });

function numbersOf(sheet: Sheet, index: number, part?: Furniture['part']): Side[] {
  const count = sheet.pages.length;
  return [
    small(`${part?.zh ?? ''}第 ${index + 1} 页，共 ${count} 页`, 'zh'),
    small(`${part ? `${part.en} ` : ''}page ${index + 1} of ${count}`, 'en'),
  ];
}

function column(
  sheet: Sheet,
  sides: readonly Side[],
  x: number,
  top: number,
  align: 'left' | 'right',
): Item[] {
  const kept = sheet.y;
  sheet.y = top;
  const items = sides.flatMap((side) => {
    const lines = sheet.lines(side, measureWidth);
    const placed = lines.flatMap((one) => {
      const item = sheet.placed([one], side.style, align === 'left' ? x : x - one.width);
      sheet.y -= side.style.leading;
      return item;
    });
    return placed;
  });
  sheet.y = kept;
  return items;
}

/** Modules as rectangles, dark on the paper's white; the quiet zone lies around. */
function qrPath(text: string, x: number, y: number, size: number): string {
  const { modules, path } = qrDrawing(text);
  const unit = size / modules;
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)]
    .map(([, column = '', row = '', width = '']) =>
      [x + Number(column) * unit, y + size - (Number(row) + 1) * unit, Number(width) * unit, unit].map(round),
    )
    .map((numbers) => `${numbers.join(' ')} re`)
    .join(' ');
}

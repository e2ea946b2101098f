/** A contract as pages: title, numbered clauses in two languages side by side, tables, and where each party signs. Pure. */
import type { Spoken } from '../kernel/refusal.ts';
import type { Clause } from '../template/clause.ts';
import type { ContractDocument, Party } from './document.ts';
import { drawFeet } from './furniture.ts';
import { box, column, gap, line, measureWidth, type Page, type Place, paper, type Tag } from './page.ts';
import { Sheet, type Side, type Style, styles } from './sheet.ts';
import { type Cell, cellStyles, drawTable } from './table.ts';
import type { Faces } from './type-setting.ts';

export interface Layout {
  readonly pages: readonly Page[];
  readonly root: Tag;
  readonly places: readonly Place[];
}

const zh = (text: string, style: Style = styles.zh): Side => ({ text, style, language: 'zh' });
const en = (text: string, style: Style = styles.en): Side => ({ text, style, language: 'en' });

export function layOutContract(
  document: ContractDocument,
  fonts: { readonly plain: Faces; readonly bold: Faces },
): Layout {
  const sheet = new Sheet(fonts, 'Document');
  drawTitle(sheet, document);
  document.clauses.forEach((clause, index) => {
    const isLast = index === document.clauses.length - 1;
    // Signatures on a page without a word of what is signed could be put under anything.
    if (isLast) keepTogether(sheet, clause, index);
    drawClause(sheet, clause, index);
  });
  const places = drawSignatures(sheet, document.parties);
  drawFeet(sheet, document);
  return { pages: sheet.pages, root: sheet.root, places };
}

function drawTitle(sheet: Sheet, { title, facts }: ContractDocument): void {
  sheet.centred(zh(title.zh, styles.title), 'H1');
  sheet.centred(en(title.en, styles.subtitle), 'P');
  sheet.skip(8);
  if (facts && facts.length > 0) {
    for (const { label, value } of facts) {
      sheet.beside([
        { ...zh(`${label.zh} ${label.en}`, styles.small), role: 'P', x: paper.margin, width: 120 },
        {
          ...zh(value, { ...styles.zh, after: 1 }),
          role: 'P',
          x: paper.margin + 130,
          width: measureWidth - 130,
        },
      ]);
    }
    sheet.skip(6);
  }
  sheet.rule(paper.margin, measureWidth, 'accent', 1);
  sheet.skip(10);
}

const clauseTitle = (clause: Clause, index: number) =>
  [
    zh(`${index + 1}. ${clause.title.zh}`, styles.zhHead),
    en(`${index + 1}. ${clause.title.en}`, styles.enHead),
  ] as const;

/** Paragraphs of one clause are numbered when there are several: people refer to 3.2. */
function paragraphsOf(clause: Clause, index: number): (readonly [Side, Side])[] {
  return clause.zh.map((text, line) => {
    const number = clause.zh.length > 1 ? `${index + 1}.${line + 1} ` : '';
    return [zh(number + text), en(number + (clause.en[line] ?? ''))] as const;
  });
}

function drawClause(sheet: Sheet, clause: Clause, index: number): void {
  const title = clauseTitle(clause, index);
  const [first] = paragraphsOf(clause, index);
  // A title never stands alone at the foot of a page.
  sheet.makeRoom(
    6 +
      sheet.heightOfPair(...title) +
      Math.min(first ? sheet.heightOfPair(...first) : 0, 2 * styles.zh.leading),
  );
  sheet.within('Sect', () => {
    sheet.skip(6);
    sheet.pair(...title, 'H2');
    for (const pair of paragraphsOf(clause, index)) sheet.pair(...pair);
    if (clause.table) {
      sheet.skip(2);
      drawTable(sheet, tableRows(clause.table.zh, clause.table.en));
    }
  });
}

function tableRows(zhRows: readonly (readonly string[])[], enRows: readonly (readonly string[])[]): Cell[][] {
  return zhRows.map((row, at) => {
    const [first, second] =
      at === 0 ? [cellStyles.zhHead, cellStyles.enHead] : [cellStyles.zh, cellStyles.en];
    return row.map((text, column) => {
      const other = enRows[at]?.[column] ?? '';
      // A number or a name is the same in both.
      return other === text || other === '' ? [zh(text, first)] : [zh(text, first), en(other, second)];
    });
  });
}

/** The last clause stays with the signatures, or as much of its end as a page holds. */
function keepTogether(sheet: Sheet, clause: Clause, index: number): void {
  if (clause.table) return;
  const height = paragraphsOf(clause, index).reduce(
    (sum, pair) => sum + sheet.heightOfPair(...pair),
    6 + sheet.heightOfPair(...clauseTitle(clause, index)),
  );
  const whole = paper.height - paper.margin - paper.foot;
  if (height + block.height + 18 <= whole) sheet.makeRoom(height + block.height + 18);
}

/** A party's block: who, then the free place for a drawn mark, then what stands instead of ink. */
const block = { height: 176, place: 106 };

function drawSignatures(sheet: Sheet, parties: readonly Party[]): Place[] {
  const places: Place[] = [];
  sheet.skip(14);
  for (let first = 0; first < parties.length; first += 2) {
    sheet.makeRoom(block.height);
    const top = sheet.y;
    parties.slice(first, first + 2).forEach((party, index) => {
      sheet.y = top;
      places.push(drawBlock(sheet, party, paper.margin + index * (column + gap)));
    });
    sheet.y = top - block.height;
  }
  return places;
}

function drawBlock(sheet: Sheet, party: Party, x: number): Place {
  const put = (side: Side, role: Tag['role'] = 'P') => sheet.paragraph(side, role, x, column);
  const name: Style = { size: 11.5, leading: 16, ink: 'text', isBold: true, after: 4 };
  put(zh(`${party.zh} ${party.en}`, { ...styles.small, size: 8.5, leading: 13, after: 1 }));
  put(zh(party.name, name));
  const [left, bottom, right, top] = [x, sheet.y - block.place, x + column, sheet.y];
  sheet.put({
    items: [
      { kind: 'path', path: box(left, bottom, column, block.place), ink: 'wash' },
      { kind: 'path', path: line(left, bottom, right, bottom), ink: 'text', stroke: 0.7 },
    ],
  });
  sheet.y = bottom - 3;
  put(zh('电子签名，见附后证据页', { ...styles.small, after: 0 }));
  put(en('Signed electronically; see the evidence page', { ...styles.small, after: 0 }));
  return { slot: party.slot, page: sheet.page, box: [left, bottom, right, top] };
}

/** Every text of a document, for a look at its characters before anything is drawn. */
export function textsOf({ title, clauses, parties, facts = [] }: ContractDocument): string[] {
  const both = (one: Spoken) => [one.zh, one.en];
  return [
    ...both(title),
    ...clauses.flatMap((clause) => [
      ...both(clause.title),
      ...clause.zh,
      ...clause.en,
      ...(clause.table ? [...clause.table.zh, ...clause.table.en].flat() : []),
    ]),
    ...parties.flatMap((party) => [...both(party), party.name]),
    ...facts.flatMap(({ label, value }) => [...both(label), value]),
  ];
}

/** Tables across pages, and how wide columns become. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutContract } from '../../src/document/contract-layout.ts';
import { type Page, paper } from '../../src/document/page.ts';
import { shareWidth } from '../../src/document/table.ts';
import { bothFonts } from './faces.ts';
import { longContract, rateTable } from './paper.ts';

const withTable = (table: ReturnType<typeof rateTable>) => {
  const [clause] = longContract().clauses;
  if (!clause) throw new Error('no clause');
  return layOutContract(
    longContract({ clauses: table ? [{ ...clause, table }, clause] : [clause] }),
    bothFonts,
  );
};
const textsOn = ({ marked }: Page) =>
  marked.flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === 'line' ? [item.line.runs.map(({ text }) => text).join('')] : [])),
  );

test('the head stands again on every page that the table reaches', () => {
  const { pages } = withTable(rateTable(60));
  const reached = pages.filter((page) => textsOn(page).some((text) => text.startsWith('早班')));
  expect(reached.length).toBeGreaterThan(2);
  for (const page of reached) expect(textsOn(page)).toContain('班次');
});

test('a row that does not fit moves to the next page whole', () => {
  const { pages } = withTable(rateTable(60));
  for (let row = 1; row <= 60; row += 1) {
    const on = pages.filter((page) => textsOn(page).includes(`早班 ${row}`));
    expect(on).toHaveLength(1);
    expect(textsOn(on[0] as Page)).toContain(`Early ${row}`);
  }
});

test('a row that is longer than a page is cut between its lines, and nothing of it is lost', () => {
  const long = '一二三四五六七八九十'.repeat(400);
  const { pages } = withTable({
    zh: [
      ['甲', '乙'],
      ['一', long],
    ],
    en: [
      ['A', 'B'],
      ['one', long],
    ],
  });
  const drawn = pages
    .flatMap(textsOn)
    .filter((text) => /^[一二三四五六七八九十]{5,}$/u.test(text))
    .join('');
  expect(drawn).toBe(long);
  expect(pages.length).toBeGreaterThan(2);
});

test('no text stands below the foot of a page or beyond its margins', () => {
  const { pages } = withTable(rateTable(60));
  for (const { marked } of pages)
    for (const { tag, items } of marked)
      for (const item of items) {
        if (!tag || item.kind !== 'line') continue;
        expect(item.y).toBeGreaterThanOrEqual(paper.foot);
        expect(item.x).toBeGreaterThanOrEqual(paper.margin);
        expect(item.x + item.line.width).toBeLessThanOrEqual(paper.width - paper.margin + 0.01);
      }
});

test('columns fill the measure together, and each has room for its widest word when the page has', () => {
  const size = fc.record({
    widest: fc.integer({ min: 20, max: 120 }),
    more: fc.integer({ min: 0, max: 900 }),
  });
  fc.assert(
    fc.property(fc.array(size, { minLength: 1, maxLength: 8 }), (sizes) => {
      const columns = sizes.map(({ widest, more }) => ({ widest, whole: widest + more }));
      const widths = shareWidth(columns, 480);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(480, 6);
      if (columns.reduce((sum, { widest }) => sum + widest, 0) <= 480)
        for (const [index, width] of widths.entries())
          expect(width).toBeGreaterThanOrEqual((columns[index]?.widest ?? 0) - 1e-9);
    }),
  );
});

/** Workbooks, row by row: nothing is lost, and nothing is held. */
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { joined } from '../../src/http/sheet.ts';
import { type XlsxCell, xlsxOf, xlsxPieces } from '../../src/http/xlsx.ts';

const partsOf = (bytes: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
const sheetOf = (rows: Iterable<readonly XlsxCell[]>) => ({ name: 'A', rows, widths: [10] });
const text = (value: string): XlsxCell => ({ value, style: 'plain' });

/** Read back as a spreadsheet reads it: entities, then the escapes of ST_Xstring. */
function textsOf(xml: string): string[] {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return [...xml.matchAll(/<t xml:space="preserve">([^<]*)<\/t>/g)].map(([, inner = '']) =>
    inner
      .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => named[name] ?? '')
      .replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}

test('any text arrives as it was, control characters and escapes of its own included', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 20 }),
      (texts) => {
        const book = partsOf(xlsxOf([sheetOf([texts.map(text)])]));
        expect(textsOf(book['xl/worksheets/sheet1.xml'] ?? '')).toEqual(texts);
      },
    ),
    { numRuns: 50 },
  );
});

test.each(['_x0007_', 'bell\u0007', 'line\r\nbreak', '<b>&amp;"', '𠮷野家', '_x005F_'])('%j', (given) => {
  const sheet = partsOf(xlsxOf([sheetOf([[text(given)]])]))['xl/worksheets/sheet1.xml'] ?? '';
  expect(textsOf(sheet)).toEqual([given]);
});

test('a sheet that is full goes on in another, under the same heads', () => {
  const rows = Array.from({ length: 7 }, (_, index) => [text(index === 0 ? 'head' : `row ${index}`)]);
  const book = partsOf(joined([...xlsxPieces([{ ...sheetOf(rows), sticky: true }], 4)]));
  expect(textsOf(book['xl/worksheets/sheet1.xml'] ?? '')).toEqual(['head', 'row 1', 'row 2', 'row 3']);
  expect(textsOf(book['xl/worksheets/sheet2.xml'] ?? '')).toEqual(['head', 'row 4', 'row 5', 'row 6']);
  expect(book['xl/workbook.xml']).toContain('name="A 2"');
  expect(book['xl/worksheets/sheet3.xml']).toBeUndefined();
});

test('rows are asked for as bytes are taken: what is held does not grow with the table', () => {
  let asked = 0;
  function* rows() {
    for (; asked < 20_000; asked += 1) yield [text(`row ${asked} of a long table`), text('x'.repeat(60))];
  }
  let most = 0;
  let before = 0;
  for (const _ of xlsxPieces([sheetOf(rows())])) {
    most = Math.max(most, asked - before);
    before = asked;
  }
  expect(asked).toBe(20_000);
  expect(most).toBeLessThan(3000);
});

test('columns after Z have two letters', () => {
  const cells = Array.from({ length: 53 }, () => text('x'));
  expect(partsOf(xlsxOf([sheetOf([cells])]))['xl/worksheets/sheet1.xml']).toContain('r="BA1"');
});

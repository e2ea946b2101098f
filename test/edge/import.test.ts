/** A table of a Chinese system is read and imported in workerd as on Node. */
import { expect, test } from 'vitest';
import { readTable } from '../../src/http/table-file.ts';

test('GB 18030 is decoded, quotes and separators are understood', () => {
  const gb18030 = new Uint8Array([
    0xd0, 0xd5, 0xc3, 0xfb, 0x3b, 0x61, 0x0a, 0xc0, 0xee, 0xd0, 0xa1, 0xc3, 0xf7, 0x3b, 0x62,
  ]);
  expect(readTable(gb18030)).toEqual({
    encoding: 'GB18030',
    heads: ['姓名', 'a'],
    rows: [{ row: 2, fields: ['李小明', 'b'] }],
  });
});

/** Pay files in workerd: the encodings of banks, and workbooks piece by piece, with the same bytes as on Node. */
import { expect, test } from 'vitest';
import { joined } from '../../src/http/sheet.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { csvOf } from '../../src/pay/files/csv.ts';
import { encoderOf } from '../../src/pay/files/encoding.ts';
import { xlsxOf } from '../../src/pay/files/xlsx.ts';
import { content } from '../pay/file-content.ts';

test('GB 18030 is written as on Node', () => {
  const hex = Array.from(encoderOf('gb18030').encode('李·䶮㛃𠮷龴A'), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  expect(hex.join('')).toBe('c0eea1a4fe9f8230b7319534b235fe5941');
  expect(encoderOf('gbk').lacks('张𠮷')).toBe('𠮷');
});

test('a table and a workbook have the digests that Node gives them', () => {
  expect(sha256(joined([...csvOf(content)]))).toBe('F7h0fsg-ocnt09GKWZmT5t80Ky0NV_ssaSecJma_r0E');
  expect(sha256(joined([...xlsxOf(content)]))).toBe('bC3bqQszPOo8u1xjEugIVehHf16rnOKMR_-3aSCn0Is');
});

/** GB 18030 that we write is what its decoders read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encoderOf } from '../../src/pay/files/encoding.ts';

const bytesOf = (text: string, encoding: 'gb18030' | 'gbk' = 'gb18030') =>
  Buffer.from(encoderOf(encoding).encode(text)).toString('hex');

test.each([
  ['一个汉字 two bytes', '李', 'c0ee'],
  ['the middle dot of long names', '·', 'a1a4'],
  ['a sign of two bytes since 2000', '䶮', 'fe9f'],
  ['a sign of four bytes', '㛃', '8230b731'],
  ['GB 18030-2022: two bytes since', '\u9fb4', 'fe59'],
  ['beyond the basic plane', '𠮷', '9534b235'],
  ['the euro sign', '€', 'a2e3'],
  ['ASCII', 'A', '41'],
])('%s: %s is %s', (_, sign, hex) => {
  expect(bytesOf(sign)).toBe(hex);
});

test('whatever it holds is read back as it was', () => {
  const decoder = new TextDecoder('gb18030');
  const encoder = encoderOf('gb18030');
  // Between runtimes only these differ, see since2022; private signs and halves of pairs are refused.
  const isAlike = (point: number) =>
    (point < 0xd800 || point > 0xf8ff) &&
    point !== 0x1e3f &&
    // What stands for a sign that was lost is refused as lost.
    point !== 0xfffd &&
    (point < 0xfe10 || point > 0xfe19) &&
    (point < 0x9fb4 || point > 0x9fbb);
  const points = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0x10000, max: 0x10ffff }));
  fc.assert(
    fc.property(fc.array(points.filter(isAlike), { maxLength: 30 }), (all) => {
      const text = String.fromCodePoint(...all);
      expect(encoder.lacks(text)).toBeUndefined();
      expect(decoder.decode(encoder.encode(text))).toBe(text);
    }),
  );
});

test('GBK takes no sign of four bytes, and no encoding a private or a broken one', () => {
  expect(encoderOf('gbk').lacks('李𠮷')).toBe('𠮷');
  expect(encoderOf('gbk').lacks('李·明')).toBeUndefined();
  expect(encoderOf('gb18030').lacks('a\ue5e5')).toBe('\ue5e5');
  expect(encoderOf('gb18030').lacks('a\ud800')).toBe('\ud800');
  expect(encoderOf('utf-8').lacks('a\ud800')).toBe('\ud800');
  expect(() => encoderOf('gbk').encode('𠮷')).toThrow('gbk has no');
});

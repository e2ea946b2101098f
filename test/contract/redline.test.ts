/** What differs between two texts: nothing is lost, nothing invented. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redline, wordChanges } from '../../src/contract/redline.ts';
import type { Clause } from '../../src/template/clause.ts';

const clause = (id: string, zh: string): Clause => ({ id, title: { zh: id, en: id }, zh: [zh], en: [zh] });

test('a changed rate is one number out and one in', () => {
  expect(wordChanges('每小时 28.00 元', '每小时 30.00 元')).toEqual([
    { kind: 'same', text: '每小时 ' },
    { kind: 'removed', text: '28.00' },
    { kind: 'added', text: '30.00' },
    { kind: 'same', text: ' 元' },
  ]);
});

test('clauses are the same by their ids: changed, new, left out, and where they stand', () => {
  const before = [clause('pay', '28 元'), clause('place', '松江'), clause('old', '旧')];
  const after = [clause('place', '松江'), clause('pay', '30 元'), clause('new', '新')];
  expect(redline(before, after, 'zh').map(({ id, kind }) => `${id} ${kind}`)).toEqual([
    'place same',
    'pay changed',
    'new added',
    'old removed',
  ]);
});

test('both texts can be read out of their difference', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = wordChanges(before, after);
      const without = (left: string) =>
        changes
          .filter(({ kind }) => kind !== left)
          .map((change) => change.text)
          .join('');
      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(after);
    }),
    { numRuns: 200 },
  );
});

/** Where a line of Chinese and Latin text may end, and what no font can draw. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, notFirst, notLast, tidy, unprintableIn } from '../../src/document/type-setting.ts';
import { faces } from './faces.ts';

const type = { faces, size: 10, language: 'zh' as const };
const broken = (text: string, ems: number) =>
  linesOf(text, type, ems * 10).map(({ runs }) => runs.map((run) => run.text).join(''));

test.each([
  [
    'a full stop does not begin a line: the character before it moves along',
    '一二三四五。六',
    5,
    ['一二三四', '五。六'],
  ],
  ['nor does a closing quote after a full stop', '一二三四五。”六', 5, ['一二三四', '五。”六']],
  ['an opening bracket does not end a line', '一二三四（五六）', 5, ['一二三四', '（五六）']],
  ['an opening quote does not end a line', '一二三四“五六', 5, ['一二三四', '“五六']],
  ['a number stays whole', '报酬为 12345.67 元', 5, ['报酬为', '12345.67', '元']],
  ['a Latin word stays whole', '使用Workcard打卡', 5, ['使用', 'Workcard打', '卡']],
  ['a dash of two places stays whole', '一二三四——五', 5, ['一二三', '四——五']],
  ['an ellipsis of two places stays whole', '一二三四……五', 5, ['一二三', '四……五']],
  ['a per cent sign stays with its number', '一二三四 20% 五', 5, ['一二三四', '20% 五']],
  ['a middle dot does not begin a line', '买买提江·阿里木', 4, ['买买提', '江·阿里', '木']],
  ['a word that is wider than a line is cut', 'abcdefghij', 2, ['abcd', 'efgh', 'ij']],
  ['a line break in what somebody typed is a space', '上海\n松江', 9, ['上海 松江']],
])('%s', (_, text, ems, lines) => {
  expect(broken(text, ems)).toEqual(lines);
});

const characters = fc.constantFrom(...'一二三四五六七，。、；（）“”《》—…·12345.%abc defg-/¥');
const text = fc.array(characters, { maxLength: 120 }).map((all) => all.join(''));

test('no text is lost or changes its order, however narrow the column', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 30 }), (original, ems) => {
      const spaceless = (value: string) => value.replaceAll(' ', '');
      expect(spaceless(broken(original, ems).join(''))).toBe(spaceless(tidy(original)));
    }),
  );
});

test('no line is wider than its column', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 30 }), (original, ems) => {
      for (const { width } of linesOf(original, type, ems * 10))
        expect(width).toBeLessThanOrEqual(ems * 10 + 1e-6);
    }),
  );
});

test('no line begins with a closing mark or ends with an opening one, where marks leave a choice', () => {
  const word = fc.constantFrom('一', '二', '三', 'Workcard', '12.5');
  const sentence = fc
    .array(fc.tuple(word, fc.constantFrom('', '，', '。”', '（', '）', '、', '“', '——', '：《')), {
      maxLength: 40,
    })
    .map((parts) => parts.flat().join(''));
  fc.assert(
    fc.property(sentence, fc.integer({ min: 9, max: 30 }), (original, ems) => {
      const lines = broken(original, ems);
      // A run of marks that fills a line leaves none.
      fc.pre(!/[^一二三\w.]{8}/u.test(original));
      for (const line of lines.slice(1)) expect(notFirst.has([...line][0] ?? '')).toBe(false);
      for (const line of lines.slice(0, -1)) expect(notLast.has([...line].at(-1) ?? '')).toBe(false);
    }),
  );
});

test.each([
  ['a direction override', 'a\u202eb', '\u202e'],
  ['a control character', 'a\u0007b', '\u0007'],
  ['a variation selector, which asks for a glyph that is not there', '葛\u{e0100}', '\u{e0100}'],
  ['a letter of a script whose letters join', 'علي', 'ع'],
  ['an accent that no letter takes', 'x\u0323', '\u0323'],
])('%s is named, since it would be drawn as something else', (_, original, character) => {
  expect(unprintableIn(original, faces)).toContain(character);
});

test('an accent beside its letter is drawn as the letter that fonts have', () => {
  expect(unprintableIn('Nguye\u0302\u0303n', faces)).toEqual([]);
  expect(tidy('e\u0301')).toBe('é');
});

test('quotes are as wide as the language around them', () => {
  const names = (original: string, language: 'zh' | 'en') =>
    linesOf(original, { ...type, language }, 900).flatMap(({ runs }) => runs.map(({ face }) => face.name));
  expect(names('“好”', 'zh')).toEqual(['cjk']);
  expect(names('“good”', 'en')).toEqual(['latin']);
  expect(names('A’s', 'zh')).toEqual(['latin']);
});

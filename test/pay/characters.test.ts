/** Names as banks take them: by a named table, or not at all; never with a letter less. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bring } from '../../src/pay/files/characters.ts';

test.each([
  ['José Ñuñez', 'Jose Nunez'],
  ['Müller & Söhne', 'Muller + Sohne'],
  ['Groß, Łukasz Ødegård', 'Gross, Lukasz Odegard'],
  ['Þór Æsir', 'THor AEsir'],
  ['Γιώργος Παπαδόπουλος', 'Giorgos Papadopoylos'],
  ['Щербаков Юрий', 'SHTerbakov YUriy'],
  ['D’Arcy_O`Neil', "D'Arcy-O'Neil"],
  ['ＡＢＣ', 'ABC'],
  ['Jose\u0301', 'Jose'],
])('%s is written as %s', (given, written) => {
  expect(bring(given, 'latin', false)).toEqual({ text: written });
});

test.each([
  ['李小明', '李'],
  ['محمد', 'م'],
  ['A\u2603B', '\u2603'],
  ['A①Ⅳ㍿', '㍿'],
])('%s has no Latin form: %s is named', (given, lacks) => {
  expect(bring(given, 'latin', false)).toEqual({ text: given, lacks });
});

test('a profile that refuses names the first sign outside of its set', () => {
  expect(bring('José', 'latin', true)).toEqual({ text: 'José', lacks: 'é' });
});

test('the dot of long names becomes the one that cards carry', () => {
  expect(bring('阿依古丽•买买提', 'middle-dot', false)).toEqual({ text: '阿依古丽·买买提' });
  expect(bring('阿依古丽•买买提', 'middle-dot', true).lacks).toBe('•');
});

test('what is written lies in the set, and no letter or digit is lost without being told', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { text: written, lacks } = bring(text, 'latin', false);
      if (lacks !== undefined) return;
      expect(written).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]*$/);
      const count = (of: string) => [...of].filter((sign) => !/\p{M}/u.test(sign)).length;
      expect(written.length).toBeGreaterThanOrEqual(count(text.normalize('NFC')));
    }),
  );
});

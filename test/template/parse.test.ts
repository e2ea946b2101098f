/** The reader of templates: whatever it cannot take is named with its line, in plain words of both languages. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTemplate, templateTextMax } from '../../src/template/parse.ts';
import { shipped } from '../../src/template/shipped.ts';

const small = `---
id: small
version: 1
kind: contract
relationships: service
title: 小协议 | Small agreement
party-a: 甲方 | Party A
party-b: 乙方 | Party B
---

# fields

## bonus | 奖金 | Bonus
type: enum
option: no | 没有 | no
option: yes | 有 | yes

## amount | 金额 | Amount
type: money
if: bonus = yes

# clauses

## task | 内容 | Task
law: task
zh: 岗位：{{roleTitle}}。
en: Role: {{roleTitle}}.

## bonus | 奖金 | Bonus
when: bonus = yes
zh: 奖金 {{amount}}。
en: A bonus of {{amount}}.
`;
const lines = small.split('\n');
const lineOf = (text: string) => lines.indexOf(text) + 1;
const swap = (from: string, to: string) => small.replace(from, to);

test('a small template is read whole', () => {
  const { template, problems } = parseTemplate(small);
  expect(problems).toEqual([]);
  expect(template?.fields.map(({ name, type }) => [name, type])).toEqual([
    ['bonus', 'enum'],
    ['amount', 'money'],
  ]);
  expect(template?.clauses[1]?.conditions).toEqual([{ field: 'bonus', test: '=', values: ['yes'] }]);
});

test('lines that end as Windows ends them read the same', () => {
  expect(parseTemplate(small.replaceAll('\n', '\r\n'))).toEqual(parseTemplate(small));
});

test.each<[title: string, text: string, line: number, en: RegExp, zh: RegExp]>([
  ['no front matter', 'zh: 你好', 1, /begins with/, /第一行/],
  [
    'an unknown name in front',
    swap('kind: contract', 'colour: red\nkind: contract'),
    4,
    /no “colour”/,
    /colour/,
  ],
  ['a name that is missing in front', swap('version: 1\n', ''), 1, /lacks: version/, /缺少：version/],
  ['a name twice', swap('version: 1', 'version: 1\nversion: 2'), 4, /twice/, /两次/],
  [
    'a title in one language',
    swap('title: 小协议 | Small agreement', 'title: 小协议'),
    6,
    /中文 \| English/,
    /中文/,
  ],
  [
    'a relationship that there is not',
    swap('relationships: service', 'relationships: friend'),
    5,
    /some of/,
    /用工形式/,
  ],
  ['a kind that there is not', swap('kind: contract', 'kind: poem'), 4, /one of/, /之一/],
  [
    'a field nobody knows',
    swap('{{roleTitle}}。', '{{wage}}。'),
    lineOf('zh: 岗位：{{roleTitle}}。'),
    /no field “wage”/,
    /wage/,
  ],
  [
    'languages that name different fields',
    swap('Role: {{roleTitle}}.', 'Role: {{project}}.'),
    lineOf('zh: 岗位：{{roleTitle}}。'),
    /not name the same/,
    /不同/,
  ],
  [
    'a missing English paragraph',
    swap('en: Role: {{roleTitle}}.\n', ''),
    lineOf('zh: 岗位：{{roleTitle}}。'),
    /lacks its English/,
    /缺少英文/,
  ],
  [
    'a missing Chinese paragraph',
    swap('zh: 岗位：{{roleTitle}}。\n', ''),
    lineOf('zh: 岗位：{{roleTitle}}。'),
    /lacks its Chinese/,
    /缺少对应的中文/,
  ],
  [
    'English where Chinese belongs',
    swap('zh: 岗位：{{roleTitle}}。', 'zh: Role {{roleTitle}}'),
    lineOf('zh: 岗位：{{roleTitle}}。'),
    /no Chinese/,
    /不是中文/,
  ],
  [
    'Chinese where English belongs',
    swap('en: Role: {{roleTitle}}.', 'en: 岗位 {{roleTitle}}'),
    lineOf('zh: 岗位：{{roleTitle}}。'),
    /no English/,
    /不是英文/,
  ],
  ['HTML', swap('岗位：', '岗位：<b>'), lineOf('zh: 岗位：{{roleTitle}}。'), /No HTML/, /HTML/],
  ['an HTML entity', swap('Role:', 'Role&nbsp;:'), lineOf('en: Role: {{roleTitle}}.'), /No HTML/, /HTML/],
  ['a mark for bold', swap('Role:', '**Role**:'), lineOf('en: Role: {{roleTitle}}.'), /bold/, /粗体/],
  [
    'a control character',
    swap('Role:', 'Role\u0007:'),
    lineOf('en: Role: {{roleTitle}}.'),
    /U\+0007/,
    /U\+0007/,
  ],
  [
    'a right-to-left override',
    swap('Role:', 'Role\u202e:'),
    lineOf('en: Role: {{roleTitle}}.'),
    /U\+202E/,
    /U\+202E/,
  ],
  [
    'a zero-width space',
    swap('Role:', 'Role\u200b:'),
    lineOf('en: Role: {{roleTitle}}.'),
    /U\+200B/,
    /不可见/,
  ],
  [
    'half of a surrogate pair',
    swap('Role:', 'Role\ud842:'),
    lineOf('en: Role: {{roleTitle}}.'),
    /U\+D842/,
    /不可见/,
  ],
  ['a lone brace', swap('Role:', 'Role {:'), lineOf('zh: 岗位：{{roleTitle}}。'), /Braces/, /花括号/],
  [
    'a line that is nothing',
    swap('law: task', 'law: task\nhello'),
    lineOf('law: task') + 1,
    /Each line of a clause/,
    /每一行/,
  ],
  [
    'a paragraph over two lines',
    swap('en: Role: {{roleTitle}}.', 'en: Role:\n{{roleTitle}}.'),
    lineOf('en: Role: {{roleTitle}}.') + 1,
    /one line/,
    /一行/,
  ],
  [
    'a type that there is not',
    swap('type: money', 'type: colour'),
    lineOf('## amount | 金额 | Amount'),
    /no type “colour”/,
    /colour/,
  ],
  [
    'an enum with one option',
    swap('option: yes | 有 | yes\n', ''),
    lineOf('## bonus | 奖金 | Bonus'),
    /two options/,
    /两个选项/,
  ],
  [
    'a setting that there is not',
    swap('type: money', 'size: big'),
    lineOf('type: money'),
    /told by lines/,
    /字段的说明/,
  ],
  [
    'a condition nobody can read',
    swap('when: bonus = yes', 'when: bonus maybe'),
    lineOf('when: bonus = yes'),
    /A condition is like/,
    /条件应如/,
  ],
  [
    'a condition on what is no option',
    swap('when: bonus = yes', 'when: bonus = often'),
    lineOf('when: bonus = yes') - 1,
    /no option of/,
    /不是“bonus”的选项/,
  ],
  [
    'a condition on what is no field',
    swap('when: bonus = yes', 'when: mood = good'),
    lineOf('when: bonus = yes') - 1,
    /no field/,
    /没有名为“mood”/,
  ],
  [
    'an id used twice',
    swap('## bonus | 奖金 | Bonus\nwhen', '## task | 奖金 | Bonus\nwhen'),
    29,
    /used twice/,
    /两次/,
  ],
  [
    'a question for nothing',
    swap('## amount', '## spare | 备用 | Spare\n\n## amount'),
    lineOf('## amount | 金额 | Amount'),
    /No clause uses/,
    /没有用在/,
  ],
  [
    'a question for what is known',
    swap('## amount', '## roleTitle | 岗位 | Role\n\n## amount'),
    lineOf('## amount | 金额 | Amount'),
    /filled in by itself/,
    /自动|由系统/,
  ],
  ['two megabytes', small + '长'.repeat(2_000_000), 1, /too long/, /过长/],
])('%s is refused with its line', (_, text, line, en, zh) => {
  const { template, problems } = parseTemplate(text);
  expect(template).toBeUndefined();
  const found = problems.find((problem) => en.test(problem.en));
  expect(found, JSON.stringify(problems, null, 1)).toBeDefined();
  expect(found?.line).toBe(line);
  expect(found?.zh).toMatch(zh);
});

test('a table needs a head, and as many columns in both languages', () => {
  const amendment = shipped.find(({ template }) => template.id === 'amendment')?.text ?? '';
  expect(
    parseTemplate(amendment.replace(/columns en: .*/, 'columns en: Term | Before')).problems[0]?.en,
  ).toMatch(/as many columns/);
  expect(
    parseTemplate(amendment.replace('rows: changes', 'rows: reason'))
      .problems.map(({ en }) => en)
      .join(),
  ).toMatch(/of the type changes/);
});

test('whatever is typed, reading ends with a template or with problems that name a line of the text', () => {
  const piece = fc.oneof(fc.constantFrom(...lines), fc.string({ unit: 'binary', maxLength: 40 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('\n');
      const { template, problems } = parseTemplate(text);
      expect(template === undefined).toBe(problems.length > 0);
      const last = text.split('\n').length;
      for (const { line, zh, en } of problems) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(last);
        expect(zh.length * en.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
});

test('a text of the greatest length is read within reason', () => {
  const clause = '## c | 题 | T\nzh: 甲。\nen: A.\n';
  const many = small + clause.repeat(Math.floor((templateTextMax - small.length) / clause.length));
  expect(parseTemplate(many).problems.length).toBeGreaterThan(0);
});

/** Drafting: what is missing stops it, with the article; what the law limits, too; and what comes out holds no gap and nothing invisible. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal, sentence } from '../../src/kernel/refusal.ts';
import { draftClauses } from '../../src/template/draft.ts';
import { exampleFacts, exampleValues } from '../../src/template/example.ts';
import type { FieldValues } from '../../src/template/field.ts';
import { lawProblems, lawsFor } from '../../src/template/law.ts';
import { resolveDraft } from '../../src/template/resolve.ts';
import { shipped } from '../../src/template/shipped.ts';
import type { Relationship, Template } from '../../src/template/template.ts';

const day = '2026-12-01';
const templateOf = (id: string): Template => {
  const found = shipped.find(({ template }) => template.id === id);
  if (!found) throw new Error(id);
  return found.template;
};

interface Changed {
  readonly facts?: FieldValues;
  readonly values?: FieldValues;
  readonly without?: readonly string[];
}
const inputOf = (
  template: Template,
  relationship: Relationship,
  { facts: more, values: chosen, without = [] }: Changed,
) => {
  const drop = (values: FieldValues) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !without.includes(name)));
  const facts = drop({ ...exampleFacts(relationship), ...more });
  const values = drop({ ...exampleValues(template, facts, chosen), ...chosen });
  return { facts, values, currency: 'CNY', laws: lawsFor(template, relationship, 'CN', day) };
};

function refusalOf(template: Template, relationship: Relationship, changed: Changed): Refusal {
  try {
    draftClauses(template, inputOf(template, relationship, changed));
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('drafted');
}
const both = ({ slug, values }: Refusal) =>
  `${sentence(slug, 'zh-CN', values)} ${sentence(slug, 'en', values)}`;

const demanded = shipped.flatMap(({ template }) =>
  template.relationships.flatMap((relationship) =>
    lawsFor(template, relationship, 'CN', day).flatMap(({ terms }) =>
      terms.map(
        (term) =>
          [`${template.id} (${relationship}): ${term.name.en}`, template, relationship, term] as const,
      ),
    ),
  ),
);

test.each(demanded)(
  '%s: a draft without the clause stops and names the article',
  (_, template, relationship, term) => {
    const shorn = { ...template, clauses: template.clauses.filter(({ law }) => !law.includes(term.id)) };
    const refusal = refusalOf(shorn, relationship, {});
    expect(refusal.slug).toBe('mandatory-term-missing');
    const problems = lawProblems(shorn, 'CN', day).map(({ zh, en }) => `${zh} ${en}`);
    expect(problems.some((text) => text.includes(term.article.zh) && text.includes(term.article.en))).toBe(
      true,
    );
  },
);

test.each([
  ['the employer’s seat', 'employerAddress', '第十七条第一款第一项', 'Art. 17(1)(1)'],
  ['the worker’s address', 'workerAddress', '第十七条第一款第二项', 'Art. 17(1)(2)'],
  ['the number of the document', 'documentNumber', '第十七条第一款第二项', 'Art. 17(1)(2)'],
  ['the first day', 'startsOn', '第十七条第一款第三项', 'Art. 17(1)(3)'],
  ['the place of work', 'sites', '第十七条第一款第四项', 'Art. 17(1)(4)'],
  ['the hours of a day', 'hoursADay', '第十七条第一款第五项', 'Art. 17(1)(5)'],
  ['the pay', 'pay', '第十七条第一款第六项', 'Art. 17(1)(6)'],
])('a labour contract without %s names the article in both languages, and the field', (_, field, zh, en) => {
  const refusal = refusalOf(templateOf('fixed-term-labour'), 'labour', { without: [field] });
  expect(refusal.slug).toBe('mandatory-term-missing');
  expect(both(refusal)).toContain(zh);
  expect(both(refusal)).toContain(en);
  expect(refusal.pointers.map(({ pointer }) => pointer)).toContain(`/values/${field}`);
});

test('what only the template asks for is missed by its label', () => {
  const refusal = refusalOf(templateOf('service-agreement'), 'service', {
    without: ['acceptance', 'schedule'],
  });
  expect(refusal.slug).toBe('field-missing');
  expect(both(refusal)).toContain('验收方式、时间安排');
  expect(both(refusal)).toContain('How it is checked, When the work is');
});

test.each<[title: string, id: string, relationship: Relationship, changed: Changed, article: string]>([
  ['five hours a day part-time', 'part-time-labour', 'part-time', { values: { hoursADay: 5 } }, '第六十八条'],
  [
    '25 hours a week part-time',
    'part-time-labour',
    'part-time',
    { values: { hoursAWeek: 25 } },
    '第六十八条',
  ],
  [
    'monthly pay part-time',
    'part-time-labour',
    'part-time',
    { facts: { payPeriod: 'monthly' } },
    '第七十二条',
  ],
  [
    'pay by half months part-time',
    'part-time-labour',
    'part-time',
    { facts: { payPeriod: 'semi-monthly' } },
    '第七十二条',
  ],
  [
    'probation part-time, said in the task',
    'part-time-labour',
    'part-time',
    { values: { taskDescription: '分拣，试用期一个月' } },
    '第七十条',
  ],
  ['nine hours a day', 'fixed-term-labour', 'labour', { values: { hoursADay: 9 } }, '第三十六条'],
  ['48 hours a week', 'fixed-term-labour', 'labour', { values: { hoursAWeek: 48 } }, '国务院令第174号'],
  [
    'a waiver of social insurance',
    'fixed-term-labour',
    'labour',
    { values: { benefits: '乙方自愿放弃社会保险，另付补贴' } },
    '解释（二）',
  ],
  ['a deposit', 'fixed-term-labour', 'labour', { values: { benefits: '入职交押金 500 元' } }, '第九条'],
  ['an intern’s long day', 'internship', 'intern', { values: { hoursADay: 10 } }, '第十七条'],
  [
    'a non-compete of three years',
    'confidentiality',
    'labour',
    { values: { nonCompete: 'yes', nonCompeteMonths: 36 } },
    '第二十四条',
  ],
  [
    'orders for six hours in a row',
    'new-form-agreement',
    'new-form',
    { values: { maxOrderHours: 6 } },
    '50号',
  ],
])('%s is over a limit, and the article says so', (_, id, relationship, changed, article) => {
  const refusal = refusalOf(templateOf(id), relationship, changed);
  expect(refusal.slug).toBe('limit-exceeded');
  expect(sentence(refusal.slug, 'zh-CN', refusal.values)).toContain(article);
  expect(sentence(refusal.slug, 'en', refusal.values)).toMatch(/[A-Z]/);
});

test.each([
  ['under three months: none', '2027-02-27', 1, false],
  ['three months: one', '2027-02-28', 1, true],
  ['under a year: not two', '2027-11-29', 2, false],
  ['a year: two', '2027-11-30', 2, true],
  ['under three years: not three', '2029-11-29', 3, false],
  ['three years: six', '2029-11-30', 6, true],
  ['without end: six', undefined, 6, true],
])('probation by the term, Labour Contract Law Art. 19: %s', (_, endsOn, probationMonths, allowed) => {
  const template = templateOf('fixed-term-labour');
  const changed: Changed = {
    facts: endsOn ? { endsOn } : {},
    values: { probation: 'yes', probationMonths },
    without: endsOn ? [] : ['endsOn'],
  };
  if (allowed) {
    const { clauses } = draftClauses(template, inputOf(template, 'labour', changed));
    expect(JSON.stringify(clauses)).toContain(`试用期 ${probationMonths} 个月`);
  } else expect(both(refusalOf(template, 'labour', changed))).toContain('第十九条');
});

test('an answer to a question that was not asked is refused; one whose condition fell away is dropped', () => {
  const template = templateOf('fixed-term-labour');
  expect(refusalOf(template, 'labour', { values: { salary: 5 } }).slug).toBe('body-invalid');
  const { clauses, values } = draftClauses(
    template,
    inputOf(template, 'labour', { values: { probationMonths: 6 } }),
  );
  expect(values).not.toHaveProperty('probationMonths');
  expect(JSON.stringify(clauses)).toContain('双方不约定试用期');
});

test.each([
  ['no number', { settlementDays: 'soon' }],
  ['a number out of bounds', { settlementDays: 99 }],
  ['HTML', { acceptance: 'ok <img src=x>' }],
  ['a bidirectional override', { acceptance: 'a\u202eb' }],
  ['braces', { acceptance: '{{roleTitle}}' }],
  ['too long a text', { acceptance: '长'.repeat(2001) }],
  ['a list where text belongs', { acceptance: [] as never }],
])('an answer with %s is refused beside its field', (_, values: FieldValues) => {
  const refusal = refusalOf(templateOf('service-agreement'), 'service', { values });
  expect(['body-invalid', 'field-missing']).toContain(refusal.slug);
  expect(refusal.pointers[0]?.pointer).toBe(`/values/${Object.keys(values)[0]}`);
});

test('a fact that cannot be printed is named: it was typed elsewhere', () => {
  const refusal = refusalOf(templateOf('service-agreement'), 'service', {
    facts: { project: 'a{b}' },
    values: { taskDescription: '分拣' },
  });
  expect(refusal.slug).toBe('fact-unprintable');
  expect(both(refusal)).toContain('项目');
});

test('an amendment says old, new and from when in a table of both languages', () => {
  const template = templateOf('amendment');
  const { clauses } = draftClauses(template, inputOf(template, 'labour', {}));
  const table = clauses.find(({ id }) => id === 'changes')?.table;
  expect(table?.zh).toEqual([
    ['事项', '原约定', '变更后', '生效日期'],
    ['报酬标准 / pay', '每小时 ¥30.00 / ¥30.00 an hour', '每小时 ¥33.00 / ¥33.00 an hour', '2026年12月1日'],
  ]);
  expect(table?.en[1]?.[3]).toBe('1 December 2026');
  expect(refusalOf(template, 'labour', { values: { changes: [] } }).slug).toBe('field-missing');
});

test('outside China the Chinese law asks for nothing', () => {
  expect(lawsFor(templateOf('fixed-term-labour'), 'labour', 'DE', day)).toEqual([]);
  expect(lawsFor(templateOf('fixed-term-labour'), 'labour', 'CN', '2007-12-31')).toEqual([]);
});

test('whatever is answered, clauses that are drafted hold no brace, nothing invisible and no gap', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('{{pay}}', '$&', '。', 'a\nb', '〔〕', '<i>'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...shipped.map(({ template }) => template)),
      text,
      text,
      (template, one, other) => {
        const relationship = template.relationships[0] ?? 'service';
        const facts = { ...exampleFacts(relationship), project: one };
        const texts = template.fields.filter(({ type }) => type === 'text' || type === 'long');
        const values = { ...exampleValues(template, facts), ...(texts[0] ? { [texts[0].name]: other } : {}) };
        const { clauses, faults } = resolveDraft(template, { facts, values, currency: 'CNY', laws: [] });
        if (faults.length > 0) return;
        const said = clauses.flatMap(({ zh, en, table }) => [
          ...zh,
          ...en,
          ...(table ? [...table.zh, ...table.en].flat() : []),
        ]);
        for (const paragraph of said) {
          expect(paragraph).not.toMatch(/[{}]|[\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(paragraph.trim()).not.toBe('');
        }
      },
    ),
    { numRuns: 200 },
  );
});

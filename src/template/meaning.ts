/** What a readable template may still get wrong: fields that nobody knows, languages that say different things, names given twice. Pure. */
import type { Condition } from './condition.ts';
import { facts } from './fact.ts';
import type { Field } from './field.ts';
import { braceFault } from './plain-text.ts';
import {
  fieldsIn,
  type Problem,
  type Template,
  type TemplateClause,
  type TemplateTable,
  textsOf,
  withoutFields,
} from './template.ts';

const fieldsMax = 80;
const clausesMax = 80;

/** `whole`: nothing was left out while reading. */
export function meaningProblems(template: Template, whole: boolean): Problem[] {
  const known = new Map<string, Field>([
    ...facts,
    ...template.fields.map((field) => [field.name, field] as const),
  ]);
  const { clauses, fields } = template;
  return [
    ...tooMany(template),
    ...twice(fields.map(({ name, line }) => ({ name, line }))),
    ...twice(clauses.map(({ id, line }) => ({ name: id, line }))),
    ...fields.flatMap((field) => fieldProblems(field, known)),
    ...clauses.flatMap((clause) => clauseProblems(clause, known)),
    ...(whole ? unused(template) : []),
  ];
}

function tooMany({ fields, clauses }: Template): Problem[] {
  if (fields.length <= fieldsMax && clauses.length <= clausesMax) return [];
  return [
    {
      line: 1,
      zh: `最多 ${fieldsMax} 个字段、${clausesMax} 条条款。`,
      en: `At most ${fieldsMax} fields and ${clausesMax} clauses.`,
    },
  ];
}

function twice(named: readonly { name: string; line: number }[]): Problem[] {
  const seen = new Set<string>();
  return named.flatMap(({ name, line }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ line, zh: `编号“${name}”用了两次。`, en: `The id “${name}” is used twice.` }];
  });
}

type Known = ReadonlyMap<string, Field>;

function fieldProblems(field: Field, known: Known): Problem[] {
  const { name, line } = field;
  const own: Problem[] = facts.has(name)
    ? [
        {
          line,
          zh: `“${name}”由系统填写，不能再作为字段。`,
          en: `“${name}” is filled in by itself and cannot be a field, too.`,
        },
      ]
    : [];
  const strange = fieldsIn(field.default ?? '').filter((one) => !facts.has(one));
  return [
    ...own,
    ...strange.map((one) => ({
      line,
      zh: `默认值中只能使用系统已知的内容，没有“${one}”。`,
      en: `A default names only what is known already, and “${one}” is not.`,
    })),
    ...conditionProblems(field.conditions, known, line),
  ];
}

function clauseProblems(clause: TemplateClause, known: Known): Problem[] {
  return [
    ...conditionProblems(clause.conditions, known, clause.line),
    ...clause.paragraphs.flatMap((paragraph) => [
      ...conditionProblems(paragraph.conditions, known, paragraph.line),
      ...pairProblems(paragraph, known, paragraph.line),
    ]),
    ...(clause.table ? tableProblems(clause.table, known) : []),
  ];
}

/** Neither a Chinese paragraph without a Chinese character nor an English one without a letter says anything. */
const speaks = { zh: /\p{Script=Han}/u, en: /[A-Za-z]/ };

function pairProblems(pair: { zh: string; en: string }, known: Known, line: number): Problem[] {
  const problems: Problem[] = [];
  const [zh, en] = [fieldsIn(pair.zh), fieldsIn(pair.en)];
  const unknown = [...new Set([...zh, ...en])].filter((name) => !known.has(name));
  for (const name of unknown)
    problems.push({
      line,
      zh: `没有名为“${name}”的字段，请在“# fields”中添加。`,
      en: `There is no field “${name}”. Add it under “# fields”.`,
    });
  const differing = [...new Set([...zh, ...en])].filter((name) => zh.includes(name) !== en.includes(name));
  if (differing.length > 0)
    problems.push({
      line,
      zh: `中英文所用字段不同：${differing.join('、')}。`,
      en: `The two languages do not name the same fields: ${differing.join(', ')}.`,
    });
  const left = braceFault(withoutFields(pair.zh) + withoutFields(pair.en));
  if (left)
    problems.push({
      line,
      zh: '花括号只用于字段，如“{{roleTitle}}”。',
      en: 'Braces are for fields alone, like “{{roleTitle}}”.',
    });
  for (const language of ['zh', 'en'] as const)
    if (
      withoutFields(pair[language]).trim() !== '' &&
      !speaks[language].test(withoutFields(pair[language])) &&
      /\p{L}/u.test(withoutFields(pair[language]))
    )
      problems.push(
        language === 'zh'
          ? { line, zh: '“zh:”之后不是中文。', en: 'What follows “zh:” is no Chinese.' }
          : { line, zh: '“en:”之后不是英文。', en: 'What follows “en:” is no English.' },
      );
  return problems;
}

function tableProblems({ columns, rows, rowsOf, line }: TemplateTable, known: Known): Problem[] {
  const cells = [columns, ...rows].flatMap(({ zh, en }) =>
    zh.map((cell, index) => ({ zh: cell, en: en[index] ?? '' })),
  );
  const problems = [
    ...cells.flatMap((cell) => pairProblems(cell, known, line)),
    ...rows.flatMap(({ conditions }) => conditionProblems(conditions, known, line)),
  ];
  if (rowsOf !== undefined && known.get(rowsOf)?.type !== 'changes')
    problems.push({
      line,
      zh: `“rows: ${rowsOf}”应为类型 changes 的字段。`,
      en: `“rows: ${rowsOf}” should name a field of the type changes.`,
    });
  if (rowsOf !== undefined && columns.zh.length !== 4)
    problems.push({
      line,
      zh: '变更表应有四列：事项、原约定、变更后、生效日期。',
      en: 'A table of changes has four columns: what, old, new, from when.',
    });
  return problems;
}

function conditionProblems(conditions: readonly Condition[], known: Known, line: number): Problem[] {
  return conditions.flatMap(({ field: name, values }) => {
    const field = known.get(name);
    if (!field)
      return [
        {
          line,
          zh: `条件中没有名为“${name}”的字段。`,
          en: `The condition names “${name}”, which is no field.`,
        },
      ];
    const strange =
      field.type === 'enum'
        ? values.filter((value) => !field.options.some((one) => one.value === value))
        : [];
    return strange.map((value) => ({
      line,
      zh: `条件中的“${value}”不是“${name}”的选项。`,
      en: `“${value}” in the condition is no option of “${name}”.`,
    }));
  });
}

/** Nobody is asked for what no clause says. */
function unused({ fields, clauses }: Template): Problem[] {
  const used = new Set([
    ...clauses.flatMap(textsOf).flatMap(fieldsIn),
    ...clauses.flatMap(({ table }) => table?.rowsOf ?? []),
    ...[
      ...fields,
      ...clauses,
      ...clauses.flatMap(({ paragraphs, table }) => [...paragraphs, ...(table?.rows ?? [])]),
    ]
      .flatMap(({ conditions }) => conditions)
      .map(({ field }) => field),
  ]);
  return fields
    .filter(({ name }) => !used.has(name))
    .map(({ name, line }) => ({
      line,
      zh: `字段“${name}”没有用在任何条款中。`,
      en: `No clause uses the field “${name}”.`,
    }));
}

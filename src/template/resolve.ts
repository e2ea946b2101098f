/** From a template, facts and answers to clauses without a gap, or every reason why not. Pure, and the same in the browser's preview. */
import type { Spoken } from '../kernel/refusal.ts';
import type { Clause } from './clause.ts';
import { hold, isGiven } from './condition.ts';
import { facts as factFields } from './fact.ts';
import {
  type Change,
  type Field,
  type FieldValue,
  type FieldValues,
  type Language,
  readValue,
  valueText,
} from './field.ts';
import { type Draft, exceeds, type LawSet, lacks } from './law.ts';
import { braceFault, invisibleFault } from './plain-text.ts';
import {
  fieldsIn,
  fillText,
  type Template,
  type TemplateClause,
  type TemplateTable,
  textsOf,
} from './template.ts';

export interface DraftInput {
  /** By the names in fact.ts; what the cell does not know is left out. */
  readonly facts: FieldValues;
  /** What was answered at drafting, as it came in. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly currency: string;
  readonly laws: readonly LawSet[];
}

export type DraftFault =
  | {
      readonly kind: 'unknown' | 'value' | 'missing' | 'fact';
      readonly field: string;
      readonly label: Spoken;
      readonly text: Spoken;
    }
  /** `fields`: those of the term that have no value. */
  | {
      readonly kind: 'term';
      readonly fields: readonly string[];
      readonly article: Spoken;
      readonly name: Spoken;
    }
  | {
      readonly kind: 'limit';
      readonly fields: readonly string[];
      readonly article: Spoken;
      readonly name: Spoken;
    };

export interface Resolved {
  readonly clauses: readonly Clause[];
  readonly faults: readonly DraftFault[];
  /** The answers as their fields have them; answers to questions that were not asked are left out. */
  readonly values: FieldValues;
}

export function resolveDraft(template: Template, input: DraftInput): Resolved {
  const answers = readAnswers(template, input);
  const all: FieldValues = { ...input.facts, ...answers.values };
  const standing = template.clauses
    .filter(({ conditions }) => hold(conditions, all))
    .map((clause) => standingClause(clause, all))
    .filter(({ paragraphs, table }) => paragraphs.length > 0 || (table && tableHasRows(table, all)));
  const known = new Map<string, Field>([
    ...factFields,
    ...template.fields.map((field) => [field.name, field] as const),
  ]);
  const faults = [
    ...answers.faults,
    ...gaps(standing, known, all, answers.faults),
    ...unprintable(standing, known, all),
  ];
  const clauses = standing.map((clause) => filledClause(clause, known, all, input.currency));
  const draft: Draft = {
    values: all,
    clauses: standing.map((clause, index) => ({
      law: clause.law,
      fields: textsOf(clause).flatMap(fieldsIn),
      zh: clauses[index]?.zh ?? [],
    })),
  };
  return { clauses, values: answers.values, faults: [...faults, ...lawFaults(input.laws, draft)] };
}

/** A question whose condition does not hold is not asked; an answer to it is dropped. */
function readAnswers(template: Template, { facts, values }: DraftInput) {
  const read: Record<string, FieldValue> = {};
  const faults: DraftFault[] = [];
  for (const field of template.fields) {
    if (!hold(field.conditions, { ...facts, ...read })) continue;
    const { value, fault } = readValue(field, values[field.name]);
    const { name, label } = field;
    if (fault) faults.push({ kind: 'value', field: name, label, text: fault });
    else if (value !== undefined) read[name] = value;
    else if (field.required)
      faults.push({
        kind: 'missing',
        field: name,
        label,
        text: { zh: '请填写此项。', en: 'Please fill this in.' },
      });
  }
  const asked = new Set(template.fields.map(({ name }) => name));
  for (const name of Object.keys(values).filter((one) => !asked.has(one)))
    faults.push({
      kind: 'unknown',
      field: name,
      label: { zh: name, en: name },
      text: { zh: '模板没有询问此项。', en: 'The template does not ask for this.' },
    });
  return { values: read, faults };
}

function standingClause(clause: TemplateClause, all: FieldValues): TemplateClause {
  const { table, ...rest } = clause;
  return {
    ...rest,
    paragraphs: clause.paragraphs.filter(({ conditions }) => hold(conditions, all)),
    ...(table
      ? { table: { ...table, rows: table.rows.filter(({ conditions }) => hold(conditions, all)) } }
      : {}),
  };
}

function tableHasRows({ rows, rowsOf }: TemplateTable, all: FieldValues): boolean {
  return rows.length > 0 || (rowsOf !== undefined && isGiven(all[rowsOf]));
}

/** Fields that stand in the text and have no value: facts that the cell lacks, or answers that may be left out but are named. */
function gaps(
  clauses: readonly TemplateClause[],
  known: ReadonlyMap<string, Field>,
  all: FieldValues,
  before: readonly DraftFault[],
): DraftFault[] {
  const names = new Set(clauses.flatMap(textsOf).flatMap(fieldsIn));
  return [...names]
    .filter(
      (name) => !isGiven(all[name]) && !before.some((fault) => 'field' in fault && fault.field === name),
    )
    .map((name) => {
      const label = known.get(name)?.label ?? { zh: name, en: name };
      const text = { zh: `缺少：${label.zh}。`, en: `Missing: ${label.en}.` };
      return { kind: 'missing', field: name, label, text };
    });
}

/** A fact was typed elsewhere, for other ends: what a contract cannot print is named here. */
function unprintable(
  clauses: readonly TemplateClause[],
  known: ReadonlyMap<string, Field>,
  all: FieldValues,
): DraftFault[] {
  const names = new Set(clauses.flatMap(textsOf).flatMap(fieldsIn));
  return [...names].flatMap((name) => {
    const value = all[name];
    const said = typeof value === 'object' && 'zh' in value ? `${value.zh}${value.en}` : String(value ?? '');
    const text = invisibleFault(said.replace(/\r?\n/g, '')) ?? braceFault(said);
    const label = known.get(name)?.label ?? { zh: name, en: name };
    return text ? [{ kind: 'fact' as const, field: name, label, text }] : [];
  });
}

function filledClause(
  clause: TemplateClause,
  known: ReadonlyMap<string, Field>,
  all: FieldValues,
  currency: string,
): Clause {
  const fill = (text: string, language: Language) =>
    fillText(text, (name) => {
      const [field, value] = [known.get(name), all[name]];
      return field && value !== undefined ? oneLine(valueText(field, value, language, currency)) : '';
    });
  const paragraphs = (language: Language) =>
    clause.paragraphs.map((paragraph) => withoutDoubleStops(fill(paragraph[language], language)));
  const { id, title, table } = clause;
  return {
    id,
    title,
    zh: paragraphs('zh'),
    en: paragraphs('en'),
    ...(table
      ? { table: { zh: tableRows(table, 'zh', fill, all), en: tableRows(table, 'en', fill, all) } }
      : {}),
  };
}

type Fill = (text: string, language: Language) => string;
const changeDate: Field = {
  name: 'effectiveOn',
  type: 'date',
  label: { zh: '', en: '' },
  required: true,
  options: [],
  conditions: [],
  line: 0,
};

function tableRows(
  { columns, rows, rowsOf }: TemplateTable,
  language: Language,
  fill: Fill,
  all: FieldValues,
): string[][] {
  const given = rowsOf === undefined ? undefined : all[rowsOf];
  const changes = Array.isArray(given) ? (given as readonly Change[]) : [];
  return [
    columns[language].map((cell) => fill(cell, language)),
    ...rows.map((row) => row[language].map((cell) => fill(cell, language))),
    ...changes.map(({ term, before, after, effectiveOn }) => [
      oneLine(term),
      oneLine(before),
      oneLine(after),
      valueText(changeDate, effectiveOn, language, ''),
    ]),
  ];
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ').trim();

/** An answer that ends with a full stop, before one. */
function withoutDoubleStops(text: string): string {
  return text.replace(/([。；])[。；]|\.(?=\.)/g, '$1');
}

function lawFaults(laws: readonly LawSet[], draft: Draft): DraftFault[] {
  return laws.flatMap(({ terms, limits }) => [
    ...terms
      .filter((term) => lacks(draft, term))
      .map(({ article, name, fields }) => ({
        kind: 'term' as const,
        article,
        name,
        fields: fields.filter((field) => !isGiven(draft.values[field])),
      })),
    ...limits
      .filter((limit) => exceeds(draft, limit))
      .map((limit) => ({
        kind: 'limit' as const,
        article: limit.article,
        name: limit.name,
        fields: limit.kind === 'words' ? [] : [limit.field],
      })),
  ]);
}

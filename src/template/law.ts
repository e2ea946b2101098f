/** What the law asks of a contract and forbids in it, as data with articles (templates/data/contract-terms-cn.json). Pure. */
import china from '../../templates/data/contract-terms-cn.json' with { type: 'json' };
import type { Spoken } from '../kernel/refusal.ts';
import { isGiven } from './condition.ts';
import { facts, longestPeriodDays } from './fact.ts';
import type { FieldValues } from './field.ts';
import { fieldsIn, type Problem, type Template, textsOf } from './template.ts';

/** A term that has to stand in the contract, and the fields that have to stand in it. */
export interface Term {
  readonly id: string;
  readonly article: Spoken;
  readonly name: Spoken;
  readonly fields: readonly string[];
}
interface LimitHead {
  readonly id: string;
  readonly article: Spoken;
  readonly name: Spoken;
}
export type Limit = LimitHead &
  (
    | { readonly kind: 'max'; readonly field: string; readonly max: number; readonly optional?: boolean }
    /** The longest period between two settlements, in days. */
    | { readonly kind: 'period'; readonly field: 'payPeriod'; readonly max: number }
    /** Months of probation by the months of the term; the last band has no end. */
    | {
        readonly kind: 'probation';
        readonly field: string;
        readonly bands: readonly { readonly underMonths?: number; readonly max: number }[];
      }
    /** Words that no paragraph may have, unless it has one of `unless` as well. */
    | { readonly kind: 'words'; readonly words: readonly string[]; readonly unless: readonly string[] }
  );
export interface LawSet {
  readonly id: string;
  readonly kinds: readonly string[];
  readonly relationships: readonly string[];
  readonly effectiveOn: string;
  readonly verifiedOn: string;
  /** Low: from memory, to be compared with the text of the law by the operator. */
  readonly confidence: 'high' | 'medium' | 'low';
  readonly source: Spoken;
  readonly terms: readonly Term[];
  readonly limits: readonly Limit[];
}

const sets = china.sets as readonly LawSet[];

/** What speaks on a contract of this kind, for one relationship in one country, on its first day. */
export function lawsFor(
  template: Pick<Template, 'kind'>,
  relationship: string,
  country: string,
  day: string,
): LawSet[] {
  if (country !== china.country) return [];
  return sets.filter(
    ({ kinds, relationships, effectiveOn }) =>
      kinds.includes(template.kind) && relationships.includes(relationship) && effectiveOn <= day,
  );
}

/** Before anything is drafted: terms that no clause carries, limits whose field is not asked, words that the law forbids. */
export function lawProblems(template: Template, country: string, day: string): Problem[] {
  const laws = new Set(
    template.relationships.flatMap((relationship) => lawsFor(template, relationship, country, day)),
  );
  return [...laws].flatMap(({ terms, limits }) => [
    ...terms.flatMap((term) => termProblems(template, term)),
    ...limits.flatMap((limit) => limitProblems(template, limit)),
  ]);
}

function termProblems({ clauses }: Template, { id, article, name, fields }: Term): Problem[] {
  const carrying = clauses.filter(({ law }) => law.includes(id));
  const line = carrying[0]?.line ?? 1;
  if (carrying.length === 0)
    return [
      {
        line,
        zh: `缺少${article.zh}要求的条款：${name.zh}（在相应条款中写“law: ${id}”）。`,
        en: `${article.en} asks for: ${name.en} (say “law: ${id}” in the clause that has it).`,
      },
    ];
  const said = new Set(carrying.flatMap(textsOf).flatMap(fieldsIn));
  return fields
    .filter((field) => !said.has(field))
    .map((field) => {
      const label = facts.get(field)?.label ?? { zh: field, en: field };
      return {
        line,
        zh: `${article.zh}（${name.zh}）：该条款应写明 {{${field}}}（${label.zh}）。`,
        en: `${article.en} (${name.en}): the clause should say {{${field}}} (${label.en}).`,
      };
    });
}

function limitProblems({ clauses, fields }: Template, limit: Limit): Problem[] {
  const { article, name } = limit;
  if (limit.kind === 'words')
    return clauses.flatMap(({ paragraphs }) =>
      paragraphs
        .filter(({ zh }) => hasWords(zh, limit))
        .map(({ line }) => ({ line, zh: `${article.zh}：${name.zh}。`, en: `${article.en}: ${name.en}.` })),
    );
  if (limit.kind !== 'max' || limit.optional || fields.some((field) => field.name === limit.field)) return [];
  return [
    {
      line: 1,
      zh: `${article.zh}：须有字段“${limit.field}”（${name.zh}）。`,
      en: `${article.en}: a field “${limit.field}” is needed (${name.en}).`,
    },
  ];
}

function hasWords(text: string, { words, unless }: { words: readonly string[]; unless: readonly string[] }) {
  return words.some((word) => text.includes(word)) && !unless.some((word) => text.includes(word));
}

/** What a filled draft is measured by: its values, and the Chinese text of each clause that stands, under the terms it carries. */
export interface Draft {
  readonly values: FieldValues;
  readonly clauses: readonly {
    readonly law: readonly string[];
    readonly fields: readonly string[];
    readonly zh: readonly string[];
  }[];
}

/** The term is not said at all, or the fields that it has to name are empty. */
export function lacks({ values, clauses }: Draft, { id, fields }: Term): boolean {
  const carrying = clauses.filter(({ law }) => law.includes(id));
  if (carrying.length === 0) return true;
  const said = new Set(carrying.flatMap((clause) => clause.fields));
  return !fields.every((field) => said.has(field) && isGiven(values[field]));
}

export function exceeds({ values, clauses }: Draft, limit: Limit): boolean {
  if (limit.kind === 'words') return clauses.some(({ zh }) => zh.some((text) => hasWords(text, limit)));
  const value = values[limit.field];
  if (value === undefined) return false;
  switch (limit.kind) {
    case 'max':
      return Number(value) > limit.max;
    case 'period':
      return (longestPeriodDays[String(value)] ?? 0) > limit.max;
    case 'probation': {
      const months = termMonths(values.startsOn, values.endsOn);
      const band = limit.bands.find(({ underMonths }) => underMonths === undefined || months < underMonths);
      return Number(value) > (band?.max ?? 0);
    }
  }
}

/** Whole months from the first day to the last, both worked; without a last day, endless. */
function termMonths(startsOn: unknown, endsOn: unknown): number {
  if (typeof startsOn !== 'string' || typeof endsOn !== 'string') return Number.POSITIVE_INFINITY;
  const from = new Date(`${startsOn}T00:00:00Z`);
  const to = new Date(Date.parse(`${endsOn}T00:00:00Z`) + 86_400_000);
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return to.getUTCDate() < from.getUTCDate() ? months - 1 : months;
}

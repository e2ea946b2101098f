/** A contract template as data: what it fits, what it asks, its clauses in both languages, and which terms of the law each carries. */
import type { Spoken } from '../kernel/refusal.ts';
import type { Condition } from './condition.ts';
import type { Field } from './field.ts';

/** As in db/cell.ts, written out because this file runs in browsers, too. */
export const relationships = ['service', 'part-time', 'labour', 'new-form', 'intern', 'sole-trader'] as const;
export type Relationship = (typeof relationships)[number];
/** A contract stands alone; the others hang on one that is in force. */
export const templateKinds = ['contract', 'confidentiality', 'amendment', 'termination'] as const;
export type TemplateKind = (typeof templateKinds)[number];

export interface Template {
  readonly id: string;
  readonly version: string;
  readonly kind: TemplateKind;
  readonly relationships: readonly Relationship[];
  readonly title: Spoken;
  /** How the two sides are called above their signatures. */
  readonly partyA: Spoken;
  readonly partyB: Spoken;
  /** What somebody is asked for at drafting, in the order of the form. Facts of the cell need no declaration. */
  readonly fields: readonly Field[];
  readonly clauses: readonly TemplateClause[];
}

export interface TemplateClause {
  readonly id: string;
  readonly title: Spoken;
  /** Terms of the law that this clause says, by their id in templates/data/contract-terms-cn.json. */
  readonly law: readonly string[];
  readonly conditions: readonly Condition[];
  readonly paragraphs: readonly Paragraph[];
  readonly table?: TemplateTable;
  readonly line: number;
}

export interface Paragraph extends Spoken {
  readonly conditions: readonly Condition[];
  readonly line: number;
}

export interface TemplateTable {
  readonly columns: { readonly zh: readonly string[]; readonly en: readonly string[] };
  /** A field of type `changes` that gives the rows. */
  readonly rowsOf?: string;
  readonly rows: readonly {
    readonly zh: readonly string[];
    readonly en: readonly string[];
    readonly conditions: readonly Condition[];
  }[];
  readonly line: number;
}

/** What is wrong with a template's text, where, in plain words. */
export interface Problem extends Spoken {
  readonly line: number;
}

const placeholder = /\{\{([a-zA-Z]\w*)\}\}/g;

export function fieldsIn(text: string): string[] {
  return Array.from(text.matchAll(placeholder), (match) => match[1] ?? '');
}

export function fillText(text: string, textOf: (name: string) => string): string {
  return text.replace(placeholder, (_, name: string) => textOf(name));
}

export function withoutFields(text: string): string {
  return text.replace(placeholder, '');
}

export function names({ clauses }: Template, field: string): boolean {
  return clauses.flatMap(textsOf).flatMap(fieldsIn).includes(field);
}

/** Every text of a clause, both languages. */
export function textsOf({ paragraphs, table }: TemplateClause): string[] {
  const cells = table ? [table.columns, ...table.rows].flatMap(({ zh, en }) => [...zh, ...en]) : [];
  return [...paragraphs.flatMap(({ zh, en }) => [zh, en]), ...cells];
}

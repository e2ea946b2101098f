/** Offers as a table (pure): the form that the office fills in, and what each filled row says. */

import type { ImportTable } from '../http/table-file.ts';
import { decimalText, minor, minorDigits } from '../kernel/money.ts';
import type { Spoken } from '../kernel/refusal.ts';
import type { Field, FieldValue, FieldValues } from '../template/field.ts';
import type { Template } from '../template/template.ts';

/** Whom a row is for; the names beside it are for those who fill it in, and are not read. */
export const engagementColumn = 'engagementId';
const knownHeads = [
  { key: engagementColumn, head: `用工编号 Engagement [${engagementColumn}]` },
  { key: 'worker', head: '姓名 Worker' },
  { key: 'role', head: '岗位 Role' },
] as const;

export interface FormRow {
  readonly engagementId: string;
  readonly worker: string;
  readonly role: string;
  readonly values: FieldValues;
}

/** A list of changes has no place in one cell of a table. */
export const asksInTable = ({ fields }: Template) => fields.every(({ type }) => type !== 'changes');

export function formColumns({ fields }: Template) {
  return [
    ...knownHeads,
    ...fields.map(({ name, label }) => ({ key: name, head: `${label.zh} ${label.en} [${name}]` })),
  ].map((column) => ({ ...column, kind: 'text' as const, width: 24 }));
}

export function formRow(
  { engagementId, worker, role, values }: FormRow,
  template: Template,
  currency: string,
) {
  const filled = template.fields.map(({ name, type }) => [name, cellText(values[name], type, currency)]);
  return { engagementId, worker, role, ...Object.fromEntries(filled) } as Record<string, string>;
}

function cellText(value: FieldValue | undefined, type: Field['type'], currency: string): string {
  if (value === undefined || typeof value === 'object') return '';
  return type === 'money' ? decimalText(minor(Number(value)), currency) : String(value);
}

export interface RowFault {
  /** As a spreadsheet numbers it. */
  readonly row: number;
  /** The head of the column it is about. */
  readonly column?: string | undefined;
  readonly text: Spoken;
}
export interface OfferRow {
  readonly row: number;
  readonly engagementId: string;
  /** As they would be typed into the form; read and judged there. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** Which column holds what: a head names it in brackets at its end, or is the bare name. */
export function columnsOf(table: ImportTable): ReadonlyMap<string, number> {
  return new Map(table.heads.map((head, index) => [/\[(\w+)\]$/.exec(head)?.[1] ?? head, index] as const));
}

/** The first row of each engagement: a worker is offered one contract for one engagement, however often the table names it. */
export function firstRows(
  table: ImportTable,
  columns: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { row, fields } of table.rows) {
    const engagementId = fields[columns.get(engagementColumn) ?? -1] ?? '';
    if (!first.has(engagementId)) first.set(engagementId, row);
  }
  return first;
}

/** What a row asks to offer. Money is written as people write it; options by their code or by either of their names. */
export function offerRow(
  { row, fields }: ImportTable['rows'][number],
  columns: ReadonlyMap<string, number>,
  template: Template,
  currency: string,
  first: ReadonlyMap<string, number>,
): OfferRow | RowFault {
  // The form leads what a spreadsheet would run with an apostrophe (http/csv.ts).
  const cell = (name: string) => (fields[columns.get(name) ?? -1] ?? '').replace(/^'(?=[=+\-@＝＋－＠])/, '');
  const values: Record<string, string | number> = {};
  for (const field of template.fields) {
    const text = cell(field.name);
    if (text === '') continue;
    const value = typed(field, text, currency);
    if (value === undefined)
      return {
        row,
        column: field.label.zh,
        text: { zh: `“${text}”不是${field.label.zh}。`, en: `“${text}” is no ${field.label.en}.` },
      };
    values[field.name] = value;
  }
  const engagementId = cell(engagementColumn);
  return first.get(engagementId) === row
    ? { row, engagementId, values }
    : {
        row,
        text: { zh: '表中已有同一用工的一行。', en: 'An earlier row is for the same engagement.' },
      };
}

function typed(field: Field, text: string, currency: string): string | number | undefined {
  switch (field.type) {
    case 'money':
      return minorOf(text, minorDigits(currency));
    case 'integer':
      return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    case 'enum':
      return field.options.find(({ value, zh, en }) => [value, zh, en].includes(text))?.value;
    default:
      return text;
  }
}

/** `25`, `25.5` and `25.50` of yuan are 2550 fen or less; no float is involved. */
function minorOf(text: string, digits: number): number | undefined {
  const [, whole, part = ''] = /^(\d{1,12})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || part.length > digits) return undefined;
  return Number(whole + part.padEnd(digits, '0'));
}

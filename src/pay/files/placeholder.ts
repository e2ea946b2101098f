/** `{net|fen}`: what stands in a column, read once and filled in row by row. */

import { durationText } from '../../http/sheet.ts';
import { decimalText, type Minor, minor, mulDiv } from '../../kernel/money.ts';

/** Money in minor units, time in seconds, a day as `YYYY-MM-DD`; empty: not known. */
export type FieldKind = 'text' | 'money' | 'seconds' | 'day' | 'integer';
export type FieldValues = Readonly<Record<string, string | number | null>>;

export interface Segment {
  readonly text?: string;
  readonly field?: string;
  readonly formats?: readonly string[];
}
export interface Placeholders {
  readonly segments: readonly Segment[];
}
export interface BadPlaceholder {
  readonly reason: 'brace' | 'field' | 'format';
  readonly what: string;
}

/** `kinds` are the fields that there are. */
export function readPlaceholders(
  template: string,
  kinds: Readonly<Record<string, FieldKind>>,
): Placeholders | BadPlaceholder {
  const segments: Segment[] = [];
  let rest = template;
  while (rest !== '') {
    const open = rest.indexOf('{');
    const text = open < 0 ? rest : rest.slice(0, open);
    if (text.includes('}')) return { reason: 'brace', what: template };
    if (text) segments.push({ text });
    if (open < 0) break;
    const close = rest.indexOf('}', open);
    if (close < 0) return { reason: 'brace', what: template };
    const [field = '', ...formats] = rest
      .slice(open + 1, close)
      .split('|')
      .map((part) => part.trim());
    const kind = kindOf(field, kinds);
    if (!kind) return { reason: 'field', what: field };
    const bad = formats.find((format) => !formatFits(format, kind));
    if (bad !== undefined) return { reason: 'format', what: bad };
    segments.push({ field, formats });
    rest = rest.slice(close + 1);
  }
  return { segments };
}

/** `outside.adp`: the worker's number in the system `adp`, whatever systems there are. */
export function kindOf(field: string, kinds: Readonly<Record<string, FieldKind>>): FieldKind | undefined {
  return /^outside\.[a-z][a-z0-9-]{0,20}$/.test(field) ? 'text' : kinds[field];
}

const dayPattern = /^(?=.*(yy|MM|dd))(yyyy|yy|MM|dd|[-/. ])+$/;
const anyText = /^(upper|lower|cut:\d{1,3}|pad:\d{1,2}|last:\d{1,2})$/;

function formatFits(format: string, kind: FieldKind): boolean {
  if (anyText.test(format)) return true;
  if (kind === 'money') return ['yuan', 'fen', 'plain'].includes(format);
  if (kind === 'seconds') return ['hours', 'clock', 'minutes'].includes(format);
  return kind === 'day' && dayPattern.test(format);
}

/** The only field of a column, when it is an amount as such: a workbook keeps it as a number. */
export function soleAmount({ segments }: Placeholders, kinds: Readonly<Record<string, FieldKind>>) {
  const [one, ...more] = segments;
  const isAmount = more.length === 0 && one?.field !== undefined && kindOf(one.field, kinds) === 'money';
  return isAmount && (one.formats ?? []).every((format) => format === 'yuan') ? one.field : undefined;
}

export interface Filled {
  readonly text: string;
  /** A field that had nothing to say. */
  readonly missing?: string;
  /** Only numbers of ours: it may begin with a sign. */
  readonly isNumeric: boolean;
}

export function fill(
  { segments }: Placeholders,
  values: FieldValues,
  kinds: Readonly<Record<string, FieldKind>>,
  currency: string,
): Filled {
  let text = '';
  let missing: string | undefined;
  let isNumeric = segments.length > 0;
  for (const { text: constant, field, formats = [] } of segments) {
    if (field === undefined) {
      text += constant;
      isNumeric = false;
      continue;
    }
    const kind = kindOf(field, kinds) ?? 'text';
    if (kind === 'text' || kind === 'day') isNumeric = false;
    const value = values[field] ?? null;
    if (value === null || value === '') missing ??= field;
    else text += written(value, kind, formats, currency);
  }
  return { text, isNumeric, ...(missing === undefined ? {} : { missing }) };
}

function written(
  value: string | number,
  kind: FieldKind,
  formats: readonly string[],
  currency: string,
): string {
  const own = formats.find((format) => !anyText.test(format));
  let text = plain(value, kind, own, currency);
  for (const format of formats) if (format !== own) text = changed(text, format);
  return text;
}

function plain(
  value: string | number,
  kind: FieldKind,
  format: string | undefined,
  currency: string,
): string {
  switch (kind) {
    case 'money':
      return amountText(minor(Number(value)), format, currency);
    case 'seconds':
      return timeText(Number(value), format);
    case 'day':
      return format ? dayText(String(value), format) : String(value);
    default:
      return String(value);
  }
}

/** `yuan` with the currency's decimals, `fen` in minor units, `plain` without decimals that are zero. */
function amountText(amount: Minor, format: string | undefined, currency: string): string {
  if (format === 'fen') return String(amount);
  const text = decimalText(amount, currency);
  return format === 'plain' ? text.replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros)) : text;
}

/** Hours with two decimals, half up, once a code: what payroll systems import. */
function timeText(seconds: number, format: string | undefined): string {
  if (format === 'clock') return durationText(seconds);
  if (format === 'minutes') return String(mulDiv(seconds, 1, 60, 'half-up'));
  return decimalText(mulDiv(seconds, 100, 3600, 'half-up'), 'EUR');
}

function dayText(day: string, format: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return format.replace(/yyyy|yy|MM|dd/g, (token) =>
    token === 'yyyy' ? year : token === 'yy' ? year.slice(2) : token === 'MM' ? month : date,
  );
}

function changed(text: string, format: string): string {
  const [name, number = '0'] = format.split(':');
  const count = Number(number);
  switch (name) {
    case 'upper':
      return text.toUpperCase();
    case 'lower':
      return text.toLowerCase();
    case 'cut':
      return [...text].slice(0, count).join('');
    case 'pad':
      return text.padStart(count, '0');
    default:
      return count === 0 ? '' : [...text].slice(-count).join('');
  }
}

/** Fields of a template: what is asked at drafting or known to the cell, its type, and how a value stands in each language. Pure. */
import { formatMoney, type Minor, minor } from '../kernel/money.ts';
import type { Spoken } from '../kernel/refusal.ts';
import type { Condition } from './condition.ts';
import { printFault } from './plain-text.ts';

export const fieldTypes = ['text', 'long', 'date', 'money', 'integer', 'enum', 'changes'] as const;
export type FieldType = (typeof fieldTypes)[number];
export type Language = 'zh' | 'en';
export const languages: readonly Language[] = ['zh', 'en'];

export interface Option extends Spoken {
  readonly value: string;
}
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly label: Spoken;
  readonly hint?: Spoken;
  readonly required: boolean;
  /** What the form is filled with at first; `{{facts}}` in it are resolved. */
  readonly default?: string;
  readonly options: readonly Option[];
  /** Of an integer. */
  readonly min?: number;
  readonly max?: number;
  /** Asked for only while these hold. */
  readonly conditions: readonly Condition[];
  readonly line: number;
}

/** One line of what an amendment changes. */
export interface Change {
  readonly term: string;
  readonly before: string;
  readonly after: string;
  readonly effectiveOn: string;
}
/** A code of an enum, a date `YYYY-MM-DD`, minor units of money, a whole number; a text said in both languages is a fact. */
export type FieldValue = string | number | Spoken | readonly Change[];
export type FieldValues = Readonly<Record<string, FieldValue>>;

export const textMax = 2000;
export const changesMax = 20;

const say = (zh: string, en: string): Spoken => ({ zh, en });

/** The value as the field's type has it, or what is wrong with it. `undefined` for nothing given. */
export function readValue(field: Field, given: unknown): { value?: FieldValue; fault?: Spoken } {
  const text = typeof given === 'string' ? given.trim() : given;
  if (text === undefined || text === null || text === '') return {};
  switch (field.type) {
    case 'text':
    case 'long':
      return typeof text === 'string'
        ? readText(field, text)
        : { fault: say('应为文字。', 'This is no text.') };
    case 'date':
      return typeof text === 'string' && isDate(text)
        ? { value: text }
        : { fault: say('日期格式应如 2026-11-20。', 'Not a date such as 2026-11-20.') };
    case 'money':
      return readWhole(text, 0, Number.MAX_SAFE_INTEGER);
    case 'integer':
      return readWhole(text, field.min ?? 0, field.max ?? 1_000_000);
    case 'enum':
      return field.options.some(({ value }) => value === text)
        ? { value: text as string }
        : { fault: say('请从列出的选项中选择。', 'Choose one of the options.') };
    case 'changes':
      return readChanges(text);
  }
}

function readText(field: Field, text: string) {
  if (text.length > textMax)
    return { fault: say(`最多 ${textMax} 个字符。`, `At most ${textMax} characters.`) };
  const fault = printFault(text, field.type === 'long');
  return fault ? { fault } : { value: text };
}

function readWhole(given: unknown, min: number, max: number) {
  const value = typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given;
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    return { fault: say('请填写整数。', 'Not a whole number.') };
  if (value < min || value > max)
    return { fault: say(`应在 ${min} 到 ${max} 之间。`, `Between ${min} and ${max}, please.`) };
  return { value };
}

function readChanges(given: unknown): { value?: readonly Change[]; fault?: Spoken } {
  if (!Array.isArray(given)) return { fault: say('应为变更列表。', 'This is no list of changes.') };
  if (given.length === 0) return {};
  if (given.length > changesMax)
    return { fault: say(`最多 ${changesMax} 项变更。`, `At most ${changesMax} changes.`) };
  const value: Change[] = [];
  for (const one of given as Partial<Record<keyof Change, unknown>>[]) {
    const texts = [one?.term, one?.before, one?.after];
    if (!texts.every((text) => typeof text === 'string' && text.trim() !== '' && text.length <= 500))
      return {
        fault: say(
          '每项变更都须写明事项、原约定和变更后的约定。',
          'Each change says what, the old and the new.',
        ),
      };
    const fault = texts.map((text) => printFault(text as string, false)).find(Boolean);
    if (fault) return { fault };
    const { effectiveOn } = one;
    if (typeof effectiveOn !== 'string' || !isDate(effectiveOn))
      return { fault: say('每项变更都须写明生效日期。', 'Each change says from when.') };
    const [term = '', before = '', after = ''] = texts.map((text) => (text as string).trim());
    value.push({ term, before, after, effectiveOn });
  }
  return { value };
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** As it stands in the contract. A list of changes stands in a table only. */
export function valueText(field: Field, value: FieldValue, language: Language, currency: string): string {
  if (typeof value === 'object') return Array.isArray(value) ? '' : (value as Spoken)[language];
  switch (field.type) {
    case 'date':
      return dateText(String(value), language);
    case 'money':
      return formatMoney(minor(Number(value)) as Minor, currency, 'zh-CN');
    case 'enum':
      return field.options.find((option) => option.value === value)?.[language] ?? String(value);
    default:
      return String(value);
  }
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

function dateText(date: string, language: Language): string {
  const [year, month, day] = date.split('-').map(Number);
  return language === 'zh' ? `${year}年${month}月${day}日` : `${day} ${months[(month ?? 1) - 1]} ${year}`;
}

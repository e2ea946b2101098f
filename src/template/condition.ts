/** Conditions of clauses, paragraphs and fields: `probation = yes`, `endsOn given`, several joined by `and`. Pure. */
import type { FieldValue, FieldValues } from './field.ts';

export interface Condition {
  readonly field: string;
  readonly test: '=' | '!=' | 'given' | 'missing';
  /** Of `=` and `!=`: one of these. */
  readonly values: readonly string[];
}

/** Undefined when the text is no condition. */
export function readConditions(text: string): Condition[] | undefined {
  const found = text.split(/\s+and\s+/).map(readCondition);
  return found.every((one) => one !== undefined) ? (found as Condition[]) : undefined;
}

function readCondition(text: string): Condition | undefined {
  const [, field, is, test, list] =
    /^\s*([a-zA-Z]\w*)\s*(?:(given|missing)|(!?=)\s*([\w, -]+?))\s*$/.exec(text) ?? [];
  if (field === undefined) return undefined;
  if (is !== undefined) return { field, test: is as 'given' | 'missing', values: [] };
  const values = (list ?? '').split(',').map((value) => value.trim());
  return values.every(Boolean) ? { field, test: test as '=' | '!=', values } : undefined;
}

export function hold(conditions: readonly Condition[], values: FieldValues): boolean {
  return conditions.every(({ field, test, values: wanted }) => {
    const value = values[field];
    if (test === 'given' || test === 'missing') return isGiven(value) === (test === 'given');
    const among = value !== undefined && wanted.includes(String(value));
    return among === (test === '=');
  });
}

export function isGiven(value: FieldValue | undefined): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

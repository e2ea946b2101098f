/** Clauses for a contract, or the refusal that says what stands in the way. */
import { type RefusalPointer, refuse, type Spoken } from '../kernel/refusal.ts';
import type { Clause } from './clause.ts';
import type { FieldValues } from './field.ts';
import { type DraftFault, type DraftInput, resolveDraft } from './resolve.ts';
import type { Template } from './template.ts';

export interface Drafted {
  readonly clauses: readonly Clause[];
  /** The answers as they were read; what a repetition is compared with. */
  readonly values: FieldValues;
}

/** Refuses in this order: answers that cannot be read, the law's terms, what else is missing, what cannot be printed, the law's limits. */
export function draftClauses(template: Template, input: DraftInput): Drafted {
  const { clauses, values, faults } = resolveDraft(template, input);
  const pointers = faults.flatMap(pointersOf);
  if (faults.some(({ kind }) => kind === 'unknown' || kind === 'value')) refuse('body-invalid', {}, pointers);
  const missing: Spoken[] = [];
  for (const fault of faults) {
    if (fault.kind === 'term')
      refuse('mandatory-term-missing', { article: fault.article, term: fault.name }, pointers);
    if (fault.kind === 'missing') missing.push(fault.label);
  }
  if (missing.length > 0) refuse('field-missing', { fields: listed(missing) }, pointers);
  for (const fault of faults) {
    if (fault.kind === 'fact')
      refuse('fact-unprintable', { field: fault.label, fault: fault.text }, pointers);
    if (fault.kind === 'limit') refuse('limit-exceeded', { law: fault.article, limit: fault.name }, pointers);
  }
  return { clauses, values };
}

/** Beside each field what is wrong with it; of a field that the law asks for, with the article. */
function pointersOf(fault: DraftFault): RefusalPointer[] {
  if ('field' in fault) return [{ pointer: `/values/${fault.field}`, detail: fault.text }];
  const detail = {
    zh: `${fault.article.zh}：${fault.name.zh}`,
    en: `${fault.article.en}: ${fault.name.en}`,
  };
  return fault.fields.map((field) => ({ pointer: `/values/${field}`, detail }));
}

function listed(texts: readonly Spoken[]): Spoken {
  return { zh: texts.map(({ zh }) => zh).join('、'), en: texts.map(({ en }) => en).join(', ') };
}

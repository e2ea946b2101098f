/** What a contract says, clause by clause, with every field filled in: what is drawn, hashed and signed. */
import type { Spoken } from '../kernel/refusal.ts';

export type BothLanguages = Spoken;

export interface Clause {
  readonly id: string;
  readonly title: Spoken;
  /** Paragraphs, in the order of the text; the two languages stand side by side. */
  readonly zh: readonly string[];
  readonly en: readonly string[];
  /** After the paragraphs; the first row is the head. Both languages have as many rows and columns. */
  readonly table?: {
    readonly zh: readonly (readonly string[])[];
    readonly en: readonly (readonly string[])[];
  };
}

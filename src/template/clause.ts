/** What a contract says, clause by clause, with every field filled in: what is drawn, hashed and signed. */

export interface BothLanguages {
  readonly zh: string;
  readonly en: string;
}

export interface Clause {
  readonly id: string;
  readonly title: BothLanguages;
  /** Paragraphs, in the order of the text; the two languages stand side by side. */
  readonly zh: readonly string[];
  readonly en: readonly string[];
  /** After the paragraphs; the first row is the head. Both languages have as many rows and columns. */
  readonly table?: {
    readonly zh: readonly (readonly string[])[];
    readonly en: readonly (readonly string[])[];
  };
}

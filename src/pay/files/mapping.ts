/** A column mapping: a file format as data, which HR can read and change. */
import type { CharacterSet } from './characters.ts';
import type { Encoding } from './encoding.ts';
import type { Confidence, FormatGroup, Wording } from './format.ts';

export interface Mapping {
  readonly name: Wording;
  readonly group: Exclude<FormatGroup, 'table'>;
  /** A row a payment, or a row a worker and day of work. */
  readonly rows: 'payments' | 'days';
  readonly file: 'text' | 'xlsx';
  /** Of a text file, `csv` or `txt`. */
  readonly extension: string;
  readonly sheetName: string;
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly quoting: 'when-needed' | 'always' | 'never';
  readonly header: boolean;
  /** Lines above the header and under the last row; `|` parts their cells. Placeholders as in columns, of the file as a whole. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly columns: readonly MappedColumn[];
  readonly fileName: string;
  /** Null: all in one file. */
  readonly rowsMax: number | null;
  readonly characters: CharacterSet;
  /** What lies outside of the set is refused, or written by the set's named table. */
  readonly outside: 'refuse' | 'transliterate';
  readonly source: Wording;
  readonly confidence: Confidence;
  readonly verifiedOn: string;
}

export const separators = { comma: ',', semicolon: ';', bar: '|', tab: '\t' } as const;
export type Separator = keyof typeof separators;

export interface MappedColumn {
  readonly head: string;
  /** Text with placeholders: `RMB`, `{net}`, `{paysOn|yyyyMMdd}`, `{lastName}, {firstName}`. */
  readonly value: string;
  readonly required: boolean;
  /** Characters; null: any number. */
  readonly longest: number | null;
}

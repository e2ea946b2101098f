/** What a pay file is made of, whatever its format: columns as data, rows, totals and notes. */

import layout from '../../../templates/pay-files/generic.json' with { type: 'json' };
import type { Minor } from '../../kernel/money.ts';

/** `digits`: a number that is a name, such as an account's; it must arrive with every digit. `prose`: sentences. */
export type ColumnKind = 'text' | 'prose' | 'digits' | 'money' | 'integer';
export interface FileColumn {
  readonly key: string;
  readonly head: string;
  readonly kind: ColumnKind;
  readonly width: number;
}
/** Money in minor units; null: empty. */
export type FileRow = Readonly<Record<string, string | number | null>>;

export interface PayFileContent {
  readonly currency: string;
  readonly payments: readonly FileRow[];
  readonly lines: readonly FileRow[];
  readonly totals: readonly {
    readonly label: string;
    readonly value: Minor | number | string;
    readonly kind: ColumnKind;
  }[];
  readonly notes: readonly string[];
}

export const paymentColumns = layout.payments as readonly FileColumn[];
export const lineColumns = layout.lines as readonly FileColumn[];

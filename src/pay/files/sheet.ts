/** What a pay file is made of, whatever its format: columns as data, rows, totals and notes. */

import layout from '../../../templates/pay-files/generic.json' with { type: 'json' };
import type { ColumnKind, FileColumn, FileRow } from '../../http/sheet.ts';
import type { Minor } from '../../kernel/money.ts';

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

/** A format that is made of a column mapping: text with any separator and encoding, or a workbook. */
import { fileTypes } from '../../http/sheet.ts';
import { headCell, type XlsxCell, xlsxCell, xlsxPieces } from '../../http/xlsx.ts';
import { type Minor, minor } from '../../kernel/money.ts';
import { bring, transliterationName } from './characters.ts';
import type { PayFileContent, Payment, WorkDay } from './content.ts';
import { type Encoder, encoderOf } from './encoding.ts';
import {
  dayFields,
  fileFields,
  fileValues,
  type MainlandPayer,
  paymentFields,
  paymentValues,
} from './fields.ts';
import {
  bankProblems,
  type FilePart,
  type PartTotals,
  type PayFormat,
  type Problem,
  payable,
  stop,
  warn,
} from './format.ts';
import { type MappedColumn, type Mapping, separators } from './mapping.ts';
import {
  type BadPlaceholder,
  type FieldKind,
  type FieldValues,
  fill,
  type Placeholders,
  readPlaceholders,
  soleAmount,
} from './placeholder.ts';

/** `version` names the row or the shipped preset that the mapping is of. */
export function mappedFormat(
  id: string,
  version: string,
  mapping: Mapping,
  payer: MainlandPayer | null,
): PayFormat {
  const { name, group, source, confidence, verifiedOn } = mapping;
  const isText = mapping.file === 'text';
  const writer = new MappedWriter(mapping, payer);
  return {
    id,
    group,
    name,
    source: { text: source, confidence, verifiedOn },
    extension: isText ? mapping.extension : 'xlsx',
    mediaType: isText ? (mapping.extension === 'csv' ? 'text/csv' : 'text/plain') : fileTypes.xlsx,
    inputs: { version, payer },
    problems: (content) => writer.problems(content),
    parts: (content) => writer.parts(content),
  };
}

interface Row {
  readonly payment: Payment;
  readonly day?: WorkDay;
}
interface Cell {
  readonly text: string;
  readonly missing?: string;
  readonly isNumeric: boolean;
  readonly amountMinor?: Minor;
}
interface ReadColumn extends MappedColumn {
  readonly placeholders: Placeholders;
  readonly amountField?: string;
}

const noPlace = { rows: 0, amountMinor: minor(0), part: 1, parts: 1 };

class MappedWriter {
  readonly #columns: readonly ReadColumn[];
  readonly #kinds: Readonly<Record<string, FieldKind>>;
  readonly #encoder: Encoder;

  constructor(
    readonly mapping: Mapping,
    readonly payer: MainlandPayer | null,
  ) {
    this.#kinds = mapping.rows === 'days' ? dayFields : paymentFields;
    this.#encoder = encoderOf(mapping.encoding);
    this.#columns = mapping.columns.map((column) => {
      const placeholders = sound(readPlaceholders(column.value, this.#kinds));
      const amountField = soleAmount(placeholders, this.#kinds);
      return { ...column, placeholders, ...(amountField ? { amountField } : {}) };
    });
  }

  *problems(content: PayFileContent): Generator<Problem> {
    if (this.mapping.group === 'bank') {
      yield* bankProblems(content.payments, this.#headOf('accountNumber'));
    }
    const values = fileValues(content, this.payer, noPlace);
    const payerGap = this.#columns.find(
      ({ required, placeholders }) =>
        required && placeholders.segments.some(({ field }) => field?.startsWith('payer.') && !values[field]),
    );
    if (payerGap) yield stop(undefined, { code: 'payer-missing', field: payerGap.head });
    let any = false;
    for (const row of this.#rows(content)) {
      any = true;
      yield* this.#rowProblems(row, values, content.employer.currency);
    }
    if (!any && this.mapping.group !== 'bank') yield stop(undefined, { code: 'nothing-to-pay' });
  }

  *#rowProblems(row: Row, values: FieldValues, currency: string): Generator<Problem> {
    const { payment } = row;
    for (const [index, cell] of this.#cells(row, values, currency).entries()) {
      const column = this.#columns[index];
      if (!column) continue;
      const { head: field, required, longest } = column;
      const isPayers = cell.missing?.startsWith('payer.');
      if (required && cell.missing !== undefined && !isPayers) {
        // A missing account is told once, in other words.
        if (!payment.account && this.mapping.group === 'bank') continue;
        yield stop(payment, { code: 'value-missing', field });
        continue;
      }
      if (longest !== null && [...cell.text].length > longest)
        yield stop(payment, { code: 'too-long', field, values: { longest: String(longest) } });
      yield* this.#characterProblems(payment, field, cell);
    }
  }

  *#characterProblems(payment: Payment, field: string, cell: Cell): Generator<Problem> {
    const { text, lacks } = this.#brought(cell);
    const refused = lacks ?? this.#encoder.lacks(text) ?? this.#breaks(text);
    if (refused !== undefined) {
      yield stop(payment, { code: 'characters-refused', field, values: { sign: nameOf(refused) } });
      return;
    }
    if (text !== cell.text)
      yield warn(payment, {
        code: 'transliterated',
        field,
        values: { from: cell.text, to: text, table: this.#table() },
      });
    // A bank compares names letter by letter, so nothing is put before it to make it harmless: it is refused.
    if (!cell.isNumeric && this.mapping.file === 'text' && /^[=+\-@\t\r＝＋－＠]/.test(text))
      yield stop(payment, { code: 'formula', field });
  }

  #table(): string {
    return this.mapping.characters === 'latin' ? transliterationName : 'U+00B7';
  }

  #brought(cell: Cell) {
    if (cell.isNumeric) return { text: cell.text };
    return bring(cell.text, this.mapping.characters, this.mapping.outside === 'refuse');
  }

  /** What would end a line or a cell too early. */
  #breaks(text: string): string | undefined {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no bank takes them in a cell
    const control = /[\u0000-\u001f\u007f\u2028\u2029]/.exec(text)?.[0];
    if (control !== undefined || this.mapping.file === 'xlsx') return control;
    const { quoting } = this.mapping;
    const separator = separators[this.mapping.separator];
    return quoting === 'never' && text.includes(separator) ? separator : undefined;
  }

  #headOf(field: string): string {
    const column = this.#columns.find(({ placeholders }) =>
      placeholders.segments.some((segment) => segment.field === field),
    );
    return column?.head ?? field;
  }

  *#rows(content: PayFileContent): Generator<Row> {
    const payments = this.mapping.group === 'bank' ? payable(content.payments) : content.payments;
    if (this.mapping.rows === 'payments') {
      for (const payment of payments) yield { payment };
      return;
    }
    const days = content.days[Symbol.iterator]();
    let next = days.next();
    for (const payment of payments) {
      for (; !next.done && next.value.workerId === payment.workerId; next = days.next())
        yield { payment, day: next.value };
    }
  }

  #cells({ payment, day }: Row, ofFile: FieldValues, currency: string): Cell[] {
    const values = { ...ofFile, ...paymentValues(payment, day) };
    return this.#columns.map(({ placeholders, amountField }) => {
      const filled = fill(placeholders, values, this.#kinds, currency);
      const amount = amountField === undefined ? null : (values[amountField] ?? null);
      return { ...filled, ...(amount === null ? {} : { amountMinor: minor(Number(amount)) }) };
    });
  }

  *parts(content: PayFileContent): Generator<FilePart> {
    const plan = this.#plan(content);
    const rows = this.#rows(content);
    const names = new Set<string>();
    for (const [index, totals] of plan.entries()) {
      const place = { ...totals, part: index + 1, parts: plan.length };
      const values = fileValues(content, this.payer, place);
      const mine = first(rows, totals.rows);
      const { currency } = content.employer;
      const pieces =
        this.mapping.file === 'xlsx'
          ? this.#workbook(mine, values, currency)
          : this.#text(mine, values, currency);
      yield { name: this.#fileName(values, place, names), pieces, totals: () => totals };
    }
  }

  /** Lines above the rows may say how many there are: so the rows are counted before they are written. */
  #plan(content: PayFileContent): PartTotals[] {
    const { rowsMax } = this.mapping;
    const parts: { rows: number; amountMinor: number }[] = [{ rows: 0, amountMinor: 0 }];
    let paid: Payment | undefined;
    for (const { payment } of this.#rows(content)) {
      let part = parts.at(-1);
      if (!part || (rowsMax !== null && part.rows >= rowsMax)) {
        part = { rows: 0, amountMinor: 0 };
        parts.push(part);
      }
      part.rows += 1;
      // A worker's days are several rows of one payment.
      if (payment !== paid) part.amountMinor += payment.netMinor;
      paid = payment;
    }
    return parts.map(({ rows, amountMinor }) => ({ rows, amountMinor: minor(amountMinor) }));
  }

  #fileName(values: FieldValues, { part, parts }: { part: number; parts: number }, names: Set<string>) {
    const { fileName, file, extension } = this.mapping;
    const filled = this.#ofFile(fileName, values).replace(/[/\\:*?"<>|\p{Cc}]/gu, '_');
    const numbered = parts > 1 && names.has(filled) ? `${filled}-${part}` : filled;
    names.add(filled);
    return `${numbered}.${file === 'xlsx' ? 'xlsx' : extension}`;
  }

  #ofFile(template: string, values: FieldValues): string {
    return fill(
      sound(readPlaceholders(template, fileFields)),
      values,
      fileFields,
      String(values.currency ?? 'CNY'),
    ).text;
  }

  #around(lines: readonly string[], values: FieldValues): string[][] {
    return lines.map((line) => cellsOfLine(line).map((cell) => this.#ofFile(cell, values)));
  }

  *#text(rows: Iterable<Row>, values: FieldValues, currency: string): Generator<Uint8Array> {
    const { before, after, header } = this.mapping;
    if (this.#encoder.mark.length > 0) yield this.#encoder.mark;
    const lines = this.#around(before, values);
    if (header) lines.push(this.#columns.map(({ head }) => head));
    let text = lines.map((line) => this.#line(line)).join('');
    let count = 0;
    for (const row of rows) {
      text += this.#line(this.#cells(row, values, currency).map((cell) => this.#brought(cell).text));
      count += 1;
      if (count % 500 > 0) continue;
      yield this.#encoder.encode(text);
      text = '';
    }
    text += this.#around(after, values)
      .map((line) => this.#line(line))
      .join('');
    yield this.#encoder.encode(text);
  }

  #line(cells: readonly string[]): string {
    const { quoting } = this.mapping;
    const separator = separators[this.mapping.separator];
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const cell = (text: string) => {
      if (quoting === 'never') return text;
      return quoting === 'always' || /["\r\n]/.test(text) || text.includes(separator) ? quote(text) : text;
    };
    return `${cells.map(cell).join(separator)}\r\n`;
  }

  #workbook(rows: Iterable<Row>, values: FieldValues, currency: string): Generator<Uint8Array> {
    const { before, after, header, sheetName } = this.mapping;
    const columns = this.#columns;
    const plain = (cells: readonly string[]): XlsxCell[] =>
      cells.map((text) => xlsxCell('text', text, currency));
    const writer = this;
    function* all(): Generator<readonly XlsxCell[]> {
      for (const line of writer.#around(before, values)) yield plain(line);
      if (header) yield columns.map(({ head }) => headCell(head));
      for (const row of rows)
        yield writer
          .#cells(row, values, currency)
          .map((cell) =>
            cell.amountMinor === undefined
              ? xlsxCell('digits', writer.#brought(cell).text, currency)
              : xlsxCell('money', cell.amountMinor, currency),
          );
      for (const line of writer.#around(after, values)) yield plain(line);
    }
    const widths = columns.map(widthOf);
    return xlsxPieces([
      { name: sheetName, rows: all(), widths, ...(header && before.length === 0 ? { sticky: true } : {}) },
    ]);
  }
}

/** So that whole numbers and names are seen. */
const fieldWidths: Readonly<Record<string, number>> = {
  accountNumber: 26,
  'payer.accountNumber': 26,
  'payer.accountName': 24,
  'payer.bankName': 24,
  bankName: 24,
  holderName: 20,
  name: 20,
  documentNumber: 24,
  endToEndId: 34,
};

function widthOf({ head, placeholders }: ReadColumn): number {
  const known = placeholders.segments.map(({ field = '' }) => fieldWidths[field] ?? 10);
  return Math.max(10, Math.min(40, 2 * head.length + 2), ...known);
}

function* first<T>(rows: Iterator<T>, count: number): Generator<T> {
  for (let taken = 0; taken < count; taken += 1) {
    const next = rows.next();
    if (next.done) return;
    yield next.value;
  }
}

/** A bar inside of braces parts a field from its format, one outside parts cells. */
export function cellsOfLine(line: string): string[] {
  return line.split(/\|(?![^{]*\})/);
}

function sound(read: Placeholders | BadPlaceholder): Placeholders {
  if ('reason' in read) throw new Error(`a mapping that was not checked: ${read.what}`);
  return read;
}

function nameOf(sign: string): string {
  const code = sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return /[\p{C}\p{Z}]/u.test(sign) ? `U+${code}` : `${sign} (U+${code})`;
}

export interface BadTemplate extends BadPlaceholder {
  /** Of the mapping: `columns/3/value`. */
  readonly pointer: string;
}

/** Every placeholder of a mapping that cannot be read. An unchecked mapping makes no format. */
export function badTemplates(mapping: Mapping): BadTemplate[] {
  const ofRows = mapping.rows === 'days' ? dayFields : paymentFields;
  const all: [string, string, Readonly<Record<string, FieldKind>>][] = [
    ...mapping.columns.map(
      (column, index) => [`columns/${index}/value`, column.value, ofRows] as [string, string, typeof ofRows],
    ),
    ...(['before', 'after'] as const).flatMap((where) =>
      mapping[where].flatMap((line) =>
        cellsOfLine(line).map((cell) => [where, cell, fileFields] as [string, string, typeof fileFields]),
      ),
    ),
    ['fileName', mapping.fileName, fileFields],
  ];
  return all.flatMap(([pointer, template, kinds]) => {
    const read = readPlaceholders(template, kinds);
    return 'reason' in read ? [{ ...read, pointer }] : [];
  });
}

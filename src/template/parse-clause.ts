/** One clause of a template: a heading, then paragraphs in pairs, Chinese first, and perhaps a table. Pure. */
import type { Spoken } from '../kernel/refusal.ts';
import type { Condition } from './condition.ts';
import { type Complain, conditionsAt, readHeading } from './parse-words.ts';
import type { Paragraph, TemplateClause, TemplateTable } from './template.ts';

type Cells = readonly string[];
interface Waiting {
  readonly line: number;
  readonly what: 'paragraph' | 'columns' | 'row';
  readonly zh: string;
}
export interface ClauseDraft {
  readonly id: string;
  readonly title: Spoken;
  readonly line: number;
  readonly paragraphs: Paragraph[];
  readonly rows: { zh: Cells; en: Cells; conditions: readonly Condition[] }[];
  law: readonly string[];
  conditions: readonly Condition[];
  /** Of the next pair. */
  next: readonly Condition[];
  columns?: { zh: Cells; en: Cells };
  rowsOf?: string;
  tableLine: number;
  /** A Chinese line that waits for its English one. */
  waiting?: Waiting | undefined;
}

export function startClause(line: number, text: string, complain: Complain): ClauseDraft {
  const { id, title } = readHeading(line, text, /^[a-z][a-z0-9-]{1,39}$/, complain);
  return { id, title, line, paragraphs: [], rows: [], law: [], conditions: [], next: [], tableLine: line };
}

const kinds: Readonly<Record<string, Waiting['what']>> = {
  '': 'paragraph',
  'columns ': 'columns',
  'row ': 'row',
};

export function readClauseLine(clause: ClauseDraft, line: number, text: string, complain: Complain): void {
  const [, kind = '', language = '', said = ''] = /^(columns |row |)(zh|en):\s*(.*)$/.exec(text) ?? [];
  if (language) {
    const what = kinds[kind] ?? 'paragraph';
    if (said === '') return void complain(line, '这一行没有文字。', 'This line says nothing.');
    if (language === 'zh') startPair(clause, { line, what, zh: said }, complain);
    else endPair(clause, line, what, said, complain);
    return;
  }
  const [, name = '', value = ''] = /^(law|when|if|rows):\s*(.+)$/.exec(text) ?? [];
  if (!name)
    return void complain(
      line,
      '条款的每一行应以 zh:、en:、if:、when:、law:、columns、row 或 rows: 开头；一段文字写在一行内。',
      'Each line of a clause begins with zh:, en:, if:, when:, law:, columns, row or rows:. A paragraph is one line.',
    );
  lacksEnglish(clause, complain);
  if (name === 'if') clause.next = conditionsAt(line, value, complain);
  else if (name === 'rows') Object.assign(clause, { rowsOf: value, tableLine: line });
  else if (clause.paragraphs.length > 0)
    complain(line, `“${name}:”应紧跟在标题之后。`, `“${name}:” stands right below the heading.`);
  else if (name === 'when') clause.conditions = conditionsAt(line, value, complain);
  else clause.law = value.split(',').map((term) => term.trim());
}

function startPair(clause: ClauseDraft, waiting: Waiting, complain: Complain): void {
  lacksEnglish(clause, complain);
  clause.waiting = waiting;
}

function lacksEnglish(clause: ClauseDraft, complain: Complain): void {
  if (clause.waiting)
    complain(
      clause.waiting.line,
      '这段中文之后缺少英文（en:）。',
      'This Chinese paragraph lacks its English one (en:).',
    );
  clause.waiting = undefined;
}

function endPair(
  clause: ClauseDraft,
  line: number,
  what: Waiting['what'],
  en: string,
  complain: Complain,
): void {
  const { waiting, next: conditions } = clause;
  if (!waiting || waiting.what !== what)
    return void complain(
      line,
      '这段英文之前缺少对应的中文（zh:）。',
      'This English paragraph lacks its Chinese one (zh:) before it.',
    );
  clause.waiting = undefined;
  clause.next = [];
  const { zh } = waiting;
  if (what === 'paragraph') return void clause.paragraphs.push({ zh, en, conditions, line: waiting.line });
  const cells = { zh: cellsOf(zh), en: cellsOf(en) };
  if (cells.zh.length !== cells.en.length)
    complain(line, '表格两种语言的列数不同。', 'The table has not as many columns in both languages.');
  if (what === 'columns') Object.assign(clause, { columns: cells, tableLine: waiting.line });
  else clause.rows.push({ ...cells, conditions });
}

const cellsOf = (text: string) => text.split('|').map((cell) => cell.trim());

export function finishedClause(clause: ClauseDraft, complain: Complain): TemplateClause {
  lacksEnglish(clause, complain);
  const { id, title, law, conditions, paragraphs, line } = clause;
  const table = tableOf(clause, complain);
  if (paragraphs.length === 0 && !table)
    complain(line, '条款没有内容：请写 zh: 和 en:。', 'The clause says nothing: write zh: and en:.');
  return { id, title, law, conditions, paragraphs, line, ...(table ? { table } : {}) };
}

function tableOf(clause: ClauseDraft, complain: Complain): TemplateTable | undefined {
  const { columns, rows, rowsOf, tableLine: line } = clause;
  if (!columns && rows.length === 0 && !rowsOf) return undefined;
  if (!columns) {
    complain(
      line,
      '表格缺少表头（columns zh: 和 columns en:）。',
      'The table lacks its head (columns zh: and columns en:).',
    );
    return undefined;
  }
  if (rows.some(({ zh }) => zh.length !== columns.zh.length))
    complain(line, '表格各行的列数与表头不同。', 'Some row has not as many columns as the head.');
  if (rows.length === 0 && !rowsOf)
    complain(line, '表格没有内容（row 或 rows:）。', 'The table has no rows (row or rows:).');
  return { columns, rows, line, ...(rowsOf ? { rowsOf } : {}) };
}

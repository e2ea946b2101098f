/** Reads a template's text. Whatever it cannot read is a problem with its line in plain words; with one problem there is no template. Pure. */

import { meaningProblems } from './meaning.ts';
import { type ClauseDraft, finishedClause, readClauseLine, startClause } from './parse-clause.ts';
import { type FieldDraft, finishedField, readFieldLine, startField } from './parse-field.ts';
import { type Front, finishedFront, type Named, readFrontLine } from './parse-front.ts';
import type { Complain } from './parse-words.ts';
import { invisibleFault, markFault } from './plain-text.ts';
import type { Problem, Template } from './template.ts';

/** A long contract has some 20,000 characters in both languages. */
export const templateTextMax = 100_000;
const problemsMax = 50;

export interface Reading {
  /** There only when nothing is wrong. */
  readonly template?: Template;
  readonly problems: readonly Problem[];
}

/** `named`: of an employer's copy, whose text says neither id nor version. */
export function parseTemplate(text: string, named?: Named): Reading {
  if (text.length > templateTextMax)
    return {
      problems: [
        {
          line: 1,
          zh: `模板过长：${text.length} 个字符，最多 ${templateTextMax} 个。`,
          en: `The template is too long: ${text.length} characters, at most ${templateTextMax}.`,
        },
      ],
    };
  const problems: Problem[] = [];
  const complain: Complain = (line, zh, en) => void problems.push({ line, zh, en });
  const template = new Reader(named, complain).read(text.replace(/\r\n/g, '\n').split('\n'));
  // Of a text with gaps nobody can say what it does not use.
  if (template) problems.push(...meaningProblems(template, problems.length === 0));
  const shown = problems.sort((a, b) => a.line - b.line).slice(0, problemsMax);
  return shown.length === 0 && template ? { template, problems: [] } : { problems: shown };
}

/** For the templates that ship with the code: a fault in one is a bug. */
export function shippedTemplate(text: string): Template {
  const { template, problems } = parseTemplate(text);
  if (!template) throw new Error(problems.map(({ line, en }) => `line ${line}: ${en}`).join('\n'));
  return template;
}

type Part = 'before' | 'front' | 'between' | 'fields' | 'clauses';

class Reader {
  private part: Part = 'before';
  private readonly front: Front = new Map();
  private readonly fields: FieldDraft[] = [];
  private readonly clauses: ClauseDraft[] = [];
  private sawFields = false;

  private readonly named: Named | undefined;
  private readonly complain: Complain;

  constructor(named: Named | undefined, complain: Complain) {
    this.named = named;
    this.complain = complain;
  }

  read(lines: readonly string[]): Template | undefined {
    lines.forEach((text, index) => {
      const line = index + 1;
      const fault = invisibleFault(text) ?? markFault(text);
      if (fault) this.complain(line, fault.zh, fault.en);
      else this.readLine(line, text.trim());
    });
    return this.finished(lines.length);
  }

  private readLine(line: number, text: string): void {
    if (text === '---') return void this.readRule(line);
    if (text === '') return;
    if (text === '# fields' || text === '# clauses') return void this.open(line, text === '# fields');
    const { complain } = this;
    switch (this.part) {
      case 'before':
        return void complain(
          line,
          '第一行应为“---”，其后写模板的编号、标题等。',
          'A template begins with “---”.',
        );
      case 'front':
        return void readFrontLine(this.front, this.named, line, text, complain);
      case 'between':
        return void complain(
          line,
          '此处应为“# fields”或“# clauses”。',
          'Here should be “# fields” or “# clauses”.',
        );
      case 'fields':
        if (text.startsWith('## ')) return void this.fields.push(startField(line, text, complain));
        return void this.inside(line, this.fields, (field) => readFieldLine(field, line, text, complain));
      case 'clauses':
        if (text.startsWith('## ')) return void this.clauses.push(startClause(line, text, complain));
        return void this.inside(line, this.clauses, (clause) => readClauseLine(clause, line, text, complain));
    }
  }

  private inside<T>(line: number, drafts: readonly T[], read: (draft: T) => void): void {
    const current = drafts[drafts.length - 1];
    if (current) read(current);
    else
      this.complain(line, '请先写一行“## 编号 | 中文 | English”。', 'First a line “## id | 中文 | English”.');
  }

  private readRule(line: number): void {
    if (this.part === 'before') this.part = 'front';
    else if (this.part === 'front') this.part = 'between';
    else this.complain(line, '“---”只用于开头部分。', '“---” stands around the first part only.');
  }

  private open(line: number, fields: boolean): void {
    if (this.part === 'before' || this.part === 'front' || (fields && this.sawFields))
      this.complain(
        line,
        '“# fields”和“# clauses”应在开头部分之后，各一次。',
        '“# fields” and “# clauses” come after the first part, once each.',
      );
    this.part = fields ? 'fields' : 'clauses';
    if (fields) this.sawFields = true;
  }

  private finished(lines: number): Template | undefined {
    const { complain } = this;
    const head = finishedFront(this.front, this.named, complain);
    const fields = this.fields.map((field) => finishedField(field, complain));
    const clauses = this.clauses.map((clause) => finishedClause(clause, complain));
    if (clauses.length === 0 && this.part !== 'before')
      complain(
        lines,
        '模板没有条款：“# clauses”之后至少写一条。',
        'There is no clause: write one after “# clauses”.',
      );
    return head ? { ...head, fields, clauses } : undefined;
  }
}

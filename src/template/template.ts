/** Contract templates: Markdown with front matter, clauses in two languages under one id, named fields. Pure. */
import { refuse } from '../kernel/refusal.ts';
import type { Clause } from './clause.ts';

export interface Template {
  readonly id: string;
  readonly version: string;
  readonly relationship: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** Fields that somebody is asked for at drafting; the rest come from the engagement. */
  readonly asked: readonly string[];
  readonly clauses: readonly Clause[];
}
export type FieldValues = Readonly<Record<string, string>>;

/** Throws on a template that is not well formed: templates ship with the code or were checked when saved. */
export function parseTemplate(text: string): Template {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (head === undefined || body === undefined) throw new Error('a template begins with front matter');
  const facts = Object.fromEntries(
    head
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const need = (name: string) => facts[name] ?? raise(`front matter lacks ${name}`);
  return {
    id: need('id'),
    version: need('version'),
    relationship: need('relationship'),
    title: bothOf(need('title')),
    asked: need('asked')
      .split(',')
      .map((name) => name.trim()),
    clauses: body.split(/^## /m).slice(1).map(parseClause),
  };
}

function parseClause(text: string): Clause {
  const [heading = '', ...lines] = text.split('\n');
  const [id = '', zh = '', en = ''] = heading.split('|').map((part) => part.trim());
  const of = (language: string) =>
    lines.filter((line) => line.startsWith(`${language}: `)).map((line) => line.slice(4).trim());
  const clause = { id, title: { zh, en }, zh: of('zh'), en: of('en') };
  if (!zh || !en || clause.zh.length === 0 || clause.zh.length !== clause.en.length)
    raise(`clause ${id} is not whole in both languages`);
  return clause;
}

function bothOf(text: string): { zh: string; en: string } {
  const [zh = '', en = ''] = text.split('|').map((part) => part.trim());
  return { zh, en };
}

function raise(message: string): never {
  throw new Error(message);
}

export function fieldsOf(template: Template): string[] {
  const text = template.clauses.flatMap((clause) => [...clause.zh, ...clause.en]).join('\n');
  return [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))];
}

/** The clauses with every field filled in. A field without a value stops drafting and is named; an unknown value too. */
export function resolveClauses(template: Template, values: FieldValues): Clause[] {
  const fields = fieldsOf(template);
  const missing = fields.filter((name) => !values[name]?.trim());
  if (missing.length > 0)
    refuse(
      'field-missing',
      { fields: missing.join(', ') },
      missing.map((name) => ({ pointer: `/values/${name}`, detail: '' })),
    );
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '').replace(/([。.])\1/g, '$1');
  return template.clauses.map((clause) => ({ ...clause, zh: clause.zh.map(fill), en: clause.en.map(fill) }));
}

/** Employers' own templates: copied from a shipped one, saved as numbered versions that never change, retired. */
import { and, desc, eq } from 'drizzle-orm';
import { contractTemplateRetirements, contractTemplateVersions } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import { civilDateAt, type Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { lawProblems } from './law.ts';
import { parseTemplate } from './parse.ts';
import { shipped } from './shipped.ts';
import type { Problem, Template } from './template.ts';

export type TemplateVersion = typeof contractTemplateVersions.$inferSelect;
export interface OwnTemplate {
  readonly template: Template;
  readonly version: TemplateVersion;
  readonly isRetired: boolean;
}
export interface SaveInput {
  /** Of this version. */
  readonly id: string;
  readonly templateId: string;
  /** The number that was open while this was written; 0 for a new copy. */
  readonly after: number;
  readonly copiedFrom: string;
  readonly text: string;
}

/** Everything that is wrong with a text, as the law of the employer's country has it, too. */
export function templateProblems(text: string, country: string, day: string): readonly Problem[] {
  const { template, problems } = parseTemplate(text, { id: 'draft', version: '1' });
  return template ? lawProblems(template, country, day) : problems;
}

/** Saves the next version. Refuses a faulty text, a retired template, and a save over a version that its writer has not seen. */
export function saveTemplate(tx: Tx, actor: Actor, input: SaveInput, at: Instant): TemplateVersion {
  const { id, templateId, after } = input;
  const newest = newestVersion(tx, templateId);
  const copiedFrom = newest?.copiedFrom ?? copySource(input.copiedFrom);
  const row = {
    id,
    templateId,
    number: after + 1,
    copiedFrom,
    body: input.text.replace(/\r\n/g, '\n'),
    at,
    by: actorText(actor),
  };
  const known = tx.select().from(contractTemplateVersions).where(eq(contractTemplateVersions.id, id)).get();
  if (known) return sameOr(known, row);
  if (isRetired(tx, templateId)) refuse('template-retired');
  if ((newest?.number ?? 0) !== after) refuse('template-outdated');
  const { country, zone } = employerOf(tx);
  refuseFaults(templateProblems(row.body, country, civilDateAt(at, zone)));
  record(tx, 'contract-template-saved', row, row.by, at);
  return row;
}

function copySource(id: string): string {
  const source = shipped.find(({ template }) => template.id === id)?.template ?? refuse('not-found');
  return `${source.id} ${source.version}`;
}

function refuseFaults(problems: readonly Problem[]): void {
  const [first] = problems;
  if (!first) return;
  refuse(
    'template-faulty',
    { count: problems.length, line: first.line, fault: first },
    problems.map(({ line, zh, en }) => ({
      pointer: '/text',
      detail: { zh: `第 ${line} 行：${zh}`, en: `Line ${line}: ${en}` },
    })),
  );
}

export function retireTemplate(tx: Tx, actor: Actor, id: string, at: Instant): void {
  if (!newestVersion(tx, id)) refuse('not-found');
  if (isRetired(tx, id)) return;
  const by = actorText(actor);
  record(tx, 'contract-template-retired', { id, at, by }, by, at);
}

/** The newest version of each, those saved last first. */
export function ownTemplates(db: Db): OwnTemplate[] {
  const rows = db
    .select()
    .from(contractTemplateVersions)
    .orderBy(newestFirst(contractTemplateVersions))
    .all();
  const newest = new Map<string, TemplateVersion>();
  for (const row of rows) if (!newest.has(row.templateId)) newest.set(row.templateId, row);
  return [...newest.values()].map((row) => read(db, row));
}

export function ownTemplate(db: Db, id: string): OwnTemplate | undefined {
  const row = newestVersion(db, id);
  return row && read(db, row);
}

/** The newest first. */
export function versionsOf(db: Db, templateId: string): TemplateVersion[] {
  return db
    .select()
    .from(contractTemplateVersions)
    .where(eq(contractTemplateVersions.templateId, templateId))
    .orderBy(desc(contractTemplateVersions.number))
    .all();
}

export function versionOf(db: Db, templateId: string, number: number): OwnTemplate | undefined {
  const row = db
    .select()
    .from(contractTemplateVersions)
    .where(
      and(eq(contractTemplateVersions.templateId, templateId), eq(contractTemplateVersions.number, number)),
    )
    .get();
  return row && read(db, row);
}

function newestVersion(db: Db, templateId: string): TemplateVersion | undefined {
  return versionsOf(db, templateId)[0];
}

function isRetired(db: Db, id: string): boolean {
  return (
    db.select().from(contractTemplateRetirements).where(eq(contractTemplateRetirements.id, id)).get() !==
    undefined
  );
}

/** What was saved was read before. */
function read(db: Db, version: TemplateVersion): OwnTemplate {
  const { templateId: id, number, body } = version;
  const { template } = parseTemplate(body, { id, version: String(number) });
  if (!template) throw new Error(`template ${id} version ${number} no longer reads`);
  return { template, version, isRetired: isRetired(db, id) };
}

/** Which templates there are for a contract: the employer's own first, then those that ship. */
import { refuse } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';
import { ownTemplate, ownTemplates, versionOf } from './own-template.ts';
import { shipped } from './shipped.ts';
import type { Relationship, Template, TemplateKind } from './template.ts';

/** As a contract names it, a retired one, too; without a version the one that counts now. Of those that ship only that is kept. */
export function templateNamed(db: Db, id: string, version?: string): Template {
  return (
    shipped.find(({ template }) => template.id === id)?.template ??
    (version === undefined ? ownTemplate(db, id) : versionOf(db, id, Number(version)))?.template ??
    refuse('template-unfit')
  );
}

/** For a new contract of one of these kinds: refuses one that is retired or does not fit. */
export function templateFor(
  db: Db,
  id: string,
  relationship: Relationship,
  kinds: readonly TemplateKind[],
): Template {
  const own = ownTemplate(db, id);
  if (own?.isRetired) refuse('template-retired');
  const template = own?.template ?? templateNamed(db, id);
  return kinds.includes(template.kind) && template.relationships.includes(relationship)
    ? template
    : refuse('template-unfit');
}

/** To choose from. */
export function templatesFor(db: Db, relationship: Relationship, kind: TemplateKind): Template[] {
  const own = ownTemplates(db)
    .filter(({ isRetired }) => !isRetired)
    .map(({ template }) => template);
  return [...own, ...shipped.map(({ template }) => template)].filter(
    (template) => template.kind === kind && template.relationships.includes(relationship),
  );
}

/** Which templates there are for a contract: the employer's own first, then those that ship. */
import { refuse } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';
import { ownTemplate, ownTemplates } from './own-template.ts';
import { shipped } from './shipped.ts';
import type { Relationship, Template, TemplateKind } from './template.ts';

/** By its id, in the version that counts now; a retired one, too, because contracts still name it. */
export function templateNamed(db: Db, id: string): Template {
  return (
    shipped.find(({ template }) => template.id === id)?.template ??
    ownTemplate(db, id)?.template ??
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

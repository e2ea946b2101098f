/** The templates that ship: each says all that the law asks for and reads whole in both languages. */
import { expect, test } from 'vitest';
import { exampleFacts, exampleValues } from '../../src/template/example.ts';
import type { FieldValues } from '../../src/template/field.ts';
import { lawProblems, lawsFor } from '../../src/template/law.ts';
import { resolveDraft } from '../../src/template/resolve.ts';
import { shipped } from '../../src/template/shipped.ts';
import type { Relationship, Template } from '../../src/template/template.ts';

const day = '2026-12-01';
const drafted = (
  template: Template,
  relationship: Relationship,
  chosen: FieldValues = {},
  more: FieldValues = {},
) => {
  const facts = { ...exampleFacts(relationship), ...more };
  const laws = lawsFor(template, relationship, 'CN', day);
  return resolveDraft(template, {
    facts,
    values: exampleValues(template, facts, chosen),
    currency: 'CNY',
    laws,
  });
};

test.each(shipped.map(({ template }) => [template.title.en, template] as const))(
  '%s keeps the law for every relationship it fits',
  (_, template) => {
    expect(lawProblems(template, 'CN', day)).toEqual([]);
    for (const relationship of template.relationships)
      expect(lawsFor(template, relationship, 'CN', day).length, relationship).toBeGreaterThan(0);
  },
);

test.each(
  shipped.flatMap(({ template }) =>
    template.relationships.map((relationship) => [template.title.en, relationship, template] as const),
  ),
)('%s for %s reads whole in both languages, whatever is chosen', (_, relationship, template) => {
  const choices = template.fields.flatMap(({ name, options }) =>
    options.map(({ value }) => ({ [name]: value })),
  );
  for (const chosen of [{}, ...choices]) {
    const { clauses, faults } = drafted(template, relationship, chosen);
    expect(faults, JSON.stringify(chosen)).toEqual([]);
    for (const { zh, en, title } of clauses) {
      expect(zh.length).toBe(en.length);
      for (const text of [...zh, title.zh]) expect(text).toMatch(/\p{Script=Han}/u);
      for (const text of [...zh, ...en]) expect(text).not.toMatch(/[{}]|undefined|null|。。/);
    }
  }
});

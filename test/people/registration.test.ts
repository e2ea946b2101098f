/** Registering an employer makes a cell, and only then: what is refused leaves nothing behind. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import { openHouse } from '../journey/house.ts';
import type { Person } from '../support/person.ts';

/** An operator, and somebody who came by a registration link. */
async function openLink() {
  const house = await openHouse('2026-10-01T00:00:00Z');
  const operator = await house.person('Operator').signUp({ kind: 'setup', token: house.setupToken });
  const { url } = await operator.ok('PUT', `/api/registrations/${newId()}`, { label: '晨光' });
  const token = new URL(String(url)).searchParams.get('token') ?? '';
  const owner = await house.person('Li Na').signUp({ kind: 'registration', token });
  return { house, operator, owner, token };
}

const register = (who: Person, org: string, body: object) => who.call('PUT', `/api/orgs/${org}`, body);

test('a refused body leaves no cell and spends no link', async () => {
  const { house, owner, token } = await openLink();
  const org = newId();
  const refused = [
    [{ ...company, token, registrationCode: '9144030071526726XX' }, 'registration-code-invalid'],
    [{ ...company, token, zone: 'Mars/Phobos' }, 'body-invalid'],
    [{ ...company, token, admin: true }, 'body-invalid'],
    [{ ...company, token: 'guessed' }, 'registration-closed'],
  ] as const;
  for (const [body, slug] of refused) expect((await register(owner, org, body)).body.slug).toBe(slug);
  expect(house.service.cells.orgs()).toEqual([]);
  expect((await register(owner, org, { ...company, token })).status).toBe(200);
  expect((await register(owner, org, { ...company, token })).status).toBe(200);
});

test('a link that two employers spend at once makes one of them', async () => {
  const { house, owner, token } = await openLink();
  const answers = await Promise.all(
    [newId(), newId(), newId()].map((org) => register(owner, org, { ...company, token })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  expect(house.service.cells.orgs()).toHaveLength(1);
});

test('a link is not spent on an employer that is there already', async () => {
  const { house, operator, owner, token } = await openLink();
  const taken = newId();
  await operator.ok('PUT', `/api/orgs/${taken}`, { ...company, token: house.setupToken });
  expect((await register(owner, taken, { ...company, token })).body.slug).toBe('registration-closed');
  expect((await register(owner, newId(), { ...company, token })).status).toBe(200);
});

/** The same front and cells inside workerd: an owner signs up with a passkey, registers an employer and is known there. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import { openHouse } from './house.ts';

test('an owner signs up, registers an employer once, and the journal holds', async () => {
  const { setupToken, person } = await openHouse();
  const owner = await person('Li Na').signUp({ kind: 'setup', token: setupToken });
  const org = newId();
  expect((await owner.call('GET', `/api/orgs/${org}/standing`)).status).toBe(404);
  const employer = { token: setupToken, ...company };
  await owner.ok('PUT', `/api/orgs/${org}`, employer);
  await owner.ok('PUT', `/api/orgs/${org}`, employer);
  expect(await owner.ok('GET', `/api/orgs/${org}/standing`)).toMatchObject({
    employerName: company.name,
    verified: false,
    roles: [{ role: 'owner' }],
  });
  expect(await owner.ok('GET', `/api/orgs/${org}/journal/verification`)).toMatchObject({ ok: true });
});

test('a page asked for by an address is shown under its name; the API is answered where it is', async () => {
  const { send } = await openHouse();
  const page = await send(new Request('http://127.0.0.1:8787/sign-in?next=/x', { redirect: 'manual' }));
  expect(page.status).toBe(307);
  expect(page.headers.get('location')).toBe('http://localhost:8787/sign-in?next=/x');
  expect((await send(new Request('http://127.0.0.1:8787/api/me'))).status).toBe(401);
});

/** A gate that closes between the two steps of signing up is closed. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openEmployer, openHouse } from '../journey/house.ts';

test('an invitation that is revoked while the passkey is made lets nobody in', async () => {
  const { house, owner, api, org } = await openEmployer('2026-10-01T00:00:00Z');
  const id = newId();
  const invitation = { kind: 'worker', label: 'x', cap: 5, expiresAt: '2026-12-01T00:00:00Z' };
  const { token } = await owner.ok('PUT', `${api}/invitations/${id}`, invitation);
  const late = house.person('Late');
  const gate = { kind: 'invitation', org, token };
  const begun = (await late.ok('POST', '/api/sign-up/options', { gate, displayName: 'Late' })) as unknown as {
    options: never;
    ceremony: string;
  };
  await owner.ok('PUT', `${api}/invitations/${id}/revocation`, {});
  const response = late.authenticator.create(begun.options);
  const said = await late.call('POST', '/api/sign-up', { ceremony: begun.ceremony, response });
  expect(said.body.slug).toBe('link-expired');
});

test('of two who open the set-up link at once, one becomes the operator', async () => {
  const house = await openHouse('2026-10-01T00:00:00Z');
  const gate = { kind: 'setup', token: house.setupToken };
  const begin = async (name: string) => {
    const person = house.person(name);
    const begun = (await person.ok('POST', '/api/sign-up/options', {
      gate,
      displayName: name,
    })) as unknown as { options: never; ceremony: string };
    const response = person.authenticator.create(begun.options);
    return () => person.call('POST', '/api/sign-up', { ceremony: begun.ceremony, response });
  };
  const finish = await Promise.all([begin('Li Na'), begin('Mallory')]);
  const answers = await Promise.all(finish.map((go) => go()));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  expect((await (await begin('Late').catch(() => undefined))?.())?.status).not.toBe(200);
});

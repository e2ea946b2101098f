/** The same front and cells inside workerd: an owner signs up with a passkey, registers an employer and is known there. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openHouse } from './house.ts';

test('an owner signs up, registers an employer once, and the journal holds', async () => {
  const { setupToken, person } = await openHouse();
  const owner = await person('Li Na').signUp({ kind: 'setup', token: setupToken });
  const org = newId();
  expect((await owner.call('GET', `/api/orgs/${org}/standing`)).status).toBe(404);
  const employer = {
    token: setupToken,
    name: '上海晨光',
    country: 'CN',
    registrationCode: '9144030071526726XG',
    address: '上海',
    representative: '李娜',
    payerKind: 'ordinary',
    currency: 'CNY',
    zone: 'Asia/Shanghai',
    ownerName: '李娜',
  };
  await owner.ok('PUT', `/api/orgs/${org}`, employer);
  await owner.ok('PUT', `/api/orgs/${org}`, employer);
  expect(await owner.ok('GET', `/api/orgs/${org}/standing`)).toMatchObject({
    employerName: '上海晨光',
    verified: false,
    roles: [{ role: 'owner' }],
  });
  expect(await owner.ok('GET', `/api/orgs/${org}/journal/verification`)).toMatchObject({ ok: true });
});

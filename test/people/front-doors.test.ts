/** What the doors say before anybody makes a key: whether a link still opens, and what is wrong with what was typed. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openEmployer, openHouse, origin } from '../journey/house.ts';
import type { Person } from '../support/person.ts';

type House = Awaited<ReturnType<typeof openHouse>>;
async function look(house: House, path: string, who?: Person, locale = 'en') {
  const cookie = [who ? await who.cookie() : '', `locale=${locale}`].filter(Boolean).join('; ');
  const answer = await house.send(new Request(origin + path, { headers: { cookie, accept: 'text/html' } }));
  return { status: answer.status, text: await answer.text() };
}

test('before the first set-up the sign-in page says where the link is', async () => {
  const house = await openHouse('2026-10-01T00:00:00Z');
  expect((await look(house, '/sign-in')).text).toContain('Nothing is set up here yet');
  await house.person('李娜').signUp({ kind: 'setup', token: house.setupToken });
  expect((await look(house, '/sign-in')).text).not.toContain('Nothing is set up here yet');
});

test('a set-up or registration link that opens nothing says so before a key is made', async () => {
  const house = await openHouse('2026-10-01T00:00:00Z');
  const { setupToken } = house;
  expect((await look(house, `/setup?token=${setupToken}`)).text).toContain('data-passkey="sign-up"');
  for (const path of ['/setup?token=wrong', '/setup', '/register?token=wrong']) {
    const { text } = await look(house, path);
    expect(text, path).toContain('This link is no longer valid');
    expect(text, path).not.toContain('data-passkey');
  }
  const owner = await house.person('李娜').signUp({ kind: 'setup', token: setupToken });
  expect((await look(house, `/setup?token=${setupToken}`)).text).toContain('This link is no longer valid');
  const { status, text } = await look(house, `/setup?token=${setupToken}`, owner);
  expect(status).toBe(200);
  expect(text).toMatch(/name="ownerName"[^>]*value="李娜"/);
  expect((await look(house, '/register?token=wrong', owner)).text).toContain('This link is no longer valid');
});

test('beside the field stands what is wrong with it, never what was typed', async () => {
  const { owner, worker, api } = await openEmployer('2026-10-01T00:00:00Z');
  const past = { kind: 'worker', label: 'x', cap: 1, expiresAt: '2026-09-01T00:00:00Z' };
  const answer = await owner.call('PUT', `${api}/invitations/${newId()}`, past);
  const title = 'This time is already over. Choose a later one.';
  expect(answer.body).toMatchObject({
    slug: 'expiry-past',
    errors: [{ pointer: '/expiresAt', detail: title }],
  });
  const address = await worker.call('PUT', `/api/sign-in-codes/${newId()}`, {
    channel: 'sms',
    address: '12',
  });
  expect(address.body).toMatchObject({ slug: 'address-invalid', errors: [{ pointer: '/address' }] });
});

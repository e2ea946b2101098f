/** Who gets a code sent: behind an open gate or at a known address, so often an hour, and once. */
import { expect, test } from 'vitest';
import { front } from '../../src/app.ts';
import { newId } from '../../src/kernel/id.ts';
import { networkOf } from '../../src/people/attempt.ts';
import { company } from '../journey/facts.ts';
import { openHouse } from '../journey/house.ts';

const number = (n: number) => `+86139${String(10_000_000 + n)}`;

/** An employer with a group's invitation; `ask` asks for a code from a network. */
async function openGroup() {
  const house = await openHouse('2026-10-01T00:00:00Z', { passkeys: false });
  const setup = { kind: 'setup', token: house.setupToken };
  const owner = await house.person('Li Na').signUp(setup);
  const org = newId();
  await owner.ok('PUT', `/api/orgs/${org}`, { ...company, token: house.setupToken });
  const invitation = { kind: 'worker', label: '十月', cap: 500, expiresAt: '2026-12-01T00:00:00Z' };
  const { token } = await owner.ok('PUT', `/api/orgs/${org}/invitations/${newId()}`, invitation);
  const gate = { kind: 'invitation', org, token: String(token) };
  const ask = async (address: string, options: { id?: string; gate?: object; from?: string } = {}) => {
    const { id = newId(), gate, from } = options;
    const request = new Request(`http://localhost:8787/api/sign-in-codes/${id}`, {
      method: 'PUT',
      body: JSON.stringify({ channel: 'sms', address, ...(gate ? { gate } : {}) }),
      headers: { 'content-type': 'application/json' },
    });
    const answer = await front.fetch(request, house.service.context, from);
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const sentTo = (address: string) => house.sent.filter(({ to }) => to.address === address);
  return { house, owner, gate, ask, sentTo };
}

test('without a gate only a known address gets a code, and the answer tells nobody which are known', async () => {
  const { house, owner, ask, sentTo } = await openGroup();
  const known = (owner as unknown as { number: string }).number;
  const before = sentTo(known).length;
  house.moveTo('2026-10-01T01:00:00Z');
  const stranger = await ask(number(1));
  expect(stranger).toEqual({ status: 200, body: { sentTo: '139****0001' } });
  expect(sentTo(number(1))).toEqual([]);
  expect((await ask(known)).status).toBe(200);
  expect(sentTo(known)).toHaveLength(before + 1);
});

test('asking again, or guessing the code, does not tell either whether an address is known', async () => {
  const { house, owner, ask } = await openGroup();
  const known = (owner as unknown as { number: string }).number;
  house.moveTo('2026-10-01T01:00:00Z');
  const tries: unknown[][] = [];
  for (const address of [known, number(1)]) {
    const id = newId();
    const first = await ask(address, { id });
    const guess = await house.person('M').call('POST', '/api/sign-in/code', {
      id,
      channel: 'sms',
      address,
      code: '000000',
    });
    const retried = await ask(address, { id });
    const again = await ask(address);
    tries.push([first.status, guess.body.slug, retried.status, again.status, again.body.slug]);
  }
  expect(tries[1]).toEqual(tries[0]);
});

test('a closed gate sends nothing', async () => {
  const { ask, sentTo, gate } = await openGroup();
  expect((await ask(number(1), { gate: { ...gate, token: 'guessed' } })).body.slug).toBe('link-expired');
  expect((await ask(number(1), { gate: { kind: 'setup', token: 'guessed' } })).body.slug).toBe(
    'registration-closed',
  );
  expect(sentTo(number(1))).toEqual([]);
});

test('one network asks sixty times an hour, however many numbers it names; a repeated request counts once', async () => {
  const { house, ask, gate } = await openGroup();
  const from = '203.0.113.7';
  for (let n = 0; n < 60; n += 1) {
    const id = newId();
    expect((await ask(number(n), { id, gate, from })).status).toBe(200);
    expect((await ask(number(n), { id, gate, from })).status).toBe(200);
  }
  expect((await ask(number(61), { gate, from })).body.slug).toBe('too-many-attempts');
  expect((await ask(number(61), { gate, from: '203.0.113.8' })).status).toBe(200);
  house.moveTo('2026-10-01T01:00:01Z');
  expect((await ask(number(62), { gate, from })).status).toBe(200);
});

test('one link sends three hundred codes an hour, from wherever', async () => {
  const { ask, gate } = await openGroup();
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => ask(number(n), { gate })));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect((await ask(number(301), { gate, from: '203.0.113.9' })).body.slug).toBe('too-many-attempts');
});

test('a code that could not be sent says so, and the repeated request sends the same one; three times at most', async () => {
  const { house, ask, gate, sentTo } = await openGroup();
  const id = newId();
  house.failNextMessages(1);
  const failed = await ask(number(1), { id, gate });
  expect(failed).toMatchObject({ status: 503, body: { slug: 'code-not-sent' } });
  expect((await ask(number(1), { id, gate })).status).toBe(200);
  expect((await ask(number(1), { id, gate })).status).toBe(200);
  const [first, ...more] = sentTo(number(1));
  expect(more).toEqual([]);
  expect(first?.values.code).toMatch(/^\d{6}$/);

  const never = newId();
  house.failNextMessages(9);
  for (let n = 0; n < 3; n += 1) expect((await ask(number(2), { id: never, gate })).status).toBe(503);
  expect((await ask(number(2), { id: never, gate })).body.slug).toBe('too-many-attempts');
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0db8:0001:0002::6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

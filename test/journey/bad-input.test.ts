/** What bad input gets, through the front: a clear refusal, and nothing half-written. */
import { expect, test } from 'vitest';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { openEmployer, openHouse, origin } from './house.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7]);

async function slugOf(answer: Response): Promise<unknown> {
  return ((await answer.json()) as { slug?: string }).slug;
}

test('a body that is no JSON, too large, or with unknown fields is refused', async () => {
  const { send } = await openHouse('2026-10-01T00:00:00Z');
  const post = (body: string) =>
    send(
      new Request(`${origin}/api/sign-up/options`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
      }),
    );
  expect(await slugOf(await post('{"gate":'))).toBe('body-malformed');
  expect(await slugOf(await post(JSON.stringify({ displayName: 'x'.repeat(1_100_000) })))).toBe(
    'body-too-large',
  );
  const unknown = await post(
    JSON.stringify({ gate: { kind: 'setup', token: 'x' }, displayName: 'x', admin: true }),
  );
  expect(await unknown.json()).toMatchObject({ slug: 'body-invalid', errors: [{ pointer: '/admin' }] });
});

test('a write that only carries a cookie must come from our own pages', async () => {
  const { house, owner } = await openEmployer('2026-10-01T00:00:00Z');
  const cookie = await owner.cookie();
  const from = (headers: Record<string, string>) =>
    house.send(new Request(`${origin}/api/sign-out`, { method: 'POST', headers: { cookie, ...headers } }));
  expect(await slugOf(await from({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }))).toBe(
    'origin-refused',
  );
  expect((await from({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

test('a sign-in that was already used opens nothing', async () => {
  const { worker } = await openEmployer('2026-10-01T00:00:00Z');
  const again = await worker.signIn();
  expect((await again()).body.slug).toBe('passkey-refused');
});

test('codes go out only by channels that are set up, and forged device keys open nothing', async () => {
  const { house } = await openEmployer('2026-10-01T00:00:00Z');
  const stranger = house.person('Mallory');
  const channels = house.service.context.messages.channels;
  const missing = (['sms', 'email'] as const).find((channel) => !channels.includes(channel));
  if (missing) {
    const address = missing === 'sms' ? '13800000000' : 'a@example.com';
    expect(
      (await stranger.call('PUT', `/api/sign-in-codes/${newId()}`, { channel: missing, address })).body.slug,
    ).toBe('channel-unavailable');
  }
  const { ceremony } = (await stranger.ok('POST', '/api/device-challenges')) as unknown as {
    ceremony: string;
  };
  const forged = { personId: newId(), deviceId: newId(), ceremony, signature: 'A'.repeat(86) };
  expect((await stranger.call('POST', '/api/sign-in/device', forged)).body.slug).toBe('device-refused');
});

test('files are what their digest and first bytes say, or are refused', async () => {
  const { api, worker } = await openEmployer('2026-10-01T00:00:00Z');
  expect(await slugOf(await worker.putFile(`${api}/files/${sha256('else')}`, png))).toBe(
    'file-digest-differs',
  );
  const text = new TextEncoder().encode('not a picture');
  expect(await slugOf(await worker.putFile(`${api}/files/${sha256(text)}`, text))).toBe(
    'body-type-unsupported',
  );
});

test('the last owner stays', async () => {
  const { api, owner, house, org } = await openEmployer('2026-10-01T00:00:00Z');
  const cell = house.service.cells;
  expect(await cell.cell(org)).toBeDefined();
  const entries = (await owner.ok('GET', `${api}/journal`)) as unknown as {
    entries: { kind: string; subject: string }[];
  };
  const grant = entries.entries.find(({ kind }) => kind === 'role-granted')?.subject;
  expect((await owner.call('PUT', `${api}/grants/${grant}/revocation`, { reason: 'x' })).body.slug).toBe(
    'last-owner',
  );
});

test('an identity is refused that is under age, expired, settled, or reviewed by its own claimant', async () => {
  const { api, owner, worker } = await openEmployer('2026-10-01T00:00:00Z');
  const { fileId } = (await (await worker.putFile(`${api}/files/${sha256(png)}`, png)).json()) as {
    fileId: string;
  };
  for (const purpose of ['identity-document', 'bank-account'])
    await worker.ok('PUT', `${api}/me/consents/${newId()}`, { purpose });
  const photos = [{ side: 'front', fileId }];
  const passport = {
    legalName: 'Zhang San',
    documentKind: 'passport',
    documentNumber: 'E12345678',
    country: 'CN',
    birthOn: '1990-03-07',
    photos,
  };
  const claim = (body: object, id = newId()) => worker.call('PUT', `${api}/me/identity-claims/${id}`, body);
  expect((await claim({ ...passport, birthOn: '2010-10-01' })).body.slug).toBe('under-working-age');
  expect((await claim({ ...passport, expiresOn: '2026-09-30' })).body.slug).toBe('document-expired');
  expect((await claim(passport)).status).toBe(200);
  expect((await claim(passport)).body.slug).toBe('identity-settled');
  expect(
    (
      await worker.call('PUT', `${api}/me/payout-accounts/${newId()}`, {
        bankName: 'x',
        holderName: 'x',
        number: '12',
      })
    ).body.slug,
  ).toBe('account-invalid');

  // The owner also works here: somebody else has to look at their document.
  const own = (await owner.ok('PUT', `${api}/invitations/${newId()}`, {
    kind: 'worker',
    label: 'x',
    cap: 1,
    expiresAt: '2027-01-01T00:00:00Z',
  })) as unknown as { token: string };
  await owner.ok('PUT', `${api}/invitations/by-token/${own.token}/uses/${newId()}`, { displayName: '李娜' });
  await owner.ok('PUT', `${api}/me/consents/${newId()}`, { purpose: 'identity-document' });
  const ownClaim = newId();
  await owner.ok('PUT', `${api}/me/identity-claims/${ownClaim}`, {
    ...passport,
    documentNumber: 'E87654321',
  });
  expect(
    (
      await owner.call('PUT', `${api}/identity-claims/${ownClaim}/review`, {
        decision: 'accepted',
        reason: 'me',
      })
    ).body.slug,
  ).toBe('own-review');
});

test('a contract is refused without identity, for an unfit relationship, and after the end', async () => {
  const { api, owner, worker, workerId } = await openEmployer('2026-10-01T00:00:00Z');
  const siteId = newId();
  await owner.ok('PUT', `${api}/sites/${siteId}`, {
    name: 'x',
    address: 'x',
    fence: { lat: 31.2, lng: 121.4, datum: 'gcj02', radiusMetres: 100 },
  });
  const engage = async (relationship: string) => {
    const id = newId();
    await owner.ok('PUT', `${api}/engagements/${id}`, {
      workerId,
      roleTitle: 'x',
      relationship,
      project: 'x',
      payPeriod: 'weekly',
      startsOn: '2026-09-01',
      siteIds: [siteId],
      hourlyRateMinor: 2000,
    });
    return id;
  };
  const offer = (engagementId: string) =>
    owner.call('PUT', `${api}/contracts/${newId()}`, {
      engagementId,
      template: 'service-agreement',
      values: {},
    });
  const engagementId = await engage('service');
  expect((await offer(engagementId)).body.slug).toBe('identity-unproven');
  expect((await offer(await engage('labour'))).body.slug).toBe('template-unfit');
  await owner.ok('PUT', `${api}/engagements/${engagementId}/end`, { endsOn: '2026-09-30', reason: 'x' });
  expect((await offer(engagementId)).body.slug).toBe('engagement-ended');
  expect(
    (await worker.call('PUT', `${api}/engagements/${newId()}/end`, { endsOn: '2026-09-30', reason: 'x' }))
      .body.slug,
  ).toBe('not-found');
});

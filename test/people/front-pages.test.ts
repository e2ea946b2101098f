/** The operator's and the account's pages through the front: who finds them, and what each decision changes. */
import { expect, test } from 'vitest';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import { openEmployer, origin } from '../journey/house.ts';
import type { Person } from '../support/person.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7]);
type House = Awaited<ReturnType<typeof openEmployer>>;

async function look({ house }: Pick<House, 'house'>, path: string, who?: Person, locale = 'en') {
  const cookie = [who ? await who.cookie() : '', `locale=${locale}`].filter(Boolean).join('; ');
  const answer = await house.send(new Request(origin + path, { headers: { cookie, accept: 'text/html' } }));
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
}

async function giveLicence({ owner, api }: House): Promise<string> {
  const sent = await owner.putFile(`${api}/files/${sha256(png)}`, png);
  const { fileId } = (await sent.json()) as { fileId: string };
  const licenceId = newId();
  await owner.ok('PUT', `${api}/licences/${licenceId}`, { fileId });
  return licenceId;
}

test('the operator’s pages are there for the operator alone; a stranger is asked at the door', async () => {
  const scene = await openEmployer('2026-10-01T00:00:00Z');
  for (const path of ['/operator', `/operator/orgs/${scene.org}`, `/operator/registrations/${newId()}`]) {
    expect(await look(scene, path)).toMatchObject({
      status: 302,
      to: `/sign-in?next=${encodeURIComponent(path)}`,
    });
    expect((await look(scene, path, scene.worker)).status).toBe(404);
    expect((await look(scene, path, scene.owner)).status).toBe(200);
  }
  expect((await look(scene, `/operator/orgs/${newId()}`, scene.owner)).status).toBe(404);
});

test('a licence is shown beside what was registered, and refused or accepted with a reason', async () => {
  const scene = await openEmployer('2026-10-01T00:00:00Z');
  const { owner, org, api, house } = scene;
  const page = `/operator/orgs/${org}`;
  expect((await look(scene, page, owner)).text).toContain('No licence yet');
  const licenceId = await giveLicence(scene);
  const waiting = (await look(scene, page, owner)).text;
  for (const part of [company.name, company.registrationCode, company.representative, company.address])
    expect(waiting).toContain(part);
  expect(waiting).toContain(`<img src="${api}/licence/document"`);
  expect(waiting).toContain(`name="licenceId" data-kind="hidden" value="${licenceId}"`);
  house.moveTo('2026-10-01T01:00:00Z');
  const decide = (decision: string, reason: string) =>
    owner.ok('PUT', `${api}/reviews/${newId()}`, { licenceId, decision, reason });
  await decide('refused', 'the number is cut off');
  const refused = (await look(scene, page, owner)).text;
  expect(refused).toContain('the number is cut off');
  expect(refused).toContain('Decide again');
  house.moveTo('2026-10-01T02:00:00Z');
  await decide('accepted', 'as in the register');
  expect((await look(scene, page, owner)).text).toContain('<span class="badge badge-good">Verified');
  expect((await look(scene, page, owner, 'zh-CN')).text).toContain('已核验');
});

test('the link for a further employer can be looked at again until it is used', async () => {
  const scene = await openEmployer('2026-10-01T00:00:00Z');
  const { owner, house } = scene;
  const id = newId();
  const { url } = (await owner.ok('PUT', `/api/registrations/${id}`, { label: 'Harbour' })) as unknown as {
    url: string;
  };
  const { text } = await look(scene, `/operator/registrations/${id}`, owner);
  expect(text).toContain('Harbour');
  expect(text).toContain(url);
  const token = new URL(url).searchParams.get('token') ?? '';
  const other = await house.person('Wang Fang').signUp({ kind: 'registration', token });
  await other.ok('PUT', `/api/orgs/${newId()}`, {
    ...company,
    token,
    registrationCode: '91110000802100433B',
  });
  expect((await look(scene, `/operator/registrations/${id}`, owner)).text).toContain('This link was used');
  expect((await other.call('PUT', `/api/orgs/${newId()}`, { ...company, token })).body.slug).toBe(
    'registration-closed',
  );
});

test('the start page says who one is at each employer, and leads the operator on', async () => {
  const scene = await openEmployer('2026-10-01T00:00:00Z');
  // The directory hears of memberships from the cell's tick.
  await expect
    .poll(async () => (await look(scene, '/', scene.worker, 'zh-CN')).text)
    .toContain('<span class="cell-value weui-cell__ft">劳动者</span>');
  const { text } = await look(scene, '/', scene.owner);
  expect(text).toContain(`href="/orgs/${scene.org}"`);
  expect(text).toContain('Owner');
  expect(text).toContain('href="/operator"');
});

test('the account names each key, when it was added and last signed in, and a removed one is gone', async () => {
  const scene = await openEmployer('2026-10-01T00:00:00Z');
  const { owner, house } = scene;
  expect((await look(scene, '/account')).to).toBe('/sign-in?next=/account');
  const fresh = (await look(scene, '/account', owner)).text;
  expect(fresh).toContain('Added 2026-10-01');
  expect(fresh).toContain('not used to sign in yet');
  expect(fresh).toContain('This is your last passkey.');
  expect(fresh).toContain('data-passkey="add"');
  house.moveTo('2026-10-05T00:00:00Z');
  await owner.signIn();
  const used = (await look(scene, '/account', owner)).text;
  expect(used).toContain('last signed in 2026-10-05');
  const key = /data-action="\/api\/passkeys\/([^"]+)"/.exec(used)?.[1] ?? '';
  await owner.ok('DELETE', `/api/passkeys/${key}`);
  expect((await look(scene, '/account', owner)).text).toContain('None yet.');
  expect((await look(scene, '/account', scene.worker, 'zh-CN')).text).toContain('我的账户');
});

test('who waits to be admitted reads so at the link they came by, and then what was decided', async () => {
  const scene = await openEmployer('2026-10-01T00:00:00Z');
  const { house, owner, org, api } = scene;
  const { token } = (await owner.ok('PUT', `${api}/invitations/${newId()}`, {
    kind: 'worker',
    label: 'The chat group',
    cap: 9,
    expiresAt: '2026-12-01T00:00:00Z',
    approvalRequired: true,
  })) as unknown as { token: string };
  const link = `/join/${org}/${token}`;
  const accept = `/invitations/by-token/${token}/uses/`;
  const [one, other] = [newId(), newId()];
  const [admitted, refused] = [house.person('A'), house.person('B')];
  for (const [who, use] of [
    [admitted, one],
    [refused, other],
  ] as const) {
    await who.signUp({ kind: 'invitation', org, token });
    expect((await look(scene, link, who)).text).toContain(accept);
    await who.ok('PUT', `${api}${accept}${use}`, { displayName: who.name });
    expect((await look(scene, link, who)).text).toContain('Waiting to be admitted');
  }
  await owner.ok('PUT', `${api}/admissions/${one}`, {});
  await owner.ok('PUT', `${api}/admissions/${other}/refusal`, { reason: 'nobody knows you' });
  expect((await look(scene, link, admitted)).text).toContain(`href="/orgs/${org}"`);
  expect((await look(scene, link, refused)).text).toContain('nobody knows you');
});

/** Rules of the employer's own room: what a repetition may say, who is admitted, and what the directory is told. */
import { expect, test } from 'vitest';
import { cellApp } from '../../src/cell/cell.ts';
import { tickCell } from '../../src/cell/tick.ts';
import { settingOf } from '../../src/employer/employer.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { company } from '../journey/facts.ts';
import { openEmployer } from '../journey/house.ts';
import { openTestCell } from '../support/cell.ts';

async function openCell() {
  const cell = await openTestCell();
  const owner = newId();
  const as = cell.as(owner);
  const ok = async (answer: Promise<Response>) => {
    const said = await answer;
    const body = (await said.json()) as Record<string, string>;
    expect(said.status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const slug = async (answer: Promise<Response>) => ((await (await answer).json()) as { slug?: string }).slug;
  await ok(as('PUT', '', company));
  const link = async (more: object = {}) =>
    (
      await ok(
        as('PUT', `/invitations/${newId()}`, {
          kind: 'worker',
          label: '十月',
          cap: 9,
          expiresAt: '2026-12-01T00:00:00Z',
          ...more,
        }),
      )
    ).token ?? '';
  const use = (personId: string, token: string, id = newId()) =>
    cell.as(personId)('PUT', `/invitations/by-token/${token}/uses/${id}`, { displayName: '张三' });
  /** What the directory heard last of a person. */
  const told = async (personId: string) => {
    await tickCell(cell.context, cell.at());
    const all = cell.told as { personId?: string; standing?: string }[];
    return all.filter((one) => one.personId === personId).at(-1)?.standing;
  };
  return { cell, owner, as, ok, slug, link, use, told };
}

const site = {
  name: '一号仓',
  address: '仓储路 1 号',
  fence: { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 150 },
};

test('a site sent again is the same site, also after its circle was drawn anew; with another circle it is refused', async () => {
  const { as, ok, slug } = await openCell();
  const id = newId();
  await ok(as('PUT', `/sites/${id}`, site));
  await ok(as('PUT', `/sites/${id}/geofences/${newId()}`, { ...site.fence, radiusMetres: 300 }));
  await ok(as('PUT', `/sites/${id}`, site));
  const wider = { ...site, fence: { ...site.fence, radiusMetres: 300 } };
  expect(await slug(as('PUT', `/sites/${id}`, wider))).toBe('id-reused');
});

test('of two settings made in one instant the last counts, whatever their ids', async () => {
  const { cell, as, ok } = await openCell();
  const [early, late] = [newId(), newId()];
  const setting = { name: 'second-approver', reason: '家庭企业' };
  await ok(as('PUT', `/settings/${late}`, { ...setting, value: 'off' }));
  await ok(as('PUT', `/settings/${early}`, { ...setting, value: 'on' }));
  expect(settingOf(cell.store.db, 'second-approver')).toMatchObject({ id: early, value: 'on' });
});

test('a refusal of admission is read with its reason by whom it concerns, and is decided once', async () => {
  const { cell, as, ok, slug, link, use } = await openCell();
  const token = await link({ approvalRequired: true });
  const [person, useId] = [newId(), newId()];
  expect(await ok(use(person, token, useId))).toEqual({ standing: 'waiting' });
  const refusal = `/admissions/${useId}/refusal`;
  await ok(as('PUT', refusal, { reason: '名额已满' }));
  await ok(as('PUT', refusal, { reason: '名额已满' }));
  expect(await slug(as('PUT', refusal, { reason: '别的原因' }))).toBe('already-decided');
  expect(await slug(as('PUT', `/admissions/${useId}`, {}))).toBe('already-decided');
  expect(await ok(use(person, token))).toEqual({ standing: 'refused', reason: '名额已满' });
  const asked = await cell.as(person)('GET', `/invitations/by-token/${token}`);
  expect(await asked.json()).toMatchObject({ mine: { standing: 'refused', reason: '名额已满' } });
  expect(await (await cell.visitor('GET', `/invitations/by-token/${token}`)).json()).not.toHaveProperty(
    'mine',
  );
});

test('a member’s link admits no worker', async () => {
  const { as, ok, slug, link, use } = await openCell();
  const token = await link({ kind: 'member', roles: [{ role: 'hr' }] });
  const useId = newId();
  await ok(use(newId(), token, useId));
  expect(await slug(as('PUT', `/admissions/${useId}`, {}))).toBe('not-found');
  expect(await slug(as('PUT', `/admissions/${useId}/refusal`, { reason: 'x' }))).toBe('not-found');
});

test('the directory hears a role before work, and what is left when roles are given and taken', async () => {
  const { cell, as, ok, slug, link, use, told } = await openCell();
  const person = newId();
  await ok(use(person, await link({ kind: 'member', roles: [{ role: 'hr' }] })));
  expect(await told(person)).toBe('hr');
  await ok(use(person, await link()));
  expect(await told(person)).toBe('hr');

  const grants = () =>
    cell.store.sqlite
      .prepare(
        'SELECT g.id AS id, g.member_id AS memberId FROM role_grants g JOIN members m ON m.id = g.member_id WHERE m.person_id = ?',
      )
      .all(person) as { id: string; memberId: string }[];
  const [hr] = grants();
  await ok(as('PUT', `/members/${hr?.memberId}/grants/${newId()}`, { role: 'owner' }));
  expect(await told(person)).toBe('owner');
  for (const { id } of grants()) await ok(as('PUT', `/grants/${id}/revocation`, { reason: '离职' }));
  expect(await told(person)).toBe('worker');
  expect(await slug(as('PUT', `/grants/${hr?.id}/revocation`, { reason: '别的' }))).toBe('already-decided');
});

test('somebody with neither role nor work here is a stranger: no standing, and no files taken', async () => {
  const { cell, as, ok, slug, link, use } = await openCell();
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 9]);
  const send = async (personId: string) => {
    const path = `http://localhost:8787/api/orgs/${cell.org}/files/${sha256(png)}`;
    const actor = { kind: 'person', personId, signedInBy: 'A' } as const;
    return cellApp.fetch(new Request(path, { method: 'PUT', body: png }), { cell: cell.context, actor });
  };
  const stranger = newId();
  expect(await slug(cell.as(stranger)('GET', '/standing'))).toBe('not-found');
  expect(await slug(cell.visitor('GET', '/standing'))).toBe('sign-in-required');
  expect((await send(stranger)).status).toBe(404);

  const token = await link({ approvalRequired: true });
  const useId = newId();
  await ok(use(stranger, token, useId));
  expect((await send(stranger)).status).toBe(200);
  await ok(as('PUT', `/admissions/${useId}/refusal`, { reason: '名额已满' }));
  expect((await send(stranger)).status).toBe(404);
  expect(await ok(as('GET', '/standing'))).toMatchObject({ employerName: company.name });
});

test('the front lists an employer by the last word of its cell, in whatever order words arrive', async () => {
  const { house } = await openEmployer('2026-10-01T00:00:00Z');
  const { directory } = house.service.context;
  const [personId, orgId] = [newId(), newId()];
  const put = (standing: string, saidAt: string) =>
    directory.call(personId, 'putMembership', {
      personId,
      orgId,
      orgName: 'x',
      standing,
      saidAt: saidAt as Instant,
    });
  const listed = async () =>
    (await directory.call(personId, 'membershipsOf', { personId })).map(({ standing }) => standing);
  await put('hr', '2026-10-01T00:00:00.000Z');
  await put('none', '2026-10-03T00:00:00.000Z');
  await put('worker', '2026-10-02T00:00:00.000Z');
  expect(await listed()).toEqual([]);
  await put('worker', '2026-10-04T00:00:00.000Z');
  expect(await listed()).toEqual(['worker']);
});

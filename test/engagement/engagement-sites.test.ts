/** Where somebody may work: changed with who, when and why, and judged by what held when they clocked in. */
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { agreedWork } from '../journey/facts.ts';
import { openEmployer } from '../journey/house.ts';
import { ClockingPhone } from '../support/clocking-phone.ts';

const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 200 };
const at = (time: string) => `2026-10-05T${time}Z`;

async function openScene() {
  const employer = await openEmployer(at('00:00:00'));
  const { api, owner, worker, workerId, org } = employer;
  const [quay, yard, engagementId] = [newId(), newId(), newId()];
  await owner.ok('PUT', `${api}/sites/${quay}`, { name: 'Quay', address: 'Quay', fence });
  await owner.ok('PUT', `${api}/sites/${yard}`, { name: 'Yard', address: 'Yard', fence });
  const agreed = { ...agreedWork, workerId, siteIds: [quay] };
  const engage = () => owner.call('PUT', `${api}/engagements/${engagementId}`, agreed);
  expect((await engage()).status).toBe(200);
  await worker.ok('PUT', `${api}/me/consents/${newId()}`, { purpose: 'location-at-punch' });
  const change = async (what: 'added' | 'removed', siteId: string, id = newId()) => {
    const body = { siteId, change: what, reason: '调班' };
    const answer = await owner.call('PUT', `${api}/engagements/${engagementId}/site-changes/${id}`, body);
    return (answer.body as { slug?: string }).slug ?? answer.status;
  };
  const phone = await new ClockingPhone(worker, org).enrol(at('00:00:00'));
  const tap = (siteId: string, time: string, more: object = {}) =>
    phone.tap({ engagementId, siteId, kind: 'in', at: at(time), ...more });
  return { ...employer, quay, yard, engagementId, engage, change, phone, tap };
}
let scene: Awaited<ReturnType<typeof openScene>>;
beforeEach(async () => {
  scene = await openScene();
});

async function listed(): Promise<string[]> {
  const { worker, api } = scene;
  const { engagements } = (await worker.ok('GET', `${api}/me/engagements`)) as unknown as {
    engagements: { siteIds: string[] }[];
  };
  return engagements[0]?.siteIds ?? [];
}

test('a site is added and removed, each once however often it is sent', async () => {
  const { change, quay, yard } = scene;
  const id = newId();
  expect(await change('added', yard, id)).toBe(200);
  expect(await change('added', yard, id)).toBe(200);
  expect(new Set(await listed())).toEqual(new Set([quay, yard]));
  expect(await change('removed', quay)).toBe(200);
  expect(await listed()).toEqual([yard]);
  expect(await change('removed', yard, id)).toBe('id-reused');
});

test('what the list says already is refused, and work keeps at least one site', async () => {
  const { change, quay, yard } = scene;
  expect(await change('added', quay)).toBe('site-list-unchanged');
  expect(await change('removed', yard)).toBe('site-list-unchanged');
  expect(await change('removed', quay)).toBe('last-site');
  expect(await change('added', newId())).toBe('not-found');
});

test('the engagement sent again is the same engagement, also after its sites have changed', async () => {
  const { change, engage, quay, yard } = scene;
  await change('added', yard);
  await change('removed', quay);
  expect((await engage()).status).toBe(200);
  expect(await listed()).toEqual([yard]);
});

test('only owner and HR change the list', async () => {
  const { worker, api, engagementId, yard } = scene;
  const body = { siteId: yard, change: 'added', reason: 'x' };
  const answer = await worker.call('PUT', `${api}/engagements/${engagementId}/site-changes/${newId()}`, body);
  expect(answer.status).toBe(404);
});

test('a late punch is not held against a list that changed after it', async () => {
  const { change, house, phone, quay, tap, yard } = scene;
  const [before, after] = [await tap(quay, '01:00:00'), await tap(quay, '05:00:00')];
  await change('added', yard);
  house.moveTo(at('03:00:00'));
  await change('removed', quay);
  house.moveTo(at('06:00:00'));
  expect((await phone.send(before, at('06:00:00'))).body.flags).not.toContain('site-unexpected');
  expect((await phone.send(after, at('06:00:00'))).body.flags).toContain('site-unexpected');
});

test('a late punch is judged by the fence of its own time', async () => {
  const { api, house, owner, phone, quay, tap } = scene;
  const [before, after] = [await tap(quay, '01:00:00'), await tap(quay, '05:00:00')];
  house.moveTo(at('03:00:00'));
  const elsewhere = { ...fence, lat: 31.3 };
  await owner.ok('PUT', `${api}/sites/${quay}/geofences/${newId()}`, elsewhere);
  house.moveTo(at('06:00:00'));
  expect((await phone.send(before, at('06:00:00'))).body.verdict).toBe('inside');
  expect((await phone.send(after, at('06:00:00'))).body.verdict).toBe('outside');
});

test('the person’s page offers the change and names who made those before', async () => {
  const { change, org, owner, workerId, yard } = scene;
  await change('added', yard);
  const { text } = await owner.page(`/orgs/${org}/people/${workerId}`);
  expect(text).toContain('/site-changes/{id}');
  expect(text).toContain('调班');
  expect(text).toContain('变更记录');
});

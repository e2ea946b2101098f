/** An id names one thing: the same write again is answered the same, with other words it is refused, and nothing is written. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import type { Opened, Person } from '../support/person.ts';
import { openCrew } from './crew.ts';
import { openHouse, origin } from './house.ts';

async function open() {
  const house = await openHouse('2026-10-01T00:00:00Z');
  const { send, setupToken } = house;
  const crew = await openCrew({ send, origin, setupToken, today: '2026-10-01' });
  const worker = await crew.join('张三', await crew.invite());
  return { house, worker, ...crew };
}
type Scene = Awaited<ReturnType<typeof open>>;

async function expectOne({ owner, api }: Scene, who: Person, path: string, body: object, others: object[]) {
  const first = await who.ok('PUT', path, body);
  const entries = async () => JSON.stringify(await owner.ok('GET', `${api}/journal?limit=500`));
  const before = await entries();
  expect(await who.ok('PUT', path, body)).toEqual(first);
  for (const other of others)
    expect((await who.call('PUT', path, other)).body.slug, JSON.stringify(other)).toMatch(
      /^(id-reused|already-decided)$/,
    );
  expect(await entries()).toBe(before);
}

test('an engagement under a known id has the rate and the sites that it was made with', async () => {
  const scene = await open();
  const { owner, api, siteId, worker } = scene;
  const otherSite = newId();
  const fence = { lat: 31.2, lng: 121.4, datum: 'wgs84', radiusMetres: 200 };
  await owner.ok('PUT', `${api}/sites/${otherSite}`, { name: '二号仓', address: '仓储路 2 号', fence });
  const body = {
    workerId: worker.workerId,
    roleTitle: '分拣员',
    relationship: 'service',
    project: '双十一',
    payPeriod: 'weekly',
    startsOn: '2026-10-01',
    siteIds: [siteId],
    hourlyRateMinor: 2800,
  };
  await expectOne(scene, owner, `${api}/engagements/${newId()}`, body, [
    { ...body, hourlyRateMinor: 9900 },
    { ...body, siteIds: [otherSite] },
    { ...body, siteIds: [siteId, otherSite] },
  ]);
});

test('a correction under a known id adds the punch that it added, at its time and place', async () => {
  const scene = await open();
  const { owner, api, siteId, worker, house } = scene;
  const engagementId = await scene.engage(worker);
  house.moveTo('2026-10-02T12:00:00Z');
  const punch = { id: newId(), siteId, kind: 'in', at: '2026-10-02T01:00:00Z' };
  const body = { kind: 'add', engagementId, reason: '忘记打卡', punch };
  await expectOne(scene, owner, `${api}/corrections/${newId()}`, body, [
    { ...body, punch: { ...punch, at: '2026-10-02T02:00:00Z' } },
    { ...body, punch: { ...punch, kind: 'out' } },
    { ...body, reason: '其他' },
  ]);
});

test('a signature under a known id is the one of its nonce; a phone that heard no answer signs again', async () => {
  const scene = await open();
  const { api, worker } = scene;
  await scene.review(await scene.identify(worker));
  const contractId = await scene.offer(await scene.engage(worker));
  const sayAgain = async (nonce: string) => {
    const path = `${api}/contracts/${contractId}/nonces/${nonce}`;
    const said = (await worker.person.ok('PUT', path, { role: 'worker' })) as unknown as Opened;
    const wanted = { challenge: said.digest, rpId: said.rpId, userVerification: 'required' };
    const response = worker.person.authenticator.get(wanted as never);
    return { role: 'worker', nonce, proof: { kind: 'passkey', response } };
  };
  const body = await sayAgain(newId());
  const other = await sayAgain(newId());
  const path = `${api}/contracts/${contractId}/signatures/${newId()}`;
  await expectOne(scene, worker.person, path, body, [other, { ...body, nonce: newId() }]);
  expect(await worker.person.ok('PUT', path, await sayAgain(body.nonce))).toMatchObject({
    state: 'partly-signed',
  });
});

test('the link for an employer keeps its label, and a submission its note', async () => {
  const scene = await open();
  const { owner, api, siteId, worker, house } = scene;
  await expectOne(scene, owner, `/api/registrations/${newId()}`, { label: '顺达' }, [{ label: '远达' }]);
  const engagementId = await scene.engage(worker);
  for (const [at, kind] of [
    ['2026-10-02T01:00:00Z', 'in'],
    ['2026-10-02T09:00:00Z', 'out'],
  ] as const) {
    house.moveTo(at);
    const punch = { engagementId, siteId, kind, deviceAt: at, noPosition: 'denied' };
    await worker.person.ok('PUT', `${api}/punches/${newId()}`, punch);
  }
  const sheet = `${api}/engagements/${engagementId}/timesheets/2026-09-28`;
  const { digest } = (await worker.person.ok('GET', sheet)) as unknown as { digest: string };
  await expectOne(scene, worker.person, `${sheet}/submission`, { digest, note: '请核对' }, []);
  await worker.person.ok('PUT', `${sheet}/submission`, { digest, note: '午休半小时' });
  expect(await owner.ok('GET', sheet)).toMatchObject({ submission: { note: '午休半小时' } });
});

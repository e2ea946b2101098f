/** Who watches attendance is told that it changed, and of nothing else; the stream ends when it must. */
import { beforeEach, expect, test } from 'vitest';
import { changeEvents } from '../../src/http/events.ts';
import { newId } from '../../src/kernel/id.ts';
import { refusals } from '../../src/kernel/refusal.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { openEmployer } from '../journey/house.ts';

type Employer = Awaited<ReturnType<typeof openEmployer>>;

let employer: Employer;
let siteId: string;
let engagementId: string;
beforeEach(async () => {
  employer = await openEmployer('2026-10-12T00:00:00.000Z');
  const { owner, api, workerId } = employer;
  siteId = newId();
  engagementId = newId();
  const fence = { lat: 31.2404, lng: 121.4937, datum: 'wgs84', radiusMetres: 350 };
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: '城东', address: '东方路 18 号', fence });
  await owner.ok('PUT', `${api}/engagements/${engagementId}`, {
    workerId,
    roleTitle: '分拣员',
    relationship: 'service',
    project: '十月',
    payPeriod: 'monthly',
    startsOn: '2026-10-01',
    siteIds: [siteId],
    hourlyRateMinor: 2500,
  });
});

const punch = ({ worker, api }: Employer, kind: 'in' | 'out') =>
  worker.ok('PUT', `${api}/punches/${newId()}`, {
    engagementId,
    siteId,
    kind,
    deviceAt: '2026-10-12T00:00:00.000Z',
    noPosition: 'unavailable',
  });

/** Opens the stream as the browser does; `next` answers one message, or undefined at the end. */
async function watch(path: string, who = employer.owner) {
  const answer = await employer.house.send(
    new Request(`${who.origin}${path}`, {
      headers: { cookie: await who.cookie(), accept: 'text/event-stream' },
    }),
  );
  const reader = answer.body?.getReader();
  const next = async () => {
    const { value } = (await reader?.read()) ?? {};
    return value && new TextDecoder().decode(value);
  };
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    next,
    leave: () => reader?.cancel(),
  };
}

const events = (since = '') => `${employer.api}/attendance/events?since=${since}`;
const versionIn = (message: string | undefined) => /id: (\S+)/.exec(message ?? '')?.[1] ?? '';

test('a page is told at once of what happened since it was drawn, and then of each punch', async () => {
  const { status, type, next, leave } = await watch(events('of-yesterday'));
  expect([status, type]).toEqual([200, 'text/event-stream']);
  expect(await next()).toBe('retry: 3000\n\n');
  const before = versionIn(await next());
  await punch(employer, 'in');
  const after = await next();
  expect(after).toMatch(/^event: changed\n/);
  expect(versionIn(after)).not.toBe(before);
  await leave();
});

test('who has the newest already is told nothing until something happens, and never what happened', async () => {
  const first = await watch(events());
  await first.next();
  const version = versionIn(await first.next());
  await first.leave();
  const { next, leave } = await watch(events(version));
  expect(await next()).toBe('retry: 3000\n\n');
  await punch(employer, 'in');
  const told = await next();
  expect(told).toBe(`event: changed\nid: ${versionIn(told)}\ndata: ${versionIn(told)}\n\n`);
  await leave();
});

test('a write that attendance does not hang on tells nobody', async () => {
  const { next, leave } = await watch(events());
  await next();
  const version = versionIn(await next());
  const { owner, api } = employer;
  await owner.ok('PUT', `${api}/clients/${newId()}`, { name: '客户' });
  await new Promise((done) => setTimeout(done, 600));
  await punch(employer, 'in');
  const [punches] = versionIn(await next()).split('-');
  expect(Number(punches)).toBe(Number(version.split('-')[0]) + 1);
  await leave();
});

test('workers, and people of elsewhere, are not told', async () => {
  expect((await watch(events(), employer.worker)).status).toBe(404);
  const stranger = await employer.house.person('Wang Wu').signUp({
    kind: 'invitation',
    org: employer.org,
    token: employer.invite.token,
  });
  expect((await watch(events(), stranger)).status).toBe(404);
});

test('a supervisor whose role is taken back is told no more', async () => {
  const { owner, api, house, org } = employer;
  const { token } = (await owner.ok('PUT', `${api}/invitations/${newId()}`, {
    kind: 'member',
    label: '主管',
    cap: 1,
    expiresAt: '2027-12-01T00:00:00Z',
    roles: [{ role: 'supervisor', siteId }],
  })) as unknown as { token: string };
  const supervisor = await house.person('Zhao').signUp({ kind: 'invitation', org, token });
  await supervisor.ok('PUT', `${api}/invitations/by-token/${token}/uses/${newId()}`, { displayName: '赵' });
  const { next } = await watch(events(), supervisor);
  await next();
  await next();
  const { entries } = (await owner.ok('GET', `${api}/journal`)) as unknown as {
    entries: { seq: number; kind: string; subject: string }[];
  };
  const [grant] = entries
    .filter(({ kind }) => kind === 'role-granted')
    .sort((a, b) => b.seq - a.seq)
    .map(({ subject }) => subject);
  await owner.ok('PUT', `${api}/grants/${grant}/revocation`, { reason: '离职' });
  expect(await next()).toBeUndefined();
});

test('of one person the newest six pages are told', async () => {
  const pages = [];
  for (let page = 0; page < 7; page += 1) pages.push(await watch(events()));
  const first = pages[0];
  await first?.next();
  await first?.next();
  expect(await first?.next()).toBeUndefined();
  await punch(employer, 'in');
  for (const page of pages.slice(1)) {
    await page.next();
    await page.next();
    expect(await page.next()).toMatch(/^event: changed/);
    await page.leave();
  }
});

test('over two hundred pages are refused with watchers-full, and ask every half minute instead', () => {
  const { changes } = openNodeStore(':memory:');
  const watching = (personId: string) => changeEvents({ changes, personId, known: '', version: () => '1' });
  const pages = Array.from({ length: 200 }, (_, person) => watching(String(person)));
  expect(() => watching('one more')).toThrow(refusals['watchers-full'][1]);
  void pages[7]?.body?.cancel();
  expect(watching('one more').status).toBe(200);
});

test('when the service stops, streams end and nobody waits for them', async () => {
  const { next } = await watch(events());
  await next();
  await next();
  const begun = Date.now();
  await employer.house.service.close();
  expect(await next()).toBeUndefined();
  expect(Date.now() - begun).toBeLessThan(2_000);
});

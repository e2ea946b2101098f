/** A week of clocking, through the front: planned, signed without network, proved by the site's code, asked, approved, locked and paid. It knows no runtime. */
import { expect } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { ClockingPhone } from '../support/clocking-phone.ts';
import type { Person } from '../support/person.ts';
import { agreedWork, company } from './facts.ts';
import type { JourneyHouse } from './journey.ts';

/** A yard of about 200 by 190 metres, with one corner cut out. */
const yard = {
  kind: 'polygon',
  points: [
    [31.23, 121.47],
    [31.23, 121.472],
    [31.2318, 121.472],
    [31.2309, 121.471],
    [31.2318, 121.47],
  ],
};
const inYard = { lat: 31.2303, lng: 121.471, accuracyMetres: 8, datum: 'wgs84' };
const vague = { ...inYard, accuracyMetres: 900 };

/** Monday 5 October 2026 is the first day; times are of Shanghai. */
const on = (day: string, time: string) => new Date(`2026-10-${day}T${time}:00+08:00`).toISOString();

interface Sheet {
  readonly digest: string;
  readonly seconds: number;
  readonly state: string;
  readonly entries: { day: string; seconds: number; secondsByDay: Record<string, number> }[];
  readonly exceptions: { kind: string; blocking: boolean }[];
}

export async function liveAWeekOfClocking(house: JourneyHouse): Promise<void> {
  house.moveTo(on('04', '08:00'));
  const token = house.setupToken;
  const owner = await house.person('Li Na').signUp({ kind: 'setup', token });
  const org = newId();
  const api = `/api/orgs/${org}`;
  await owner.ok('PUT', api, { token, ...company });
  const [siteId, policyId] = [newId(), newId()];
  const fence = {
    datum: 'wgs84',
    shapes: [yard, { kind: 'circle', lat: 31.24, lng: 121.48, radiusMetres: 60 }],
  };
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: '洋山码头', address: '港区 7 号', fence });
  await owner.ok('PUT', `${api}/sites/${siteId}/policies/${policyId}`, {
    effectiveOn: '2026-10-01',
    rules: {
      place: 'require-proof',
      rounding: { toMinutes: 15, favour: 'worker' },
      breaks: [{ afterSeconds: 6 * 3600, seconds: 1800, paid: false, automatic: true }],
    },
  });
  const tie = [
    [0, 0],
    [0, 0.001],
    [0.001, 0],
    [0.001, 0.001],
  ];
  const crossing = { datum: 'wgs84', shapes: [{ kind: 'polygon', points: tie }] };
  expect((await owner.call('PUT', `${api}/sites/${siteId}/geofences/${newId()}`, crossing)).body.slug).toBe(
    'fence-crosses-itself',
  );

  const invite = (await owner.ok('PUT', `${api}/invitations/${newId()}`, {
    kind: 'worker',
    label: '码头',
    cap: 5,
    expiresAt: on('30', '00:00'),
    approvalRequired: false,
  })) as unknown as { token: string };
  const hire = async (name: string) => {
    const worker = await house.person(name).signUp({ kind: 'invitation', org, token: invite.token });
    const { workerId } = (await worker.ok(
      'PUT',
      `${api}/invitations/by-token/${invite.token}/uses/${newId()}`,
      { displayName: name },
    )) as unknown as { workerId: string };
    await worker.ok('PUT', `${api}/me/consents/${newId()}`, { purpose: 'location-at-punch' });
    const engagementId = newId();
    await owner.ok('PUT', `${api}/engagements/${engagementId}`, {
      ...agreedWork,
      payPeriod: 'weekly',
      workerId,
      siteIds: [siteId],
    });
    const phone = await new ClockingPhone(worker, org).enrol(on('04', '08:00'));
    return { worker, workerId, engagementId, phone };
  };
  const [zhang, li] = [await hire('张三'), await hire('李四')];

  // The plan: a night for Zhang, an open day that Li takes before Zhang can.
  const plan = async (shift: object) => {
    const [shiftId, draftId] = [newId(), newId()];
    await owner.ok('PUT', `${api}/shifts/${shiftId}/drafts/${draftId}`, { siteId, ...shift });
    await owner.ok('PUT', `${api}/shift-publications/${newId()}`, { draftIds: [draftId] });
    return shiftId;
  };
  await plan({
    day: '2026-10-05',
    startTime: '22:00',
    endTime: '06:00',
    engagementIds: [zhang.engagementId],
  });
  const open = await plan({ day: '2026-10-07', startTime: '09:00', endTime: '17:00', openPlaces: 1 });
  const claim = ({ worker, engagementId }: { worker: Person; engagementId: string }) =>
    worker.call('PUT', `${api}/me/shift-claims/${newId()}`, { shiftId: open, engagementId });
  expect((await claim(li)).status).toBe(200);
  expect((await claim(zhang)).status).toBe(409);
  const mine = JSON.stringify(await li.worker.ok('GET', `${api}/me/shifts`));
  expect(mine).toContain('2026-10-07');

  // Zhang's night: no network at the quay, a position that decides nothing, and the code on the gate's screen.
  house.moveTo(on('05', '21:50'));
  await owner.signIn();
  const shown = (await owner.ok('GET', `${api}/sites/${siteId}/code`)) as unknown as { code: string };
  const { phone } = zhang;
  const at = (day: string, time: string, kind: 'in' | 'out', more: object = {}) => ({
    engagementId: zhang.engagementId,
    siteId,
    kind,
    at: on(day, time),
    position: inYard,
    ...more,
  });
  const night = [
    await phone.tap(at('05', '21:50', 'in', { position: vague, proof: `site-code:${shown.code}` })),
    await phone.tap(at('06', '06:07', 'out')),
  ];
  house.moveTo(on('06', '09:00'));
  for (const punch of [...night, ...night]) {
    const { status, body } = await phone.send(punch, on('06', '09:00'));
    expect({ status, verdict: body.verdict }).toEqual({ status: 200, verdict: 'inside' });
  }
  // Li forgets to clock out, on a phone whose chain a thief tries to continue.
  house.moveTo(on('07', '08:55'));
  const begun = await li.phone.tap({ ...at('07', '08:55', 'in'), engagementId: li.engagementId });
  expect((await li.phone.send(begun, on('07', '08:55'))).body.flags).not.toContain('proof-missing');
  const forged = { ...begun, id: newId() };
  expect((await li.phone.send(forged, on('07', '08:56'))).body.slug).toBe('signature-invalid');

  house.moveTo(on('08', '10:00'));
  await li.worker.signIn();
  await owner.signIn();
  const requestId = newId();
  const asked = {
    kind: 'add',
    engagementId: li.engagementId,
    reason: '手机没电了，17:02 才走',
    punch: { siteId, kind: 'out', at: on('07', '17:02') },
  };
  await li.worker.ok('PUT', `${api}/correction-requests/${requestId}`, asked);
  await owner.ok('PUT', `${api}/correction-requests/${requestId}/decision`, {
    decision: 'accepted',
    reason: '监控属实',
  });

  // The week is over: raw, less the break, to the next quarter of an hour; the night belongs to the day it began.
  house.moveTo(on('12', '09:00'));
  for (const person of [owner, zhang.worker, li.worker]) await person.signIn();
  const sheetPath = (engagementId: string) => `${api}/engagements/${engagementId}/timesheets/2026-10-05`;
  const sheetOf = async (engagementId: string) =>
    (await owner.ok('GET', sheetPath(engagementId))) as unknown as Sheet;
  const nightSheet = await sheetOf(zhang.engagementId);
  expect(nightSheet.entries).toMatchObject([{ day: '2026-10-05', seconds: 8 * 3600 }]);
  const [entry] = nightSheet.entries;
  expect(Object.values(entry?.secondsByDay ?? {}).reduce((sum, seconds) => sum + seconds, 0)).toBe(8 * 3600);
  expect(nightSheet.exceptions.filter(({ blocking }) => blocking)).toEqual([]);
  expect(nightSheet.exceptions.map(({ kind }) => kind)).toContain('late-synced');
  const daySheet = await sheetOf(li.engagementId);
  expect(daySheet.entries).toMatchObject([{ day: '2026-10-07', seconds: 7.75 * 3600 }]);
  for (const { worker, engagementId } of [zhang, li]) {
    const { digest } = await sheetOf(engagementId);
    await worker.ok('PUT', `${sheetPath(engagementId)}/submission`, { digest });
    await owner.ok('PUT', `${sheetPath(engagementId)}/approval`, { digest });
    expect((await sheetOf(engagementId)).state).toBe('approved');
  }
  // A day that nobody had clocked comes to light: the approval is taken back by name, and all are approved in one go.
  for (const [kind, time] of [
    ['in', '09:00'],
    ['out', '12:00'],
  ] as const)
    await owner.ok('PUT', `${api}/corrections/${newId()}`, {
      kind: 'add',
      engagementId: li.engagementId,
      reason: '平板故障，门卫有登记',
      punch: { id: newId(), siteId, kind, at: on('09', time) },
    });
  expect((await sheetOf(li.engagementId)).state).toBe('reopened');
  const sheets = [];
  for (const { engagementId } of [zhang, li])
    sheets.push({ engagementId, startsOn: '2026-10-05', digest: (await sheetOf(engagementId)).digest });
  const together = await owner.ok('PUT', `${api}/timesheet-approvals/${newId()}`, { sheets });
  expect(together.sheets).toMatchObject([{ approved: true }, { approved: true }]);
  expect((await sheetOf(li.engagementId)).state).toBe('approved');
  // HR takes Zhang's lost phone away; what it signs from now on is nobody's.
  await owner.ok('PUT', `${api}/devices/${phone.deviceId}/revocation`, { reason: '手机遗失' });
  const stolen = await phone.tap(at('12', '09:05', 'in'));
  house.moveTo(on('12', '09:05'));
  expect((await phone.send(stolen, on('12', '09:05'))).body.slug).toBe('device-revoked');
  expect(await owner.ok('GET', `${api}/journal/verification`)).toMatchObject({ ok: true });
}

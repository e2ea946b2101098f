/** Punches that a phone signs: through the public door, with liars, lost answers and clocks that are wrong. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { verifyPunches } from '../../src/clock/verify-punches.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Db } from '../../src/store/commit.ts';
import { Database } from '../../src/store/sqlite.ts';
import { agreedWork } from '../journey/facts.ts';
import { openEmployer } from '../journey/house.ts';
import { ClockingPhone, type SignedPunch } from '../support/clocking-phone.ts';

const dawn = '2026-10-05T00:00:00Z';
const at = (time: string) => `2026-10-05T${time}Z`;

async function openScene() {
  const employer = await openEmployer(dawn);
  const { api, owner, worker, workerId, org } = employer;
  const [siteId, engagementId] = [newId(), newId()];
  const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 200 };
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: '松江仓', address: '松江区', fence });
  await owner.ok('PUT', `${api}/engagements/${engagementId}`, { ...agreedWork, workerId, siteIds: [siteId] });
  await worker.ok('PUT', `${api}/me/consents/${newId()}`, { purpose: 'location-at-punch' });
  const phone = await new ClockingPhone(worker, org).enrol(dawn);
  const tap = (time: string, kind: 'in' | 'out' = 'in', more: object = {}) =>
    phone.tap({ engagementId, siteId, kind, at: at(time), ...more });
  const sheet = async () =>
    (await worker.ok('GET', `${api}/engagements/${engagementId}/timesheets/2026-10-01`)) as unknown as {
      seconds: number;
      digest: string;
      exceptions: { kind: string; punchIds: string[] }[];
    };
  return { ...employer, siteId, engagementId, phone, tap, sheet };
}
let scene: Awaited<ReturnType<typeof openScene>>;
beforeEach(async () => {
  scene = await openScene();
});

/** Sent `later` by a phone whose clock is right. */
async function deliver(punch: SignedPunch, time: string) {
  scene.house.moveTo(at(time));
  return scene.phone.send(punch, at(time));
}

describe('a signed punch', () => {
  it('is its signer’s, is sealed with a receipt, and carries our time on', async () => {
    const answer = await deliver(await scene.tap('00:00:01'), '00:00:02');
    expect(answer).toMatchObject({ status: 200, body: { verdict: 'inside', late: null } });
    expect(answer.body.flags).not.toContain('unsigned');
    expect(String(answer.body.serverTime)).toContain('2026-10-05T00:00:02.000Z~');
  });

  it('needs no session: who signed out while it waited still gets their hours', async () => {
    const [begin, end] = [await scene.tap('01:00:00'), await scene.tap('09:00:00', 'out')];
    const stranger = scene.house.person('nobody');
    scene.house.moveTo(at('12:00:00'));
    for (const punch of [begin, end]) {
      const body = { ...punch.body, sent: { at: at('12:00:00'), life: null, monotonicMs: null } };
      const answer = await stranger.call('PUT', `${scene.api}/punches/${punch.id}`, body);
      expect(answer).toMatchObject({ status: 200, body: { offsetMs: 0 } });
      expect(answer.body.flags).toContain('late');
    }
    expect((await scene.sheet()).seconds).toBe(8 * 3600);
  });

  it('counts once however often it is sent, with whatever sending time', async () => {
    const punch = await scene.tap('01:00:00');
    const first = (await deliver(punch, '02:00:00')).body;
    const again = (await deliver(punch, '07:00:00')).body;
    expect(again).toMatchObject({ effectiveAt: first.effectiveAt, receipt: first.receipt });
  });

  it('that was edited, given another id or signed by another key is refused', async () => {
    const punch = await scene.tap('01:00:00');
    const edits: SignedPunch[] = [
      { ...punch, body: { ...punch.body, kind: 'out' } },
      { ...punch, body: { ...punch.body, deviceAt: at('00:10:00') } },
      { ...punch, body: { ...punch.body, position: { ...(punch.body.position as object), lat: 31.5 } } },
      { ...punch, body: { ...punch.body, device: { ...punch.body.device, seq: 9 } } },
      { ...punch, body: { ...punch.body, device: { ...punch.body.device, signature: 'AAAA' } } },
      { ...punch, id: newId() },
    ];
    for (const edited of edits)
      expect((await scene.phone.send(edited, at('01:00:01'))).body.slug).toBe('signature-invalid');
    expect((await scene.sheet()).exceptions).toEqual([]);
  });

  it('by a phone that nobody enrolled is refused with what to do', async () => {
    const punch = await scene.tap('01:00:00');
    const unknown = {
      ...punch,
      body: { ...punch.body, device: { ...punch.body.device, deviceId: newId() } },
    };
    expect((await scene.phone.send(unknown, at('01:00:01'))).body.slug).toBe('device-unknown');
  });

  it('for another worker’s engagement finds nothing', async () => {
    const other = await scene.phone.tap({
      engagementId: newId(),
      siteId: scene.siteId,
      kind: 'in',
      at: at('01:00:00'),
    });
    expect((await scene.phone.send(other, at('01:00:01'))).status).toBe(404);
  });

  it('after the engagement has ended is kept and flagged', async () => {
    const { owner, api, engagementId } = scene;
    await owner.ok('PUT', `${api}/engagements/${engagementId}/end`, { endsOn: '2026-10-04', reason: '结束' });
    const answer = await deliver(await scene.tap('01:00:00'), '01:00:01');
    expect(answer.status).toBe(200);
    expect(answer.body.flags).toContain('engagement-not-live');
  });

  it('made before the engagement ended and sent after is not flagged for that', async () => {
    const { owner, api, engagementId } = scene;
    const punch = await scene.tap('01:00:00');
    await owner.ok('PUT', `${api}/engagements/${engagementId}/end`, { endsOn: '2026-10-05', reason: '结束' });
    scene.house.moveTo('2026-10-07T00:00:00Z');
    const answer = await scene.phone.send(punch, '2026-10-07T00:00:00Z');
    expect(answer.body.flags).toContain('late');
    expect(answer.body.flags).not.toContain('engagement-not-live');
  });

  it('with a position that cannot be on earth is refused whole', async () => {
    const punch = await scene.tap('01:00:00', 'in', {
      position: { lat: 91, lng: 121, accuracyMetres: 5, datum: 'unstated' },
    });
    expect((await scene.phone.send(punch, at('01:00:01'))).body.slug).toBe('body-invalid');
  });

  it('from a clock years ahead is kept at its receipt and remarked on', async () => {
    const { engagementId, siteId } = scene;
    const punch = await scene.phone.tap({ engagementId, siteId, kind: 'in', at: '2039-01-01T00:00:00Z' });
    scene.house.moveTo(at('01:00:00'));
    const answer = await scene.phone.send(punch, '2039-01-01T00:00:01Z');
    expect(answer.body).toMatchObject({ effectiveAt: '2026-10-05T01:00:00.000Z' });
    expect(answer.body.flags).toContain('clock-differs');
  });

  it('of a phone two hours off yields the right hours after a day without network', async () => {
    const { phone, engagementId, siteId, house } = scene;
    // 00:00 here is 02:00 there.
    phone.sees(await scene.worker.ok('GET', `${scene.api}/server-time`), at('02:00:00'));
    const begin = await phone.tap({ engagementId, siteId, kind: 'in', at: at('03:00:00') });
    const end = await phone.tap({ engagementId, siteId, kind: 'out', at: at('11:00:00') });
    house.moveTo(at('15:00:00'));
    expect((await phone.send(begin, at('17:00:00'))).body).toMatchObject({
      effectiveAt: '2026-10-05T01:00:00.000Z',
      late: 14 * 3600,
      offsetMs: -2 * 3_600_000,
    });
    expect((await phone.send(end, at('17:00:00'))).body).toMatchObject({
      effectiveAt: '2026-10-05T09:00:00.000Z',
    });
    expect((await scene.sheet()).seconds).toBe(8 * 3600);
  });
});

describe('a phone that was revoked', () => {
  it('signs no more, but what it signed before counts and says so', async () => {
    const { api, worker, owner, phone } = scene;
    const before = await scene.tap('01:00:00');
    scene.house.moveTo(at('02:00:00'));
    const revocation = `${api}/devices/${phone.deviceId}/revocation`;
    await owner.ok('PUT', revocation, { reason: '手机丢失' });
    await owner.ok('PUT', revocation, { reason: '手机丢失' });
    const after = await scene.tap('03:00:00', 'out');
    const kept = await deliver(before, '04:00:00');
    expect(kept.status).toBe(200);
    expect(kept.body.flags).toContain('device-revoked');
    expect((await deliver(after, '04:00:00')).body.slug).toBe('device-revoked');
    const again = await worker.call('PUT', `${api}/me/devices/${phone.deviceId}`, {
      installation: phone.installation,
    });
    expect(again.body.slug).toBe('device-revoked');
    const listed = (await worker.ok('GET', `${api}/me/devices`)) as unknown as { devices: object[] };
    expect(listed.devices).toMatchObject([{ boundBy: 'passkey', revocation: { reason: '手机丢失' } }]);
  });

  it('in the account is revoked at every employer', async () => {
    const { worker, phone } = scene;
    await worker.ok('DELETE', `/api/devices/${phone.deviceId}`);
    const punch = await scene.tap('01:00:00');
    expect((await deliver(punch, '01:00:01')).body.slug).toBe('device-revoked');
  });

  it('is no other worker’s to revoke', async () => {
    const { house, api, invite, org, phone } = scene;
    const other = await house.person('Wang').signUp({ kind: 'invitation', org, token: invite.token });
    await other.ok('PUT', `${api}/invitations/by-token/${invite.token}/uses/${newId()}`, {
      displayName: '王五',
    });
    const answer = await other.call('PUT', `${api}/devices/${phone.deviceId}/revocation`, { reason: 'x' });
    expect(answer.status).toBe(404);
  });
});

describe('a site that wants proof', () => {
  it('keeps a clock-in without it and says what is missing; the code of that minute is proof', async () => {
    const { api, owner, siteId } = scene;
    const rules = { place: 'require-proof' };
    await owner.ok('PUT', `${api}/sites/${siteId}/policies/${newId()}`, { effectiveOn: '2026-10-01', rules });
    const nowhere = { position: null };
    const bare = await deliver(await scene.tap('01:00:00', 'in', nowhere), '01:00:01');
    expect(bare.body.flags).toContain('proof-missing');
    const out = await deliver(await scene.tap('02:00:00', 'out', nowhere), '02:00:01');
    expect(out.body.flags).not.toContain('proof-missing');
    scene.house.moveTo(at('03:00:00'));
    const shown = (await owner.ok('GET', `${api}/sites/${siteId}/code`)) as unknown as { code: string };
    const proof = `site-code:${shown.code}`;
    const proven = await deliver(await scene.tap('03:00:05', 'in', { ...nowhere, proof }), '09:00:00');
    expect(proven.body).toMatchObject({ verdict: 'inside' });
    expect(proven.body.flags).toEqual(expect.arrayContaining(['late', 'proof-given']));
    const stale = await deliver(await scene.tap('10:00:00', 'in', { ...nowhere, proof }), '10:00:01');
    expect(stale.body.flags).toContain('proof-missing');
  });
});

describe('an inspector', () => {
  it('finds every punch as its phone signed it, and names the one that somebody changed', async () => {
    const { house, org } = scene;
    await deliver(await scene.tap('01:00:00'), '01:00:01');
    await deliver(await scene.tap('09:00:00', 'out', { position: null }), '12:00:01');
    await house.service.close();
    const [file = ''] = readdirSync(house.folder, { recursive: true })
      .map(String)
      .filter((name) => name.includes(org) && name.endsWith('.sqlite'));
    const sqlite = new Database(join(house.folder, file));
    const db = drizzle({ client: sqlite }) as unknown as Db;
    expect(verifyPunches(db, org)).toEqual({ ok: true, signed: 2, positionsErased: 0 });
    const doctored = [
      ["kind = 'out' WHERE kind = 'in'", 'record-changed'],
      ['lat_e7 = lat_e7 + 1 WHERE lat_e7 IS NOT NULL', 'position-changed'],
      ["signature = (SELECT signature FROM punches WHERE kind = 'out')", 'signature'],
    ] as const;
    for (const [change, why] of doctored) {
      sqlite.exec('SAVEPOINT honest');
      sqlite.exec(`UPDATE punches SET ${change}`);
      expect(verifyPunches(db, org)).toMatchObject({ ok: false, why });
      sqlite.exec('ROLLBACK TO honest; RELEASE honest');
    }
    sqlite.exec('UPDATE punches SET lat_e7 = 312000000, position_salt = NULL WHERE lat_e7 IS NOT NULL');
    expect(verifyPunches(db, org)).toEqual({ ok: true, signed: 2, positionsErased: 1 });
    sqlite.close();
  });
});

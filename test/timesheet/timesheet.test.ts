import { beforeEach, describe, expect, test } from 'vitest';
import { attendanceOf } from '../../src/attendance/attendance.ts';
import { insertPunch } from '../../src/clock/punch.ts';
import type { Standing } from '../../src/employer/standing.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate, type Instant, instantOf } from '../../src/kernel/time.ts';
import { appendEntry, record } from '../../src/store/journal.ts';
import { approvalsFor, timesheetOf } from '../../src/timesheet/timesheet.ts';
import { openTestCell, type TestCell } from '../support/cell.ts';

const november = civilDate('2026-11-01');
const instant = (text: string): Instant => instantOf(Date.parse(text));
const everything: Standing = { roles: [{ role: 'hr', siteId: null, clientId: null }] };

interface Scene {
  readonly cell: TestCell;
  readonly owner: string;
  readonly hr: string;
  readonly supervisor: string;
  readonly stranger: string;
  readonly worker: string;
  readonly workerId: string;
  readonly siteId: string;
  readonly engagementId: string;
}
let scene: Scene;

beforeEach(async () => {
  const cell = await openTestCell({ at: '2026-10-01T00:00:00.000Z' });
  const [owner, hr, supervisor, stranger, worker, workerId, siteId, otherSiteId, engagementId] = [
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
  ];
  const employer = {
    name: '港湾物流',
    country: 'CN',
    registrationCode: '91110000802100433B',
    address: '1 Quay Road',
    representative: '王芳',
    payerKind: 'ordinary',
    currency: 'CNY',
    zone: 'Asia/Shanghai',
    ownerName: 'Olivia',
  };
  await cell.as(owner)('PUT', '', employer);
  for (const id of [siteId, otherSiteId]) {
    const fence = { lat: 31.23, lng: 121.47, datum: 'wgs84', radiusMetres: 100 };
    expect((await cell.as(owner)('PUT', `/sites/${id}`, { name: 'Quay', address: '1', fence })).status).toBe(
      200,
    );
  }
  const by = 'system';
  await cell.store.commit((tx) => {
    const at = cell.at();
    const join = (personId: string, role: 'hr' | 'supervisor', site: string | null) => {
      const memberId = newId();
      record(tx, 'member-joined', { id: memberId, personId, displayName: role, at, by }, by, at);
      record(
        tx,
        'role-granted',
        { id: newId(), memberId, role, siteId: site, clientId: null, at, by },
        by,
        at,
      );
    };
    join(hr, 'hr', null);
    join(supervisor, 'supervisor', siteId);
    join(stranger, 'supervisor', otherSiteId);
    record(
      tx,
      'worker-admitted',
      { id: workerId, personId: worker, displayName: '李雷', invitationId: null, at, by },
      by,
      at,
    );
  });
  await engage(cell, owner, workerId, siteId, engagementId);
  scene = { cell, owner, hr, supervisor, stranger, worker, workerId, siteId, engagementId };
});

async function engage(cell: TestCell, owner: string, workerId: string, siteId: string, id: string) {
  const body = {
    workerId,
    roleTitle: 'Loader',
    relationship: 'service',
    project: 'Quay',
    payPeriod: 'monthly',
    startsOn: '2026-10-01',
    siteIds: [siteId],
    hourlyRateMinor: 3000,
  };
  expect((await cell.as(owner)('PUT', `/engagements/${id}`, body)).status).toBe(200);
}

async function punched(kind: 'in' | 'out', at: string, engagementId = scene.engagementId): Promise<string> {
  const id = newId();
  const effectiveAt = instant(at);
  await scene.cell.store.commit((tx) => {
    const punch = insertPunch(
      tx,
      { id, engagementId, siteId: scene.siteId, kind, deviceAt: effectiveAt },
      { verdict: 'inside', metres: 4, judgedAs: 'wgs84' },
      { bodyDigest: id, flags: [], receivedAt: effectiveAt, effectiveAt, correctionId: null, by: 'system' },
    );
    appendEntry(tx, 'punch-recorded', punch, 'system', effectiveAt);
  });
  return id;
}

const sheet = (engagementId = scene.engagementId) =>
  timesheetOf(scene.cell.store.db, engagementId, november, scene.cell.at());
const path = (what: string, engagementId = scene.engagementId) =>
  `/engagements/${engagementId}/timesheets/2026-11-01/${what}`;
const submit = (digest = sheet().digest) =>
  scene.cell.as(scene.worker)('PUT', path('submission'), { digest });
const approve = (person = scene.supervisor, engagementId = scene.engagementId) =>
  scene.cell.as(person)('PUT', path('approval', engagementId), { digest: sheet(engagementId).digest });
const correct = (body: object, person = scene.supervisor, id = newId()) =>
  scene.cell.as(person)('PUT', `/corrections/${id}`, {
    engagementId: scene.engagementId,
    reason: 'Forgot the phone.',
    ...body,
  });
const added = (kind: 'in' | 'out', at: string) => ({
  kind: 'add',
  punch: { id: newId(), siteId: scene.siteId, kind, at },
});
const slug = async (response: Response) =>
  ((await response.json()) as { type: string }).type.split(/[/:#]/).at(-1);
const oneShift = async () => {
  await punched('in', '2026-11-03T08:00+08:00');
  await punched('out', '2026-11-03T17:00+08:00');
};

describe('a timesheet', () => {
  test('is open, submitted, approved, and open again with a reason', async () => {
    await oneShift();
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect(sheet()).toMatchObject({ state: 'open', seconds: 9 * 3600 });
    expect((await submit()).status).toBe(200);
    expect(sheet().state).toBe('submitted');
    expect((await approve()).status).toBe(200);
    expect((await approve()).status).toBe(200);
    expect(sheet().state).toBe('approved');
    const approvals = approvalsFor(scene.cell.store.db, 'monthly', {
      startsOn: november,
      endsOn: civilDate('2026-11-30'),
    });
    expect(approvals).toHaveLength(1);
    expect(approvals[0]?.entries).toMatchObject([
      { day: '2026-11-03', seconds: 9 * 3600, intervals: [{ seconds: 9 * 3600 }] },
    ]);
    expect(
      (await scene.cell.as(scene.hr)('PUT', path('reopening'), { reason: 'A shift is missing.' })).status,
    ).toBe(200);
    expect(sheet().state).toBe('reopened');
    expect(
      approvalsFor(scene.cell.store.db, 'monthly', { startsOn: november, endsOn: civilDate('2026-11-30') }),
    ).toEqual([]);
  });

  test('may be approved without submission: a worker without a phone is paid too', async () => {
    await oneShift();
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect((await approve()).status).toBe(200);
    expect(sheet().submission).toBeUndefined();
  });

  test('that has changed since it was looked at is neither submitted nor approved', async () => {
    await oneShift();
    const { digest } = sheet();
    await punched('in', '2026-11-04T08:00+08:00');
    await punched('out', '2026-11-04T09:00+08:00');
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect(await slug(await submit(digest))).toBe('timesheet-changed');
    expect(await slug(await scene.cell.as(scene.supervisor)('PUT', path('approval'), { digest }))).toBe(
      'timesheet-changed',
    );
  });

  test('is not approved before its period is over', async () => {
    await oneShift();
    scene.cell.moveTo('2026-11-20T02:00:00Z');
    expect(await slug(await approve())).toBe('period-not-over');
  });

  test('is not approved while a shift of it still runs over the month’s end', async () => {
    await oneShift();
    await punched('in', '2026-11-30T22:00+08:00');
    scene.cell.moveTo('2026-11-30T18:00:00Z');
    expect(await slug(await approve())).toBe('timesheet-blocked');
    await punched('out', '2026-12-01T06:00+08:00');
    scene.cell.moveTo('2026-11-30T23:00:00Z');
    expect((await approve()).status).toBe(200);
    expect(sheet().seconds).toBe(17 * 3600);
  });

  test('is not approved with a missing clock-out', async () => {
    await punched('in', '2026-11-03T08:00+08:00');
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect(await slug(await approve())).toBe('timesheet-blocked');
  });

  test('without work is neither submitted nor approved', async () => {
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect(await slug(await submit())).toBe('timesheet-empty');
    expect(await slug(await approve())).toBe('timesheet-empty');
  });

  test('waits for the end of the day where the work is, not where the employer is', async () => {
    const [siteId, engagementId] = [newId(), newId()];
    const fence = { lat: 40.7, lng: -74, datum: 'wgs84', radiusMetres: 100 };
    const site = { name: 'Pier', address: '1', zone: 'America/New_York', fence };
    await scene.cell.as(scene.owner)('PUT', `/sites/${siteId}`, site);
    await engage(scene.cell, scene.owner, scene.workerId, siteId, engagementId);
    await punched('in', '2026-11-03T08:00-05:00', engagementId);
    await punched('out', '2026-11-03T16:00-05:00', engagementId);
    scene.cell.moveTo('2026-11-30T20:00:00Z');
    expect(await slug(await approve(scene.hr, engagementId))).toBe('period-not-over');
    scene.cell.moveTo('2026-12-01T05:00:00Z');
    expect((await approve(scene.hr, engagementId)).status).toBe(200);
  });

  test('of an engagement that has ended is approved before the period is over', async () => {
    await oneShift();
    scene.cell.moveTo('2026-11-05T02:00:00Z');
    const end = { endsOn: '2026-11-04', reason: 'The ship has sailed.' };
    expect((await scene.cell.as(scene.hr)('PUT', `/engagements/${scene.engagementId}/end`, end)).status).toBe(
      200,
    );
    expect((await approve()).status).toBe(200);
  });

  test('is neither seen nor approved by the supervisor of another site', async () => {
    await oneShift();
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect((await approve(scene.stranger)).status).toBe(404);
    expect(
      (await scene.cell.as(scene.stranger)('GET', `/engagements/${scene.engagementId}/timesheets/2026-11-01`))
        .status,
    ).toBe(404);
  });

  test('is never approved by whose hours they are', async () => {
    await scene.cell.store.commit((tx) => {
      const [memberId, at] = [newId(), scene.cell.at()];
      record(
        tx,
        'member-joined',
        { id: memberId, personId: scene.worker, displayName: 'Both', at, by: 'system' },
        'system',
        at,
      );
      record(
        tx,
        'role-granted',
        { id: newId(), memberId, role: 'hr', siteId: null, clientId: null, at, by: 'system' },
        'system',
        at,
      );
    });
    await oneShift();
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect(await slug(await approve(scene.worker))).toBe('own-approval');
    expect(await slug(await correct(added('in', '2026-11-05T00:00:00Z'), scene.worker))).toBe('own-approval');
  });

  test('with seconds of another engagement is blocked, whichever of the two was approved first', async () => {
    const later = newId();
    scene.cell.forward(60);
    await engage(scene.cell, scene.owner, scene.workerId, scene.siteId, later);
    await punched('in', '2026-11-03T08:00+08:00', later);
    await punched('out', '2026-11-03T17:00+08:00', later);
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect((await approve(scene.supervisor, later)).status).toBe(200);
    expect((await correct(added('in', '2026-11-03T01:00:00Z'))).status).toBe(200);
    expect((await correct(added('out', '2026-11-03T03:00:00Z'))).status).toBe(200);
    expect(sheet().exceptions).toMatchObject([{ kind: 'overlap', blocking: true }]);
    expect(await slug(await approve())).toBe('timesheet-blocked');
  });
});

describe('a correction', () => {
  test('mends a missing clock-out at once, and the worker accepts it', async () => {
    await punched('in', '2026-11-03T08:00+08:00');
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    const id = newId();
    const body = added('out', '2026-11-03T09:00:00Z');
    expect((await correct(body, scene.supervisor, id)).status).toBe(200);
    expect((await correct(body, scene.supervisor, id)).status).toBe(200);
    expect(sheet()).toMatchObject({ seconds: 9 * 3600, exceptions: [] });
    expect(
      (await scene.cell.as(scene.worker)('PUT', `/corrections/${id}/answer`, { answer: 'accepted' })).status,
    ).toBe(200);
  });

  test('that the worker disputes shows to the approver and blocks nothing', async () => {
    await oneShift();
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    const id = newId();
    await correct(added('in', '2026-11-03T10:00:00Z'), scene.supervisor, id);
    await correct(added('out', '2026-11-03T10:30:00Z'));
    await scene.cell.as(scene.worker)('PUT', `/corrections/${id}/answer`, {
      answer: 'disputed',
      reason: 'I was home by then.',
    });
    expect(sheet().exceptions).toMatchObject([{ kind: 'disputed', blocking: false }]);
    expect((await approve()).status).toBe(200);
  });

  test('that the worker disputes is warned of until that clock event is corrected, and not by another', async () => {
    await oneShift();
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    const [id, again] = [newId(), newId()];
    const wrong = added('in', '2026-11-03T10:00:00Z');
    const dispute = (one: string) =>
      scene.cell.as(scene.worker)('PUT', `/corrections/${one}/answer`, { answer: 'disputed', reason: 'No.' });
    await correct(wrong, scene.supervisor, id);
    await dispute(id);
    scene.cell.forward(60);
    await correct(added('out', '2026-11-03T10:30:00Z'));
    expect(sheet().exceptions).toMatchObject([{ kind: 'disputed' }]);
    scene.cell.forward(60);
    await correct({ kind: 'void', punchId: wrong.punch.id }, scene.supervisor, again);
    expect(sheet().exceptions.map(({ kind }) => kind)).not.toContain('disputed');
    scene.cell.forward(60);
    await dispute(again);
    expect(sheet().exceptions.map(({ kind }) => kind)).toContain('disputed');
  });

  test('that voids what another one added restores the digest', async () => {
    await oneShift();
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    const { digest } = sheet();
    const more = [added('in', '2026-11-04T00:00:00Z'), added('out', '2026-11-04T02:00:00Z')];
    for (const one of more) await correct(one);
    expect(sheet().digest).not.toBe(digest);
    for (const one of more) expect((await correct({ kind: 'void', punchId: one.punch.id })).status).toBe(200);
    expect(sheet().digest).toBe(digest);
    expect(await slug(await correct({ kind: 'void', punchId: more[0]?.punch.id }))).toBe('already-decided');
  });

  test.each([
    ['in the future', () => correct(added('out', '2027-01-01T00:00:00Z')), 'punch-in-future'],
    [
      'by the supervisor of another site',
      () => correct(added('out', '2026-11-05T00:00:00Z'), scene.stranger),
      'not-found',
    ],
  ])('%s is refused', async (_, attempt, expected) => {
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect(await slug(await attempt())).toBe(expected);
  });

  test('of an approved period reopens it in the same commit and by name, when it changes the hours', async () => {
    await oneShift();
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    await approve();
    expect((await correct(added('in', '2026-11-05T00:00:00Z'))).status).toBe(200);
    // A clock-in alone is no hour yet.
    expect(sheet().state).toBe('approved');
    const id = newId();
    expect((await correct(added('out', '2026-11-05T01:00:00Z'), scene.supervisor, id)).status).toBe(200);
    expect(sheet()).toMatchObject({ state: 'reopened', reopening: { correctionId: id } });
    expect((await approve()).status).toBe(200);
    expect(sheet()).toMatchObject({ state: 'approved', seconds: 10 * 3600 });
  });

  test('of the clock-out of an approved period’s last night shift reopens that period, although it lies in the next', async () => {
    await punched('in', '2026-11-30T22:00+08:00');
    const out = await punched('out', '2026-12-01T06:00+08:00');
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect((await approve()).status).toBe(200);
    expect((await correct({ kind: 'void', punchId: out })).status).toBe(200);
    expect(sheet()).toMatchObject({ state: 'reopened', exceptions: [{ kind: 'at-work' }] });
  });
});

describe('attendance', () => {
  test('says who is at work since when, who forgot to clock out, and shows nothing of other sites', async () => {
    const { db } = scene.cell.store;
    await punched('in', '2026-11-03T08:00+08:00');
    const noon = attendanceOf(db, everything, instant('2026-11-03T12:00+08:00'));
    expect(noon.onSite).toMatchObject([
      { workerName: '李雷', siteName: 'Quay', seconds: 4 * 3600, covered: false },
    ]);
    expect(noon.recent).toHaveLength(1);
    expect(attendanceOf(db, everything, instant('2026-11-04T12:00+08:00'))).toMatchObject({
      onSite: [],
      forgotten: [{ workerName: '李雷' }],
    });
    const elsewhere: Standing = { roles: [{ role: 'supervisor', siteId: newId(), clientId: null }] };
    expect(attendanceOf(db, elsewhere, instant('2026-11-03T12:00+08:00'))).toEqual({
      onSite: [],
      forgotten: [],
      recent: [],
    });
    await punched('out', '2026-11-03T17:00+08:00');
    expect(attendanceOf(db, everything, instant('2026-11-03T18:00+08:00')).onSite).toEqual([]);
  });
});

describe('the pages', () => {
  const look = async (person: string, page: string, locale = 'en') => {
    const answer = await scene.cell.as(person)('GET', `/orgs/${scene.cell.org}${page}`, undefined, {
      cookie: `locale=${locale}`,
    });
    expect(answer.status).toBe(200);
    return answer.text();
  };

  test('show the worker the period’s total, its days, what is wrong, and a correction to answer', async () => {
    await oneShift();
    await punched('in', '2026-11-04T08:00+08:00');
    scene.cell.moveTo('2026-11-20T02:00:00Z');
    const before = await look(scene.worker, '/me/hours');
    expect(before).toContain('A clock-out is missing: ask for it to be added.');
    expect(before).toContain('08:00–17:00');
    expect(before).toContain('/submission');
    await correct(added('out', '2026-11-04T04:00:00Z'));
    const after = await look(scene.worker, '/me/hours', 'zh-CN');
    expect(after).toContain('13:00');
    expect(after).toContain('Forgot the phone.');
    expect(after).toContain('value="disputed"');
    expect(after).not.toContain('style=');
  });

  test('show the approver exceptions first, and approve by the digest that is shown', async () => {
    await punched('in', '2026-11-03T08:00+08:00');
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    const list = await look(scene.supervisor, '/timesheets');
    expect(list).toContain('2026-11-01 – 2026-11-30');
    expect(list).toContain('A clock-out is missing.');
    expect(list).not.toContain('/approval');
    const one = await look(scene.supervisor, `/timesheets/${scene.engagementId}/2026-11-01`);
    expect(one).toContain('data-zone="Asia/Shanghai"');
    await correct(added('out', '2026-11-03T09:00:00Z'));
    expect(await look(scene.supervisor, '/timesheets')).toContain(sheet().digest);
    await approve();
    expect(await look(scene.supervisor, `/timesheets/${scene.engagementId}/2026-11-01`)).toContain(
      '/reopening',
    );
    expect(
      (
        await scene.cell.as(scene.stranger)(
          'GET',
          `/orgs/${scene.cell.org}/timesheets/${scene.engagementId}/2026-11-01`,
        )
      ).status,
    ).toBe(404);
  });

  test('offer no approval before the period is over, and say until when', async () => {
    await oneShift();
    scene.cell.moveTo('2026-11-20T02:00:00Z');
    const path = `/timesheets/${scene.engagementId}/2026-11-01`;
    const early = await look(scene.supervisor, path);
    expect(early).not.toContain('/approval');
    expect(early).toContain('2026-11-30');
    expect(early).toContain('approved after');
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    expect(await look(scene.supervisor, path)).toContain('/approval');
  });

  test('filter timesheets by site and state', async () => {
    await oneShift();
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    const period = '/timesheets?payPeriod=monthly&startsOn=2026-11-01';
    expect(await look(scene.hr, `${period}&site=${scene.siteId}&state=open`)).toContain('李雷');
    expect(await look(scene.hr, `${period}&state=approved`)).not.toContain('李雷');
  });

  test('show who is at work, without positions', async () => {
    await punched('in', '2026-11-03T08:00+08:00');
    scene.cell.moveTo('2026-11-03T02:00:00Z');
    expect(await look(scene.supervisor, '/attendance')).toContain('李雷');
    expect(await look(scene.stranger, '/attendance')).not.toContain('李雷');
    const answer = await scene.cell.as(scene.supervisor)('GET', '/attendance');
    expect(await answer.text()).not.toContain('latE7');
    const period = '/timesheets?payPeriod=monthly&startsOn=2026-11-01';
    const all = await scene.cell.as(scene.supervisor)('GET', period);
    expect(await all.json()).toMatchObject({ timesheets: [{ workerName: '李雷' }] });
    const none = await scene.cell.as(scene.stranger)('GET', period);
    expect(await none.json()).toEqual({ timesheets: [] });
    const mine = await scene.cell.as(scene.worker)('GET', '/me/timesheets');
    expect(await mine.json()).toMatchObject({
      timesheets: [{ state: 'open', exceptions: [{ kind: 'at-work' }] }],
    });
  });
});

test('a correction is answered once, by whose hours they are, in one way', async () => {
  await oneShift();
  const id = newId();
  scene.cell.moveTo('2026-12-01T02:00:00Z');
  await correct(added('in', '2026-11-03T10:00:00Z'), scene.supervisor, id);
  const answer = (person: string, word: string) =>
    scene.cell.as(person)('PUT', `/corrections/${id}/answer`, { answer: word });
  expect((await answer(scene.hr, 'accepted')).status).toBe(404);
  expect((await answer(scene.worker, 'accepted')).status).toBe(200);
  expect((await answer(scene.worker, 'accepted')).status).toBe(200);
  expect(await slug(await answer(scene.worker, 'disputed'))).toBe('id-reused');
});

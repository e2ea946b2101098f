/** Shifts from draft to work: published, acknowledged, claimed, swapped, called off. */
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { plannedShiftsOf } from '../../src/shift/planned-shift.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { type Colleague, openShiftScene, type ShiftScene } from './shift-scene.ts';

let scene: ShiftScene;
let zhang: Colleague;
let li: Colleague;
beforeEach(async () => {
  scene = await openShiftScene();
  zhang = await scene.hire('张三');
  li = await scene.hire('李四');
});

const planned = (of: Colleague, from = '2026-11-01', to = '2026-11-30') =>
  plannedShiftsOf(scene.cell.store.db, of.engagementId, scene.day(from), scene.day(to));

describe('drafts and publishing', () => {
  test('a draft is nobody’s shift before it is published', async () => {
    const { id, shiftId } = await scene.draft({ engagementIds: [zhang.engagementId] });
    expect(planned(zhang)).toEqual([]);
    expect((await scene.mine(zhang)).changes).toEqual([]);
    expect((await scene.publish([id])).status).toBe(200);
    expect(planned(zhang)).toMatchObject([
      { id: shiftId, day: '2026-11-04', startsAt: '2026-11-04T00:00:00.000Z', earlySeconds: 900, breaks: [] },
    ]);
  });

  test('a shift carries its own places, limits and breaks; what it does not say is the site’s', async () => {
    const lunch = { afterSeconds: 14_400, seconds: 1800, paid: false, automatic: true };
    await scene.plan({
      engagementIds: [zhang.engagementId],
      siteIds: [scene.otherSiteId],
      earlySeconds: 300,
      breaks: [lunch],
    });
    expect(planned(zhang)).toMatchObject([
      { siteIds: [scene.siteId, scene.otherSiteId], earlySeconds: 300, lateSeconds: 900, breaks: [lunch] },
    ]);
  });

  test('a night shift is planned on the day it starts, in the site’s zone', async () => {
    const berlin = newId();
    await scene.addSite(berlin, 'Berlin', 'Europe/Berlin');
    const worker = await scene.hire('Jonas', { siteIds: [berlin] });
    await scene.cell.moveTo('2026-10-20T00:00:00.000Z');
    const { said, id } = await scene.draft(
      {
        siteId: berlin,
        day: '2026-10-24',
        startTime: '22:00',
        endTime: '06:00',
        engagementIds: [worker.engagementId],
      },
      newId(),
      scene.owner,
    );
    expect(said.status).toBe(200);
    await scene.publish([id], {}, newId(), scene.owner);
    expect(planned(worker, '2026-10-24', '2026-10-24')).toMatchObject([
      { startsAt: '2026-10-24T20:00:00.000Z', endsAt: '2026-10-25T05:00:00.000Z' },
    ]);
    expect(planned(worker, '2026-10-25', '2026-10-25')).toEqual([]);
  });

  test('a change shows as before and after until the worker confirms it, and again when it changes again', async () => {
    const shiftId = await scene.plan({ engagementIds: [zhang.engagementId] });
    const [first] = (await scene.mine(zhang)).changes;
    expect(first).toMatchObject({ shiftId, after: { startsAt: '2026-11-04T00:00:00.000Z' } });
    expect(first?.before).toBeUndefined();
    const seen = (digest = '') => ({ shiftId, engagementId: zhang.engagementId, digest });
    await scene.ok(zhang.person, `/me/shift-acknowledgements/${newId()}`, seen(first?.digest));
    expect((await scene.mine(zhang)).changes).toEqual([]);

    await scene.plan({ engagementIds: [zhang.engagementId], startTime: '10:00', endTime: '18:00' }, shiftId);
    expect((await scene.mine(zhang)).changes).toMatchObject([
      { before: { startsAt: '2026-11-04T00:00:00.000Z' }, after: { startsAt: '2026-11-04T02:00:00.000Z' } },
    ]);
    // What was read before says nothing of what is now.
    const stale = await scene.ask(
      zhang.person,
      'PUT',
      `/me/shift-acknowledgements/${newId()}`,
      seen(first?.digest),
    );
    expect(stale.body.slug).toBe('shift-changed');
    const [second] = (await scene.mine(zhang)).changes;
    const id = newId();
    for (const _ of [1, 2])
      await scene.ok(zhang.person, `/me/shift-acknowledgements/${id}`, seen(second?.digest));
    expect((await scene.mine(zhang)).changes).toEqual([]);
  });

  test('a worker confirms a whole week in one go; a repetition writes nothing, and one that changed stops all', async () => {
    const days = ['2026-11-04', '2026-11-05', '2026-11-06'];
    const ids: string[] = [];
    for (const day of days) ids.push(await scene.plan({ day, engagementIds: [zhang.engagementId] }));
    const read = async () =>
      (await scene.mine(zhang)).changes.map(({ shiftId, engagementId, digest }) => ({
        shiftId,
        engagementId,
        digest,
      }));
    const before = await read();
    expect(before.map(({ shiftId }) => shiftId)).toEqual(ids);
    await scene.plan(
      { day: days[1], engagementIds: [zhang.engagementId], startTime: '07:00', endTime: '15:00' },
      ids[1],
    );
    const say = (shifts: object, who = zhang, id = newId()) =>
      scene.ask(who.person, 'PUT', `/me/seen-shifts/${id}`, { shifts });
    expect((await say(before)).body.slug).toBe('shift-changed');
    expect(await read()).toHaveLength(3);
    const now = await read();
    expect((await say(now, li)).body.slug).toBe('not-found');
    const id = newId();
    const head = () => {
      const verdict = verifyJournal(scene.cell.store.db);
      return verdict.ok ? verdict.head.seq : 0;
    };
    const seqBefore = head();
    for (const _ of [1, 2]) expect((await say(now, zhang, id)).status).toBe(200);
    expect(await read()).toEqual([]);
    expect(head()).toBe(seqBefore + 3);
    expect((await say([])).body.slug).toBe('body-invalid');
  });

  test('who is replaced is told that the shift is off, and whoever comes that it is on', async () => {
    const shiftId = await scene.plan({ engagementIds: [zhang.engagementId] });
    const [change] = (await scene.mine(zhang)).changes;
    await scene.ok(zhang.person, `/me/shift-acknowledgements/${newId()}`, {
      shiftId,
      engagementId: zhang.engagementId,
      digest: change?.digest,
    });
    await scene.plan({ engagementIds: [li.engagementId] }, shiftId);
    const off = (await scene.mine(zhang)).changes[0];
    expect([off?.before?.startsAt, off?.after]).toEqual(['2026-11-04T00:00:00.000Z', undefined]);
    expect((await scene.mine(li)).changes).toHaveLength(1);
    expect(planned(zhang)).toEqual([]);
    expect(planned(li)).toHaveLength(1);
  });

  test('a cancelled shift is nobody’s any more, and says why', async () => {
    const shiftId = await scene.plan({ engagementIds: [zhang.engagementId] });
    const [change] = (await scene.mine(zhang)).changes;
    await scene.ok(zhang.person, `/me/shift-acknowledgements/${newId()}`, {
      shiftId,
      engagementId: zhang.engagementId,
      digest: change?.digest,
    });
    for (const _ of [1, 2])
      await scene.ok(scene.supervisor, `/shifts/${shiftId}/cancellation`, { reason: '船期推迟' });
    expect(planned(zhang)).toEqual([]);
    expect((await scene.mine(zhang)).changes).toMatchObject([{ reason: '船期推迟' }]);
    const late = await scene.draft({}, shiftId);
    expect(late.said.body.slug).toBe('shift-cancelled');
  });

  test('publishing twice is publishing once; the id with other drafts is another thing', async () => {
    const one = await scene.draft({ engagementIds: [zhang.engagementId] });
    const other = await scene.draft({ day: '2026-11-06' });
    const id = newId();
    expect((await scene.publish([one.id], {}, id)).status).toBe(200);
    expect((await scene.publish([one.id], {}, id)).status).toBe(200);
    expect((await scene.publish([one.id, other.id], {}, id)).body.slug).toBe('id-reused');
    expect(planned(zhang)).toHaveLength(1);
    // Under a new id there is nothing left to publish.
    expect((await scene.publish([one.id])).body.slug).toBe('shift-changed');
  });

  test('a draft that was written over is not published', async () => {
    const old = await scene.draft({ engagementIds: [zhang.engagementId] });
    await scene.draft({ startTime: '09:00' }, old.shiftId);
    expect((await scene.publish([old.id])).body.slug).toBe('shift-changed');
  });

  test('the same draft again is the same draft; the id with other times is refused', async () => {
    const { id, shiftId } = await scene.draft({ engagementIds: [zhang.engagementId] });
    const path = `/shifts/${shiftId}/drafts/${id}`;
    const same = scene.wanted({ engagementIds: [zhang.engagementId] });
    expect((await scene.ask(scene.supervisor, 'PUT', path, same)).status).toBe(200);
    expect((await scene.ask(scene.supervisor, 'PUT', path, { ...same, endTime: '17:00' })).body.slug).toBe(
      'id-reused',
    );
    const elsewhere = { ...same, siteId: scene.otherSiteId, engagementIds: [] };
    expect(
      (await scene.ask(scene.owner, 'PUT', `/shifts/${shiftId}/drafts/${newId()}`, elsewhere)).body.slug,
    ).toBe('id-reused');
  });

  test.each([
    ['25 hours', { endsOn: '2026-11-05', endTime: '09:00' }, 'shift-too-long', '/endTime'],
    [
      'an end before the start',
      { endsOn: '2026-11-04', endTime: '07:00' },
      'shift-ends-before-start',
      '/endTime',
    ],
    [
      'a break after the end',
      { breaks: [{ afterSeconds: 28_000, seconds: 1800, paid: false, automatic: true }] },
      'break-outside-shift',
      '/breaks/0/seconds',
    ],
    ['a time that is none', { startTime: '24:00' }, 'body-invalid', '/startTime'],
    ['a field that is none', { colour: 'red' }, 'body-invalid', '/colour'],
  ])('%s is refused with the field', async (_title, change, slug, pointer) => {
    const { said } = await scene.draft(change);
    expect(said.body.slug).toBe(slug);
    expect(JSON.stringify(said.body)).toContain(`"pointer":"${pointer}"`);
  });

  test('whoever is not engaged at the site on the day is not planned there', async () => {
    const later = await scene.hire('王五', { startsOn: '2026-11-10' });
    const elsewhere = await scene.hire('赵六', { siteIds: [scene.otherSiteId] });
    for (const { engagementId } of [later, elsewhere])
      expect((await scene.draft({ engagementIds: [engagementId] })).said.body.slug).toBe(
        'worker-not-at-site',
      );
  });

  test('an engagement that ends before the day stops the publishing of its drafts', async () => {
    const { id } = await scene.draft({ engagementIds: [zhang.engagementId] });
    await scene.ok(scene.owner, `/engagements/${zhang.engagementId}/end`, {
      endsOn: '2026-11-03',
      reason: '期满',
    });
    expect((await scene.publish([id])).body.slug).toBe('worker-not-at-site');
  });

  test('nobody is published into two shifts at once, whether of one engagement or of two', async () => {
    const second = await scene.engage(zhang.workerId);
    await scene.plan({ engagementIds: [zhang.engagementId] });
    for (const engagementId of [zhang.engagementId, second]) {
      const { id } = await scene.draft({
        startTime: '15:00',
        endTime: '20:00',
        engagementIds: [engagementId],
      });
      expect((await scene.publish([id])).body).toMatchObject({
        slug: 'shift-overlaps',
        title: expect.stringContaining('2026-11-04 08:00–16:00'),
      });
    }
    const after = await scene.draft({
      startTime: '16:00',
      endTime: '18:00',
      engagementIds: [zhang.engagementId],
    });
    expect((await scene.publish([after.id])).status).toBe(200);
  });

  test('two drafts that overlap are not published together', async () => {
    const one = await scene.draft({ engagementIds: [zhang.engagementId] });
    const other = await scene.draft({
      startTime: '12:00',
      endTime: '20:00',
      engagementIds: [zhang.engagementId],
    });
    expect((await scene.publish([one.id, other.id])).body.slug).toBe('shift-overlaps');
    expect(planned(zhang)).toEqual([]);
  });

  test('what is over is not published any more', async () => {
    const { id } = await scene.draft({ engagementIds: [zhang.engagementId] });
    scene.cell.moveTo('2026-11-04T09:00:00.000Z');
    expect((await scene.publish([id])).body.slug).toBe('shift-past');
  });
});

describe('rest rules before publishing', () => {
  test('a part-timer’s fifth hour is a warning that must be read and given a reason, and is kept', async () => {
    const part = await scene.hire('周七', { relationship: 'part-time' });
    const { id } = await scene.draft({ engagementIds: [part.engagementId], endTime: '13:00' });
    const { review } = await scene.review();
    expect(review.warnings).toMatchObject([{ rule: 'part-time-daily', actual: 18_000, limit: 14_400 }]);
    expect((await scene.publish([id])).body.slug).toBe('shift-warnings');
    const wrong = { acknowledges: 'x'.repeat(43), reason: 'x' };
    expect((await scene.publish([id], wrong)).body.slug).toBe('shift-warnings');
    expect((await scene.publish([id], { acknowledges: review.digest })).body.slug).toBe('body-invalid');
    const read = { acknowledges: review.digest, reason: '本人要求' };
    expect((await scene.publish([id], read)).status).toBe(200);
    const { body } = await scene.ask(
      scene.owner,
      'GET',
      `/sites/${scene.siteId}/shifts/2026-11-01/2026-11-30`,
    );
    const [shift] = body.shifts as unknown as { publication: { warnings: string; reason: string } }[];
    expect(shift?.publication.reason).toBe('本人要求');
    expect(JSON.parse(shift?.publication.warnings ?? '[]')).toMatchObject([{ rule: 'part-time-daily' }]);
  });

  test('a warning that came up after reading is a new thing to read', async () => {
    const part = await scene.hire('周七', { relationship: 'part-time' });
    const one = await scene.draft({ engagementIds: [part.engagementId], endTime: '13:00' });
    const { review } = await scene.review();
    const more = await scene.draft({
      day: '2026-11-05',
      engagementIds: [part.engagementId],
      endTime: '14:00',
    });
    const read = { acknowledges: review.digest, reason: '本人要求' };
    expect((await scene.publish([one.id, more.id], read)).body.slug).toBe('shift-warnings');
  });

  test('a minor at night is a warning with its source', async () => {
    const minor = await scene.hire('小吴', { birthOn: '2009-06-01' });
    const { id } = await scene.draft({
      startTime: '18:00',
      endTime: '23:00',
      engagementIds: [minor.engagementId],
    });
    expect((await scene.publish([id])).body.slug).toBe('shift-warnings');
    const { review } = await scene.review();
    expect(review.warnings).toMatchObject([
      { rule: 'minor-night', source: { zh: expect.stringContaining('劳动法') } },
    ]);
  });
});

describe('open shifts', () => {
  test('who is engaged there and free sees it and claims it, without anything left to confirm', async () => {
    const shiftId = await scene.plan({ openPlaces: 1 });
    expect((await scene.mine(zhang)).open).toMatchObject([{ shiftId, placesLeft: 1, obstacle: null }]);
    expect((await scene.claim(zhang, shiftId)).status).toBe(200);
    expect(planned(zhang)).toMatchObject([{ id: shiftId }]);
    const mine = await scene.mine(zhang);
    expect([mine.open, mine.changes]).toEqual([[], []]);
    expect((await scene.mine(li)).open).toEqual([]);
  });

  test('of many who claim two places at once two get them, and each claim may be sent again', async () => {
    const crew = [zhang, li, await scene.hire('王五'), await scene.hire('赵六'), await scene.hire('孙七')];
    const shiftId = await scene.plan({ openPlaces: 2 });
    const ids = crew.map(() => newId());
    const race = () => Promise.all(crew.map((one, index) => scene.claim(one, shiftId, ids[index])));
    const first = await race();
    expect(first.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409, 409]);
    expect(new Set(first.map(({ body }) => body.slug))).toEqual(new Set([undefined, 'shift-full']));
    expect((await race()).map(({ status }) => status)).toEqual(first.map(({ status }) => status));
    expect(crew.flatMap((one) => planned(one))).toHaveLength(2);
  });

  test('an overlap and a rest rule keep a shift from a worker, and say so', async () => {
    await scene.plan({ engagementIds: [zhang.engagementId] });
    const overlapping = await scene.plan({ startTime: '12:00', endTime: '20:00', openPlaces: 1 });
    const tooSoon = await scene.plan({
      startTime: '22:00',
      endTime: '06:00',
      day: '2026-11-03',
      openPlaces: 1,
    });
    const { open } = await scene.mine(zhang);
    expect(open.map(({ shiftId, obstacle }) => [shiftId, obstacle?.slug])).toEqual([
      [tooSoon, 'rest-rule-broken'],
      [overlapping, 'shift-overlaps'],
    ]);
    expect((await scene.claim(zhang, overlapping)).body.slug).toBe('shift-overlaps');
    const against = await scene.claim(zhang, tooSoon);
    expect(against.body).toMatchObject({
      slug: 'rest-rule-broken',
      title: expect.not.stringContaining('minimum-rest'),
    });
  });

  test('a shift at another site, of another’s engagement, or begun, is nobody’s to claim', async () => {
    const shiftId = await scene.plan({ openPlaces: 2 });
    const elsewhere = await scene.hire('赵六', { siteIds: [scene.otherSiteId] });
    expect((await scene.mine(elsewhere)).open).toEqual([]);
    expect((await scene.claim(elsewhere, shiftId)).status).toBe(404);
    expect((await scene.claim({ ...zhang, engagementId: li.engagementId }, shiftId)).status).toBe(404);
    expect((await scene.claim(zhang, newId())).status).toBe(404);
    scene.cell.moveTo('2026-11-04T00:00:00.000Z');
    expect((await scene.claim(zhang, shiftId)).body.slug).toBe('shift-past');
  });

  test('a claim stays when the shift is published again with other times, and its worker is told', async () => {
    const shiftId = await scene.plan({ openPlaces: 2 });
    const later = await scene.draft({ openPlaces: 2, startTime: '09:00', endTime: '17:00' }, shiftId);
    await scene.claim(zhang, shiftId);
    expect((await scene.publish([later.id])).status).toBe(200);
    expect(planned(zhang)).toMatchObject([{ startsAt: '2026-11-04T01:00:00.000Z' }]);
    expect((await scene.mine(zhang)).changes).toMatchObject([
      { before: { startsAt: '2026-11-04T00:00:00.000Z' } },
    ]);
  });

  test('places are not taken away from under those who claimed them', async () => {
    const shiftId = await scene.plan({ openPlaces: 1 });
    const fewer = await scene.draft({ openPlaces: 0, note: 'x' }, shiftId);
    await scene.claim(zhang, shiftId);
    expect((await scene.publish([fewer.id])).body.slug).toBe('shift-full');
  });

  test('who is taken off leaves an open place', async () => {
    const shiftId = await scene.plan({ openPlaces: 1 });
    const id = newId();
    await scene.claim(zhang, shiftId, id);
    for (const _ of [1, 2])
      await scene.ok(scene.supervisor, `/shift-assignments/${id}/end`, { reason: '人手已够' });
    expect(planned(zhang)).toEqual([]);
    expect((await scene.mine(zhang)).changes).toMatchObject([{ shiftId, reason: '人手已够' }]);
    expect((await scene.mine(li)).open).toMatchObject([{ shiftId }]);
  });
});

describe('swaps', () => {
  async function offered(more: object = {}) {
    const shiftId = await scene.plan({ engagementIds: [zhang.engagementId] });
    const assignmentId = (await scene.mine(zhang)).shifts[0]?.assignmentId;
    const id = newId();
    const body = { assignmentId, engagementId: li.engagementId, ...more };
    const said = await scene.ask(zhang.person, 'PUT', `/me/shift-swaps/${id}`, body);
    return { id, shiftId, said, body };
  }
  const answerTo = (id: string, answer = 'agreed') =>
    scene.ask(li.person, 'PUT', `/me/shift-swaps/${id}/answer`, { answer });
  const decide = (id: string, decision = 'approved', by = scene.supervisor) =>
    scene.ask(by, 'PUT', `/shift-swaps/${id}/decision`, { decision });

  test('one offers, the other agrees, the supervisor approves: then it is the other’s shift', async () => {
    const { id, shiftId, said, body } = await offered();
    expect(said.status).toBe(200);
    await scene.ok(zhang.person, `/me/shift-swaps/${id}`, body);
    expect((await decide(id)).body.slug).toBe('swap-not-agreed');
    expect((await answerTo(id)).status).toBe(200);
    expect((await answerTo(id)).status).toBe(200);
    expect(planned(zhang)).toHaveLength(1);
    expect((await decide(id)).status).toBe(200);
    expect((await decide(id)).status).toBe(200);
    expect([planned(zhang), planned(li).map((one) => one.id)]).toEqual([[], [shiftId]]);
    expect((await scene.mine(li)).changes).toMatchObject([{ shiftId }]);
    expect((await decide(id, 'refused')).body.slug).toBe('already-decided');
    expect((await scene.mine(zhang)).swaps).toMatchObject([{ id, state: 'approved' }]);
  });

  test('a shift for a shift: both change hands', async () => {
    const theirs = await scene.plan({ day: '2026-11-06', engagementIds: [li.engagementId] });
    const returnAssignmentId = (await scene.mine(li)).shifts[0]?.assignmentId;
    const { id, shiftId } = await offered({ returnAssignmentId });
    await answerTo(id);
    expect((await decide(id)).status).toBe(200);
    expect(planned(zhang).map((one) => one.id)).toEqual([theirs]);
    expect(planned(li).map((one) => one.id)).toEqual([shiftId]);
  });

  test('two who have the same hours at different days may swap although each would overlap with both', async () => {
    await scene.plan({ startTime: '12:00', endTime: '20:00', engagementIds: [li.engagementId] });
    const returnAssignmentId = (await scene.mine(li)).shifts[0]?.assignmentId;
    expect((await offered()).said.body.slug).toBe('shift-overlaps');
    const assignmentId = (await scene.mine(zhang)).shifts[0]?.assignmentId;
    const id = newId();
    const body = { assignmentId, engagementId: li.engagementId, returnAssignmentId };
    await scene.ok(zhang.person, `/me/shift-swaps/${id}`, body);
    await answerTo(id);
    expect((await decide(id)).status).toBe(200);
    expect(planned(zhang)).toMatchObject([{ startsAt: '2026-11-04T04:00:00.000Z' }]);
  });

  test('rest rules are looked at again when the supervisor approves', async () => {
    const { id } = await offered();
    await answerTo(id);
    await scene.plan({
      day: '2026-11-03',
      startTime: '18:00',
      endTime: '23:00',
      engagementIds: [li.engagementId],
    });
    expect((await decide(id)).body.slug).toBe('rest-rule-broken');
    expect(planned(zhang)).toHaveLength(1);
  });

  test('a swap that is declined, taken back, refused, or begun meanwhile is closed', async () => {
    const one = await offered();
    const twice = await scene.ask(zhang.person, 'PUT', `/me/shift-swaps/${newId()}`, one.body);
    expect(twice.body.slug).toBe('swap-closed');
    expect((await answerTo(one.id, 'declined')).status).toBe(200);
    expect((await decide(one.id)).body.slug).toBe('swap-closed');
    const second = newId();
    await scene.ok(zhang.person, `/me/shift-swaps/${second}`, one.body);
    for (const _ of [1, 2]) await scene.ok(zhang.person, `/me/shift-swaps/${second}/withdrawal`, {});
    expect((await answerTo(second)).body.slug).toBe('swap-closed');
    const third = newId();
    await scene.ok(zhang.person, `/me/shift-swaps/${third}`, one.body);
    expect((await decide(third, 'refused')).status).toBe(200);
    const fourth = newId();
    await scene.ok(zhang.person, `/me/shift-swaps/${fourth}`, one.body);
    await answerTo(fourth);
    scene.cell.moveTo('2026-11-04T00:30:00.000Z');
    expect((await scene.mine(zhang)).swaps.map(({ state }) => state)).toContain('lapsed');
    expect((await decide(fourth)).body.slug).toBe('swap-closed');
  });

  test('only the two of it and the site’s planners have a say', async () => {
    const { id, body } = await offered();
    const wang = await scene.hire('王五');
    const others = [
      scene.ask(wang.person, 'PUT', `/me/shift-swaps/${id}/answer`, { answer: 'agreed' }),
      scene.ask(zhang.person, 'PUT', `/me/shift-swaps/${id}/answer`, { answer: 'agreed' }),
      scene.ask(li.person, 'PUT', `/me/shift-swaps/${id}/withdrawal`, {}),
      scene.ask(wang.person, 'PUT', `/me/shift-swaps/${newId()}`, body),
      decide(id, 'approved', scene.stranger),
    ];
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });
});

test('a supervisor plans for their own sites, HR everywhere, workers nowhere', async () => {
  const elsewhere = { siteId: scene.otherSiteId };
  expect((await scene.draft(elsewhere)).said.status).toBe(404);
  expect((await scene.draft(elsewhere, newId(), scene.owner)).said.status).toBe(200);
  expect((await scene.draft({}, newId(), zhang.person)).said.status).toBe(404);
  const { shiftId } = await scene.draft();
  expect((await scene.ask(scene.stranger, 'GET', `/shifts/${shiftId}`)).status).toBe(404);
  expect(
    (await scene.ask(scene.stranger, 'PUT', `/shifts/${shiftId}/cancellation`, { reason: 'x' })).status,
  ).toBe(404);
});

test('what is begun is not called off, and nobody is taken off it', async () => {
  const shiftId = await scene.plan({ engagementIds: [zhang.engagementId] });
  const assignmentId = (await scene.mine(zhang)).shifts[0]?.assignmentId;
  scene.cell.moveTo('2026-11-04T01:00:00.000Z');
  const reason = { reason: 'x' };
  expect(
    (await scene.ask(scene.supervisor, 'PUT', `/shifts/${shiftId}/cancellation`, reason)).body.slug,
  ).toBe('shift-past');
  expect(
    (await scene.ask(scene.supervisor, 'PUT', `/shift-assignments/${assignmentId}/end`, reason)).body.slug,
  ).toBe('shift-past');
});

test('a place that only the shift names is one to clock at on its day, and no other day', async () => {
  await scene.plan({ engagementIds: [zhang.engagementId], siteIds: [scene.otherSiteId] });
  const clock = async () => {
    const { body } = await scene.ask(zhang.person, 'GET', '/me/clock');
    const { engagements } = body as unknown as { engagements: { siteIds: string[] }[] };
    return engagements[0]?.siteIds;
  };
  const punch = async (deviceAt: string) => {
    const there = { engagementId: zhang.engagementId, siteId: scene.otherSiteId, kind: 'in' };
    const { body } = await scene.ask(zhang.person, 'PUT', `/punches/${newId()}`, {
      ...there,
      deviceAt,
      noPosition: 'denied',
    });
    return body.flags as unknown as string[];
  };
  expect(await clock()).toEqual([scene.siteId]);
  expect(await punch('2026-11-02T00:00:00Z')).toContain('site-unexpected');
  scene.cell.moveTo('2026-11-04T00:00:00.000Z');
  expect(await clock()).toEqual([scene.siteId, scene.otherSiteId]);
  expect(await punch('2026-11-04T00:00:00Z')).not.toContain('site-unexpected');
});

test('after planning, claiming and swapping every row is in the journal', async () => {
  const shiftId = await scene.plan({ openPlaces: 1, engagementIds: [zhang.engagementId] });
  await scene.claim(li, shiftId);
  expect(verifyJournal(scene.cell.store.db)).toMatchObject({ ok: true });
});

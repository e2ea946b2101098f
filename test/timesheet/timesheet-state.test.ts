/** What becomes of a timesheet: each state is a row with who and when, and nothing changes approved hours unseen. */
import { beforeEach, describe, expect, test } from 'vitest';
import { punchOf } from '../../src/clock/punch.ts';
import { newId } from '../../src/kernel/id.ts';
import { reopenForPunch } from '../../src/timesheet/reopening.ts';
import { historyOf } from '../../src/timesheet/timesheet-state.ts';
import { type HoursScene, instant, november, openHours, said, slug } from './scene.ts';

let scene: HoursScene;
beforeEach(async () => {
  scene = await openHours();
  await scene.shift('2026-11-03');
  scene.cell.moveTo('2026-12-01T02:00:00Z');
});
const history = () => historyOf(scene.cell.store.db, scene.engagementId, november);
const reopen = (body: object, person = scene.hr) =>
  scene.cell.as(person)('PUT', scene.path('reopening'), { reason: 'A shift is missing.', ...body });

describe('an approval', () => {
  test('said again by the same person is the first one; from somebody else it is refused and names who did it', async () => {
    const first = await said(scene.approve());
    scene.cell.forward(60);
    expect(await said(scene.approve())).toEqual(first);
    const second = await scene.approve(scene.colleague);
    expect(await second.json()).toMatchObject({
      slug: 'approved-by-other',
      title: expect.stringContaining('Sam'),
    });
    expect(history().map(({ what }) => what)).toEqual(['approved']);
  });

  test('of other hours than those approved is refused', async () => {
    await said(scene.approve());
    const answer = scene.cell.as(scene.colleague)('PUT', scene.path('approval'), { digest: 'A'.repeat(43) });
    expect(await slug(answer)).toBe('period-approved');
  });

  test('that arrives again after it was reopened approves nothing', async () => {
    const body = { id: newId(), digest: scene.sheet().digest };
    const approve = () => scene.cell.as(scene.supervisor)('PUT', scene.path('approval'), body);
    await said(approve());
    scene.cell.forward(60);
    await said(reopen({ approvalId: body.id }));
    expect((await approve()).status).toBe(200);
    expect(scene.sheet().state).toBe('reopened');
    const other = scene.cell.as(scene.colleague)('PUT', scene.path('approval'), body);
    expect(await slug(other)).toBe('id-reused');
  });

  test('is not reopened by a reopening of the one before it, sent once more', async () => {
    const first = await said(scene.approve());
    const body = { approvalId: first.id };
    await said(reopen(body));
    await said(scene.approve(scene.colleague));
    expect((await reopen(body)).status).toBe(200);
    expect(scene.sheet().state).toBe('approved');
  });
});

test('a reopened timesheet is submitted anew, and its history says who did what and why', async () => {
  await said(scene.submit());
  scene.cell.forward(60);
  await said(scene.approve());
  scene.cell.forward(60);
  await said(reopen({}));
  expect(scene.sheet()).toMatchObject({ state: 'reopened', reopening: { reason: 'A shift is missing.' } });
  scene.cell.forward(60);
  await said(scene.submit());
  expect(scene.sheet().state).toBe('submitted');
  expect(history()).toMatchObject([
    { what: 'submitted', by: `person:${scene.worker}` },
    { what: 'approved', by: `person:${scene.supervisor}`, rule: null },
    { what: 'reopened', by: `person:${scene.hr}`, reason: 'A shift is missing.' },
    { what: 'submitted', by: `person:${scene.worker}` },
  ]);
});

test('a submission sent again under its name is the same one, and with other words another name is needed', async () => {
  const body = { id: newId(), digest: scene.sheet().digest, note: 'All of it.' };
  const submit = (change: object = {}) =>
    scene.cell.as(scene.worker)('PUT', scene.path('submission'), { ...body, ...change });
  const first = await said(submit());
  scene.cell.forward(60);
  expect(await said(submit())).toEqual(first);
  expect(await slug(submit({ note: 'Less.' }))).toBe('id-reused');
});

describe('approved hours', () => {
  test('are not taken back by whose they are, be they a supervisor of the site', async () => {
    await scene.join('李雷', 'supervisor', scene.quay, scene.worker);
    await said(scene.approve(scene.hr));
    const reopening = scene.cell.as(scene.worker)('PUT', scene.path('reopening'), { reason: 'x' });
    expect(await slug(reopening)).toBe('own-approval');
    expect(scene.sheet().state).toBe('approved');
  });

  const arrives = async (receivedAt: string) => {
    for (const [kind, at] of [
      ['in', '2026-11-05T08:00+08:00'],
      ['out', '2026-11-05T10:00+08:00'],
    ] as const) {
      const id = await scene.punched(kind, at, { receivedAt: instant(receivedAt) });
      await scene.cell.store.commit((tx) => {
        const punch = punchOf(tx, id);
        if (punch) reopenForPunch(tx, punch);
      });
    }
  };

  test('are reopened by punches that arrive late, in their name', async () => {
    await said(scene.approve());
    await arrives('2026-12-01T03:00:00Z');
    const { state, reopening } = scene.sheet();
    expect(state).toBe('reopened');
    expect(punchOf(scene.cell.store.db, reopening?.punchId ?? '')).toMatchObject({ kind: 'out' });
  });

  test('of another engagement of the same worker stay approved', async () => {
    const other = await scene.engage(scene.workerId);
    await scene.shift('2026-11-09', other);
    await said(scene.approve(scene.supervisor, other));
    await arrives('2026-12-01T03:00:00Z');
    expect(scene.sheet(other).state).toBe('approved');
  });

  test('are reopened by a request that is granted, which stays linked to it', async () => {
    await said(scene.approve());
    const { id } = await scene.ask({
      kind: 'move',
      punchId: scene.sheet().entries[0]?.intervals[0]?.outPunchId,
      punch: { siteId: scene.quay, kind: 'out', at: '2026-11-03T10:00:00Z' },
    });
    expect(scene.sheet().state).toBe('approved');
    await said(scene.decide(id, 'accepted'));
    const { corrections } = (await said(
      scene.cell.as(scene.hr)('GET', `/engagements/${scene.engagementId}/corrections`),
    )) as unknown as { corrections: { correction: { id: string; requestId: string } }[] };
    const { state, reopening } = scene.sheet();
    expect(state).toBe('reopened');
    expect(corrections.find(({ correction }) => correction.id === reopening?.correctionId)).toMatchObject({
      correction: { requestId: id },
    });
  });
});

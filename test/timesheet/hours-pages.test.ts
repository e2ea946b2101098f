/** What workers and those who decide read about hours: what waits for them, what was said, and what happened. */
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { type HoursScene, openHours, said } from './scene.ts';

let scene: HoursScene;
beforeEach(async () => {
  scene = await openHours();
});
const look = async (person: string, page: string, locale = 'en') => {
  const answer = await scene.cell.as(person)('GET', `/orgs/${scene.cell.org}${page}`, undefined, {
    cookie: `locale=${locale}`,
  });
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).not.toContain('style=');
  return text;
};

describe('the worker', () => {
  test('is two taps from asking: the day of the hours page leads to the form', async () => {
    await scene.punched('in', '2026-11-03T08:00+08:00');
    scene.cell.moveTo('2026-11-04T02:00:00Z');
    const day = `/me/hours/${scene.engagementId}/2026-11-03`;
    expect(await look(scene.worker, '/me/hours')).toContain(`${day}"`);
    const form = await look(scene.worker, day);
    expect(form).toContain('/correction-requests/{id}');
    expect(form).toContain('value="2026-11-03T08:00"');
    expect(form).toContain('data-kind="file"');
    expect(await look(scene.worker, day, 'zh-CN')).toContain('漏打卡');
  });

  test('is offered the planned end for a clock-out that is missing', async () => {
    await scene.plan('2026-11-03');
    await scene.punched('in', '2026-11-03T08:05+08:00');
    scene.cell.moveTo('2026-11-04T02:00:00Z');
    const form = await look(scene.worker, `/me/hours/${scene.engagementId}/2026-11-03`);
    expect(form).toContain('value="2026-11-03T17:00"');
  });

  test('finds on the page of a day its own punches, and of the next day only the end of its night', async () => {
    await scene.shift('2026-11-03');
    await scene.shift('2026-11-04');
    await scene.punched('in', '2026-11-05T22:00+08:00');
    await scene.punched('out', '2026-11-06T06:00+08:00');
    await scene.punched('in', '2026-11-06T21:00+08:00');
    await scene.punched('out', '2026-11-06T23:00+08:00');
    scene.cell.moveTo('2026-11-07T02:00:00Z');
    const times = async (day: string) => {
      const page = await look(scene.worker, `/me/hours/${scene.engagementId}/${day}`);
      return [...page.matchAll(/(\d\d:\d\d) · clock-/g)].map(([, time]) => time);
    };
    expect(await times('2026-11-03')).toEqual(['08:00', '17:00']);
    expect(await times('2026-11-05')).toEqual(['22:00', '06:00']);
  });

  test('reads each matter once, with a link for each of its days', async () => {
    for (const day of ['02', '03', '04']) await scene.punched('in', `2026-11-${day}T08:00+08:00`);
    scene.cell.moveTo('2026-11-06T02:00:00Z');
    const page = await look(scene.worker, '/me/hours');
    expect(page.match(/A clock-out is missing/g)).toHaveLength(1);
    for (const day of ['02', '03', '04'])
      expect(page).toContain(`href="/orgs/${scene.cell.org}/me/hours/${scene.engagementId}/2026-11-${day}"`);
  });

  test('sees nobody else’s day', async () => {
    const other = await scene.admit('韩梅梅');
    const theirs = await scene.engage(other.workerId);
    const path = `/orgs/${scene.cell.org}/me/hours/${theirs}/2026-11-03`;
    expect((await scene.cell.as(scene.worker)('GET', path)).status).toBe(404);
  });

  test('reads both words of each request, and the supervisor’s delay', async () => {
    await scene.punched('in', '2026-11-03T08:00+08:00');
    scene.cell.moveTo('2026-11-04T02:00:00Z');
    const { id } = await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'));
    const asked = await look(scene.worker, '/me/hours');
    expect(asked).toContain('/withdrawal');
    // It is not theirs to decide.
    expect(asked).toContain('With your supervisor');
    expect(asked).toContain('You asked for a correction: somebody else decides it.');
    expect(asked).not.toContain('decide it first');
    expect(await look(scene.worker, '/me/hours')).toContain('Your supervisor decides by 2026-11-06 10:00');
    scene.cell.forward(48 * 3600);
    expect(await look(scene.worker, '/me/hours')).toContain('With HR since 2026-11-06 10:00');
    await said(scene.decide(id, 'refused', scene.hr, 'The gate says 16:00.'));
    const after = await look(scene.worker, '/me/hours');
    expect(after).toContain('The phone was empty.');
    expect(after).toContain('The gate says 16:00.');
    expect(after).toContain('The supervisor had not decided by 2026-11-06 10:00.');
    expect(after).not.toContain('/withdrawal');
  });

  test('is reminded to submit from the period’s end on, at home and on the hours page, until it is done', async () => {
    await scene.shift('2026-11-03');
    scene.cell.moveTo('2026-11-30T15:59:59Z');
    expect(await look(scene.worker, '/me')).not.toContain('wait for your word');
    scene.cell.moveTo('2026-11-30T16:00:00Z');
    for (const page of ['/me', '/me/hours'])
      expect(await look(scene.worker, page)).toContain('2026-11-01 – 2026-11-30 wait for your word');
    await said(scene.submit());
    expect(await look(scene.worker, '/me')).not.toContain('wait for your word');
  });
});

test('what the employer corrected and the worker disputes stays readable by both, word beside word', async () => {
  await scene.shift('2026-11-03');
  scene.cell.moveTo('2026-11-04T02:00:00Z');
  const id = newId();
  const punch = { id: newId(), siteId: scene.quay, kind: 'in', at: '2026-11-03T10:00:00Z' };
  const body = { kind: 'add', engagementId: scene.engagementId, reason: 'Seen at the gate.', punch };
  await said(scene.cell.as(scene.supervisor)('PUT', `/corrections/${id}`, body));
  const disputed = { answer: 'disputed', reason: 'I was home by then.' };
  await said(scene.cell.as(scene.worker)('PUT', `/corrections/${id}/answer`, disputed));
  for (const [person, page] of [
    [scene.worker, '/me/hours'],
    [scene.supervisor, `/timesheets/${scene.engagementId}/2026-11-01`],
  ] as const) {
    const text = await look(person, page);
    expect(text).toContain('Seen at the gate.');
    expect(text).toContain('I was home by then.');
  }
});

describe('who decides', () => {
  test('sees the oldest request first, the day as a picture, and forms to accept or refuse with a reason', async () => {
    await scene.punched('in', '2026-11-03T08:00+08:00');
    scene.cell.moveTo('2026-11-04T02:00:00Z');
    const older = await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'));
    scene.cell.forward(60);
    const newer = await scene.ask(scene.wanted('in', '2026-11-02T01:00:00Z'));
    const page = await look(scene.supervisor, '/corrections');
    expect(page.indexOf(older.id)).toBeLessThan(page.indexOf(newer.id));
    expect(page).toContain('class="day-picture"');
    expect(page).toContain('As asked');
    expect(page).toContain(`/correction-requests/${older.id}/decision`);
    expect(await look(scene.stranger, '/corrections')).toContain('Nothing waits for you');
    expect(await look(scene.supervisor, '')).toContain('Corrections asked for');
    expect(await look(scene.supervisor, '/timesheets?payPeriod=monthly&startsOn=2026-11-01')).toContain(
      '2 waiting',
    );
  });

  test('no longer finds the form once the time is over, but sees with whom it is', async () => {
    scene.cell.moveTo('2026-11-04T02:00:00Z');
    const { id } = await scene.ask(scene.wanted('in', '2026-11-02T01:00:00Z'));
    scene.cell.forward(48 * 3600);
    const late = await look(scene.supervisor, '/corrections');
    expect(late).not.toContain(`/correction-requests/${id}/decision`);
    expect(late).toContain('With HR since');
    expect(await look(scene.hr, '/corrections')).toContain(`/correction-requests/${id}/decision`);
  });

  test('finds what has exceptions first, and the clean ones with their digests to approve in one go', async () => {
    const other = await scene.engage((await scene.admit('韩梅梅')).workerId);
    await scene.shift('2026-11-03', other);
    await scene.punched('in', '2026-11-03T08:00+08:00');
    scene.cell.moveTo('2026-12-04T02:00:00Z');
    const page = await look(scene.supervisor, '/timesheets?payPeriod=monthly&startsOn=2026-11-01');
    expect(page.indexOf('李雷')).toBeLessThan(page.indexOf('韩梅梅'));
    expect(page).toContain(`data-digest="${scene.sheet(other).digest}"`);
    expect(page).not.toContain(`data-digest="${scene.sheet().digest}"`);
    expect(page).toContain('To approve, waiting up to 3 d');
  });

  test('finds nothing to mend in the sheet of somebody who is at work', async () => {
    await scene.shift('2026-11-03');
    await scene.punched('in', '2026-11-04T08:00+08:00');
    scene.cell.moveTo('2026-11-04T02:00:00Z');
    const list = await look(scene.supervisor, '/timesheets?payPeriod=monthly&startsOn=2026-11-01');
    expect(list).not.toContain('Look at these first');
    expect(list).not.toContain('stat-bad');
    expect(await look(scene.supervisor, `/timesheets/${scene.engagementId}/2026-11-01`)).toContain(
      'At work now',
    );
  });

  test('reads what to mend first: units below, or punches below', async () => {
    await scene.shift('2026-11-03');
    scene.cell.moveTo('2026-11-04T02:00:00Z');
    const report = { engagementId: scene.engagementId, day: '2026-11-03', unit: 'piece', quantity: 12 };
    await said(scene.cell.as(scene.worker)('PUT', `/unit-reports/${newId()}`, report));
    const sheet = `/timesheets/${scene.engagementId}/2026-11-01`;
    const units = await look(scene.supervisor, sheet);
    expect(units).toContain('confirm or refuse them below.');
    expect(units).not.toContain('add or void a punch below');
    await scene.punched('in', '2026-11-02T08:00+08:00');
    const both = await look(scene.supervisor, sheet);
    expect(both).toContain('confirm or refuse them below.');
    expect(both).toContain('add or void a punch below');
  });

  test('reads on the timesheet who did what, when, and which correction took the approval back', async () => {
    const { out } = await scene.shift('2026-11-03');
    scene.cell.moveTo('2026-12-01T02:00:00Z');
    await said(scene.submit());
    scene.cell.forward(60);
    await said(scene.approve());
    scene.cell.forward(60);
    const { id } = await scene.ask({ kind: 'void', punchId: out, reason: 'That was not me.' });
    await said(scene.decide(id, 'accepted', scene.colleague));
    const page = await look(scene.hr, `/timesheets/${scene.engagementId}/2026-11-01`);
    expect(page).toContain('李雷 submitted the hours.');
    expect(page).toContain('Sam approved 9:00 h.');
    expect(page).toContain('Reopened, because Casey corrected a punch: That was not me.');
    expect(page).toContain('asked for by the worker');
  });
});

/** What a worker asks to be corrected: nothing changes until somebody else decides, and both words stay on record. */
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { members, sites } from '../../db/cell.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { addSeconds } from '../../src/kernel/time.ts';
import { record, verifyJournal } from '../../src/store/journal.ts';
import { requestView } from '../../src/timesheet/correction-request.ts';
import { recordedPunches } from '../../src/timesheet/timesheet.ts';
import { picture } from '../support/picture.ts';
import { type HoursScene, openHours, said, slug } from './scene.ts';

let scene: HoursScene;
beforeEach(async () => {
  scene = await openHours();
  scene.cell.moveTo('2026-11-10T01:00:00Z');
});
const view = (id: string) => requestView(scene.cell.store.db, id, scene.cell.at());
const accepted = async (id: string, person?: string) => said(scene.decide(id, 'accepted', person));

describe('a request', () => {
  test('to add a forgotten clock-out changes nothing until it is accepted, and then in the same commit', async () => {
    await scene.punched('in', '2026-11-03T08:00+08:00');
    const { id } = await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'));
    expect(scene.sheet()).toMatchObject({ seconds: 0 });
    expect(scene.sheet().exceptions.map(({ kind }) => kind)).toContain('correction-asked');
    await accepted(id);
    expect(scene.sheet()).toMatchObject({ seconds: 9 * 3600, exceptions: [] });
    expect(view(id)).toMatchObject({ state: 'accepted', decision: { reason: 'As the gate saw it.' } });
    expect(verifyJournal(scene.cell.store.db).ok).toBe(true);
  });

  test('to move a punch voids the raw one and adds the wanted one; the raw one stays as it was', async () => {
    const { out } = await scene.shift('2026-11-03');
    const punch = { siteId: scene.quay, kind: 'out', at: '2026-11-03T10:30:00Z' };
    const { id } = await scene.ask({ kind: 'move', punchId: out, punch });
    const before = recordedPunches(scene.cell.store.db, scene.sheet().engagement, scene.sheet().period);
    await accepted(id);
    const after = recordedPunches(scene.cell.store.db, scene.sheet().engagement, scene.sheet().period);
    expect(scene.sheet().seconds).toBe(10.5 * 3600);
    expect(after).toHaveLength(3);
    expect(after.find((one) => one.punch.id === out)).toMatchObject({
      punch: before.find((one) => one.punch.id === out)?.punch,
      voided: 'The phone was empty.',
    });
  });

  test('to void a punch leaves it on record, with the worker’s reason', async () => {
    await scene.shift('2026-11-03');
    const double = await scene.punched('in', '2026-11-03T17:01+08:00');
    const { id } = await scene.ask({ kind: 'void', punchId: double, reason: 'Pressed twice.' });
    await accepted(id);
    expect(scene.sheet()).toMatchObject({ seconds: 9 * 3600, exceptions: [] });
  });

  test('that is refused changes no hours, and the worker reads why beside their own words', async () => {
    await scene.shift('2026-11-03');
    const { digest } = scene.sheet();
    const { id } = await scene.ask(scene.wanted('in', '2026-11-04T00:00:00Z'));
    await said(scene.decide(id, 'refused', scene.supervisor, 'The gate was closed that day.'));
    expect(scene.sheet().digest).toBe(digest);
    const { requests } = (await said(scene.cell.as(scene.worker)('GET', '/me/correction-requests'))) as {
      requests?: unknown[];
    };
    expect(requests).toMatchObject([
      {
        state: 'refused',
        request: { reason: 'The phone was empty.' },
        decision: { reason: 'The gate was closed that day.' },
      },
    ]);
  });

  test('sent twice, or decided twice by one click, is one', async () => {
    await scene.punched('in', '2026-11-03T08:00+08:00');
    const wanted = scene.wanted('out', '2026-11-03T09:00:00Z');
    const { id } = await scene.ask(wanted);
    expect((await scene.ask(wanted, scene.worker, id)).answer.status).toBe(200);
    expect(
      await slug((await scene.ask({ ...wanted, reason: 'Other words.' }, scene.worker, id)).answer),
    ).toBe('id-reused');
    await Promise.all([accepted(id), accepted(id)]);
    expect(scene.sheet().seconds).toBe(9 * 3600);
    expect(scene.sheet().exceptions).toEqual([]);
  });

  test('asked again under another name while it waits is refused; once refused it may be asked anew', async () => {
    const wanted = scene.wanted('out', '2026-11-03T09:00:00Z');
    const { id } = await scene.ask(wanted);
    expect(await slug((await scene.ask(wanted)).answer)).toBe('request-waits');
    await said(scene.decide(id, 'refused'));
    expect((await scene.ask(wanted)).answer.status).toBe(200);
  });

  test('is decided by the first of two supervisors; the second hears that it was decided', async () => {
    await scene.punched('in', '2026-11-03T08:00+08:00');
    const { id } = await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'));
    const [first, second] = await Promise.all([
      scene.decide(id, 'refused', scene.supervisor),
      scene.decide(id, 'accepted', scene.colleague),
    ]);
    expect(first.status).toBe(200);
    expect(await slug(second)).toBe('already-decided');
    expect(scene.sheet().seconds).toBe(0);
  });

  test('is never decided by who asked, not even as HR, and not by a supervisor of another site', async () => {
    await scene.join('李雷', 'hr', null, scene.worker);
    const { id } = await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'));
    expect(await slug(scene.decide(id, 'accepted', scene.worker))).toBe('own-approval');
    expect((await scene.decide(id, 'accepted', scene.stranger)).status).toBe(404);
    expect(scene.sheet().entries).toEqual([]);
  });

  test('to move a punch to another site needs somebody who sees both', async () => {
    const { out } = await scene.shift('2026-11-03');
    const punch = { siteId: scene.pier, kind: 'out', at: '2026-11-03T09:00:00Z' };
    const { id } = await scene.ask({ kind: 'move', punchId: out, punch });
    for (const person of [scene.supervisor, scene.stranger])
      expect((await scene.decide(id, 'accepted', person)).status).toBe(404);
    expect((await scene.decide(id, 'accepted', scene.hr)).status).toBe(200);
  });

  test('is taken back by who asked while nobody has decided, and then cannot be accepted', async () => {
    const { id } = await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'));
    const withdraw = (person = scene.worker, which = id) =>
      scene.cell.as(person)('PUT', `/correction-requests/${which}/withdrawal`, {});
    const other = await scene.admit('韩梅梅');
    expect((await withdraw(other.personId)).status).toBe(404);
    expect((await withdraw()).status).toBe(200);
    expect((await withdraw()).status).toBe(200);
    expect(view(id)?.state).toBe('withdrawn');
    expect(await slug(scene.decide(id, 'accepted'))).toBe('request-withdrawn');
    const { id: late } = await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'));
    await said(scene.decide(late, 'refused'));
    expect(await slug(withdraw(scene.worker, late))).toBe('already-decided');
  });

  test('about a punch that was voided meanwhile can only be refused', async () => {
    const { out } = await scene.shift('2026-11-03');
    const { id } = await scene.ask({ kind: 'void', punchId: out });
    await said(
      scene.cell.as(scene.supervisor)('PUT', `/corrections/${newId()}`, {
        kind: 'void',
        engagementId: scene.engagementId,
        reason: 'Twice.',
        punchId: out,
      }),
    );
    expect(await slug(scene.decide(id, 'accepted'))).toBe('request-outdated');
    expect((await scene.decide(id, 'refused')).status).toBe(200);
  });
});

describe('a liar', () => {
  test('asks for nothing in the future', async () => {
    const { answer } = await scene.ask(scene.wanted('out', '2026-11-10T01:00:01Z'));
    expect(await slug(answer)).toBe('punch-in-future');
  });

  test('asks nothing of another worker’s hours, nor of another worker’s punch', async () => {
    const other = await scene.admit('韩梅梅');
    const theirs = await scene.engage(other.workerId);
    const { in: punchId } = await scene.shift('2026-11-03', theirs);
    expect((await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'), other.personId)).answer.status).toBe(
      404,
    );
    expect((await scene.ask({ kind: 'void', punchId })).answer.status).toBe(404);
    expect((await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z', newId()))).answer.status).toBe(404);
  });

  test('moves no punch to where it is', async () => {
    const { out } = await scene.shift('2026-11-03');
    const punch = { siteId: scene.quay, kind: 'out', at: '2026-11-03T09:00:00Z' };
    expect(await slug((await scene.ask({ kind: 'move', punchId: out, punch })).answer)).toBe(
      'correction-empty',
    );
  });

  test('shows evidence that exists; it is seen by who asked and who decides, and by nobody else', async () => {
    const wanted = scene.wanted('out', '2026-11-03T09:00:00Z');
    const missing = await scene.ask({ ...wanted, evidenceFileId: sha256('nothing') });
    expect(missing.answer.status).toBe(404);
    const fileId = await scene.cell.context.files.put(picture(20, 20, [10, 90, 160]));
    const { id } = await scene.ask({ ...wanted, evidenceFileId: fileId });
    const look = (person: string) => scene.cell.as(person)('GET', `/correction-requests/${id}/evidence`);
    for (const person of [scene.worker, scene.supervisor, scene.hr]) {
      const shown = await look(person);
      expect(shown.headers.get('content-type')).toBe('image/png');
    }
    const other = await scene.admit('韩梅梅');
    for (const person of [scene.stranger, other.personId]) expect((await look(person)).status).toBe(404);
  });
});

describe('time to decide', () => {
  test('is what the site’s rules give; at that hour the request is HR’s, and the delay stays visible', async () => {
    await scene.rules({ correctionHours: 24 });
    const asked = scene.cell.at();
    const { id } = await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'));
    const due = addSeconds(asked, 24 * 3600);
    scene.cell.moveTo(addSeconds(due, -1));
    expect(view(id)).toMatchObject({ state: 'waiting', dueAt: due, escalatedAt: null });
    scene.cell.moveTo(due);
    expect(view(id)).toMatchObject({ state: 'escalated', escalatedAt: due });
    expect(await slug(scene.decide(id, 'accepted', scene.supervisor))).toBe('request-escalated');
    const seen = (await said(scene.cell.as(scene.supervisor)('GET', '/correction-requests'))) as {
      waiting?: unknown[];
    };
    expect(seen.waiting).toMatchObject([{ state: 'escalated', escalatedAt: due }]);
    scene.cell.forward(3600);
    await said(scene.decide(id, 'accepted', scene.hr));
    expect(view(id)).toMatchObject({ state: 'accepted', escalatedAt: due });
  });

  test('is no question when it was decided in time', async () => {
    const { id } = await scene.ask(scene.wanted('out', '2026-11-03T09:00:00Z'));
    scene.cell.forward(48 * 3600 - 1);
    await said(scene.decide(id, 'refused'));
    scene.cell.forward(7 * 86400);
    expect(view(id)).toMatchObject({ state: 'refused', escalatedAt: null });
  });
});

test('a supervisor of one site who approves for the client of another corrects and decides nothing there', async () => {
  const { cell, quay, pier, owner, supervisor, engagementId } = scene;
  const clientId = newId();
  await said(cell.as(owner)('PUT', `/clients/${clientId}`, { name: '码头客户' }));
  await cell.store.commit((tx) => void tx.update(sites).set({ clientId }).where(eq(sites.id, quay)).run());
  const both = await scene.join('Both', 'supervisor', pier);
  await cell.store.commit((tx) => {
    const member = tx.select().from(members).where(eq(members.personId, both)).get();
    const at = cell.at();
    const grant = { id: newId(), memberId: member?.id ?? '', siteId: null, clientId, at, by: 'system' };
    record(tx, 'role-granted', { ...grant, role: 'approver' }, 'system', at);
  });
  const { out } = await scene.shift('2026-11-03');
  const { id } = await scene.ask({ kind: 'void', punchId: out });
  expect(await slug(scene.decide(id, 'accepted', both))).toBe('not-found');
  const correction = { kind: 'void', engagementId, reason: 'x', punchId: out };
  expect(await slug(cell.as(both)('PUT', `/corrections/${newId()}`, correction))).toBe('not-found');
  expect(await slug(cell.as(both)('GET', `/engagements/${engagementId}/corrections`))).toBe('not-found');
  await said(scene.decide(id, 'accepted', supervisor));
});

test('a supervisor adds no punch at their own site for somebody who has nothing to do with it', async () => {
  const { cell, pier, stranger, hr, engagementId } = scene;
  const add = (who: string) =>
    cell.as(who)('PUT', `/corrections/${newId()}`, {
      kind: 'add',
      engagementId,
      reason: '补录',
      punch: { id: newId(), siteId: pier, kind: 'in', at: '2026-11-03T00:00:00Z' },
    });
  expect(await slug(add(stranger))).toBe('not-found');
  await said(add(hr));
});

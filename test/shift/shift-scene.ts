/** A cell with sites, planners and workers, for what is planned there. Monday 2 November 2026, 08:00 in Shanghai. */
import { expect } from 'vitest';
import { joinAsMember } from '../../src/employer/member.ts';
import { newId } from '../../src/kernel/id.ts';
import { type CivilDate, civilDate } from '../../src/kernel/time.ts';
import { record } from '../../src/store/journal.ts';
import { company } from '../journey/facts.ts';
import { openTestCell, type TestCell } from '../support/cell.ts';

export interface Colleague {
  readonly person: string;
  readonly workerId: string;
  readonly engagementId: string;
  readonly name: string;
}
export interface Answer {
  readonly status: number;
  // What the tests read of it is what they test.
  readonly body: Record<string, never> & { slug?: string; title?: string };
}
export interface ShiftScene extends Awaited<ReturnType<typeof openShiftScene>> {}

const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 200 };

export async function openShiftScene(at = '2026-11-02T00:00:00.000Z', change: object = {}) {
  const cell: TestCell = await openTestCell({ at });
  const [owner, supervisor, stranger, siteId, otherSiteId] = [newId(), newId(), newId(), newId(), newId()];

  async function ask(personId: string, method: string, path: string, body?: object): Promise<Answer> {
    const said = await cell.as(personId)(method, path, body);
    return { status: said.status, body: (await said.json()) as Answer['body'] };
  }
  async function ok(personId: string, path: string, body: object): Promise<Answer['body']> {
    const said = await ask(personId, 'PUT', path, body);
    expect(said.body).not.toHaveProperty('slug');
    return said.body;
  }

  await ok(owner, '', { ...company, ...change });
  const addSite = (id: string, name: string, zone?: string) =>
    ok(owner, `/sites/${id}`, { name, address: `${name} 1`, fence, ...(zone ? { zone } : {}) });
  await addSite(siteId, 'Quay 7');
  await addSite(otherSiteId, 'Quay 8');
  await cell.store.commit((tx) => {
    for (const [personId, displayName, site] of [
      [supervisor, '孙主管', siteId],
      [stranger, '别处', otherSiteId],
    ] as const)
      joinAsMember(
        tx,
        { personId, displayName },
        [{ role: 'supervisor', siteId: site }],
        'system',
        cell.at(),
      );
  });

  /** Admitted and engaged. `birthOn`: their identity is accepted. */
  async function hire(
    name: string,
    { birthOn, ...agreed }: { birthOn?: string; [name: string]: unknown } = {},
  ): Promise<Colleague> {
    const [person, workerId, engagementId, claimId] = [newId(), newId(), newId(), newId()];
    const row = { at: cell.at(), by: 'system' };
    await cell.store.commit((tx) => {
      const worker = { id: workerId, personId: person, displayName: name, invitationId: null, ...row };
      record(tx, 'worker-admitted', worker, 'system', row.at);
      if (birthOn === undefined) return;
      const claim = {
        id: claimId,
        workerId,
        legalName: name,
        documentKind: 'resident-id',
        documentNumberSealed: '',
        documentIndex: claimId,
        documentMasked: '1**',
        country: 'CN',
        birthOn: civilDate(birthOn),
        expiresOn: null,
        photos: '[]',
        ...row,
      };
      record(tx, 'identity-claimed', claim, 'system', row.at);
      const review = {
        id: claimId,
        claimId,
        decision: 'accepted' as const,
        reason: '',
        provider: 'manual-review',
      };
      record(tx, 'identity-reviewed', { ...review, ...row }, 'system', row.at);
    });
    await engage(workerId, agreed, engagementId);
    return { person, workerId, engagementId, name };
  }
  async function engage(workerId: string, agreed: object = {}, id = newId()): Promise<string> {
    await ok(owner, `/engagements/${id}`, {
      workerId,
      roleTitle: '分拣员',
      relationship: 'service',
      project: '十一月',
      payPeriod: 'weekly',
      startsOn: '2026-01-01',
      siteIds: [siteId],
      hourlyRateMinor: 2800,
      ...agreed,
    });
    return id;
  }

  const day = (text: string): CivilDate => civilDate(text);
  /** What a planner says of a shift; eight hours of a day unless said otherwise. */
  const wanted = (change: object = {}) => ({
    siteId,
    day: '2026-11-04',
    startTime: '08:00',
    endTime: '16:00',
    ...change,
  });
  async function draft(change: object = {}, shiftId = newId(), by = supervisor) {
    const id = newId();
    return { said: await ask(by, 'PUT', `/shifts/${shiftId}/drafts/${id}`, wanted(change)), id, shiftId };
  }
  async function publish(draftIds: readonly string[], more: object = {}, id = newId(), by = supervisor) {
    return ask(by, 'PUT', `/shift-publications/${id}`, { draftIds, ...more });
  }
  /** Drafted and published; answers the shift's id. Warnings, if any, are acknowledged. */
  async function plan(change: object = {}, shiftId = newId()): Promise<string> {
    const drafted = await draft(change, shiftId);
    expect(drafted.said.status, JSON.stringify(drafted.said.body)).toBe(200);
    const first = await publish([drafted.id]);
    if (first.body.slug !== 'shift-warnings') {
      expect(first.status, JSON.stringify(first.body)).toBe(200);
      return shiftId;
    }
    const again = await publish([drafted.id], { acknowledges: await digestOf(drafted.id), reason: 'agreed' });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    return shiftId;
  }
  async function review(from = '2026-11-01', to = '2026-11-30') {
    const { body } = await ask(owner, 'GET', `/sites/${siteId}/shifts/${from}/${to}`);
    return body as unknown as {
      draftIds: string[];
      review: { digest: string; warnings: { rule: string }[]; obstacles: { slug: string }[] };
    };
  }
  async function digestOf(draftId: string): Promise<string> {
    const found = await review();
    expect(found.draftIds).toEqual([draftId]);
    return found.review.digest;
  }
  const mine = async ({ person }: Colleague) =>
    (await ask(person, 'GET', '/me/shifts')).body as unknown as {
      shifts: { id: string; startsAt: string; endsAt: string; assignmentId: string; siteIds: string[] }[];
      changes: {
        shiftId: string;
        engagementId: string;
        digest: string;
        reason: string;
        before?: { startsAt: string };
        after?: { startsAt: string };
      }[];
      open: {
        shiftId: string;
        engagementId: string;
        placesLeft: number;
        obstacle: { slug: string } | null;
      }[];
      swaps: { id: string; state: string }[];
    };
  const claim = ({ person, engagementId }: Colleague, shiftId: string, id = newId()) =>
    ask(person, 'PUT', `/me/shift-claims/${id}`, { shiftId, engagementId });
  return {
    cell,
    owner,
    supervisor,
    stranger,
    siteId,
    otherSiteId,
    ask,
    ok,
    addSite,
    hire,
    engage,
    day,
    wanted,
    draft,
    publish,
    plan,
    review,
    mine,
    claim,
  };
}

/** One worker's hours at one site, with everybody who may speak of them, mostly through the public door. */
import { expect } from 'vitest';
import type { MemberRole } from '../../db/cell.ts';
import { insertPunch } from '../../src/clock/punch.ts';
import { makeSitePolicy, usualPolicy } from '../../src/employer/site-policy.ts';
import { newId } from '../../src/kernel/id.ts';
import { type CivilDate, civilDate, type Instant, instantOf } from '../../src/kernel/time.ts';
import { appendEntry, record } from '../../src/store/journal.ts';
import { timesheetOf } from '../../src/timesheet/timesheet.ts';
import { openTestCell } from '../support/cell.ts';

export interface HoursScene extends Awaited<ReturnType<typeof openHours>> {}

export const november = civilDate('2026-11-01');
export const instant = (text: string): Instant => instantOf(Date.parse(text));

/** On 2026-10-01 in Shanghai: an owner, HR, two supervisors of the quay and one of the pier, 李雷 engaged at the quay. */
export async function openHours() {
  const cell = await openTestCell({ at: '2026-10-01T00:00:00.000Z' });
  const owner = newId();
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
  await said(cell.as(owner)('PUT', '', employer));
  const addSite = async (name: string) => {
    const id = newId();
    const fence = { lat: 31.23, lng: 121.47, datum: 'wgs84', radiusMetres: 100 };
    await said(cell.as(owner)('PUT', `/sites/${id}`, { name, address: '1', fence }));
    return id;
  };
  const [quay, pier] = [await addSite('Quay'), await addSite('Pier')];
  const by = 'system';
  const join = async (displayName: string, role: MemberRole, siteId: string | null, personId = newId()) => {
    await cell.store.commit((tx) => {
      const [memberId, at] = [newId(), cell.at()];
      record(tx, 'member-joined', { id: memberId, personId, displayName, at, by }, by, at);
      record(tx, 'role-granted', { id: newId(), memberId, role, siteId, clientId: null, at, by }, by, at);
    });
    return personId;
  };
  const hr = await join('Hannah', 'hr', null);
  const supervisor = await join('Sam', 'supervisor', quay);
  const colleague = await join('Casey', 'supervisor', quay);
  const stranger = await join('Strange', 'supervisor', pier);
  const admit = async (displayName: string) => {
    const [id, personId] = [newId(), newId()];
    await cell.store.commit((tx) => {
      const at = cell.at();
      const row = { id, personId, displayName, invitationId: null, at, by };
      record(tx, 'worker-admitted', row, by, at);
    });
    return { workerId: id, personId };
  };
  const engage = async (workerId: string, siteId = quay, change: object = {}) => {
    const id = newId();
    const body = {
      workerId,
      roleTitle: 'Loader',
      relationship: 'service',
      project: 'Quay',
      payPeriod: 'monthly',
      startsOn: '2026-10-01',
      siteIds: [siteId],
      hourlyRateMinor: 3000,
      ...change,
    };
    await said(cell.as(owner)('PUT', `/engagements/${id}`, body));
    return id;
  };
  const { workerId, personId: worker } = await admit('李雷');
  const engagementId = await engage(workerId);

  /** A raw punch, as received at its time, or later. */
  const punched = async (
    kind: 'in' | 'out',
    at: string,
    { of = engagementId, siteId = quay, receivedAt = instant(at) } = {},
  ) => {
    const id = newId();
    const effectiveAt = instant(at);
    await cell.store.commit((tx) => {
      const punch = insertPunch(
        tx,
        { id, engagementId: of, siteId, kind, deviceAt: effectiveAt },
        { verdict: 'inside', metres: 4, judgedAs: 'wgs84' },
        { bodyDigest: id, flags: [], receivedAt, effectiveAt, correctionId: null, by },
      );
      appendEntry(tx, 'punch-recorded', punch, by, effectiveAt);
    });
    return id;
  };
  /** 08:00 to 17:00 in Shanghai. */
  const shift = async (day: string, of = engagementId) => ({
    in: await punched('in', `${day}T08:00+08:00`, { of }),
    out: await punched('out', `${day}T17:00+08:00`, { of }),
  });
  const sheet = (of = engagementId, startsOn: CivilDate = november) =>
    timesheetOf(cell.store.db, of, startsOn, cell.at());
  const path = (what: string, of = engagementId) => `/engagements/${of}/timesheets/2026-11-01/${what}`;
  const rules = async (change: Partial<typeof usualPolicy>, siteId = quay) => {
    const input = {
      id: newId(),
      siteId,
      effectiveOn: civilDate('2026-01-01'),
      rules: { ...usualPolicy, ...change },
    };
    await cell.store.commit((tx) => makeSitePolicy(tx, { kind: 'system' }, input, cell.at()));
  };
  /** A published shift, by default 08:00 to 17:00. */
  const plan = async (day: string, change: object = {}) => {
    const [shiftId, draftId] = [newId(), newId()];
    const draft = {
      siteId: quay,
      day,
      startTime: '08:00',
      endTime: '17:00',
      engagementIds: [engagementId],
      ...change,
    };
    await said(cell.as(hr)('PUT', `/shifts/${shiftId}/drafts/${draftId}`, draft));
    await said(cell.as(hr)('PUT', `/shift-publications/${newId()}`, { draftIds: [draftId] }));
    return shiftId;
  };
  return {
    cell,
    owner,
    hr,
    supervisor,
    colleague,
    stranger,
    worker,
    workerId,
    quay,
    pier,
    engagementId,
    join,
    admit,
    engage,
    punched,
    shift,
    sheet,
    path,
    rules,
    plan,
    submit: (digest = sheet().digest) => cell.as(worker)('PUT', path('submission'), { digest }),
    approve: (person = supervisor, of = engagementId) =>
      cell.as(person)('PUT', path('approval', of), { digest: sheet(of).digest }),
    /** What the worker asks for; answers the request's id. */
    ask: async (body: object, person = worker, id = newId()) => {
      const request = { engagementId, reason: 'The phone was empty.', ...body };
      return { id, answer: await cell.as(person)('PUT', `/correction-requests/${id}`, request) };
    },
    decide: (
      id: string,
      decision: 'accepted' | 'refused',
      person = supervisor,
      reason = 'As the gate saw it.',
    ) => cell.as(person)('PUT', `/correction-requests/${id}/decision`, { decision, reason }),
    wanted: (kind: 'in' | 'out', at: string, siteId = quay) => ({
      kind: 'add',
      punch: { siteId, kind, at },
    }),
  };
}

/** The JSON of an answer that must not be a refusal. */
export async function said(answer: Promise<Response> | Response): Promise<Record<string, never>> {
  const response = await answer;
  const body = (await response.json()) as Record<string, never>;
  expect(body, JSON.stringify(body)).not.toHaveProperty('slug');
  return body;
}

export async function slug(answer: Promise<Response> | Response): Promise<string | undefined> {
  return ((await (await answer).json()) as { slug?: string }).slug;
}

/** The overview: each number is that of its page, each reader sees their own part, and a new employer is told what is next. */
import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import {
  contractCompletions,
  contractDeclines,
  contractSignatures,
  contractSlots,
  contracts,
  punches,
} from '../../db/cell.ts';
import { dailyHours } from '../../src/attendance/daily-hours.ts';
import { joinAsMember } from '../../src/employer/member.ts';
import { newId } from '../../src/kernel/id.ts';
import { insertAll } from '../../src/store/commit.ts';
import { record } from '../../src/store/journal.ts';
import { contractRow, signatureRow } from '../contract/rows.ts';
import {
  addWorker,
  done,
  engage,
  october,
  openAndCalculate,
  openPayroll,
  type Payroll,
  type PayrollWorker,
  work,
} from '../pay/payroll.ts';

let payroll: Payroll;
let worker: PayrollWorker;

beforeEach(async () => {
  payroll = await openPayroll();
  worker = await addWorker(payroll, '李小明 <b>');
});

async function look(personId: string, locale = 'en') {
  const { cell } = payroll;
  const answer = await cell.as(personId)('GET', `/orgs/${cell.org}`, undefined, {
    cookie: `locale=${locale}`,
  });
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
}

/** The number above a label, and where it leads. */
function stat(text: string, label: string): { value: string | undefined; href: string | undefined } {
  const found = new RegExp(
    `<a class="stat[^"]*" href="([^"]*)"><span class="stat-value">([^<]*)</span><span class="stat-label">${label}</span>`,
  ).exec(text);
  return { value: found?.[2], href: found?.[1] };
}

function stepState(text: string, label: string): string | undefined {
  return new RegExp(`<li data-state="(\\w+)">(?:<a [^>]*>)?${label}`).exec(text)?.[1];
}

test('a worker who is no member lands at their home, a stranger nowhere, a visitor at the door', async () => {
  const { cell } = payroll;
  expect(await look(worker.personId)).toMatchObject({ status: 302, to: `/orgs/${cell.org}/me` });
  expect((await look(newId())).status).toBe(404);
  expect((await cell.visitor('GET', `/orgs/${cell.org}`)).status).toBe(401);
});

test('a new employer is told what is missing, the next step first, and what is done already', async () => {
  const { text } = await look(payroll.owner);
  expect(text).toContain('This employer is not verified yet');
  expect(text).toContain(`href="/orgs/${payroll.cell.org}/settings#licence"`);
  expect(stepState(text, 'Hand in the business licence')).toBe('now');
  expect(stepState(text, 'Add a site')).toBe('done');
  expect(stepState(text, 'Say what covers people at work')).toBe('later');
  expect(text).toContain('Nobody has finished a shift');
  expect((await look(payroll.owner, 'zh-CN')).text).toContain('开始使用');
});

test('HR is sent to an owner for the licence, and reads why it was refused', async () => {
  const { cell, owner, hr } = payroll;
  expect((await look(hr)).text).toContain('An owner can do this in the settings.');
  const fileId = await cell.context.files.put(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
  const licenceId = newId();
  await done(cell.as(owner)('PUT', `/licences/${licenceId}`, { fileId }));
  expect((await look(hr)).text).toContain('The licence is with the operator.');
  await done(
    cell.asActor({ kind: 'operator', personId: newId() })('PUT', `/reviews/${newId()}`, {
      licenceId,
      decision: 'refused',
      reason: 'The photo is too dark',
    }),
  );
  expect((await look(owner)).text).toContain(
    'refused the licence: The photo is too dark. Please hand in another one.',
  );
});

test('the numbers are those of people at work, cover, timesheets and the next run', async () => {
  const { cell, hr, owner, siteId } = payroll;
  const engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-30T01:00:00.000Z', '2026-10-30T09:30:00.000Z');
  cell.moveTo('2026-11-01T16:00:00.000Z');
  await done(
    cell.as(worker.personId)('PUT', `/engagements/${engagementId}/timesheets/2026-10-01/submission`, {
      digest: String(
        (await done(cell.as(owner)('GET', `/engagements/${engagementId}/timesheets/2026-10-01`))).digest,
      ),
    }),
  );
  cell.moveTo('2026-11-02T01:00:00.000Z');
  await done(
    cell.as(worker.personId)('PUT', `/punches/${newId()}`, {
      engagementId,
      siteId,
      kind: 'in',
      deviceAt: '2026-11-02T01:00:00.000Z',
      position: { lat: 31.2304, lng: 121.4737, accuracyMetres: 10, datum: 'wgs84' },
    }),
  );
  cell.forward(600);
  const at = `/orgs/${cell.org}`;
  const { text } = await look(hr);
  expect(stat(text, 'At work now')).toEqual({ value: '1', href: `${at}/attendance` });
  expect(stat(text, 'Covered now')).toEqual({ value: '0', href: `${at}/guarantees` });
  expect(stat(text, 'Submitted hours to approve')).toEqual({ value: '1', href: `${at}/timesheets` });
  expect(stat(text, 'Next pay day')).toEqual({ value: '11-05', href: `${at}/pay-runs` });
  expect(text).toContain('8:30 hours in all');
  const run = await openAndCalculate(payroll, october);
  expect(stat((await look(hr)).text, 'Next pay day').href).toBe(`${at}/pay-runs/${run.id}`);
  cell.moveTo('2026-11-03T01:00:00.000Z');
  expect(stat((await look(hr)).text, 'Clock-out missing').value).toBe('1');
});

test('waiting admissions and identities are counted, and decided ones no longer', async () => {
  const { cell, owner } = payroll;
  const invitationId = newId();
  const link = await done(
    cell.as(owner)('PUT', `/invitations/${invitationId}`, {
      kind: 'worker',
      label: 'group',
      cap: 5,
      expiresAt: '2027-01-01T00:00:00Z',
      approvalRequired: true,
    }),
  );
  const useId = newId();
  await done(
    cell.as(newId())('PUT', `/invitations/by-token/${String(link.token)}/uses/${useId}`, {
      displayName: '韩梅梅',
    }),
  );
  expect(stat((await look(owner)).text, 'Waiting to be admitted').value).toBe('1');
  await done(cell.as(owner)('PUT', `/admissions/${useId}`, {}));
  expect(stat((await look(owner)).text, 'Waiting to be admitted').value).toBe('0');
});

test('a contract waits for the employer once the worker has signed it, until it is signed or declined', async () => {
  const { cell, owner } = payroll;
  const at = cell.at();
  const slots = (contractId: string) => [
    { id: `${contractId}-1`, contractId, ordinal: 1, role: 'worker' as const },
    { id: `${contractId}-2`, contractId, ordinal: 2, role: 'employer' as const, memberRole: 'hr' as const },
  ];
  const sign = (contractId: string, role: 'worker' | 'employer') =>
    cell.store.commit((tx) => {
      const slotId = `${contractId}-${role === 'worker' ? 1 : 2}`;
      tx.insert(contractSignatures)
        .values(signatureRow(at, contractId, role, slotId))
        .run();
      if (role === 'employer')
        tx.insert(contractCompletions).values({ id: contractId, at, by: 'system' }).run();
    });
  const waiting = async () => stat((await look(owner)).text, 'Contracts to sign').value;
  const [offered, signed, declined] = [newId(), newId(), newId()];
  await cell.store.commit((tx) => {
    for (const id of [offered, signed, declined]) {
      tx.insert(contracts)
        .values(contractRow(at, { id, workerId: worker.workerId }))
        .run();
      insertAll(tx, contractSlots, slots(id));
    }
  });
  expect(await waiting()).toBe('0');
  await sign(signed, 'worker');
  await sign(declined, 'worker');
  expect(await waiting()).toBe('2');
  await cell.store.commit((tx) =>
    tx.insert(contractDeclines).values({ id: declined, reason: 'x', at, by: 'system' }).run(),
  );
  expect(await waiting()).toBe('1');
  await sign(signed, 'employer');
  expect(await waiting()).toBe('0');
});

test('a supervisor sees the numbers of their sites, and nothing of the office', async () => {
  const { cell, siteId } = payroll;
  const supervisor = newId();
  const other = newId();
  const fence = { lat: 31.23, lng: 121.47, datum: 'wgs84', radiusMetres: 100 };
  await done(cell.as(payroll.owner)('PUT', `/sites/${other}`, { name: 'Elsewhere', address: 'x', fence }));
  await cell.store.commit((tx) => {
    joinAsMember(
      tx,
      { personId: supervisor, displayName: 'Sun' },
      [{ role: 'supervisor', siteId: other }],
      'system',
      cell.at(),
    );
  });
  const engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-30T01:00:00.000Z', '2026-10-30T09:30:00.000Z');
  const { text } = await look(supervisor);
  expect(text).toContain('Nobody has finished a shift');
  for (const word of ['First steps', 'Identity reviews</span>', 'Next pay day', 'not verified yet'])
    expect(text).not.toContain(word);
  expect(siteId).not.toBe(other);
});

test('a night shift counts on the day it began, and fourteen days are shown even where nobody worked', async () => {
  const engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-30T14:00:00.000Z', '2026-10-30T22:00:00.000Z');
  const everything = { roles: [{ role: 'hr' as const, siteId: null, clientId: null }] };
  const days = dailyHours(payroll.cell.store.db, everything, 'Asia/Shanghai', payroll.cell.at());
  expect(days.map(({ day }) => day).at(0)).toBe('2026-10-18');
  expect(days.map(({ day }) => day).at(-1)).toBe('2026-10-31');
  expect(days.filter(({ seconds }) => seconds > 0)).toEqual([
    { day: '2026-10-30', seconds: 8 * 3600, shifts: 1 },
  ]);
});

test('a punch that was voided is no hour', async () => {
  const engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-30T01:00:00.000Z', '2026-10-30T09:30:00.000Z');
  const { cell } = payroll;
  const punch = cell.store.db.select().from(punches).where(eq(punches.kind, 'out')).get();
  await cell.store.commit((tx) =>
    record(
      tx,
      'punch-voided',
      { id: punch?.id ?? '', correctionId: newId(), reason: 'x', at: cell.at(), by: 'system' },
      'system',
      cell.at(),
    ),
  );
  expect((await look(payroll.hr)).text).toContain('Nobody has finished a shift');
});

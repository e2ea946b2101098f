/** Billing a client through the door: rates, the statement as it stands, issuing what was seen, and who may read it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { record } from '../../src/store/journal.ts';
import {
  addWorker,
  approveHours,
  done,
  engage,
  openPayroll,
  reopenHours,
  slugOf,
  work,
} from '../pay/payroll.ts';

const october = { startsOn: '2026-10-01', endsOn: '2026-10-31' };

/** Wu works a day at the client's site and one at the employer's own. */
async function openBilling() {
  const payroll = await openPayroll();
  const { cell, owner } = payroll;
  const [clientId, siteId] = [newId(), newId()];
  await done(cell.as(owner)('PUT', `/clients/${clientId}`, { name: '顺达物流 Shunda' }));
  const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 200 };
  await done(
    cell.as(owner)('PUT', `/sites/${siteId}`, { name: 'Shed 3', address: 'Shed 3', clientId, fence }),
  );
  const wu = await addWorker(payroll, '吴磊');
  const engagementId = await engage(payroll, wu, { siteIds: [payroll.siteId, siteId] });
  const there = { ...payroll, siteId };
  await work(payroll, wu, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
  await work(there, wu, engagementId, '2026-10-06T01:00:00.000Z', '2026-10-06T09:30:01.000Z');
  cell.moveTo('2026-11-02T02:00:00.000Z');
  const hr = cell.as(payroll.hr);
  return {
    ...payroll,
    clientId,
    there,
    wu,
    engagementId,
    call: hr,
    rate: (effectiveOn: string, hourlyRateMinor: number, id = newId()) =>
      hr('PUT', `/clients/${clientId}/bill-rates/${id}`, { effectiveOn, hourlyRateMinor }),
    draft: async () => {
      const path = `/clients/${clientId}/statement/${october.startsOn}/${october.endsOn}`;
      return (await done(hr('GET', path))) as unknown as {
        digest: string;
        content: { statement: { amountMinor: number; lines: { siteName: string; seconds: number }[] } };
        waiting: { workerName: string; seconds: number }[];
      };
    },
    issue: (digest: string, id = newId()) =>
      hr('PUT', `/client-statements/${id}`, { clientId, ...october, digest }),
  };
}

test('only approved hours at the client’s sites are billed; what waits is named', async () => {
  const office = await openBilling();
  await done(office.rate('2026-10-01', 4200));
  const before = await office.draft();
  expect(before.content.statement.lines).toEqual([]);
  expect(before.waiting).toMatchObject([{ workerName: '吴磊', seconds: 30_601 }]);
  expect(await slugOf(office.issue(before.digest))).toBe('statement-empty');

  await approveHours(office, office.engagementId, '2026-10-01');
  const after = await office.draft();
  expect(after.waiting).toEqual([]);
  expect(after.content.statement).toMatchObject({
    amountMinor: 35_701,
    lines: [{ siteName: 'Shed 3', seconds: 30_601, approvals: [{ byName: 'Olivia Owner' }] }],
  });
});

test('what was seen is issued, once; after a change it has to be seen again, and the newer one says the difference', async () => {
  const office = await openBilling();
  await approveHours(office, office.engagementId, '2026-10-01');
  expect(await slugOf(office.issue((await office.draft()).digest))).toBe('bill-rate-missing');
  await done(office.rate('2026-10-01', 4200));
  const { digest } = await office.draft();
  const id = newId();
  const first = await done(office.issue(digest, id));
  expect(await done(office.issue(digest, id))).toEqual(first);
  expect(await slugOf(office.issue('A'.repeat(43), id))).toBe('id-reused');

  await reopenHours(office, office.engagementId, '2026-10-01');
  expect(await slugOf(office.issue(digest))).toBe('statement-changed');
  office.cell.moveTo('2026-10-07T01:00:00.000Z');
  await work(
    office.there,
    office.wu,
    office.engagementId,
    '2026-10-07T01:00:00.000Z',
    '2026-10-07T02:00:00.000Z',
  );
  office.cell.moveTo('2026-11-03T02:00:00.000Z');
  await approveHours(office, office.engagementId, '2026-10-01');
  await done(office.issue((await office.draft()).digest));
  const { statements } = await done(office.call('GET', `/clients/${office.clientId}/billing`));
  expect(statements).toMatchObject([
    { amountMinor: 39_901, replaced: false, differenceMinor: 4200 },
    { amountMinor: 35_701, replaced: true },
  ]);
});

test('a rate is agreed once a day, and never none, below none or beyond reason', async () => {
  const { rate } = await openBilling();
  const id = newId();
  await done(rate('2026-10-01', 4200, id));
  await done(rate('2026-10-01', 4200, id));
  expect(await slugOf(rate('2026-10-01', 4300))).toBe('bill-rate-known');
  for (const bad of [0, -1, 1.5, 100_000_001])
    expect(await slugOf(rate('2026-10-02', bad))).toBe('body-invalid');
});

test('days in the wrong order and years of them are refused', async () => {
  const { call, clientId } = await openBilling();
  const ask = (from: string, to: string) =>
    slugOf(call('GET', `/clients/${clientId}/statement/${from}/${to}`));
  expect(await ask('2026-10-31', '2026-10-01')).toBe('dates-reversed');
  expect(await ask('2025-01-01', '2026-10-01')).toBe('period-too-long');
});

test('the client’s approver reads what was issued to it, and nothing of its making; another client’s sees nothing', async () => {
  const office = await openBilling();
  const { cell, clientId, owner } = office;
  await approveHours(office, office.engagementId, '2026-10-01');
  await done(office.rate('2026-10-01', 4200));
  const id = newId();
  await done(office.issue((await office.draft()).digest, id));
  const other = newId();
  await done(cell.as(owner)('PUT', `/clients/${other}`, { name: 'Another' }));
  const approverOf = async (client: string) => {
    const [personId, memberId, by] = [newId(), newId(), `person:${owner}`];
    await cell.store.commit((tx) => {
      const at = cell.at();
      record(tx, 'member-joined', { id: memberId, personId, displayName: 'Ann', at, by }, by, at);
      const role = { id: newId(), memberId, role: 'approver' as const, siteId: null, clientId: client };
      record(tx, 'role-granted', { ...role, at, by }, by, at);
    });
    return cell.as(personId);
  };
  const theirs = await approverOf(clientId);
  const sheet = await theirs('GET', `/client-statements/${id}/xlsx`);
  const files = unzipSync(new Uint8Array(await sheet.arrayBuffer()));
  expect(Object.keys(files).filter((name) => name.includes('worksheets/sheet'))).toHaveLength(3);
  const pdf = new Uint8Array(await (await theirs('GET', `/client-statements/${id}/pdf`)).arrayBuffer());
  expect(new TextDecoder('latin1').decode(pdf.subarray(0, 5))).toBe('%PDF-');
  const again = new Uint8Array(await (await theirs('GET', `/client-statements/${id}/pdf`)).arrayBuffer());
  expect(Buffer.from(again).equals(Buffer.from(pdf))).toBe(true);
  mkdirSync('out/files', { recursive: true });
  writeFileSync('out/files/statement.pdf', pdf);
  expect(await slugOf(theirs('GET', `/clients/${clientId}/billing`))).toBe('role-required');
  const strangers = await approverOf(other);
  expect(await slugOf(strangers('GET', `/client-statements/${id}/xlsx`))).toBe('not-found');
});

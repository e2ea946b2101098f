/** A large run comes in slices, and its approval is a signature that a stranger can check. */
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { tickCell } from '../../src/cell/tick.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Minor } from '../../src/kernel/money.ts';
import type { CivilDate } from '../../src/kernel/time.ts';
import { verifyRun } from '../../src/pay/verify-run.ts';
import { record, verifyJournal } from '../../src/store/journal.ts';
import {
  addWorker,
  approveHours,
  approveRun,
  deviceProof,
  done,
  engage,
  november,
  october,
  openAndCalculate,
  openPayroll,
  type Payroll,
  slugOf,
  work,
} from './payroll.ts';

let payroll: Payroll;
beforeEach(async () => {
  payroll = await openPayroll();
  payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
});
const as = (personId: string) => payroll.cell.as(personId);

/** Workers with an approved month of one day each, straight into the tables. */
async function many(count: number): Promise<void> {
  const { cell, siteId } = payroll;
  const row = { at: cell.at(), by: 'system' };
  await cell.store.commit((tx) => {
    for (let index = 0; index < count; index += 1) {
      const [workerId, engagementId] = [newId(), newId()];
      const put = <K extends Parameters<typeof record>[1]>(kind: K, value: Parameters<typeof record<K>>[2]) =>
        record(tx, kind, value, 'system', row.at);
      put('worker-admitted', {
        ...row,
        id: workerId,
        personId: newId(),
        displayName: `W${index}`,
        invitationId: null,
      });
      put('engagement-made', {
        ...row,
        id: engagementId,
        workerId,
        roleTitle: 'Loader',
        relationship: 'service',
        project: 'Harbour',
        payPeriod: 'monthly',
        startsOn: '2026-10-01' as CivilDate,
        endsOn: null,
      });
      put('pay-terms-agreed', {
        ...row,
        id: newId(),
        engagementId,
        effectiveOn: '2026-10-01' as CivilDate,
        hourlyRateMinor: 2500 as Minor,
      });
      const [startsAt, endsAt] = ['2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z'];
      const interval = {
        day: '2026-10-05',
        siteId,
        startsAt,
        endsAt,
        seconds: 28_800,
        inPunchId: 'i',
        outPunchId: 'o',
      };
      const entries = [
        { day: '2026-10-05', seconds: 28_800, secondsByDay: { '2026-10-05': 28_800 }, intervals: [interval] },
      ];
      put('timesheet-approved', {
        ...row,
        id: newId(),
        engagementId,
        startsOn: '2026-10-01' as CivilDate,
        endsOn: '2026-10-31' as CivilDate,
        digest: sha256(JSON.stringify(entries)),
        entries: JSON.stringify(entries),
        seconds: 28_800,
        rule: null,
      });
    }
  });
}

describe('a run of more workers than are calculated at once', () => {
  test('is carried on in slices, shows how far it is, and has the figures of all', async () => {
    await many(130);
    const id = newId();
    const calculationId = newId();
    await done(as(payroll.hr)('PUT', `/pay-runs/${id}`, { payPeriod: 'monthly', ...october }));
    const path = `/pay-runs/${id}/calculations/${calculationId}`;
    expect(await done(as(payroll.hr)('PUT', path, {}))).toMatchObject({
      underWay: { id: calculationId, workers: 120, of: 130 },
    });
    const page = await (await as(payroll.hr)('GET', `/orgs/${payroll.cell.org}/pay-runs/${id}`)).text();
    expect(page).toContain('<progress');
    expect(await slugOf(approveRun(payroll, { id, calculationId, digest: 'x'.repeat(43) }))).toBe(
      'run-changed',
    );
    // Two ticks at once, and the same request again: each worker once.
    await Promise.all([
      tickCell(payroll.cell.context, payroll.cell.at()),
      tickCell(payroll.cell.context, payroll.cell.at()),
    ]);
    const finished = await done(as(payroll.hr)('PUT', path, {}));
    expect(finished).toMatchObject({ underWay: null, workers: 130, grossMinor: 130 * 20_000 });
    const run = await done(as(payroll.hr)('GET', `/pay-runs/${id}`));
    expect((run.lines as unknown[]).length).toBe(260);
    expect(verifyJournal(payroll.cell.store.db)).toMatchObject({ ok: true });
  });

  test('reads the facts of its beginning: what is approved meanwhile makes it stale, not different', async () => {
    await many(130);
    const first = await openAndCalculate(payroll, october);
    await many(1);
    await tickCell(payroll.cell.context, payroll.cell.at());
    const run = await done(as(payroll.hr)('GET', `/pay-runs/${first.id}`));
    expect(run.calculation).toMatchObject({ workers: 130 });
    expect(run.stale).toBe(true);
  });
});

describe('the signature over a run', () => {
  async function calculated() {
    const worker = await addWorker(payroll, '李小明');
    const engagementId = await engage(payroll, worker);
    await work(payroll, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
    payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
    await approveHours(payroll, engagementId, '2026-10-01');
    return { ...(await openAndCalculate(payroll, october)), worker, engagementId };
  }
  async function opened(run: { id: string; calculationId: string; digest: string }) {
    const nonce = newId();
    const seen = { calculationId: run.calculationId, digest: run.digest };
    const said = await done(as(payroll.owner)('PUT', `/pay-runs/${run.id}/approval-nonces/${nonce}`, seen));
    return { nonce, seen, text: String(said.text), record: said.record as Record<string, unknown> };
  }

  test('names run, digest, totals and approver, and is kept whole', async () => {
    const run = await calculated();
    const { nonce, seen, text, record } = await opened(run);
    expect(record).toMatchObject({
      purpose: 'workcard/pay-run-approval',
      run: run.id,
      calculationDigest: run.digest,
      netMinor: 20_000,
      approver: payroll.owner,
    });
    const proof = await deviceProof(payroll.cell, payroll.owner, text);
    const path = `/pay-runs/${run.id}/approval`;
    const approval = await done(as(payroll.owner)('PUT', path, { ...seen, nonce, proof }));
    expect(approval).toMatchObject({ grade: 'B', fourEyes: true, record });
    expect(await done(as(payroll.owner)('PUT', path, { ...seen, nonce, proof }))).toEqual(approval);
  });

  test('of another text, with another’s nonce or too late is refused', async () => {
    const run = await calculated();
    const { nonce, seen, text } = await opened(run);
    const path = `/pay-runs/${run.id}/approval`;
    const other = await deviceProof(payroll.cell, payroll.owner, text.replace('20000', '20001'));
    expect(await slugOf(as(payroll.owner)('PUT', path, { ...seen, nonce, proof: other }))).toBe(
      'signature-refused',
    );
    const proof = await deviceProof(payroll.cell, payroll.owner, text);
    expect(await slugOf(as(payroll.owner)('PUT', path, { ...seen, nonce: newId(), proof }))).toBe(
      'signature-refused',
    );
    payroll.cell.forward(1801);
    expect(await slugOf(as(payroll.owner)('PUT', path, { ...seen, nonce, proof }))).toBe('nonce-spent');
  });

  test('the next run is compared with it, and a jump is named', async () => {
    const run = await calculated();
    await done(approveRun(payroll, run));
    for (const day of ['10', '11'])
      await work(
        payroll,
        run.worker,
        run.engagementId,
        `2026-11-${day}T01:00:00.000Z`,
        `2026-11-${day}T09:00:00.000Z`,
      );
    payroll.cell.moveTo('2026-12-02T00:00:00.000Z');
    await approveHours(payroll, run.engagementId, '2026-11-01');
    const next = await openAndCalculate(payroll, november);
    const board = await done(as(payroll.hr)('GET', `/pay-runs/${next.id}`));
    expect(board.checks).toContainEqual(
      expect.objectContaining({ kind: 'unusual-jump', amountMinor: 40_000, beforeMinor: 20_000 }),
    );
    expect(board.bySite).toEqual([{ name: 'Quay 7', seconds: 57_600, amountMinor: 40_000 }]);
    const { changes } = (await done(as(payroll.hr)('GET', `/pay-runs/${next.id}/changes`))) as unknown as {
      changes: { now: object; before: object; ratesBefore: number[] }[];
    };
    expect(changes[0]).toMatchObject({
      now: { grossMinor: 40_000 },
      before: { grossMinor: 20_000 },
      ratesBefore: [2500],
    });
    const page = await (
      await as(payroll.hr)('GET', `/orgs/${payroll.cell.org}/pay-runs/${next.id}/changes`)
    ).text();
    expect(page).toContain('¥200.00 → ¥400.00');
  });
});

describe('whoever has the database', () => {
  async function paidRun() {
    const worker = await addWorker(payroll, '李小明');
    const engagementId = await engage(payroll, worker);
    for (const month of ['10', '11'])
      await work(
        payroll,
        worker,
        engagementId,
        `2026-${month}-05T01:00:00.000Z`,
        `2026-${month}-05T09:00:00.000Z`,
      );
    payroll.cell.moveTo('2026-12-02T00:00:00.000Z');
    await approveHours(payroll, engagementId, '2026-10-01');
    const first = await openAndCalculate(payroll, { ...october, paysOn: '2026-12-05' });
    await done(approveRun(payroll, first));
    await approveHours(payroll, engagementId, '2026-11-01');
    const second = await openAndCalculate(payroll, november);
    await done(approveRun(payroll, second));
    return { worker, first, second };
  }
  const verify = (runId: string) => verifyRun(payroll.cell.store.db, runId);

  test('calculates each run again from what was known at its time, and finds the same', async () => {
    const { first, second } = await paidRun();
    expect(await verify(first.id)).toEqual({ ok: true, workers: 1, digest: first.digest, differences: [] });
    expect(await verify(second.id)).toMatchObject({ ok: true, digest: second.digest });
  });

  test('finds the line that somebody changed, and the approval that no longer fits', async () => {
    const { first } = await paidRun();
    await payroll.cell.store.commit((tx) => {
      tx.run(
        sql`UPDATE pay_run_lines SET amount_minor = 99900 WHERE calculation_id = ${first.calculationId} AND line = 1`,
      );
      tx.run(
        sql`UPDATE pay_run_approvals SET record = replace(record, '20000', '99900') WHERE id = ${first.id}`,
      );
    });
    const { ok, differences } = await verify(first.id);
    expect(ok).toBe(false);
    expect(differences.join('\n')).toContain('20000, and 99900 is kept');
    expect(differences.join('\n')).toContain('signature does not hold');
  });

  test('reads the manifest: a digest of each worker’s inputs, and the inputs by name', async () => {
    const { worker, first } = await paidRun();
    const path = `/pay-runs/${first.id}/manifest`;
    const { workers, rules } = (await done(as(payroll.hr)('GET', path))) as unknown as {
      workers: { workerId: string; inputs: string }[];
      rules: { version: string }[];
    };
    const { inputs } = await done(as(payroll.hr)('GET', `${path}?worker=${worker.workerId}`));
    expect(workers).toEqual([{ workerId: worker.workerId, inputs: sha256((inputs as string[]).join('\n')) }]);
    expect(rules[0]?.version).toContain('withholding-cn');
  });

  test('reads a person’s ledger: two payments of one month count together', async () => {
    const { worker } = await paidRun();
    const path = `/workers/${worker.workerId}/tax-ledger?year=2026`;
    const { entries } = await done(as(payroll.hr)('GET', path));
    expect(entries).toMatchObject([
      { paysOn: '2026-12-05', grossMinor: 20_000, spanGrossMinor: 20_000 },
      { paysOn: '2026-12-05', grossMinor: 20_000, spanGrossMinor: 40_000, yearGrossMinor: 40_000 },
    ]);
    const page = await as(payroll.hr)(
      'GET',
      `/orgs/${payroll.cell.org}/tax-ledgers/${worker.workerId}?year=2026`,
    );
    expect(await page.text()).toContain('扣缴台账');
    expect((await done(as(payroll.hr)('GET', path.replace('2026', '2025')))).entries).toEqual([]);
  });
});

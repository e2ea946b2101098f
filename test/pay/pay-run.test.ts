/** Pay runs through the public door: from approved hours to an approved run that explains every cent. */
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { record, verifyJournal } from '../../src/store/journal.ts';
import {
  accountRow,
  addWorker,
  approveHours,
  approveRun,
  done,
  engage,
  latePunches,
  november,
  october,
  openAndCalculate,
  openPayroll,
  type Payroll,
  type PayrollWorker,
  reopenHours,
  slugOf,
  work,
} from './payroll.ts';

let payroll: Payroll;
let worker: PayrollWorker;
let engagementId: string;
interface Line {
  line: number;
  kind: string;
  amountMinor: number;
}

/** Eight hours on 5 October, approved when the month is over. */
beforeEach(async () => {
  payroll = await openPayroll();
  worker = await addWorker(payroll, '李小明');
  engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
  payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
});

const as = (personId: string) => payroll.cell.as(personId);
const runBody = async (id: string) =>
  (await done(as(payroll.hr)('GET', `/pay-runs/${id}`))) as unknown as Record<string, unknown>;
const kinds = async (id: string) =>
  ((await runBody(id)).checks as { kind: string }[]).map(({ kind }) => kind);
const lines = async (id: string) =>
  ((await runBody(id)).lines as Line[]).map(({ kind, amountMinor }) => [kind, amountMinor]);

async function payOctober() {
  await approveHours(payroll, engagementId, '2026-10-01');
  const run = await openAndCalculate(payroll, october);
  await done(approveRun(payroll, run));
  return run;
}

describe('before approval', () => {
  test('unapproved hours are named, and are not paid', async () => {
    const run = await openAndCalculate(payroll, october);
    expect(await kinds(run.id)).toEqual(['hours-unapproved']);
    expect(await slugOf(approveRun(payroll, run))).toBe('run-empty');
  });

  test('a missing bank account is named, and the run waits for it', async () => {
    const second = await addWorker(payroll, 'Maria Ñuñez', { account: null });
    payroll.cell.moveTo('2026-10-05T00:00:00.000Z');
    const hers = await engage(payroll, second);
    await work(payroll, second, hers, '2026-10-06T01:00:00.000Z', '2026-10-06T09:00:00.000Z');
    payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
    await approveHours(payroll, engagementId, '2026-10-01');
    await approveHours(payroll, hers, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    expect((await runBody(run.id)).checks).toMatchObject([
      { kind: 'account-missing', blocking: true, workerName: 'Maria Ñuñez' },
    ]);
    const refused = await approveRun(payroll, run);
    expect(await refused.json()).toMatchObject({
      slug: 'account-missing',
      title: expect.stringContaining('Maria Ñuñez'),
    });
    const { keys, store } = { keys: payroll.cell.context.keys, store: payroll.cell.store };
    const at = payroll.cell.at();
    await store.commit((tx) =>
      record(
        tx,
        'payout-account-given',
        accountRow(keys.field, newId(), second.workerId, 'Maria Ñuñez', '6228480402564890018', at, 'test'),
        'test',
        at,
      ),
    );
    expect((await approveRun(payroll, run)).status).toBe(200);
  });

  test('an account in another name is shown, and stops nothing', async () => {
    const { keys } = payroll.cell.context;
    const at = payroll.cell.at();
    const wife = accountRow(
      keys.field,
      newId(),
      worker.workerId,
      '王小红',
      '6228480402564890018',
      at,
      'test',
    );
    await payroll.cell.store.commit((tx) => record(tx, 'payout-account-given', wife, 'test', at));
    await approveHours(payroll, engagementId, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    expect(await kinds(run.id)).toEqual(['holder-differs']);
    expect((await approveRun(payroll, run)).status).toBe(200);
  });

  test('who is left out, with a reason they read, holds up nobody and is paid by the next run', async () => {
    const second = await addWorker(payroll, 'Maria Ñuñez', { account: null });
    payroll.cell.moveTo('2026-10-05T00:00:00.000Z');
    const hers = await engage(payroll, second);
    await work(payroll, second, hers, '2026-10-06T01:00:00.000Z', '2026-10-06T09:00:00.000Z');
    payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
    await approveHours(payroll, engagementId, '2026-10-01');
    await approveHours(payroll, hers, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    expect(await slugOf(approveRun(payroll, run))).toBe('account-missing');

    const leftOut = [{ engagementId: hers, reason: 'the account comes next week' }];
    const again = { ...run, calculationId: newId() };
    const path = `/pay-runs/${run.id}/calculations/${again.calculationId}`;
    const unknown = [{ engagementId: newId(), reason: 'x' }];
    expect(await slugOf(as(payroll.hr)('PUT', path, { leftOut: unknown }))).toBe('not-found');
    const { digest } = await done(as(payroll.hr)('PUT', path, { leftOut }));
    await done(as(payroll.hr)('PUT', path, { leftOut }));
    expect(await slugOf(as(payroll.hr)('PUT', path, {}))).toBe('id-reused');
    expect((await runBody(run.id)).checks).toMatchObject([
      { kind: 'left-out', workerName: 'Maria Ñuñez', reason: 'the account comes next week' },
    ]);
    await done(approveRun(payroll, { ...again, digest: String(digest) }));
    await done(as(payroll.hr)('PUT', `/pay-runs/${run.id}/files/csv`, {}));
    expect(await lines(run.id)).toEqual([
      ['earning', 20_000],
      ['withholding', 0],
    ]);
    expect(await done(as(second.personId)('GET', '/me/payslips'))).toMatchObject({
      payslips: [],
      waiting: [{ runId: run.id, reason: 'the account comes next week' }],
    });

    payroll.cell.moveTo('2026-12-01T00:00:00.000Z');
    const next = await openAndCalculate(payroll, november);
    expect(await lines(next.id)).toEqual([
      ['earning', 20_000],
      ['withholding', 0],
    ]);
    expect(verifyJournal(payroll.cell.store.db)).toMatchObject({ ok: true });
  });

  test('hours that changed since they were approved are named, and what was approved is paid', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    await latePunches(payroll, engagementId);
    const run = await openAndCalculate(payroll, october);
    expect(await kinds(run.id)).toEqual(['hours-changed']);
    expect(await lines(run.id)).toEqual([
      ['earning', 20_000],
      ['withholding', 0],
    ]);
  });

  test('who opened or calculated the run does not approve it', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    expect(await slugOf(approveRun(payroll, run, payroll.hr))).toBe('second-approver-needed');
    const again = { ...run, calculationId: newId() };
    await done(as(payroll.owner)('PUT', `/pay-runs/${run.id}/calculations/${again.calculationId}`, {}));
    expect(await slugOf(approveRun(payroll, again))).toBe('second-approver-needed');
  });

  test('who is paid by the run does not approve it, unless one person may do all', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    const { sqlite } = payroll.cell.store;
    sqlite.prepare('UPDATE workers SET person_id = ? WHERE id = ?').run(payroll.owner, worker.workerId);
    const run = await openAndCalculate(payroll, october);
    expect(await slugOf(approveRun(payroll, run))).toBe('own-pay');
    const setting = { name: 'second-approver', value: 'off', reason: 'a family business' };
    await done(as(payroll.owner)('PUT', `/settings/${newId()}`, setting));
    expect(await done(approveRun(payroll, run))).toMatchObject({ fourEyes: false });
  });

  test('with the second approver switched off one person may, and the run says so', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    await done(
      as(payroll.owner)('PUT', `/settings/${newId()}`, {
        name: 'second-approver',
        value: 'off',
        reason: 'a family business',
      }),
    );
    const run = await openAndCalculate(payroll, october);
    expect(await kinds(run.id)).toEqual(['second-approver-off']);
    expect(await done(approveRun(payroll, run, payroll.hr))).toMatchObject({ fourEyes: false });
    await done(as(payroll.hr)('PUT', `/pay-runs/${run.id}/files/csv`, {}));
    const file = await as(payroll.hr)('GET', `/pay-runs/${run.id}/files/csv`);
    expect(await file.text()).toContain('Approved by one person.');
  });

  test('an approval of other figures is refused', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    expect(await slugOf(approveRun(payroll, { ...run, digest: 'x'.repeat(43) }))).toBe('run-changed');
    await reopenHours(payroll, engagementId, '2026-10-01');
    expect(await slugOf(approveRun(payroll, run))).toBe('run-changed');
  });

  test('only the last calculation can be approved; the same facts give the same digest', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    const second = newId();
    const { digest } = await done(as(payroll.hr)('PUT', `/pay-runs/${run.id}/calculations/${second}`, {}));
    expect(digest).toBe(run.digest);
    expect(await slugOf(approveRun(payroll, run))).toBe('run-changed');
    expect((await approveRun(payroll, { ...run, calculationId: second })).status).toBe(200);
  });

  test('a run is over one pay period, and its id is used once', async () => {
    const open = (id: string, body: object) =>
      as(payroll.hr)('PUT', `/pay-runs/${id}`, { payPeriod: 'monthly', ...body });
    expect(await slugOf(open(newId(), { ...october, endsOn: '2026-10-30' }))).toBe('period-invalid');
    expect(await slugOf(open(newId(), { ...october, startsOn: '2026-10-02' }))).toBe('period-invalid');
    expect(await slugOf(open(newId(), { ...october, paysOn: '2026-09-30' }))).toBe('dates-reversed');
    const id = newId();
    expect((await open(id, october)).status).toBe(200);
    expect((await open(id, october)).status).toBe(200);
    expect(await slugOf(open(id, { ...october, paysOn: '2026-11-06' }))).toBe('id-reused');
    expect(await slugOf(open(newId(), { ...october, extra: 1 }))).toBe('body-invalid');
  });

  test('a day without an agreed rate is named and stops the run', async () => {
    // The shift began on the last of September, a day before the terms.
    payroll.cell.moveTo('2026-10-20T00:00:00.000Z');
    const early = await engage(payroll, worker, { startsOn: '2026-10-10' });
    const sheet = {
      punch: { siteId: payroll.siteId },
      engagementId: early,
      kind: 'add',
      reason: 'came early',
    };
    for (const [kind, at] of [
      ['in', '2026-10-08T01:00:00.000Z'],
      ['out', '2026-10-08T02:00:00.000Z'],
    ]) {
      const punch = { id: newId(), siteId: payroll.siteId, kind, at };
      await done(as(payroll.owner)('PUT', `/corrections/${newId()}`, { ...sheet, punch }));
    }
    payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
    await approveHours(payroll, engagementId, '2026-10-01');
    await approveHours(payroll, early, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    expect(await kinds(run.id)).toEqual(['pay-terms-missing']);
    expect(await slugOf(approveRun(payroll, run))).toBe('pay-terms-missing');
  });
});

describe('after approval', () => {
  test('the run never changes, a repeated approval is the same approval, and the journal holds', async () => {
    const run = await payOctober();
    expect((await approveRun(payroll, run)).status).toBe(200);
    expect(await slugOf(as(payroll.hr)('PUT', `/pay-runs/${run.id}/calculations/${newId()}`, {}))).toBe(
      'run-approved',
    );
    expect(await slugOf(approveRun(payroll, { ...run, digest: 'y'.repeat(43) }))).toBe('run-approved');
    expect(verifyJournal(payroll.cell.store.db)).toMatchObject({ ok: true });
  });

  test('nobody is paid twice: a second run over the same period has nothing to pay', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    const [first, second] = [
      await openAndCalculate(payroll, october),
      await openAndCalculate(payroll, october),
    ];
    await done(approveRun(payroll, first));
    expect(await slugOf(approveRun(payroll, second))).toBe('run-changed');
    const third = await openAndCalculate(payroll, october);
    expect(await lines(third.id)).toEqual([]);
  });

  test('hours that were reopened, mended and approved again are paid by their difference in the next run', async () => {
    const first = await payOctober();
    await reopenHours(payroll, engagementId, '2026-10-01');
    const next = await openAndCalculate(payroll, november);
    expect(await kinds(next.id)).toEqual(['paid-hours-reopened']);
    for (const [kind, at] of [
      ['in', '2026-10-07T01:00:00.000Z'],
      ['out', '2026-10-07T03:00:00.000Z'],
    ]) {
      const punch = { id: newId(), siteId: payroll.siteId, kind, at };
      await done(
        as(payroll.owner)('PUT', `/corrections/${newId()}`, {
          engagementId,
          kind: 'add',
          punch,
          reason: 'the phone was empty',
        }),
      );
    }
    await approveHours(payroll, engagementId, '2026-10-01');
    const again = await openAndCalculate(payroll, november);
    expect(await lines(again.id)).toEqual([
      ['correction', 5000],
      ['withholding', 0],
    ]);
    const why = await done(as(payroll.hr)('GET', `/pay-runs/${again.id}/lines/1/why`));
    expect((why.formula as string[]).join('\n')).toContain(first.id.slice(-8));
    await done(approveRun(payroll, again));
    expect(await lines((await openAndCalculate(payroll, november)).id)).toEqual([]);
  });

  test('hours approved late are paid by the next run', async () => {
    const late = await addWorker(payroll, 'Late Larry');
    payroll.cell.moveTo('2026-10-08T00:00:00.000Z');
    const his = await engage(payroll, late);
    await work(payroll, late, his, '2026-10-08T01:00:00.000Z', '2026-10-08T05:00:00.000Z');
    payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
    await payOctober();
    await approveHours(payroll, his, '2026-10-01');
    expect(await lines((await openAndCalculate(payroll, november)).id)).toEqual([
      ['earning', 10_000],
      ['withholding', 0],
    ]);
  });

  test('four weekly runs withhold what one monthly run does', async () => {
    payroll.cell.moveTo('2026-10-31T00:00:00.000Z');
    const weekly = await engage(payroll, worker, {
      payPeriod: 'weekly',
      project: 'Weekly',
      hourlyRateMinor: 20_000,
    });
    const weeks = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'];
    let withheld = 0;
    let gross = 0;
    for (const [index, monday] of weeks.entries()) {
      await work(payroll, worker, weekly, `${monday}T01:00:00.000Z`, `${monday}T09:20:0${index}.000Z`);
      const sunday = new Date(Date.parse(monday) + 6 * 86_400_000).toISOString().slice(0, 10);
      payroll.cell.moveTo(new Date(Date.parse(monday) + 7 * 86_400_000).toISOString());
      await approveHours(payroll, weekly, monday);
      const run = await openAndCalculate(payroll, {
        payPeriod: 'weekly',
        startsOn: monday,
        endsOn: sunday,
        paysOn: '2026-11-30',
      });
      await done(approveRun(payroll, run));
      const calculated = (await runBody(run.id)).calculation as { grossMinor: number; withheldMinor: number };
      withheld += calculated.withheldMinor;
      gross += calculated.grossMinor;
    }
    expect(gross).toBeGreaterThan(400_000);
    const taxable = gross - Math.round(gross * 0.2);
    expect(withheld).toBe(Math.round(taxable * 0.2));
  });
});

describe('why', () => {
  test('a line names its sum, days, punches with verdicts, and who approved the hours', async () => {
    const run = await payOctober();
    const why = await done(as(payroll.hr)('GET', `/pay-runs/${run.id}/lines/1/why`));
    expect(why).toMatchObject({
      kind: 'earning',
      amountMinor: 20_000,
      workerName: '李小明',
      days: [{ day: '2026-10-05', seconds: 28_800, shareMinor: 20_000 }],
      intervals: [
        { siteName: 'Quay 7', seconds: 28_800, in: { verdict: 'inside' }, out: { verdict: 'inside' } },
      ],
      approval: { byName: 'Olivia Owner' },
    });
    expect(why.formula).toEqual([expect.stringContaining('28800')]);
  });

  test('a withholding names its base, bracket, what was withheld before, and the rule with its source', async () => {
    const run = await payOctober();
    const why = await done(as(payroll.hr)('GET', `/pay-runs/${run.id}/lines/2/why`));
    expect(why).toMatchObject({
      kind: 'withholding',
      withholding: {
        span: '2026-11',
        spanGrossMinor: 20_000,
        rateBp: 2000,
        taxMinor: 0,
        withheldBeforeMinor: 0,
      },
      rule: { code: 'cn-labour-remuneration', effectiveOn: '2019-01-01' },
    });
    expect(await slugOf(as(payroll.hr)('GET', `/pay-runs/${run.id}/lines/9/why`))).toBe('not-found');
  });
});

describe('payslips', () => {
  test('the worker reads their own, also when the engagement is over, and nobody else’s', async () => {
    const run = await payOctober();
    await done(
      as(payroll.hr)('PUT', `/engagements/${engagementId}/end`, {
        endsOn: '2026-10-31',
        reason: 'season over',
      }),
    );
    payroll.cell.moveTo('2027-06-01T00:00:00.000Z');
    const mine = await done(as(worker.personId)('GET', '/me/payslips'));
    expect(mine.payslips).toMatchObject([
      { runId: run.id, grossMinor: 20_000, withheldMinor: 0, netMinor: 20_000 },
    ]);
    expect(await done(as(worker.personId)('GET', `/me/payslips/${run.id}`))).toMatchObject({
      lines: [{ why: { approval: { byName: 'Olivia Owner' } } }, {}],
    });
    const other = await addWorker(payroll, 'Nosy Ned');
    expect(await slugOf(as(other.personId)('GET', `/me/payslips/${run.id}`))).toBe('not-found');
    expect(await slugOf(as(other.personId)('GET', `/me/payslips/${run.id}/pdf`))).toBe('not-found');
    const pdf = await as(worker.personId)('GET', `/me/payslips/${run.id}/pdf`);
    expect((await pdf.text()).slice(0, 5)).toBe('%PDF-');
  });

  test('before approval there is no payslip, but what was earned so far', async () => {
    payroll.cell.moveTo('2026-10-20T00:00:00.000Z');
    const mine = await done(as(worker.personId)('GET', '/me/payslips'));
    expect(mine).toMatchObject({
      payslips: [],
      earned: [{ startsOn: '2026-10-01', openMinor: 20_000, approvedMinor: 0, seconds: 28_800 }],
    });
  });
});

describe('who may', () => {
  test('a worker, a stranger and a visitor see no run', async () => {
    const run = await payOctober();
    for (const path of [
      `/pay-runs/${run.id}`,
      '/pay-runs',
      `/pay-runs/${run.id}/lines/1/why`,
      `/pay-runs/${run.id}/files/csv`,
    ]) {
      expect(await slugOf(as(worker.personId)('GET', path))).toBe('not-found');
      expect(await slugOf(as(newId())('GET', path))).toBe('not-found');
      expect(await slugOf(payroll.cell.visitor('GET', path))).toBe('sign-in-required');
    }
  });

  test('another employer’s run is not there', async () => {
    const run = await payOctober();
    const elsewhere = await openPayroll();
    expect(await slugOf(elsewhere.cell.as(elsewhere.owner)('GET', `/pay-runs/${run.id}`))).toBe('not-found');
    expect(await slugOf(approveRun(elsewhere, run))).toBe('not-found');
    expect(await slugOf(elsewhere.cell.as(elsewhere.owner)('PUT', `/pay-runs/${run.id}/files/csv`, {}))).toBe(
      'not-found',
    );
  });
});

test('outside China nothing is withheld, and run and file say so', async () => {
  payroll = await openPayroll({ country: 'DE', currency: 'EUR', registrationCode: 'HRB 1234' });
  worker = await addWorker(payroll, 'Jürgen Groß', { account: 'DE89370400440532013000' });
  engagementId = await engage(payroll, worker);
  await work(payroll, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
  payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
  const run = await payOctober();
  expect(await lines(run.id)).toEqual([['earning', 20_000]]);
  await done(as(payroll.hr)('PUT', `/pay-runs/${run.id}/files/csv`, {}));
  const file = await as(payroll.hr)('GET', `/pay-runs/${run.id}/files/csv`);
  expect(await file.text()).toContain('no withholding rules are configured for DE');
});

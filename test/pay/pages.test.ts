/** The pages of pay say what the API says: checks first, totals that add up, reasons, and what is unusual. */
import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import {
  addWorker,
  approveHours,
  approveRun,
  done,
  engage,
  october,
  openAndCalculate,
  openPayroll,
  type Payroll,
  type PayrollWorker,
  work,
} from './payroll.ts';

let payroll: Payroll;
let worker: PayrollWorker;
let engagementId: string;

beforeEach(async () => {
  payroll = await openPayroll();
  worker = await addWorker(payroll, '李小明 <b>');
  engagementId = await engage(payroll, worker, { hourlyRateMinor: 20_000 });
  await work(payroll, worker, engagementId, '2026-10-05T01:00:00.000Z', '2026-10-05T09:00:00.000Z');
  payroll.cell.moveTo('2026-11-02T00:00:00.000Z');
});

async function look(personId: string, path: string, locale = 'zh-CN'): Promise<string> {
  const cookie = { cookie: `locale=${locale}` };
  const answer = await payroll.cell.as(personId)(
    'GET',
    `/orgs/${payroll.cell.org}${path}`,
    undefined,
    cookie,
  );
  expect(answer.status).toBe(200);
  return answer.text();
}

describe('the console', () => {
  test('offers a run over the last closed period before there is any', async () => {
    const text = await look(payroll.hr, '/pay-runs');
    expect(text).toContain('还没有发薪记录');
    expect(text).toContain('value="2026-10-01"');
    expect(text).toContain('value="2026-10-31"');
    expect(text).toContain('value="2026-11-05"');
  });

  test('names what stands in the way, first', async () => {
    const run = await openAndCalculate(payroll, october);
    const text = await look(payroll.hr, `/pay-runs/${run.id}`);
    expect(text).toContain('8:00:00 小时未批准');
    expect(text.indexOf('检查')).toBeLessThan(text.indexOf('合计'));
    expect(text).not.toContain('<b>');
  });

  test('shows totals, a chart, reasons and the form to another approver only', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    const forHr = await look(payroll.hr, `/pay-runs/${run.id}?worker=${worker.workerId}`);
    expect(forHr).toContain('须由开立和计算之外的另一人批准');
    expect(forHr).toContain('<svg');
    expect(forHr).toContain('28800 秒');
    const forOwner = await look(payroll.owner, `/pay-runs/${run.id}`);
    expect(forOwner).toContain(`data-approve-run="${run.id}"`);
    expect(forOwner).toContain(run.digest);
  });

  test('who is left out is named with the reason, stays left out of the next calculation, and reads it', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    const page = `/pay-runs/${run.id}`;
    expect(await look(payroll.hr, page)).toContain(`<option value="${engagementId}"`);
    const leftOut = [{ engagementId, reason: '账户待核实' }];
    const { digest } = await done(
      payroll.cell.as(payroll.hr)('PUT', `${page}/calculations/${newId()}`, { leftOut }),
    );
    const text = await look(payroll.hr, page);
    expect(text).toContain('转入下次发放：账户待核实');
    expect(text).toContain(`name="leftOut.0.engagementId" data-kind="hidden" value="${engagementId}"`);
    expect(digest).not.toBe(run.digest);
  });

  test('says of an approved run by whom, offers its files, and who took them', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    await done(
      payroll.cell.as(payroll.owner)('PUT', `/settings/${newId()}`, {
        name: 'second-approver',
        value: 'off',
        reason: 'alone',
      }),
    );
    const run = await openAndCalculate(payroll, october);
    await done(approveRun(payroll, run, payroll.hr));
    await done(payroll.cell.as(payroll.hr)('PUT', `/pay-runs/${run.id}/files/xlsx`, {}));
    await payroll.cell.as(payroll.hr)('GET', `/pay-runs/${run.id}/files/xlsx`);
    const text = await look(payroll.hr, `/pay-runs/${run.id}`);
    expect(text).toContain('由一人计算并批准');
    expect(text).toContain('Hannah HR');
    expect(text).toMatch(/Hannah HR 于 2026-11-02 08:00 下载/);
  });
});

describe('the worker', () => {
  test('sees what was earned so far and when the next pay day is', async () => {
    payroll.cell.moveTo('2026-10-20T00:00:00.000Z');
    const text = await look(worker.personId, '/me/pay');
    expect(text).toContain('还没有工资单');
    expect(text).toContain('¥1,600.00');
  });

  test('reads a payslip that adds up, with the reason of each line', async () => {
    await approveHours(payroll, engagementId, '2026-10-01');
    const run = await openAndCalculate(payroll, october);
    await done(approveRun(payroll, run));
    expect(await look(worker.personId, '/me/pay')).toContain(`/me/pay/${run.id}`);
    const text = await look(worker.personId, `/me/pay/${run.id}`);
    for (const part of [
      '¥1,600.00',
      '¥160.00',
      '¥1,440.00',
      '28800 秒',
      '劳务报酬所得预扣预缴',
      '国家税务总局公告2018年第61号',
    ]) {
      expect(text).toContain(part);
    }
  });
});

test('every page speaks English too', async () => {
  await approveHours(payroll, engagementId, '2026-10-01');
  const run = await openAndCalculate(payroll, october);
  await done(approveRun(payroll, run));
  const english = (personId: string, path: string) => look(personId, path, 'en');
  expect(await english(payroll.hr, '/pay-runs')).toContain('Open a pay run');
  expect(await english(payroll.hr, `/pay-runs/${run.id}?worker=${worker.workerId}`)).toContain(
    'Approved by Olivia Owner',
  );
  expect(await english(worker.personId, '/me/pay')).toContain('Payslips');
  expect(await english(worker.personId, `/me/pay/${run.id}`)).toContain('quick deduction');
});

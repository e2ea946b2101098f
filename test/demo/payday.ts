/** Paydays: hours are submitted, approved by who saw the work, calculated by HR, approved by the owner, and written into files. */
import { newId } from '../../src/kernel/id.ts';
import { addDays, type CivilDate, type CivilRange, type PayPeriodKind } from '../../src/kernel/time.ts';
import type { Person } from '../support/person.ts';
import { timeOn } from './clock.ts';
import { giveAccount } from './hiring.ts';
import { answerOf } from './people.ts';
import type { Run, Scene, Worker } from './scene.ts';

interface Sheet {
  readonly digest: string;
  readonly state: string;
  readonly entries: readonly object[];
  readonly exceptions: readonly { readonly kind: string; readonly blocking: boolean }[];
}

export interface Payday extends CivilRange {
  readonly payPeriod: PayPeriodKind;
  /** The day after the period, on which all of this happens. */
  readonly on: CivilDate;
  readonly paysOn: CivilDate;
}

/** The Monday after a week. */
export function weekBefore(monday: CivilDate): Payday {
  return {
    payPeriod: 'weekly',
    startsOn: addDays(monday, -7),
    endsOn: addDays(monday, -1),
    on: monday,
    paysOn: addDays(monday, 2),
  };
}

export function monthBefore(month: CivilRange): Payday {
  const on = addDays(month.endsOn, 1);
  return { payPeriod: 'monthly', ...month, on, paysOn: addDays(on, 4) };
}

/** `submit`: only that; the rest waits in the console. */
export function planPayday(scene: Scene, payday: Payday, until: 'submit' | 'paid' = 'paid'): void {
  const { diary } = scene;
  const at = (time: string) => timeOn(payday.on, time);
  const theirs = () => scene.workers.filter(({ part }) => part.payPeriod === payday.payPeriod);
  diary.plan(at('09:30'), async () => {
    for (const worker of theirs()) await submit(scene, worker, payday);
  });
  if (until === 'submit') return;
  let approved = 0;
  diary.plan(at('10:20'), async () => {
    for (const worker of theirs()) if (await approve(scene, worker, payday)) approved += 1;
  });
  const run: Run = {
    id: newId(),
    payPeriod: payday.payPeriod,
    startsOn: payday.startsOn,
    endsOn: payday.endsOn,
  };
  // The month may begin on a Sunday: a week without work has no run.
  diary.plan(at('11:00'), async () => approved > 0 && pay(scene, run, payday));
}

const pathOf = ({ api }: Scene, worker: Worker, { startsOn }: CivilRange) =>
  `${api}/engagements/${worker.engagementId}/timesheets/${startsOn}`;

const isDisputed = (sheet: Sheet) => sheet.exceptions.some(({ kind }) => kind === 'disputed');

async function submit(scene: Scene, worker: Worker, period: CivilRange): Promise<void> {
  const path = pathOf(scene, worker, period);
  const { digest, entries, exceptions, ...sheet } = await answerOf<Sheet>(worker.person.ok('GET', path));
  const open = exceptions.some(({ blocking }) => blocking);
  if (entries.length === 0 || open || sheet.state !== 'open') return;
  if (isDisputed({ digest, entries, exceptions, ...sheet })) return;
  await worker.person.ok('PUT', `${path}/submission`, { digest });
}

/** By the supervisor of the site, the client's approver at the client's, and HR for who works at both. */
function approverOf({ staff }: Scene, { part }: Worker): Person {
  if (part.sites.length > 1) return staff.hr;
  return part.sites[0] === 'jiading' ? staff.supervisor : staff.approver;
}

async function approve(scene: Scene, worker: Worker, period: CivilRange): Promise<boolean> {
  const approver = approverOf(scene, worker);
  const path = pathOf(scene, worker, period);
  const sheet = await answerOf<Sheet>(approver.ok('GET', path));
  // A dispute is for HR to settle first.
  if (sheet.state === 'approved' || sheet.entries.length === 0 || isDisputed(sheet)) return false;
  await approver.ok('PUT', `${path}/approval`, { digest: sheet.digest });
  return true;
}

async function pay(scene: Scene, run: Run, { on, paysOn }: Payday): Promise<void> {
  const { api, clock, runs, staff } = scene;
  const path = `${api}/pay-runs/${run.id}`;
  const { id: _, ...period } = run;
  await staff.hr.ok('PUT', path, { ...period, paysOn });
  const calculationId = newId();
  const { digest } = await answerOf<{ digest: string }>(
    staff.hr.ok('PUT', `${path}/calculations/${calculationId}`, {}),
  );
  const approval = { calculationId, digest };
  clock.reach(timeOn(on, '11:20'));
  const said = await staff.owner.approvePayRun(scene.org, run.id, approval);
  if (said.body.slug === 'account-missing') {
    // The refusal names who cannot be paid; they give their account, and the same calculation is approved.
    clock.reach(timeOn(on, '11:50'));
    for (const { part, person, order } of scene.workers)
      if (part.accountLate) await giveAccount(scene, person, part, order);
    const again = await staff.owner.approvePayRun(scene.org, run.id, approval);
    if (again.status !== 200) throw new Error(`${path}: ${again.status} ${JSON.stringify(again.body)}`);
  } else if (said.status !== 200) throw new Error(`${path}: ${said.status} ${JSON.stringify(said.body)}`);
  for (const format of ['csv', 'xlsx']) await staff.hr.ok('PUT', `${path}/files/${format}`, {});
  runs.push(run);
}

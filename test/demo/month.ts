/** Days at work: every shift as punches on the worker's phone, and what goes wrong with some of them. */
import { newId } from '../../src/kernel/id.ts';
import {
  addDays,
  addSeconds,
  type CivilDate,
  type CivilRange,
  datesOf,
  type Instant,
} from '../../src/kernel/time.ts';
import { chances, type Mishap, patterns, type SiteKey, sites } from './cast.ts';
import { timeOn } from './clock.ts';
import { answerOf } from './people.ts';
import type { Scene, Worker } from './scene.ts';

/** 1 is Monday. */
export function weekdayOf(day: CivilDate): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** Of the month's whole weeks, counted from its first Monday. */
export function dayInMonth(month: CivilRange, week: number, weekday: number): CivilDate {
  const monday = (8 - weekdayOf(month.startsOn)) % 7;
  return addDays(month.startsOn, monday + 7 * (week - 1) + weekday - 1);
}

interface Shift {
  readonly worker: Worker;
  readonly day: CivilDate;
  readonly site: SiteKey;
  readonly from: string;
  readonly to: string;
  readonly mishap?: Mishap;
}

/** Plans the shifts of some days; what ends after `before` does not happen. */
export function planWork(
  scene: Scene,
  worker: Worker,
  days: CivilRange,
  month: CivilRange,
  before: Instant,
): void {
  const { part } = worker;
  const pattern = patterns[part.pattern];
  const chance = chances(`${part.slug} ${days.startsOn}`);
  for (const day of datesOf(days)) {
    if (!(pattern.days as readonly number[]).includes(weekdayOf(day))) continue;
    const mishap = part.mishaps?.find(({ week, weekday }) => dayInMonth(month, week, weekday) === day)?.what;
    // Nobody comes every day.
    if (chance() < 0.06 && !mishap) continue;
    const [first] = part.sites;
    const site = part.sites[weekdayOf(day) % part.sites.length] ?? first ?? 'jiading';
    const last = pattern.hours.length - 1;
    for (const [place, [from, to]] of pattern.hours.entries()) {
      if (timeOn(day, to) > before) continue;
      // Forgetting belongs to the evening, everything else to the morning.
      const isHere = mishap?.startsWith('forgot') ? place === last : place === 0;
      const shift = { worker, day, site, from, to, ...(mishap && isHere ? { mishap } : {}) };
      planShift(scene, shift, chance);
    }
  }
}

function planShift(scene: Scene, shift: Shift, chance: () => number): void {
  const { worker, day, from, to, mishap } = shift;
  const { diary } = scene;
  // In a few minutes early, out a few minutes late.
  const inAt = timeOn(day, from, -Math.floor(chance() * 540));
  const outAt = timeOn(day, to, Math.floor(chance() * 480));
  const came = () => day >= worker.startsOn && day <= worker.endsOn;
  diary.plan(inAt, async () => came() && punch(scene, shift, 'in', inAt, chance));
  if (mishap?.startsWith('forgot')) planForgotten(scene, shift);
  else diary.plan(outAt, async () => came() && punch(scene, shift, 'out', outAt, chance));
}

async function punch(
  scene: Scene,
  { worker, site, mishap }: Pick<Shift, 'worker' | 'site' | 'mishap'>,
  kind: 'in' | 'out',
  at: Instant,
  chance: () => number,
): Promise<void> {
  const { clock, diary, siteIds } = scene;
  const { phone, engagementId } = worker;
  const oops = kind === 'in' ? mishap : undefined;
  // A phone that is ahead is ahead when it sends, too.
  const ahead = oops === 'phone-ahead' ? 420 : 0;
  const punch = await phone.tap({
    engagementId,
    siteId: siteIds[site],
    kind,
    at: addSeconds(at, ahead),
    position: oops === 'position-denied' ? null : positionAt(site, oops, chance),
  });
  const send = async () => {
    const { status, body } = await phone.send(punch, addSeconds(clock.now(), ahead));
    if (status !== 200) throw new Error(`a punch was refused: ${status} ${JSON.stringify(body)}`);
    phone.sees(body, clock.now());
    scene.receipts.push({ worker, token: String(body.receipt) });
  };
  // In the cellar there is no network; what was signed there goes out in the evening.
  if (mishap === 'no-network') return diary.plan(addSeconds(at, 5 * 3600), send);
  await send();
  if (oops === 'sent-twice') await phone.send(punch, addSeconds(clock.now(), 2));
}

function positionAt(site: SiteKey, oops: Mishap | undefined, chance: () => number) {
  const { lat, lng } = sites[site].gate;
  const away = oops === 'outside' ? 0.02 : 0;
  return {
    lat: Number((lat + away + (chance() - 0.5) * 0.0006).toFixed(6)),
    lng: Number((lng + (chance() - 0.5) * 0.0006).toFixed(6)),
    accuracyMetres: oops === 'vague' ? 400 : Math.round(6 + chance() * 20),
    // As browsers have it: they never say which datum.
    datum: 'unstated',
  };
}

/** Clocks in at this moment, as `serve` needs somebody at work. */
export function clockIn(scene: Scene, worker: Worker, at: Instant): void {
  const [site = 'jiading'] = worker.part.sites;
  scene.diary.plan(at, () => punch(scene, { worker, site }, 'in', at, chances(worker.part.slug)));
}

/** The morning after, somebody notices; how the worker takes it depends. */
function planForgotten(scene: Scene, { worker, day, site, to, mishap }: Shift): void {
  const { api, diary, siteIds, staff } = scene;
  const mender = site === 'jiading' ? staff.supervisor : staff.hr;
  const add = async (by: typeof mender, at: Instant, reason: string) => {
    const id = newId();
    const punchId = newId();
    await by.ok('PUT', `${api}/corrections/${id}`, {
      kind: 'add',
      engagementId: worker.engagementId,
      reason,
      punch: { id: punchId, siteId: siteIds[site], kind: 'out', at },
    });
    return { id, punchId };
  };
  const answer = (id: string, said: object) =>
    worker.person.ok('PUT', `${api}/corrections/${id}/answer`, said);
  const sheet = `${api}/engagements/${worker.engagementId}/timesheets`;
  const next = addDays(day, 1);
  diary.plan(timeOn(next, '10:00'), async () => {
    const first = await add(mender, timeOn(day, to), '忘记下班打卡，按排班时间补记。');
    const when = timeOn(next, '12:20');
    if (mishap === 'forgot-accepted') return diary.plan(when, () => answer(first.id, { answer: 'accepted' }));
    const said = { answer: 'disputed', reason: '当天加班到 19:30 才走，组长在场。' };
    if (mishap === 'forgot-disputed') return diary.plan(when, () => answer(first.id, said));
    // The week is paid as it stands on Monday; on Tuesday HR finds that she was right.
    const monday = addDays(day, 8 - weekdayOf(day));
    diary.plan(timeOn(monday, '19:00'), () => answer(first.id, said));
    diary.plan(timeOn(addDays(monday, 1), '10:30'), async () => {
      const week = addDays(monday, -7);
      await staff.hr.ok('PUT', `${sheet}/${week}/reopening`, {
        reason: '员工对补记时间提出异议，监控显示 19:31 离场。',
      });
      await staff.hr.ok('PUT', `${api}/corrections/${newId()}`, {
        kind: 'void',
        engagementId: worker.engagementId,
        reason: '补记时间有误。',
        punchId: first.punchId,
      });
      const right = await add(staff.hr, timeOn(day, '19:30'), '按监控记录改为 19:30。');
      diary.plan(timeOn(addDays(monday, 1), '12:15'), async () => {
        await answer(right.id, { answer: 'accepted' });
        const { digest } = await answerOf<{ digest: string }>(staff.supervisor.ok('GET', `${sheet}/${week}`));
        await staff.supervisor.ok('PUT', `${sheet}/${week}/approval`, { digest });
      });
    });
  });
}

/** Monday mornings everybody signs in anew, each with their own key. */
export function planSignIns(scene: Scene, days: CivilRange): void {
  for (const day of datesOf(days)) {
    if (weekdayOf(day) !== 1 && day !== days.startsOn) continue;
    scene.diary.plan(timeOn(day, '06:40'), async () => {
      const people = [...Object.values(scene.staff), ...scene.workers.map(({ person }) => person)];
      for (const person of people) await person.signIn();
    });
  }
}

/** A service that runs looks after its cells by itself; ours sleeps while the clock jumps, so a retried request wakes it. */
export function planNights(scene: Scene, days: CivilRange): void {
  for (const day of datesOf(days)) {
    scene.diary.plan(timeOn(day, '04:00'), () => scene.staff.owner.ok('PUT', ...scene.licence));
  }
}

export function planLeaving(scene: Scene, worker: Worker, on: CivilDate): void {
  const { leaves } = worker.part;
  if (!leaves) return;
  scene.diary.plan(timeOn(on, '18:40'), async () => {
    worker.endsOn = on;
    await scene.staff.hr.ok('PUT', `${scene.api}/engagements/${worker.engagementId}/end`, {
      endsOn: on,
      reason: leaves,
    });
  });
}

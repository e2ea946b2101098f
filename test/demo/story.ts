/** The demo from beginning to end: an employer is set up, lives last month, writes what it made, and lives on until now. */
import { parseConfig } from '../../src/config.ts';
import {
  addDays,
  addSeconds,
  type CivilDate,
  type CivilRange,
  civilDateAt,
  type Instant,
  payPeriodOf,
} from '../../src/kernel/time.ts';
import { openService, type Service } from '../../src/node-service.ts';
import { cast, type Part } from './cast.ts';
import { openClock, timeOn, zone } from './clock.ts';
import { type Door, freePort, openDoor } from './door.ts';
import { hireAll, planLateHires, planNewcomers, setUpDays, setUpEmployer } from './hiring.ts';
import { clockIn, dayInMonth, planLeaving, planNights, planSignIns, planWork, weekdayOf } from './month.ts';
import { monthBefore, planPayday, weekBefore } from './payday.ts';
import { planNextDays } from './planning.ts';
import type { Progress } from './progress.ts';
import type { Scene } from './scene.ts';

export interface StoryOptions {
  readonly progress: Progress;
  readonly publicFolder: string;
  /** An empty folder that the caller removes. */
  readonly dataDir: string;
  /** The real time: the story is told of the month before. */
  readonly now: Instant;
  /** Where it can be looked at afterwards; without it, any free port. */
  readonly port?: number;
  readonly parts?: readonly Part[];
}

export interface Story {
  readonly scene: Scene;
  readonly service: Service;
  readonly door: Door;
  readonly month: CivilRange;
  readonly dataDir: string;
  /** From the first of this month to this moment, with a few people at work; then the clock is the real one. */
  liveOn(now: Instant): Promise<void>;
  close(): Promise<void>;
}

/** The last month whose payday is over. */
export function lastMonth(now: Instant): CivilRange {
  const today = civilDateAt(addSeconds(now, -36 * 3600), zone);
  return payPeriodOf('monthly', addDays(payPeriodOf('monthly', today).startsOn, -1));
}

/** Leaves last month lived and paid. */
export async function tellStory(options: StoryOptions): Promise<Story> {
  const { progress, publicFolder, dataDir, now, parts = cast } = options;
  const month = lastMonth(now);
  const clock = openClock(timeOn(addDays(month.startsOn, -setUpDays), '10:00'));
  const port = options.port ?? (await freePort());
  const origin = `http://localhost:${port}`;
  const config = parseConfig({ PORT: String(port), DATA_DIR: dataDir, PUBLIC_URL: origin });
  // Here, and nowhere else, whoever reads the terminal may sign: everybody is invented.
  const service = await openService(config, { publicFolder, clock: clock.now, allowTerminalSigners: true });
  const door = await openDoor(service, publicFolder, port).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  const close = async () => {
    await door.close();
    await service.close();
  };
  try {
    const beginning = {
      ...{ origin, clock, month },
      send: (request: Request) => fetch(request),
      setupToken: service.secrets.setupToken,
    };
    const scene = await progress.step('The employer is set up', () => setUpEmployer(beginning));
    await progress.step('People join, prove who they are and sign', (count) =>
      hireAll(scene, parts, month, count),
    );
    planMonth(scene, month, parts);
    await liveWeeks(scene, month.startsOn, timeOn(addDays(month.endsOn, 1), '18:00'), progress);
    const liveOn = async (until: Instant) => {
      await liveUntil(scene, month, until, progress);
      clock.follow();
      service.cells.start();
    };
    return { scene, service, door, month, dataDir, liveOn, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function planMonth(scene: Scene, month: CivilRange, parts: readonly Part[]): void {
  const closing = addDays(month.endsOn, 1);
  const end = timeOn(closing, '08:00');
  planSignIns(scene, { ...month, endsOn: closing });
  planNights(scene, month);
  for (const worker of scene.workers) {
    planWork(scene, worker, month, month, end);
    planLeaving(scene, worker, dayInMonth(month, 3, 5));
  }
  planLateHires(scene, parts, addDays(month.endsOn, -6), (worker) =>
    planWork(scene, worker, { startsOn: worker.startsOn, endsOn: month.endsOn }, month, end),
  );
  for (const monday of mondaysOf({ startsOn: addDays(month.startsOn, 1), endsOn: closing }))
    planPayday(scene, weekBefore(monday));
  planNewcomers(scene, month.endsOn);
  planPayday(scene, monthBefore(month));
}

function mondaysOf({ startsOn, endsOn }: CivilRange): CivilDate[] {
  const mondays: CivilDate[] = [];
  for (let day = addDays(startsOn, (8 - weekdayOf(startsOn)) % 7); day <= endsOn; day = addDays(day, 7))
    mondays.push(day);
  return mondays;
}

async function liveWeeks(scene: Scene, from: CivilDate, until: Instant, progress: Progress): Promise<void> {
  for (let day = from; timeOn(day, '00:00') < until; ) {
    const next = addDays(payPeriodOf('weekly', day).endsOn, 1);
    const end = timeOn(next, '00:00') < until ? timeOn(next, '00:00') : until;
    await progress.step(`Week of ${day}, events`, (count) => scene.diary.liveUntil(end, count));
    day = next;
  }
}

const atWorkNow = ['wang-xiuying', 'dmitry-sokolov', 'nguyen-thi-hanh', 'sato-sakura'];

async function liveUntil(scene: Scene, month: CivilRange, now: Instant, progress: Progress): Promise<void> {
  const today = civilDateAt(now, zone);
  // The first is over: it was spent on paying last month.
  const days = { startsOn: addDays(month.endsOn, 2), endsOn: today };
  const thisMonth = payPeriodOf('monthly', today);
  // Hours enough for who comes now to have rested.
  const until = addSeconds(now, -4 * 3600);
  planSignIns(scene, days);
  planNights(scene, { ...days, endsOn: addDays(today, -1) });
  for (const worker of scene.workers) planWork(scene, worker, days, thisMonth, until);
  const over = mondaysOf(days).filter((monday) => timeOn(monday, '12:00') < now);
  // The last week is submitted and waits for a supervisor.
  for (const monday of over)
    planPayday(scene, weekBefore(monday), monday === over.at(-1) ? 'submit' : 'paid');
  for (const [place, slug] of atWorkNow.entries()) {
    const worker = scene.workers.find(({ part }) => part.slug === slug);
    if (worker) clockIn(scene, worker, addSeconds(now, -60 * (171 - place * 53)));
  }
  scene.diary.plan(addSeconds(now, -1200), () => planNextDays(scene, addDays(today, 1)));
  await liveWeeks(scene, days.startsOn, now, progress);
}

/** The next seven days as the employer plans them: published for its people, a Saturday to claim, and one day still a draft. */
import { newId } from '../../src/kernel/id.ts';
import { addDays, type CivilDate } from '../../src/kernel/time.ts';
import { patterns, type SiteKey } from './cast.ts';
import { weekdayOf } from './month.ts';
import type { Scene, Worker } from './scene.ts';

interface Planned {
  readonly site: SiteKey;
  readonly day: CivilDate;
  readonly startTime: string;
  readonly endTime: string;
  readonly workers: readonly Worker[];
  readonly openPlaces?: number;
}

export async function planNextDays(scene: Scene, from: CivilDate, count = 7): Promise<void> {
  const days = Array.from({ length: count }, (_, index) => addDays(from, index));
  const usual = days.flatMap((day) => shiftsOn(scene, day));
  const drafts: string[] = [];
  for (const shift of usual) drafts.push(await draft(scene, shift));
  const saturday = days.find((day) => weekdayOf(day) === 6) ?? from;
  const open = { site: 'jiading', startTime: '09:00', endTime: '15:00', workers: [] } as const;
  drafts.push(await draft(scene, { ...open, day: saturday, openPlaces: 2 }));
  await publish(scene, drafts);
  // Sunday is not decided yet.
  await draft(scene, { ...open, day: addDays(saturday, 1), openPlaces: 1 });
}

/** One shift a site and a time, for all who usually come then. */
function shiftsOn(scene: Scene, day: CivilDate): Planned[] {
  const found = new Map<string, Planned>();
  for (const worker of scene.workers) {
    const pattern = patterns[worker.part.pattern];
    if (day > worker.endsOn || !(pattern.days as readonly number[]).includes(weekdayOf(day))) continue;
    const { sites } = worker.part;
    const site = sites[weekdayOf(day) % sites.length] ?? sites[0] ?? 'jiading';
    const [startTime = '09:00'] = pattern.hours[0] ?? [];
    const endTime = (pattern.hours.at(-1)?.[1] ?? '17:00').replace('30:', '06:');
    const key = `${site} ${startTime} ${endTime}`;
    const known = found.get(key) ?? { site, day, startTime, endTime, workers: [] };
    found.set(key, { ...known, workers: [...known.workers, worker] });
  }
  return [...found.values()];
}

async function draft({ api, staff, siteIds }: Scene, shift: Planned): Promise<string> {
  const [shiftId, draftId] = [newId(), newId()];
  const { site, workers, ...times } = shift;
  await staff.hr.ok('PUT', `${api}/shifts/${shiftId}/drafts/${draftId}`, {
    ...times,
    siteId: siteIds[site],
    engagementIds: workers.map(({ engagementId }) => engagementId),
  });
  return draftId;
}

/** What the rest rules warn of stays a draft, for somebody to decide. */
async function publish({ api, staff }: Scene, draftIds: readonly string[]): Promise<void> {
  for (const draftId of draftIds) {
    const path = `${api}/shift-publications/${newId()}`;
    const said = await staff.hr.call('PUT', path, { draftIds: [draftId] });
    if (said.status !== 200 && said.body.slug !== 'shift-warnings')
      throw new Error(`a shift was not published: ${said.status} ${JSON.stringify(said.body)}`);
  }
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { timesheetApprovals, timesheetLocks } from '../../db/cell.ts';
import { verifyPath } from '../../src/cell/node-verify.ts';
import { coarsenDue, nextCoarsening, verifyCoarsening } from '../../src/clock/coarsening.ts';
import { makeSitePolicy, zSitePolicy } from '../../src/employer/site-policy.ts';
import { newId } from '../../src/kernel/id.ts';
import { addSeconds, civilDate, type Instant } from '../../src/kernel/time.ts';
import { record, verifyJournal } from '../../src/store/journal.ts';
import { type GateScene, openGate } from '../gate/scene.ts';
import { freshFolder } from '../node/folder.ts';

const day = 86_400;

/** Somebody worked on 2 November, and a pay run locked that week on the 9th. */
async function openLockedWeek(coarsenDays = 90) {
  const scene = await openGate({ workers: 1 });
  const { engagementId = '', personId = '', siteId = '' } = scene.people[0] ?? {};
  await scene.cell.store.commit((tx) =>
    makeSitePolicy(
      tx,
      { kind: 'system' },
      {
        id: newId(),
        siteId,
        effectiveOn: civilDate('2026-11-01'),
        rules: zSitePolicy.parse({ coarsenDays }),
      },
      scene.cell.at(),
    ),
  );
  const position = { lat: 31.2304567, lng: 121.4737891, accuracyMetres: 8, datum: 'wgs84' };
  const punch = (kind: 'in' | 'out') =>
    scene.put(personId, `/punches/${newId()}`, {
      engagementId,
      siteId,
      kind,
      deviceAt: scene.cell.clock(),
      position,
    });
  await punch('in');
  scene.cell.forward(8 * 3600);
  await punch('out');
  const lockedAt = '2026-11-09T08:00:00.000Z' as Instant;
  await lock(scene, engagementId, lockedAt);
  return { scene, lockedAt, punch };
}

async function lock({ cell }: GateScene, engagementId: string, at: Instant): Promise<void> {
  const id = newId();
  const approval: typeof timesheetApprovals.$inferInsert = {
    id,
    engagementId,
    startsOn: civilDate('2026-11-02'),
    endsOn: civilDate('2026-11-08'),
    digest: '',
    entries: '[]',
    seconds: 0,
    at,
    by: 'system',
  };
  const row: typeof timesheetLocks.$inferInsert & { id: string } = { id, runId: newId(), at, by: 'system' };
  await cell.store.commit((tx) => {
    record(tx, 'timesheet-approved', approval as never, 'system', at);
    record(tx, 'timesheet-locked', row, 'system', at);
  });
}

const positions = ({ cell }: GateScene) =>
  cell.store.sqlite.prepare('SELECT lat_e7, lng_e7, position_salt IS NULL AS erased FROM punches').all();
const exact = { lat_e7: 312304567, lng_e7: 1214737891, erased: 0 };
const coarse = { lat_e7: 312300000, lng_e7: 1214740000, erased: 1 };

test('positions of a locked period are rounded to about 100 m when its days are over, and everything still verifies', async () => {
  const { scene, lockedAt } = await openLockedWeek();
  const { store } = scene.cell;
  await coarsenDue(store, addSeconds(lockedAt, 90 * day - 1));
  expect(positions(scene)).toEqual([exact, exact]);
  await coarsenDue(store, addSeconds(lockedAt, 90 * day));
  expect(positions(scene)).toEqual([coarse, coarse]);
  expect(verifyJournal(store.db).ok).toBe(true);
  expect(verifyCoarsening(store.db)).toEqual({
    ok: true,
    positions: 2,
    periods: 1,
    rules: ['rounded to 0.001 degrees and salts dropped, 90 days after the period was locked'],
  });
});

test('verify tells an inspector what was made coarse, and by which rule', async () => {
  const { scene, lockedAt } = await openLockedWeek();
  await coarsenDue(scene.cell.store, addSeconds(lockedAt, 90 * day));
  const file = join(freshFolder(), 'cell.sqlite');
  writeFileSync(file, scene.cell.store.sqlite.serialize());
  const [finding] = await verifyPath(file);
  expect(finding?.ok, finding?.says).toBe(true);
  expect(finding?.says).toContain(
    '2 positions rounded to 0.001 degrees and salts dropped, 90 days after the period was locked',
  );
});

test('a site may wait longer or not at all, and the tick comes again for it', async () => {
  const { scene, lockedAt } = await openLockedWeek(0);
  const soon = await coarsenDue(scene.cell.store, lockedAt);
  expect(positions(scene)).toEqual([coarse, coarse]);
  expect(soon).toBeUndefined();
  const later = await openLockedWeek(365);
  expect(nextCoarsening(later.scene.cell.store.db, later.lockedAt)).toBe(
    addSeconds(later.lockedAt, 90 * day),
  );
  await coarsenDue(later.scene.cell.store, addSeconds(later.lockedAt, 364 * day));
  expect(positions(later.scene)).toEqual([exact, exact]);
  await coarsenDue(later.scene.cell.store, addSeconds(later.lockedAt, 365 * day));
  expect(positions(later.scene)).toEqual([coarse, coarse]);
});

test('doing it twice is doing it once, and a period that is locked again is made coarse again', async () => {
  const { scene, lockedAt, punch } = await openLockedWeek();
  const due = addSeconds(lockedAt, 90 * day);
  await coarsenDue(scene.cell.store, due);
  await coarsenDue(scene.cell.store, due);
  expect(scene.count('position_coarsenings')).toBe(1);
  // A phone that was offline all the while, and a correction run.
  scene.cell.moveTo('2026-11-03T01:00:00Z');
  await punch('in');
  const again = addSeconds(due, day);
  await lock(scene, scene.people[0]?.engagementId ?? '', again);
  await coarsenDue(scene.cell.store, addSeconds(again, 90 * day));
  expect(positions(scene)).toEqual([coarse, coarse, coarse]);
  expect(scene.count('position_coarsenings')).toBe(2);
});

test('an open period keeps its positions, and a position that somebody erased without a rule is found', async () => {
  const { scene } = await openLockedWeek();
  scene.cell.moveTo('2026-11-10T01:00:00Z');
  const { store } = scene.cell;
  store.sqlite.prepare("UPDATE punches SET position_salt = NULL WHERE kind = 'out'").run();
  expect(verifyJournal(store.db).ok).toBe(true);
  expect(verifyCoarsening(store.db)).toMatchObject({ ok: false });
});

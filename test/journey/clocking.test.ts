import { test } from 'vitest';
import { liveAWeekOfClocking } from './clocking.ts';
import { openHouse } from './house.ts';

test('a week is planned, clocked without network, proved, corrected, counted and approved', async () => {
  await liveAWeekOfClocking(await openHouse('2026-10-04T00:00:00Z'));
}, 60_000);

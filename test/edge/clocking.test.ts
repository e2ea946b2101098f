/** The same week, inside workerd. */
import { test } from 'vitest';
import { liveAWeekOfClocking } from '../journey/clocking.ts';
import { openHouse } from './house.ts';

test('a week is planned, clocked without network, proved, corrected, counted and approved', async () => {
  await liveAWeekOfClocking(await openHouse());
}, 60_000);

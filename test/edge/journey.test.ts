/** The same journey, inside workerd. */
import { test } from 'vitest';
import { liveTheJourney } from '../journey/journey.ts';
import { openHouse } from './house.ts';

test('a worker is invited, proved, signed, carded, clocked, covered, approved and paid by a file that explains itself', async () => {
  await liveTheJourney(await openHouse(), 'A');
}, 60_000);

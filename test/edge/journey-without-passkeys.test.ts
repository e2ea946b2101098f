/** In a file of its own, because each file has a deployment of its own. */
import { test } from 'vitest';
import { liveTheJourney } from '../journey/journey.ts';
import { openHouse } from './house.ts';

test('the same without passkeys: codes open accounts, phones’ own keys sign, and the contract says grade B', async () => {
  await liveTheJourney(await openHouse({ passkeys: false }), 'B');
}, 60_000);

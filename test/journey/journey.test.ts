import { test } from 'vitest';
import { openHouse } from './house.ts';
import { liveTheJourney } from './journey.ts';

test('a worker is invited, proved, signed, carded, clocked, covered, approved and paid by a file that explains itself', async () => {
  const house = await openHouse('2026-10-01T00:00:00Z');
  await liveTheJourney(house, 'A');
}, 60_000);

test('the same without passkeys: codes open accounts, phones’ own keys sign, and the contract says grade B', async () => {
  const house = await openHouse('2026-10-01T00:00:00Z', { passkeys: false });
  await liveTheJourney(house, 'B');
}, 60_000);

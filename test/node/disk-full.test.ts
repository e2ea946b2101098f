import { expect, test } from 'vitest';
import { cellOf } from '../../src/cell/cell.ts';
import { newId } from '../../src/kernel/id.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { fence, seedEmployer } from '../bench/seed.ts';
import { openTestCell } from '../support/cell.ts';

test('on a full disk a punch is refused loudly, what was recorded stays, and the server goes on when there is room', async () => {
  const cell = await openTestCell();
  const cells = { cell: async () => cellOf(cell.context), create: async () => cellOf(cell.context) };
  const { people } = await seedEmployer(cells, cell.org, 1, cell.at());
  const { personId = '', engagementId = '', siteId = '' } = people[0] ?? {};
  const punch = () =>
    cell.as(personId)('PUT', `/punches/${newId()}`, {
      engagementId,
      siteId,
      kind: 'in',
      deviceAt: cell.clock(),
      position: { lat: fence.lat, lng: fence.lng, accuracyMetres: 5, datum: 'wgs84' },
    });
  expect((await punch()).status).toBe(200);

  const { sqlite } = cell.store;
  const pages = sqlite.pragma('page_count', { simple: true }) as number;
  sqlite.pragma(`max_page_count = ${pages + 4}`);
  let recorded = 1;
  let refused: Response | undefined;
  while (!refused && recorded < 500) {
    const answer = await punch();
    if (answer.status === 200) recorded += 1;
    else refused = answer;
  }
  expect(refused?.status).toBe(507);
  expect(await refused?.json()).toMatchObject({ slug: 'disk-full' });
  const count = () => (sqlite.prepare('SELECT count(*) AS n FROM punches').get() as { n: number }).n;
  expect(count()).toBe(recorded);
  expect(verifyJournal(cell.store.db)).toMatchObject({ ok: true });

  sqlite.pragma('max_page_count = 1073741823');
  expect((await punch()).status).toBe(200);
  expect(count()).toBe(recorded + 1);
});

/** One phone that was away for a year: ten thousand punches at once, each counted once. */
import { expect, test } from 'vitest';
import { cellOf } from '../../src/cell/cell.ts';
import { verifyPunches } from '../../src/clock/verify-punches.ts';
import { canonicalJson } from '../../src/kernel/digest.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { signedChain } from '../bench/requests.ts';
import { seedEmployer } from '../bench/seed.ts';
import { openTestCell } from '../support/cell.ts';

const length = 10_000;
const atOnce = 100;

test('ten thousand queued punches of one phone are all kept, in order, late and without a gap', {
  timeout: 120_000,
}, async () => {
  const cell = await openTestCell({ at: new Date().toISOString() });
  const handle = cellOf(cell.context);
  const cells = { cell: async () => handle, create: async () => handle };
  const { people } = await seedEmployer(cells, cell.org, 1, cell.at(), async (personId, device) => {
    const { publicKey, enrolment: _, ...key } = device;
    cell.signerKeys.set(personId, [
      { grade: 'B', ...key, publicKey: canonicalJson(publicKey), enrolment: '{}' },
    ]);
  });
  const [puncher] = people;
  if (!puncher) throw new Error('nobody');
  const queue = signedChain({ org: cell.org, token: '', ...puncher }, length, 400 * 86_400_000, 3_000_000);
  for (let start = 0; start < length; start += atOnce) {
    const answers = await Promise.all(
      queue.slice(start, start + atOnce).map(({ path, body }) => cell.visitor('PUT', path, JSON.parse(body))),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  }
  const counted = cell.store.sqlite
    .prepare(
      `SELECT count(*) AS punches, count(DISTINCT seq) AS seqs, max(seq) AS last, sum(flags LIKE '%"late"%') AS late FROM punches`,
    )
    .get();
  expect(counted).toEqual({ punches: length, seqs: length, last: length, late: length });
  expect(verifyPunches(cell.store.db, cell.org)).toMatchObject({ ok: true, signed: length });
  expect(verifyJournal(cell.store.db)).toMatchObject({ ok: true });
});

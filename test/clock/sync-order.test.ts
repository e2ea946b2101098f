/** A phone's queue may arrive in any order and any number of times: the timesheet ends the same. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellOf } from '../../src/cell/cell.ts';
import { type Arrival, arrivalOf, type PunchRequest } from '../../src/clock/arrival.ts';
import { recordPunch } from '../../src/clock/punch.ts';
import { canonicalJson } from '../../src/kernel/digest.ts';
import { addSeconds, civilDate, civilDateAt, type Instant, payPeriodOf } from '../../src/kernel/time.ts';
import type { SignerKey } from '../../src/provider/providers.ts';
import { timesheetOf } from '../../src/timesheet/timesheet.ts';
import { signedChain } from '../bench/requests.ts';
import { seedEmployer } from '../bench/seed.ts';
import { openTestCell } from '../support/cell.ts';

const waitedMs = 9 * 3_600_000;
const length = 8;

class Undone extends Error {}

test('whichever punch comes first, and however often each is sent, the digest and the open exceptions are the same', async () => {
  const cell = await openTestCell({ at: new Date().toISOString() });
  const { context, store, org } = cell;
  const handle = cellOf(context);
  const cells = { cell: async () => handle, create: async () => handle };
  const { people } = await seedEmployer(cells, org, 1, cell.at(), async (personId, device) => {
    const { publicKey, enrolment, ...key } = device;
    const kept: SignerKey = { grade: 'B', ...key, publicKey: canonicalJson(publicKey), enrolment: '{}' };
    cell.signerKeys.set(personId, [kept]);
  });
  const [puncher] = people;
  if (!puncher) throw new Error('nobody');
  const { engagementId } = puncher;
  // An hour between taps; the last one is left out of half of the shifts by their order alone.
  const requests = signedChain({ org, token: '', ...puncher }, length, waitedMs, 3_600_000).map(
    ({ path, body }) => ({ id: path.split('/').at(-1), ...JSON.parse(body) }) as PunchRequest,
  );
  const began = cell.at();
  /** The same punch as it would arrive some minutes later, sent anew. */
  const arrivals: Arrival[][] = await Promise.all(
    requests.map((request) =>
      Promise.all(
        [0, 1, 2].map((turn) => {
          const receivedAt = addSeconds(began, 600 * turn);
          const sentAt = request.sent ? addSeconds(request.sent.at, 600 * turn) : receivedAt;
          const sent = { at: sentAt, life: null, monotonicMs: null };
          return arrivalOf(context, { kind: 'visitor' }, { ...request, sent }, receivedAt);
        }),
      ),
    ),
  );
  const { startsOn } = payPeriodOf('weekly', civilDate(civilDateAt(began, 'Asia/Singapore')));
  /** Records them in one commit, looks, and undoes it all. */
  const endOf = async (order: readonly (readonly [punch: number, turn: number])[]) => {
    let seen: unknown;
    await store
      .commit((tx): void => {
        for (const [punch, turn] of order) {
          const arrival = arrivals[punch]?.[turn];
          if (arrival) recordPunch(tx, arrival, addSeconds(began, 600 * turn) as Instant, []);
        }
        const { digest, seconds, exceptions } = timesheetOf(
          tx,
          engagementId,
          startsOn,
          addSeconds(began, 7200),
        );
        seen = { digest, seconds, exceptions: exceptions.map((one) => canonicalJson(one)).sort() };
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
    return seen;
  };
  const inOrder = requests.map((_, index) => [index, 0] as const);
  const expected = await endOf(inOrder);
  expect(expected).toMatchObject({
    exceptions: expect.arrayContaining([expect.stringContaining('late-synced')]),
  });
  const sendings = requests.flatMap((_, index) => [0, 1, 2].map((turn) => [index, turn] as const));
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(inOrder, { minLength: length }),
      fc.shuffledSubarray(sendings),
      async (all, again) => {
        expect(await endOf([...again, ...all, ...again])).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});

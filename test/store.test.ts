import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { employerSettings, journal } from '../db/cell.ts';
import { instantOf } from '../src/kernel/time.ts';
import { record, verifyJournal } from '../src/store/journal.ts';
import { openTestCell } from './support/cell.ts';

const at = instantOf(Date.parse('2026-11-02T00:00:00Z'));
const row = (id: string) => ({
  id,
  name: 'second-approver',
  value: 'off',
  reason: 'one person',
  at,
  by: 'system',
});

test('writers of one turn share a commit, and one that throws takes nothing of the others', async () => {
  const { store } = await openTestCell();
  const results = await Promise.allSettled(
    ['a', 'a', 'b'].map((id) =>
      store.commit((tx) => record(tx, 'employer-setting-made', row(id), 'system', at).seq),
    ),
  );
  expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(store.db.select().from(journal).all()).toHaveLength(2);
  expect(verifyJournal(store.db)).toMatchObject({ ok: true, head: { seq: 2 } });
});

test('a promise inside a commit is refused and nothing stays', async () => {
  const { store } = await openTestCell();
  const sneaked = (async () => 1) as unknown as () => number;
  await expect(
    store.commit((tx) => {
      record(tx, 'employer-setting-made', row('a'), 'system', at);
      return sneaked();
    }),
  ).rejects.toThrow('asynchronous');
  expect(store.db.select().from(journal).all()).toHaveLength(0);
});

test.each([
  [
    'row-changed',
    (db: Parameters<typeof verifyJournal>[0]) =>
      db.update(employerSettings).set({ value: 'on' }).where(eq(employerSettings.id, 'b')).run(),
    2,
  ],
  [
    'row-missing',
    (db: Parameters<typeof verifyJournal>[0]) =>
      db.delete(employerSettings).where(eq(employerSettings.id, 'b')).run(),
    2,
  ],
  ['gap', (db: Parameters<typeof verifyJournal>[0]) => db.delete(journal).where(eq(journal.seq, 2)).run(), 3],
  [
    'hash',
    (db: Parameters<typeof verifyJournal>[0]) =>
      db.update(journal).set({ actor: 'person:x' }).where(eq(journal.seq, 2)).run(),
    2,
  ],
  [
    'row-unjournaled',
    (db: Parameters<typeof verifyJournal>[0]) => db.insert(employerSettings).values(row('x')).run(),
    3,
  ],
] as const)('verify names the first bad entry: %s', async (why, harm, seq) => {
  const { store } = await openTestCell();
  for (const id of ['a', 'b', 'c'])
    await store.commit((tx) => void record(tx, 'employer-setting-made', row(id), 'system', at));
  harm(store.db);
  expect(verifyJournal(store.db)).toMatchObject({ ok: false, why, seq });
});

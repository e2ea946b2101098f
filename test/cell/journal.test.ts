import { expect, test } from 'vitest';
import { cellOf } from '../../src/cell/cell.ts';
import { tickCell } from '../../src/cell/tick.ts';
import { newId } from '../../src/kernel/id.ts';
import { seedEmployer } from '../bench/seed.ts';
import { openTestCell } from '../support/cell.ts';

async function openScene() {
  const cell = await openTestCell();
  const cells = { cell: async () => cellOf(cell.context), create: async () => cellOf(cell.context) };
  const { people } = await seedEmployer(cells, cell.org, 2, cell.at());
  const owner = cell.as(cell.store.sqlite.prepare('SELECT person_id FROM members').pluck().get() as string);
  return { cell, owner, worker: cell.as(people[0]?.personId ?? '') };
}

test('owners read the journal page by page, without a gap', async () => {
  const { owner } = await openScene();
  const seen: number[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const answer = await owner('GET', `/journal?after=${after}&limit=3`);
    const { entries, next } = (await answer.json()) as { entries: { seq: number }[]; next?: number };
    seen.push(...entries.map(({ seq }) => seq));
    after = next;
  }
  expect(seen).toEqual(seen.map((_, index) => index + 1));
  expect(seen.length).toBeGreaterThan(8);
});

test('workers, strangers and visitors see no journal', async () => {
  const { cell, worker } = await openScene();
  expect((await worker('GET', '/journal')).status).toBe(404);
  expect((await cell.as(newId())('GET', '/journal/verification')).status).toBe(404);
  expect((await cell.visitor('GET', '/journal')).status).toBe(401);
});

test('an unknown or unfit question is refused', async () => {
  const { owner } = await openScene();
  expect((await owner('GET', '/journal?limit=5000')).status).toBe(422);
  expect((await owner('GET', '/journal?page=2')).status).toBe(422);
});

test('verification says that the journal holds, and names the first entry whose row was changed', async () => {
  const { cell, owner } = await openScene();
  expect(await (await owner('GET', '/journal/verification')).json()).toMatchObject({ ok: true });
  cell.store.sqlite.exec("UPDATE sites SET address = 'elsewhere'");
  expect(await (await owner('GET', '/journal/verification')).json()).toMatchObject({
    ok: false,
    kind: 'site-added',
    why: 'row-changed',
  });
});

test('the page shows who did what, and the result when asked to verify', async () => {
  const { cell, owner } = await openScene();
  const page = await owner('GET', `/orgs/${cell.org}/journal?verify`, undefined, { 'accept-language': 'en' });
  const text = await page.text();
  expect(page.status).toBe(200);
  expect(text.startsWith('<!DOCTYPE html>')).toBe(true);
  expect(text).toContain('Engagement made');
  expect(text).toContain('The journal holds');
});

test('tick tells the directory of employer and members, and a second tick finds nothing', async () => {
  const { cell } = await openScene();
  const ticked = await tickCell(cell.context, cell.at());
  expect(ticked).toEqual({ failed: false });
  const told = cell.told.length;
  expect(told).toBeGreaterThanOrEqual(3);
  await tickCell(cell.context, cell.at());
  expect(cell.told.length).toBe(told);
});

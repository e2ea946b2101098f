/** The journal's page names every kind in words, in both languages, and every person by name. */
import { expect, test } from 'vitest';
import { type JournalKind, journaled } from '../../db/cell.ts';
import { kindWords } from '../../src/cell/journal-kinds.ts';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import { openTestCell } from '../support/cell.ts';

const kinds = Object.keys(journaled) as JournalKind[];

test('every kind of entry has a name of its own in both languages, and none is the slug', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const names = kinds.map((kind) => kindWords(locale)(kind));
    expect(new Set(names).size).toBe(kinds.length);
    expect(names.filter((name) => kinds.includes(name as JournalKind))).toEqual([]);
  }
  expect(kinds.map((kind) => kindWords('en')(kind)).join('')).not.toMatch(/[\u4e00-\u9fff]/);
  expect(
    kinds.map((kind) => kindWords('zh-CN')(kind)).filter((name) => !/[\u4e00-\u9fff]/.test(name)),
  ).toEqual([]);
});

test('the page shows words and names, never a slug, an id of a person, or markup of theirs', async () => {
  const cell = await openTestCell();
  const [owner, operator] = [newId(), newId()];
  await cell.as(owner)('PUT', '', { ...company, ownerName: '李娜 <i>' });
  const fileId = await cell.context.files.put(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
  const licenceId = newId();
  await cell.as(owner)('PUT', `/licences/${licenceId}`, { fileId });
  await cell.asActor({ kind: 'operator', personId: operator })('PUT', `/reviews/${newId()}`, {
    licenceId,
    decision: 'accepted',
    reason: 'x',
  });
  const look = async (locale: string, query = '') => {
    const path = `/orgs/${cell.org}/journal${query}`;
    return (await cell.as(owner)('GET', path, undefined, { cookie: `locale=${locale}` })).text();
  };
  const english = await look('en');
  for (const part of ['Employer registered', 'Licence reviewed', '李娜 &lt;i&gt;', 'the operator'])
    expect(english).toContain(part);
  const cells = [...english.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((found) => found[1] ?? '');
  expect(cells.filter((text) => kinds.some((kind) => text.includes(kind)))).toEqual([]);
  expect(cells.join(' ')).not.toContain(operator);
  expect(await look('zh-CN')).toContain('核验营业执照');
  expect(await look('en', '?verify')).toContain('The journal holds');
  // Somebody who writes behind the journal's back is named by what they touched.
  cell.store.sqlite.prepare(`UPDATE employer_reviews SET reason = 'y'`).run();
  expect(await look('en', '?verify')).toContain('its row was changed');
  cell.store.sqlite.prepare(`UPDATE employer_reviews SET reason = 'x'`).run();
  cell.store.sqlite
    .prepare(`INSERT INTO clients (id, name, at, by) VALUES (?, 'x', '2026-11-02T00:00:00.000Z', 'system')`)
    .run(newId());
  expect(await look('en', '?verify')).toContain('a row of kind Client added has no entry');
});

/** A consent ends when it is taken back, whole; without one for the position, a punch is kept and its place is not. */
import { expect, test } from 'vitest';
import { cellOf } from '../../src/cell/cell.ts';
import { consentPurposes, notices } from '../../src/identity/consent.ts';
import { newId } from '../../src/kernel/id.ts';
import { fence, seedEmployer } from '../bench/seed.ts';
import { openTestCell } from '../support/cell.ts';

/** A worker who agreed to have their position read at punches. */
async function openScene() {
  const cell = await openTestCell();
  const cells = { cell: async () => cellOf(cell.context), create: async () => cellOf(cell.context) };
  const { people } = await seedEmployer(cells, cell.org, 1, cell.at());
  const { personId = '', engagementId = '', siteId = '' } = people[0] ?? {};
  const worker = cell.as(personId);
  const given = cell.store.sqlite.prepare('SELECT id FROM consents').pluck().get() as string;
  const body = {
    engagementId,
    siteId,
    kind: 'in',
    deviceAt: cell.clock(),
    position: { lat: fence.lat, lng: fence.lng, accuracyMetres: 5, datum: 'wgs84' },
  };
  const punch = async (id = newId()) => (await worker('PUT', `/punches/${id}`, body)).json();
  const row = (id: string) => cell.store.sqlite.prepare('SELECT * FROM punches WHERE id = ?').get(id);
  const agree = async (purpose: string) => {
    const id = newId();
    expect((await worker('PUT', `/me/consents/${id}`, { purpose })).status).toBe(200);
    return id;
  };
  const withdraw = async (id: string) =>
    expect((await worker('PUT', `/me/consents/${id}/withdrawal`, {})).status).toBe(200);
  return { cell, worker, given, punch, row, agree, withdraw };
}

test('a position that its owner did not agree to is neither judged nor kept, and the punch is', async () => {
  const { given, punch, row, withdraw, agree } = await openScene();
  expect(await punch()).toMatchObject({ verdict: 'inside' });
  await withdraw(given);
  const id = newId();
  const first = await punch(id);
  expect(first).toMatchObject({ verdict: 'no-position', metres: null });
  expect(row(id)).toMatchObject({
    judged_as: 'denied',
    lat_e7: null,
    lng_e7: null,
    accuracy_metres: null,
    position_digest: null,
  });
  await agree('location-at-punch');
  expect(await punch(id)).toEqual(first);
  expect(await punch()).toMatchObject({ verdict: 'inside' });
});

test('who agreed twice and takes one back has taken back both', async () => {
  const { given, punch, agree, withdraw } = await openScene();
  await agree('location-at-punch');
  await withdraw(given);
  expect(await punch()).toMatchObject({ verdict: 'no-position' });
});

test('taking one purpose back leaves the others, and an old withdrawal sent again ends no newer consent', async () => {
  const { cell, given, punch, agree, withdraw } = await openScene();
  await agree('bank-account');
  await withdraw(given);
  await agree('location-at-punch');
  await withdraw(given);
  expect(await punch()).toMatchObject({ verdict: 'inside' });
  expect(cell.store.sqlite.prepare('SELECT count(*) FROM consent_withdrawals').pluck().get()).toBe(1);
});

test.each(consentPurposes)('the notice for %s says how long, and how to take consent back', (purpose) => {
  const [en, zh] = notices[purpose];
  expect(en).toMatch(/kept .*five years/);
  expect(en).toMatch(/withdraw (it|this) at any time under “Who I am”/);
  expect(zh).toContain('五年');
  expect(zh).toMatch(/随时在“实名与收款”中撤回/);
});

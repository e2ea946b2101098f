import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { giveCard, openGate } from './scene.ts';
import { openTablet } from './tablet.ts';

interface Clocked {
  readonly slug?: string;
  readonly clocked: readonly { engagementId: string; correctionId: string }[];
  readonly skipped: readonly { engagementId: string; why: string }[];
}

async function openScene() {
  const { put, owner, people, siteId, ...scene } = await openGate({ workers: 3 });
  const clock = async (body: object = {}, id = newId(), who = owner) => {
    const { status, body: said } = await put(who, `/crew-punches/${id}`, {
      siteId,
      kind: 'in',
      engagementIds: people.map(({ engagementId }) => engagementId),
      note: '手机统一存放',
      ...body,
    });
    return { status, body: said as unknown as Clocked };
  };
  return { ...scene, owner, people, siteId, clock };
}

test('a crew is clocked in one go, each by a correction that its worker can dispute', async () => {
  const { cell, people, clock, count } = await openScene();
  const { status, body } = await clock();
  expect(status).toBe(200);
  expect(body.clocked.length).toBe(3);
  expect([count('punches'), count('corrections'), count('crew_punches')]).toEqual([3, 3, 1]);
  const mine = body.clocked.find(({ engagementId }) => engagementId === people[1]?.engagementId);
  const answer = await cell.as(people[1]?.personId ?? '')(
    'PUT',
    `/corrections/${mine?.correctionId}/answer`,
    {
      answer: 'disputed',
      reason: '我当时不在',
    },
  );
  expect(answer.status).toBe(200);
  expect(verifyJournal(cell.store.db).ok).toBe(true);
});

test('sending a crew again is the same crew, and the same id for other people is refused', async () => {
  const { people, clock, count } = await openScene();
  const id = newId();
  const first = await clock({}, id);
  const again = await clock({ engagementIds: people.map(({ engagementId }) => engagementId).reverse() }, id);
  expect(again).toEqual(first);
  expect(count('punches')).toBe(3);
  const other = await clock({ engagementIds: [people[0]?.engagementId] }, id);
  expect([other.status, other.body.slug]).toEqual([409, 'id-reused']);
});

test('who is in already is left out and said, and so is who was never in when the crew goes home', async () => {
  const { people, clock } = await openScene();
  await clock({ engagementIds: [people[0]?.engagementId] });
  const second = await clock();
  expect(second.body.skipped).toEqual([{ engagementId: people[0]?.engagementId, why: 'already-in' }]);
  const third = await openScene();
  const home = await third.clock({ kind: 'out' });
  expect(home.body.clocked).toEqual([]);
  expect(home.body.skipped.map(({ why }) => why)).toEqual(['not-in', 'not-in', 'not-in']);
});

test('a crew of people who are not engaged for the site, or by somebody who does not supervise it, is refused whole', async () => {
  const { people, clock, count } = await openScene();
  const stranger = await clock({ engagementIds: [people[0]?.engagementId, newId()] });
  expect([stranger.status, stranger.body.slug]).toEqual([404, 'not-found']);
  const worker = await clock({}, newId(), people[0]?.personId);
  expect(worker.status).toBe(404);
  expect(count('punches')).toBe(0);
});

test('a crew’s clock-in begins the cover of each, as a worker’s own does', async () => {
  const { cell, owner, clock, count } = await openScene();
  const policy = await cell.as(owner)('PUT', `/guarantee-policies/${newId()}`, {
    kind: 'day-cover',
    name: 'Day',
    standsFor: 'employer',
    limitMinor: 100_000,
    terms: 'while at work',
    effectiveOn: '2026-11-01',
  });
  expect(policy.status).toBe(200);
  await clock();
  expect(count('covers')).toBe(3);
});

test('who is planned at a site by a shift is clocked there, by tablet and with the crew, though their engagement does not name it', async () => {
  const { people, owner, cell, put, get, siteId, ...rest } = await openGate({ workers: 2 });
  const [planned, other] = people;
  if (!planned || !other) throw new Error('two workers are needed');
  const annex = newId();
  const fence = { lat: 1.3, lng: 103.8, datum: 'wgs84', radiusMetres: 100 };
  await put(owner, `/sites/${annex}`, { name: 'Annex', address: '2 Bench Road', fence });
  const [shiftId, draftId] = [newId(), newId()];
  const day = { day: '2026-11-02', startTime: '08:30', endTime: '16:00' };
  const draft = { siteId, siteIds: [annex], ...day, engagementIds: [planned.engagementId] };
  expect((await put(owner, `/shifts/${shiftId}/drafts/${draftId}`, draft)).status).toBe(200);
  expect((await put(owner, `/shift-publications/${newId()}`, { draftIds: [draftId] })).status).toBe(200);

  const scene = { people, owner, cell, put, get, ...rest, siteId: annex };
  for (const person of people) await giveCard(scene, person);
  const tablet = await openTablet(scene);
  const told = (await tablet.people()).body.people as { engagementId: string; number: string }[];
  expect(told.map(({ engagementId }) => engagementId)).toEqual([planned.engagementId]);
  const tap = await tablet.tap({ ...planned, siteId: annex }, told[0]?.number ?? '');
  const punched = (await tablet.send(tap)).body;
  expect(punched.verdict).toBe('inside');
  expect(punched.flags).not.toContain('site-unexpected');

  const home = { siteId: annex, kind: 'out', note: '收工' };
  const engagementIds = [planned.engagementId];
  const crew = await put(owner, `/crew-punches/${newId()}`, { ...home, engagementIds });
  expect(crew.body.clocked).toHaveLength(1);
  const stranger = await put(owner, `/crew-punches/${newId()}`, {
    ...home,
    engagementIds: [other.engagementId],
  });
  expect(stranger.status).toBe(404);
});

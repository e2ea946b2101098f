import { expect, test } from 'vitest';
import { provenPunchesOf } from '../../src/clock/punch-proof.ts';
import { newId } from '../../src/kernel/id.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { type GateScene, giveCard, openGate } from './scene.ts';

const far = { lat: 31.24, lng: 121.4737, accuracyMetres: 2000, datum: 'wgs84' };

async function punch(scene: GateScene, index = 0): Promise<string> {
  const { engagementId = '', siteId = '', personId = '' } = scene.people[index] ?? {};
  const id = newId();
  const body = { engagementId, siteId, kind: 'in', deviceAt: scene.cell.clock(), position: far };
  expect((await scene.put(personId, `/punches/${id}`, body)).body.verdict).toBe('uncertain');
  return id;
}
const proven = (scene: GateScene, index = 0) => [
  ...provenPunchesOf(scene.cell.store.db, scene.people[index]?.engagementId ?? '').keys(),
];
const personOf = (scene: GateScene, index = 0) => scene.people[index] ?? { engagementId: '', name: '' };

test('a supervisor’s scan of the card speaks for the newest clock-in at the site', async () => {
  const scene = await openGate();
  const card = await giveCard(scene, personOf(scene));
  const punchId = await punch(scene);
  scene.cell.forward(300);
  const { status, body } = await scene.put(scene.owner, `/punch-proofs/${newId()}`, {
    siteId: scene.siteId,
    card: `https://work.example/verify?t=${card}`,
  });
  expect([status, body.punchId, body.name]).toEqual([200, punchId, 'Worker 0']);
  expect(proven(scene)).toEqual([punchId]);
  expect(verifyJournal(scene.cell.store.db).ok).toBe(true);
});

test('a scan lifts an uncertain place out of the timesheet’s exceptions, and the punch itself stays as it was', async () => {
  const scene = await openGate();
  const card = await giveCard(scene, personOf(scene));
  const punchId = await punch(scene);
  const sheet = `/engagements/${personOf(scene).engagementId}/timesheets/2026-11-02`;
  const kinds = async () =>
    ((await scene.get(scene.owner, sheet)).body.exceptions as { kind: string }[]).map(({ kind }) => kind);
  expect(await kinds()).toContain('uncertain-place');
  await scene.put(scene.owner, `/punch-proofs/${newId()}`, { siteId: scene.siteId, card });
  expect(await kinds()).not.toContain('uncertain-place');
  expect(scene.value(`SELECT verdict FROM punches WHERE id = '${punchId}'`)).toBe('uncertain');
});

test('scanned before clocking in, it speaks for the next within ten minutes', async () => {
  const scene = await openGate();
  const card = await giveCard(scene, personOf(scene));
  const scan = { siteId: scene.siteId, card };
  expect((await scene.put(scene.owner, `/punch-proofs/${newId()}`, scan)).body.punchId).toBe(null);
  expect(proven(scene)).toEqual([]);
  scene.cell.forward(540);
  const punchId = await punch(scene);
  expect(proven(scene)).toEqual([punchId]);
});

test('the same scan sent twice is one, and the same id for another card is refused', async () => {
  const scene = await openGate();
  const cards = [await giveCard(scene, personOf(scene, 0)), await giveCard(scene, personOf(scene, 1))];
  const id = newId();
  const send = (card = '') => scene.put(scene.owner, `/punch-proofs/${id}`, { siteId: scene.siteId, card });
  expect((await send(cards[0])).status).toBe(200);
  scene.cell.forward(60);
  expect((await send(cards[0])).status).toBe(200);
  expect((await send(cards[1])).body.slug).toBe('id-reused');
  expect(scene.count('punch_proofs')).toBe(1);
});

test('a forged card, another employer’s and a card that is over prove nothing', async () => {
  const scene = await openGate();
  const other = await openGate();
  const forged = `${(await giveCard(scene, personOf(scene))).slice(0, -4)}AAAA`;
  const foreign = await giveCard(other, personOf(other));
  const over = await giveCard(scene, personOf(scene), { validUntil: '2026-11-01' });
  const send = async (card: string) =>
    (await scene.put(scene.owner, `/punch-proofs/${newId()}`, { siteId: scene.siteId, card })).body.slug;
  expect(await send(forged)).toBe('card-unknown');
  expect(await send(foreign)).toBe('card-unknown');
  expect(await send('12345678')).toBe('card-unknown');
  expect(await send(over)).toBe('card-not-valid');
});

test('a worker cannot scan, and nobody sees the site’s code who does not supervise it', async () => {
  const scene = await openGate();
  const card = await giveCard(scene, personOf(scene));
  const worker = scene.people[0]?.personId ?? '';
  const scan = { siteId: scene.siteId, card };
  expect((await scene.put(worker, `/punch-proofs/${newId()}`, scan)).status).toBe(404);
  expect((await scene.get(worker, `/sites/${scene.siteId}/code`)).status).toBe(404);
  const shown = await scene.get(scene.owner, `/sites/${scene.siteId}/code`);
  expect(shown.body.url).toBe(
    `http://localhost:8787/orgs/${scene.cell.org}/me#site-code=${shown.body.code}&site=${scene.siteId}`,
  );
});

test('a scan before clocking in speaks for the punch that counts, not for one that was voided meanwhile', async () => {
  const scene = await openGate();
  const card = await giveCard(scene, personOf(scene));
  await scene.put(scene.owner, `/punch-proofs/${newId()}`, { siteId: scene.siteId, card });
  scene.cell.forward(60);
  const slip = await punch(scene);
  scene.cell.forward(60);
  const meant = await punch(scene);
  const { engagementId } = personOf(scene);
  await scene.put(scene.owner, `/corrections/${newId()}`, {
    kind: 'void',
    engagementId,
    reason: '重复',
    punchId: slip,
  });
  expect(proven(scene)).toEqual([meant]);
});

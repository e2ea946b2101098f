import { describe, expect, test } from 'vitest';
import { tickCell } from '../../src/cell/tick.ts';
import { verifyPunches } from '../../src/clock/verify-punches.ts';
import { newId } from '../../src/kernel/id.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { type GateScene, giveCard, openGate } from './scene.ts';
import { openTablet, Tablet } from './tablet.ts';

const personOf = (scene: GateScene, index = 0) =>
  scene.people[index] ?? { engagementId: '', name: '', siteId: '', personId: '' };
/** What the card's page shows at this moment. */
async function shown(scene: GateScene, index = 0): Promise<{ url: string; number: string }> {
  return (await scene.get(personOf(scene, index).personId, '/me/card')).body as never;
}
const invite = (scene: GateScene, id = newId()) =>
  scene.put(scene.owner, `/kiosk-invitations/${id}`, { siteId: scene.siteId, name: '北门' });

describe('setting a tablet up', () => {
  test('its code holds once: the same tablet again is the same, another one is refused', async () => {
    const scene = await openGate();
    const { body } = await invite(scene);
    expect(body.code).toMatch(/^\d{12}$/);
    expect(body.url).toBe(`http://localhost:8787/orgs/${scene.cell.org}/kiosk#set-up=${body.code}`);
    const tablet = new Tablet(scene);
    expect((await tablet.setUp(String(body.code))).status).toBe(200);
    expect((await tablet.setUp(String(body.code))).status).toBe(200);
    expect((await new Tablet(scene).setUp(String(body.code))).body.slug).toBe('kiosk-code-wrong');
    expect(scene.count('kiosks')).toBe(1);
  });

  test('its code holds for an hour, and nobody guesses it', async () => {
    const scene = await openGate();
    const { body } = await invite(scene);
    expect((await new Tablet(scene).setUp('000000000000')).body.slug).toBe('kiosk-code-wrong');
    scene.cell.forward(3601);
    expect((await new Tablet(scene).setUp(String(body.code))).body.slug).toBe('kiosk-code-wrong');
  });

  test('a worker cannot make one', async () => {
    const scene = await openGate();
    const made = await scene.put(personOf(scene).personId, `/kiosk-invitations/${newId()}`, {
      siteId: scene.siteId,
      name: 'x',
    });
    expect(made.status).toBe(404);
  });
});

describe('a punch at the tablet', () => {
  test('is inside by the tablet’s word, signed by its key, and stays provable', async () => {
    const scene = await openGate();
    await giveCard(scene, personOf(scene));
    const tablet = await openTablet(scene);
    const tap = await tablet.tap(personOf(scene), (await shown(scene)).url);
    const { status, body } = await tablet.send(tap);
    expect([status, body.verdict, body.name]).toEqual([200, 'inside', 'Worker 0']);
    expect(body.flags).not.toContain('card-static');
    const row = scene.cell.store.sqlite.prepare('SELECT judged_as, "by", device_id FROM punches').get();
    expect(row).toEqual({ judged_as: 'kiosk', by: `kiosk:${tablet.id}`, device_id: tablet.id });
    expect(verifyJournal(scene.cell.store.db).ok).toBe(true);
    expect(verifyPunches(scene.cell.store.db, scene.cell.org)).toMatchObject({ ok: true, signed: 1 });
  });

  test('sent again is the same punch, and its signature fits no other', async () => {
    const scene = await openGate();
    await giveCard(scene, personOf(scene, 0));
    const card = await giveCard(scene, personOf(scene, 1));
    const tablet = await openTablet(scene);
    const tap = await tablet.tap(personOf(scene), (await shown(scene)).url);
    const first = await tablet.send(tap);
    scene.cell.forward(40);
    const again = await tablet.send(tap);
    expect({ ...again.body, serverTime: 0 }).toEqual({ ...first.body, serverTime: 0 });
    // Replayed under another id, with another's card, and turned from in to out.
    expect((await tablet.send({ ...tap, id: newId() })).body.slug).toBe('signature-invalid');
    expect((await tablet.send({ id: newId(), body: { ...tap.body, card } })).body.slug).toBe('card-unknown');
    expect((await tablet.send({ id: newId(), body: { ...tap.body, kind: 'out' } })).body.slug).toBe(
      'signature-invalid',
    );
    expect(scene.count('punches')).toBe(1);
  });

  test('by an old picture of a card, or by its number alone, is kept and says so', async () => {
    const scene = await openGate();
    await giveCard(scene, personOf(scene, 0));
    await giveCard(scene, personOf(scene, 1));
    const tablet = await openTablet(scene);
    const [old, other] = [await shown(scene, 0), await shown(scene, 1)];
    scene.cell.forward(90);
    const copied = await tablet.send(await tablet.tap(personOf(scene, 0), old.url));
    expect(copied.body.flags).toContain('card-static');
    const typed = await tablet.send(await tablet.tap(personOf(scene, 1), other.number));
    expect(typed.body.flags).toContain('card-typed');
  });

  test('made without a network is judged by the moment when the card was shown', async () => {
    const scene = await openGate();
    await giveCard(scene, personOf(scene));
    const tablet = await openTablet(scene);
    const tap = await tablet.tap(personOf(scene), (await shown(scene)).url);
    scene.cell.forward(1800);
    const { body } = await tablet.send(tap);
    expect(body.late).toBe(1800);
    expect(body.flags).toContain('late');
    expect(body.flags).not.toContain('card-static');
  });

  test('with a card that does not hold is refused to who stands there, and kept when it comes late', async () => {
    const scene = await openGate();
    const card = await giveCard(scene, personOf(scene), { validUntil: '2026-11-01' });
    const tablet = await openTablet(scene);
    const tap = await tablet.tap(personOf(scene), card);
    expect((await tablet.send(tap)).body.slug).toBe('card-not-valid');
    scene.cell.forward(600);
    expect((await tablet.send(tap)).body.flags).toContain('card-not-valid');
    const sheet = `/engagements/${personOf(scene).engagementId}/timesheets/2026-11-02`;
    const { exceptions } = (await scene.get(scene.owner, sheet)).body as { exceptions: { kind: string }[] };
    expect(exceptions.map(({ kind }) => kind)).toContain('card-not-valid');
  });

  test('of a revoked tablet is refused when it was made after, and kept and marked when before', async () => {
    const scene = await openGate();
    await giveCard(scene, personOf(scene, 0));
    await giveCard(scene, personOf(scene, 1));
    const tablet = await openTablet(scene);
    const before = await tablet.tap(personOf(scene, 0), (await shown(scene, 0)).url);
    scene.cell.forward(600);
    expect((await scene.put(scene.owner, `/kiosks/${tablet.id}/revocation`, { reason: '丢失' })).status).toBe(
      200,
    );
    scene.cell.forward(60);
    const after = await tablet.tap(personOf(scene, 1), (await shown(scene, 1)).url);
    expect((await tablet.send(after)).body.slug).toBe('device-revoked');
    expect((await tablet.send(before)).body.flags).toContain('device-revoked');
    expect((await tablet.people()).body.slug).toBe('device-revoked');
  });

  test('by a tablet that nobody set up is refused', async () => {
    const scene = await openGate();
    const card = await giveCard(scene, personOf(scene));
    const tablet = new Tablet(scene);
    await tablet.setUp('000000000000');
    expect((await tablet.send(await tablet.tap(personOf(scene), card))).body.slug).toBe('device-unknown');
  });
});

test('a tablet is told its site’s people only when it signs for it with a time that is fresh', async () => {
  const scene = await openGate();
  await giveCard(scene, personOf(scene));
  const tablet = await openTablet(scene);
  const { people } = (await tablet.people()).body as { people: { name: string; number: string }[] };
  expect(people.map(({ name, number }) => [name, number])).toEqual([
    ['Worker 0', (await shown(scene)).number],
  ]);
  scene.cell.forward(301);
  expect((await tablet.people()).body.slug).toBe('signature-invalid');
  expect((await tablet.people('2026-11-02T00:05:00.000Z~AAAA')).body.slug).toBe('signature-invalid');
});

test('a tablet is told its site’s code of this half minute, the same as on a supervisor’s screen, and no longer once it is revoked', async () => {
  const scene = await openGate();
  const tablet = await openTablet(scene);
  const { code } = (await tablet.people()).body as { code: { code: string; until: string; url: string } };
  const screen = (await scene.get(scene.owner, `/sites/${scene.siteId}/code`)).body;
  expect(code).toEqual({
    at: screen.at,
    code: screen.code,
    from: screen.from,
    until: screen.until,
    url: screen.url,
  });
  const { personId, engagementId, siteId } = personOf(scene);
  const said = { engagementId, siteId, kind: 'in', deviceAt: scene.cell.clock(), noPosition: 'unavailable' };
  const typed = await scene.put(personId, `/punches/${newId()}`, {
    ...said,
    proof: `site-code:${code.code}`,
  });
  expect(typed.body).toMatchObject({ verdict: 'inside' });
  expect(typed.body.flags).toContain('proof-given');
  scene.cell.moveTo(code.until);
  const next = (await tablet.people()).body as { code: { code: string } };
  expect(next.code.code).not.toBe(code.code);
  await scene.put(scene.owner, `/kiosks/${tablet.id}/revocation`, { reason: '丢失' });
  expect((await tablet.people()).body).not.toHaveProperty('code');
});

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...new Array(60).fill(7)]).toString('base64');

async function policy(scene: GateScene, rules: object) {
  const { makeSitePolicy, zSitePolicy } = await import('../../src/employer/site-policy.ts');
  await scene.cell.store.commit((tx) =>
    makeSitePolicy(
      tx,
      { kind: 'system' },
      {
        id: newId(),
        siteId: scene.siteId,
        effectiveOn: '2026-11-01' as never,
        rules: zSitePolicy.parse(rules),
      },
      scene.cell.at(),
    ),
  );
}

describe('a witness photo', () => {
  test('is kept only where the site wants it, seen by supervisor and worker, and nobody needs one to clock', async () => {
    const scene = await openGate();
    await giveCard(scene, personOf(scene));
    const tablet = await openTablet(scene);
    const unwanted = await tablet.tap(personOf(scene), (await shown(scene)).url, { photo: jpeg });
    expect((await tablet.send(unwanted)).status).toBe(200);
    expect(scene.count('witness_photos')).toBe(0);
    await policy(scene, { witnessPhoto: true, photoDays: 30 });
    const [out, again] = [
      await tablet.tap(personOf(scene), (await shown(scene)).url, { kind: 'out', photo: jpeg }),
      await tablet.tap(personOf(scene), (await shown(scene)).url),
    ];
    expect((await tablet.send(out)).status).toBe(200);
    expect((await tablet.send(again)).status).toBe(200);
    expect(scene.count('witness_photos')).toBe(1);
    const look = (who: string) => scene.cell.as(who)('GET', `/punches/${out.id}/photo`);
    for (const who of [scene.owner, personOf(scene).personId]) {
      const answer = await look(who);
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      expect(Buffer.from(await answer.arrayBuffer()).toString('base64')).toBe(jpeg);
    }
    expect((await look(personOf(scene, 1).personId)).status).toBe(404);
  });
});

test('a witness photo is deleted on its day, and a row says by which rule', async () => {
  const scene = await openGate();
  const { context, store } = scene.cell;
  await giveCard(scene, personOf(scene));
  await policy(scene, { witnessPhoto: true, photoDays: 7 });
  const tablet = await openTablet(scene);
  const tap = await tablet.tap(personOf(scene), (await shown(scene)).url, { photo: jpeg });
  await tablet.send(tap);
  const look = async () => (await scene.cell.as(scene.owner)('GET', `/punches/${tap.id}/photo`)).status;
  scene.cell.forward(7 * 86_400 - 60);
  expect((await tickCell(context, scene.cell.at())).nextAt).toBe('2026-11-09T00:00:00.000Z');
  expect(await look()).toBe(200);
  scene.cell.forward(60);
  for (const _ of [1, 2]) await tickCell(context, scene.cell.at());
  expect(await look()).toBe(404);
  const row = store.sqlite.prepare('SELECT id, rule FROM witness_photo_deletions').all();
  expect(row).toEqual([{ id: tap.id, rule: 'kept for 7 days by the site’s rules' }]);
  expect(verifyJournal(store.db).ok).toBe(true);
});

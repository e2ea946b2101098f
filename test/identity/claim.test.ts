/** What makes an identity claim: the document's own country, photos that can be compared, and an end when the document ends. */
import { expect, test } from 'vitest';
import { isMinor, isUnderWorkingAge } from '../../src/identity/document.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { openEmployer } from '../journey/house.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 5]);
const pdf = new TextEncoder().encode('%PDF-1.7 a scan');
const residentId = { documentKind: 'resident-id', documentNumber: '110105199003070017', country: 'CN' };
const passport = {
  documentKind: 'passport',
  documentNumber: 'E12345678',
  country: 'FR',
  birthOn: '1990-03-07',
};

/** Somebody who may claim at once: consents given, a picture sent. */
async function openClaimant() {
  const scene = await openEmployer('2026-10-01T00:00:00Z');
  const { api, worker, owner } = scene;
  for (const purpose of ['identity-document', 'bank-account'])
    await worker.ok('PUT', `${api}/me/consents/${newId()}`, { purpose });
  const send = async (bytes: Uint8Array<ArrayBuffer>) =>
    ((await (await worker.putFile(`${api}/files/${sha256(bytes)}`, bytes)).json()) as { fileId: string })
      .fileId;
  const fileId = await send(png);
  const photosOf = (...sides: string[]) => sides.map((side) => ({ side, fileId }));
  const claim = (body: object, id = newId()) =>
    worker.call('PUT', `${api}/me/identity-claims/${id}`, {
      legalName: '张三',
      photos: photosOf('front', 'back'),
      ...body,
    });
  const review = (id: string, decision: string) =>
    owner.ok('PUT', `${api}/identity-claims/${id}/review`, { decision, reason: '核对' });
  const state = async () => (await worker.ok('GET', `${api}/me/identity`)).state;
  return { ...scene, send, photosOf, claim, review, state };
}

test('a resident ID is of China, so that stating another country hides no document', async () => {
  const { claim } = await openClaimant();
  const said = await claim({ ...residentId, country: 'FR' });
  expect(said.body).toMatchObject({ slug: 'document-invalid', errors: [{ pointer: '/country' }] });
});

test.each(['ZZ', 'EU', 'cn', 'XK'])('%s is no country', async (country) => {
  const { claim } = await openClaimant();
  const said = await claim({ ...passport, country });
  expect(said.body).toMatchObject({ slug: 'body-invalid', errors: [{ pointer: '/country' }] });
});

test('a resident ID needs both sides, a passport its photo page, and no side comes twice', async () => {
  const { claim, photosOf } = await openClaimant();
  const photos = (...sides: string[]) => ({ photos: photosOf(...sides) });
  expect((await claim({ ...residentId, ...photos('front', 'face') })).body.slug).toBe('photos-missing');
  expect((await claim({ ...passport, ...photos('back', 'face') })).body.slug).toBe('photos-missing');
  expect((await claim({ ...residentId, ...photos('front', 'back', 'front') })).body).toMatchObject({
    slug: 'body-invalid',
    errors: [{ pointer: '/photos' }],
  });
  expect((await claim({ ...passport, ...photos('front') })).status).toBe(200);
});

test('a photo is a picture: a PDF is refused', async () => {
  const { claim, send, photosOf } = await openClaimant();
  const photos = [...photosOf('front'), { side: 'back', fileId: await send(pdf) }];
  expect((await claim({ ...residentId, photos })).body).toMatchObject({
    slug: 'photo-unreadable',
    errors: [{ pointer: '/photos/1/fileId' }],
  });
});

test('an accepted identity is stated anew once its document has expired, and stands until the new one is decided', async () => {
  const { claim, review, state, house, worker, owner } = await openClaimant();
  const first = newId();
  await claim({ ...residentId, expiresOn: '2026-10-20' }, first);
  await review(first, 'accepted');
  house.moveTo('2026-10-20T10:00:00Z');
  await worker.signIn();
  await owner.signIn();
  expect((await claim(residentId)).body.slug).toBe('identity-settled');
  house.moveTo('2026-10-20T16:00:00Z');
  const second = newId();
  expect((await claim(residentId, second)).status).toBe(200);
  expect(await state()).toBe('claimed');
  expect((await claim({ ...residentId, expiresOn: '2026-10-20' }, first)).status).toBe(200);
  await review(second, 'accepted');
  expect((await claim(residentId)).body.slug).toBe('identity-settled');
});

test('a review is made once: repeated it is the same, with another reason it comes too late', async () => {
  const { claim, review, owner, api } = await openClaimant();
  const id = newId();
  await claim(residentId, id);
  await review(id, 'accepted');
  await review(id, 'accepted');
  const again = (body: object) => owner.call('PUT', `${api}/identity-claims/${id}/review`, body);
  expect((await again({ decision: 'accepted', reason: '别的' })).body.slug).toBe('already-decided');
  expect((await again({ decision: 'refused', reason: '核对' })).body.slug).toBe('already-decided');
});

test('the newest claim is the last that arrived, whatever ids two of one instant have', async () => {
  const { claim, review, state } = await openClaimant();
  const [early, late] = [newId(), newId()];
  await claim(residentId, late);
  await review(late, 'refused');
  expect((await claim(residentId, early)).status).toBe(200);
  expect(await state()).toBe('claimed');
});

test('the newest bank account is the last that arrived; another holder is said, not refused', async () => {
  const { claim, worker, api } = await openClaimant();
  const [early, late] = [newId(), newId()];
  const give = (id: string, holderName: string) =>
    worker.ok('PUT', `${api}/me/payout-accounts/${id}`, {
      bankName: '工商银行',
      holderName,
      number: '6222600260001072444',
    });
  expect(await give(late, '李四')).toMatchObject({ holderDiffers: false });
  await claim({ ...passport, legalName: 'Jean-Luc  Müller' });
  expect(await give(late, '李四')).toMatchObject({ holderDiffers: true });
  expect(await give(early, 'JEAN LUC MÜLLER')).toMatchObject({ holderDiffers: false });
});

test('a look at a photo that does not exist is no reveal', async () => {
  const { claim, photosOf, owner, api } = await openClaimant();
  const id = newId();
  await claim({ ...passport, photos: photosOf('front') }, id);
  const reveals = async () =>
    (
      (await owner.ok('GET', `${api}/journal?limit=200`)) as unknown as { entries: { kind: string }[] }
    ).entries.filter(({ kind }) => kind === 'identity-revealed').length;
  expect((await owner.call('GET', `${api}/identity-claims/${id}/photos/back`)).body.slug).toBe('not-found');
  expect(await reveals()).toBe(0);
  expect(await owner.bytes(`${api}/identity-claims/${id}/photos/front`)).toEqual(png);
  expect(await reveals()).toBe(1);
});

test.each([
  ['2026-03-06', 'the day before', true],
  ['2026-03-07', 'the birthday itself', false],
])('somebody born on 7 March 2008 is a minor on %s, %s: %s', (day, _, minor) => {
  expect(isMinor(civilDate('2008-03-07'), civilDate(day))).toBe(minor);
});

test('sixteen is reached for work on the day after the birthday', () => {
  const born = civilDate('2010-03-07');
  expect(isUnderWorkingAge(born, civilDate('2026-03-07'))).toBe(true);
  expect(isUnderWorkingAge(born, civilDate('2026-03-08'))).toBe(false);
});

test('a worker goes by the name they came with until a legal name is accepted, then by that', async () => {
  const { house, org, api, owner, worker, workerId, claim, review } = await openClaimant();
  const [siteId, engagementId] = [newId(), newId()];
  const fence = { lat: 31.23, lng: 121.47, datum: 'wgs84', radiusMetres: 150 };
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: '一号仓', address: '仓储路 1 号', fence });
  await owner.ok('PUT', `${api}/engagements/${engagementId}`, {
    workerId,
    roleTitle: '分拣员',
    relationship: 'service',
    project: '十月',
    payPeriod: 'monthly',
    startsOn: '2026-10-01',
    siteIds: [siteId],
    hourlyRateMinor: 2500,
  });
  const at = '2026-10-01T00:00:00Z';
  const punch = { engagementId, siteId, kind: 'in', deviceAt: at, noPosition: 'denied' };
  await worker.ok('PUT', `${api}/punches/${newId()}`, punch);
  const attendance = async () => {
    const page = await house.send(
      new Request(`http://localhost:8787/orgs/${org}/attendance`, {
        headers: { cookie: await owner.cookie() },
      }),
    );
    return page.text();
  };
  const id = newId();
  await claim({ ...residentId, legalName: '张三丰' }, id);
  expect(await attendance()).not.toContain('张三丰');
  await review(id, 'accepted');
  expect(await attendance()).toContain('张三丰');
});

/** Places to sign: order and parallel, each signed once, and how an offer ends otherwise, each "no" by its name. */
import { beforeEach, expect, test } from 'vitest';
import { payTerms } from '../../db/cell.ts';
import { offerContract } from '../../src/contract/contract.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Minor } from '../../src/kernel/money.ts';
import type { CivilDate } from '../../src/kernel/time.ts';
import { record } from '../../src/store/journal.ts';
import { contractRow } from './rows.ts';
import {
  addMember,
  asked,
  makePasskey,
  openNonce,
  openScene,
  type Prove,
  type Scene,
  signAs,
} from './scene.ts';

let scene: Scene;
let keys: Record<string, Prove>;

beforeEach(async () => {
  scene = await openScene();
  keys = {};
});

const proofOf = (personId: string): Prove => {
  const passkey = makePasskey(scene, personId);
  keys[personId] ??= ({ digest }) => passkey(digest);
  return keys[personId] as Prove;
};
const sign = (personId: string, id: string, role: string) =>
  signAs(scene, personId, id, role, proofOf(personId));
const slugOf = async (answer: Response | Promise<Response>) =>
  ((await (await answer).json()) as { slug?: string }).slug;
const put = (path: string, body: object, by = scene.owner) => scene.cell.as(by)('PUT', path, body);
const offer = (change: object = {}, id = newId()) =>
  put(`/contracts/${id}`, {
    engagementId: scene.engagementId,
    template: 'service-agreement',
    values: asked,
    ...change,
  });
async function offered(change: object = {}): Promise<string> {
  const id = newId();
  expect((await offer(change, id)).status).toBe(200);
  return id;
}
const stateOf = async (id: string) =>
  ((await (await scene.cell.as(scene.owner)('GET', `/contracts/${id}`)).json()) as { state: string }).state;

test('places are signed in their order; those of equal order in any', async () => {
  const supervisor = await addMember(scene, '孙主管', 'hr');
  const second = await addMember(scene, '赵人事', 'hr');
  const id = await offered({
    slots: [
      { role: 'approver', order: 1, personId: supervisor },
      { role: 'worker', order: 2 },
      { role: 'witness', order: 2, memberRole: 'hr' },
      { role: 'employer', order: 3, memberRole: 'owner' },
    ],
  });
  expect(await slugOf(openNonceOf(scene.worker, id, 'worker'))).toBe('not-your-turn');
  expect((await sign(supervisor, id, 'approver')).status).toBe(200);
  expect(await stateOf(id)).toBe('partly-signed');
  expect(await slugOf(openNonceOf(scene.owner, id, 'employer'))).toBe('not-your-turn');
  expect((await sign(second, id, 'witness')).status).toBe(200);
  expect((await sign(scene.worker, id, 'worker')).status).toBe(200);
  expect((await sign(scene.owner, id, 'employer')).status).toBe(200);
  expect(await stateOf(id)).toBe('signed');
  expect(await slugOf(openNonceOf(scene.owner, id, 'employer'))).toBe('contract-complete');
});

const openNonceOf = (personId: string, id: string, role: string) =>
  put(`/contracts/${id}/nonces/${newId()}`, { role }, personId);

test('of two who sign in one place at once the first has signed, and the other is told who', async () => {
  const other = await addMember(scene, '赵人事', 'hr');
  const id = await offered({
    slots: [
      { role: 'employer', order: 1, memberRole: 'hr' },
      { role: 'worker', order: 2 },
    ],
  });
  const [mine, theirs] = [
    await openNonce(scene, scene.owner, id, 'employer'),
    await openNonce(scene, other, id, 'employer'),
  ];
  const send = (personId: string, opened: typeof mine) =>
    put(
      `/contracts/${id}/signatures/${newId()}`,
      { role: 'employer', nonce: opened.nonce, proof: proofOf(personId)(opened) },
      personId,
    );
  const answers = await Promise.all([send(scene.owner, mine), send(other, theirs)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const told = (await answers.find(({ status }) => status === 409)?.json()) as {
    slug: string;
    detail: string;
  };
  expect(told.slug).toBe('place-signed');
});

test('nobody signs twice, nor in a place of somebody else', async () => {
  const hr = await addMember(scene, '赵人事', 'hr');
  const id = await offered({
    slots: [
      { role: 'approver', order: 1, memberRole: 'hr' },
      { role: 'employer', order: 1, memberRole: 'hr' },
      { role: 'worker', order: 2 },
    ],
  });
  expect((await sign(hr, id, 'approver')).status).toBe(200);
  expect(await slugOf(openNonceOf(hr, id, 'employer'))).toBe('signed-already');
  expect(await slugOf(openNonceOf(hr, id, 'worker'))).toBe('place-not-yours');
  expect(await slugOf(openNonceOf(hr, id, 'approver'))).toBe('place-signed');
});

test('whoever has only the link signs nothing: not a stranger, not the employer in the worker’s place', async () => {
  const id = await offered();
  const stranger = newId();
  expect(await slugOf(openNonceOf(stranger, id, 'worker'))).toBe('not-found');
  expect(await slugOf(openNonceOf(scene.owner, id, 'worker'))).toBe('place-not-yours');
  // Not with a nonce that the worker opened, and not with the worker's nonce for another contract.
  const other = await offered();
  const opened = await openNonce(scene, scene.worker, id, 'worker');
  const body = { role: 'worker', nonce: opened.nonce, proof: proofOf(scene.owner)(opened) };
  expect(await slugOf(put(`/contracts/${id}/signatures/${newId()}`, body))).toBe('signature-refused');
  const proof = proofOf(scene.worker)(opened);
  expect(
    await slugOf(put(`/contracts/${other}/signatures/${newId()}`, { ...body, proof }, scene.worker)),
  ).toBe('signature-refused');
  // An assertion over the one contract does not sign the other.
  const fresh = await openNonce(scene, scene.worker, other, 'worker');
  expect(
    await slugOf(
      put(
        `/contracts/${other}/signatures/${newId()}`,
        { role: 'worker', nonce: fresh.nonce, proof },
        scene.worker,
      ),
    ),
  ).toBe('signature-refused');
  expect(await stateOf(id)).toBe('offered');
});

test('an assertion of one place does not sign in another', async () => {
  const hr = await addMember(scene, '赵人事', 'hr');
  const id = await offered({
    slots: [
      { role: 'worker', order: 1 },
      { role: 'approver', order: 1, personId: hr },
      { role: 'employer', order: 1, memberRole: 'owner' },
    ],
  });
  const opened = await openNonce(scene, hr, id, 'approver');
  const body = { role: 'employer', nonce: opened.nonce, proof: proofOf(hr)(opened) };
  expect(await slugOf(put(`/contracts/${id}/signatures/${newId()}`, body, hr))).toBe('place-not-yours');
});

test('a nonce signs once', async () => {
  const hr = await addMember(scene, '赵人事', 'hr');
  const id = await offered({
    slots: [
      { role: 'employer', order: 1, personId: hr },
      { role: 'worker', order: 1 },
    ],
  });
  const opened = await openNonce(scene, scene.worker, id, 'worker');
  const send = () =>
    put(
      `/contracts/${id}/signatures/${newId()}`,
      { role: 'worker', nonce: opened.nonce, proof: proofOf(scene.worker)(opened) },
      scene.worker,
    );
  expect((await send()).status).toBe(200);
  expect(await slugOf(send())).toBe('place-signed');
});

test.each([
  ['without the worker', [{ role: 'employer', order: 1, memberRole: 'hr' }]],
  ['without the employer', [{ role: 'worker', order: 1 }]],
  [
    'with the worker for the employer',
    [
      { role: 'worker', order: 1 },
      { role: 'employer', order: 2, personId: 'worker' },
    ],
  ],
  [
    'with a stranger as witness',
    [
      { role: 'worker', order: 1 },
      { role: 'witness', order: 1, personId: newId() },
      { role: 'employer', order: 2, memberRole: 'hr' },
    ],
  ],
])('an offer %s is refused', async (_, slots) => {
  const named = slots.map((slot) =>
    'personId' in slot && slot.personId === 'worker' ? { ...slot, personId: scene.worker } : slot,
  );
  expect(await slugOf(offer({ slots: named }))).toBe('parties-unfit');
});

test('who has a place may decline it with a reason, until they have signed; then nobody signs', async () => {
  const id = await offered();
  expect(await slugOf(put(`/contracts/${id}/decline`, { reason: 'x' }))).toBe('place-not-yours');
  const other = await offered();
  await sign(scene.worker, other, 'worker');
  expect(await slugOf(put(`/contracts/${other}/decline`, { reason: '不签' }, scene.worker))).toBe(
    'signed-already',
  );
  expect((await put(`/contracts/${id}/decline`, { reason: '时薪不对' }, scene.worker)).status).toBe(200);
  expect((await put(`/contracts/${id}/decline`, { reason: '时薪不对' }, scene.worker)).status).toBe(200);
  expect(await slugOf(put(`/contracts/${id}/decline`, { reason: '其他' }, scene.worker))).toBe(
    'already-decided',
  );
  expect(await slugOf(openNonceOf(scene.worker, id, 'worker'))).toBe('contract-declined');
  expect(await slugOf(put(`/contracts/${id}/cancellation`, { reason: 'x' }))).toBe('contract-declined');
});

test('the employer takes an offer back until everybody has signed', async () => {
  const [id, done] = [await offered(), await offered()];
  await sign(scene.worker, done, 'worker');
  await sign(scene.owner, done, 'employer');
  expect(await slugOf(put(`/contracts/${done}/cancellation`, { reason: 'x' }))).toBe('contract-complete');
  await sign(scene.worker, id, 'worker');
  expect(await slugOf(put(`/contracts/${id}/cancellation`, { reason: 'x' }, scene.worker))).toBe('not-found');
  expect((await put(`/contracts/${id}/cancellation`, { reason: '岗位取消' })).status).toBe(200);
  expect(await slugOf(openNonceOf(scene.owner, id, 'employer'))).toBe('contract-cancelled');
  expect(await stateOf(id)).toBe('cancelled');
});

test('after its deadline nobody signs, until the employer gives more time', async () => {
  expect(await slugOf(offer({ signBy: '2026-11-01T00:00:00Z' }))).toBe('expiry-past');
  const id = await offered({ signBy: '2026-11-03T00:00:00Z' });
  const opened = await openNonce(scene, scene.worker, id, 'worker');
  scene.cell.moveTo('2026-11-03T00:00:00Z');
  expect(await stateOf(id)).toBe('expired');
  expect(await slugOf(openNonceOf(scene.worker, id, 'worker'))).toBe('contract-expired');
  expect(opened.record.nonce).toBe(opened.nonce);
  const more = (signBy: string) => put(`/contracts/${id}/deadlines/${newId()}`, { signBy });
  expect(await slugOf(more('2026-11-03T00:00:00Z'))).toBe('expiry-past');
  expect((await more('2026-11-05T00:00:00Z')).status).toBe(200);
  expect(await slugOf(more('2026-11-04T00:00:00Z'))).toBe('expiry-past');
  expect((await sign(scene.worker, id, 'worker')).status).toBe(200);
});

test('a deadline that comes between opening and signing counts', async () => {
  const id = await offered({ signBy: '2026-11-02T00:10:00Z' });
  const opened = await openNonce(scene, scene.worker, id, 'worker');
  scene.cell.moveTo('2026-11-02T00:10:00Z');
  const body = { role: 'worker', nonce: opened.nonce, proof: proofOf(scene.worker)(opened) };
  expect(await slugOf(put(`/contracts/${id}/signatures/${newId()}`, body, scene.worker))).toBe(
    'contract-expired',
  );
});

test('a draft is the office’s to keep, change and delete; offering it under its id uses it up', async () => {
  const id = newId();
  const draft = { engagementId: scene.engagementId, template: 'service-agreement' };
  expect((await put(`/contract-drafts/${id}`, draft)).status).toBe(200);
  expect((await put(`/contract-drafts/${id}`, { ...draft, values: asked })).status).toBe(200);
  const read = () => scene.cell.as(scene.owner)('GET', `/contract-drafts/${id}`);
  expect(await (await read()).json()).toMatchObject({ offer: { values: asked } });
  expect((await scene.cell.as(scene.worker)('GET', `/contract-drafts/${id}`)).status).toBe(404);
  expect((await offer({}, id)).status).toBe(200);
  expect((await read()).status).toBe(404);
  expect(await slugOf(put(`/contract-drafts/${id}`, draft))).toBe('id-reused');
  const other = newId();
  await put(`/contract-drafts/${other}`, draft);
  expect((await scene.cell.as(scene.owner)('DELETE', `/contract-drafts/${other}`)).status).toBe(200);
  expect((await scene.cell.as(scene.owner)('GET', `/contract-drafts/${other}`)).status).toBe(404);
});

test('what changes while the document is drawn stops the offer', async () => {
  const { context, store, at } = scene.cell;
  const files = {
    ...context.files,
    put: async (bytes: Uint8Array) => {
      const terms = {
        id: newId(),
        engagementId: scene.engagementId,
        effectiveOn: '2026-11-02' as CivilDate,
        hourlyRateMinor: 3000 as Minor,
      };
      const said = { at: at(), by: 'system' };
      await store.commit((tx) => {
        tx.delete(payTerms).run();
        record(tx, 'pay-terms-agreed', { ...terms, ...said }, 'system', at());
      });
      return context.files.put(bytes);
    },
  };
  const actor = { kind: 'person', personId: scene.owner, signedInBy: 'A' } as const;
  const input = {
    id: newId(),
    engagementId: scene.engagementId,
    template: 'service-agreement',
    values: asked,
  };
  const offering = offerContract({ ...context, files }, actor, input, () => ({ zh: '无', en: 'none' }), at());
  await expect(offering).rejects.toMatchObject({ slug: 'draft-changed' });
});

test('one side ends a contract by notice, in the time that the law gives', async () => {
  const id = await offered();
  const notice = (body: object, by = scene.worker) =>
    put(`/contracts/${id}/notice`, { side: 'worker', lastDay: '2026-11-10', reason: '返乡', ...body }, by);
  expect(await slugOf(notice({}))).toBe('contract-not-to-follow');
  await sign(scene.worker, id, 'worker');
  await sign(scene.owner, id, 'employer');
  const page = await scene.cell.as(scene.worker)('GET', `/orgs/${scene.cell.org}/me/contracts/${id}`);
  expect(await page.text()).toContain(`/contracts/${id}/notice`);
  expect(await slugOf(notice({ side: 'employer' }))).toBe('place-not-yours');
  expect(await slugOf(notice({}, scene.owner))).toBe('place-not-yours');
  expect(await slugOf(notice({ lastDay: '2026-11-01' }))).toBe('dates-reversed');
  expect((await notice({})).status).toBe(200);
  expect((await notice({})).status).toBe(200);
  expect(await slugOf(notice({ side: 'employer' }, scene.owner))).toBe('already-decided');
  scene.cell.moveTo('2026-11-11T00:00:00Z');
  expect(await stateOf(id)).toBe('terminated');
});

test('a labour contract is ended by notice of thirty days', async () => {
  scene = await openScene({ relationship: 'labour' });
  const { store, at } = scene.cell;
  const { workerId, engagementId } = scene;
  const row = contractRow(at(), { workerId, engagementId });
  await store.commit((tx) => {
    record(tx, 'contract-offered', row, 'system', at());
    record(tx, 'contract-completed', { id: row.id, at: at(), by: 'system' }, 'system', at());
  });
  const notice = (lastDay: string) =>
    put(`/contracts/${row.id}/notice`, { side: 'worker', lastDay, reason: '返乡' }, scene.worker);
  expect(await slugOf(notice('2026-12-01'))).toBe('notice-too-short');
  expect((await notice('2026-12-02')).status).toBe(200);
});

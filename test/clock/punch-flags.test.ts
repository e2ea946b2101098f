import { expect, test } from 'vitest';
import type { identityClaims } from '../../db/cell.ts';
import { cellOf } from '../../src/cell/cell.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate } from '../../src/kernel/time.ts';
import { record } from '../../src/store/journal.ts';
import { fence, seedEmployer } from '../bench/seed.ts';
import { contractRow, signatureRow } from '../contract/rows.ts';
import { openTestCell } from '../support/cell.ts';

async function openScene() {
  const cell = await openTestCell();
  const cells = { cell: async () => cellOf(cell.context), create: async () => cellOf(cell.context) };
  const { people } = await seedEmployer(cells, cell.org, 1, cell.at());
  const { personId = '', engagementId = '', siteId = '' } = people[0] ?? {};
  const workerId = cell.store.sqlite.prepare('SELECT id FROM workers').pluck().get() as string;
  const flags = async (more: { siteId?: string } = {}) => {
    const answer = await cell.as(personId)('PUT', `/punches/${newId()}`, {
      engagementId,
      siteId,
      kind: 'in',
      deviceAt: cell.clock(),
      position: { lat: fence.lat, lng: fence.lng, accuracyMetres: 5, datum: 'wgs84' },
      ...more,
    });
    const { flags } = (await answer.json()) as { flags: string[] };
    // These people have no phone that signs.
    expect(flags).toContain('unsigned');
    return flags.filter((flag) => flag !== 'unsigned');
  };
  return { cell, engagementId, siteId, workerId, flags };
}

const said = { at: '2026-11-01T00:00:00.000Z' as never, by: 'system' };

async function acceptIdentity({ cell, workerId }: Awaited<ReturnType<typeof openScene>>): Promise<void> {
  const claim: typeof identityClaims.$inferSelect = {
    id: newId(),
    workerId,
    legalName: '李雷',
    documentKind: 'passport',
    documentNumberSealed: '',
    documentIndex: '',
    documentMasked: '',
    country: 'CN',
    birthOn: civilDate('1990-01-01'),
    expiresOn: null,
    photos: '[]',
    ...said,
  };
  await cell.store.commit((tx) => {
    record(tx, 'identity-claimed', claim, 'system', cell.at());
    const review = {
      id: newId(),
      claimId: claim.id,
      decision: 'accepted' as const,
      reason: '',
      provider: 'manual',
    };
    record(tx, 'identity-reviewed', { ...review, ...said }, 'system', cell.at());
  });
}

/** By the worker alone, or by everybody. */
async function signContract(
  { cell, workerId, engagementId }: Awaited<ReturnType<typeof openScene>>,
  role: 'worker' | 'employer',
) {
  const contract = contractRow(cell.at(), { engagementId, workerId });
  await cell.store.commit((tx) => {
    record(tx, 'contract-offered', contract, 'system', cell.at());
    record(tx, 'contract-signed', signatureRow(cell.at(), contract.id, role), 'system', cell.at());
    if (role === 'employer')
      record(tx, 'contract-completed', { id: contract.id, at: cell.at(), by: 'system' }, 'system', cell.at());
  });
}

test('a punch without contract and accepted identity is kept and says what is missing', async () => {
  const scene = await openScene();
  expect(await scene.flags()).toEqual(['contract-missing', 'identity-missing']);
  await acceptIdentity(scene);
  expect(await scene.flags()).toEqual(['contract-missing']);
  await signContract(scene, 'worker');
  expect(await scene.flags()).toEqual(['contract-missing']);
  await signContract(scene, 'employer');
  expect(await scene.flags()).toEqual([]);
});

test('a punch at a site that was not agreed is kept and flagged', async () => {
  const scene = await openScene();
  const other = newId();
  const { cell } = scene;
  await cell.store.commit((tx) => {
    const site = { id: other, name: 'Other', address: '-', zone: 'Asia/Singapore', clientId: null, ...said };
    record(tx, 'site-added', site, 'system', cell.at());
  });
  expect(await scene.flags({ siteId: other })).toContain('site-unexpected');
});

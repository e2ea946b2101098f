/** The business licence: handed in by an owner, looked at and decided by the operator, seen by nobody else. */
import { expect, test } from 'vitest';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import { openEmployer } from '../journey/house.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 3]);

/** A second employer, whose owner is not the operator; the first owner of a deployment is. */
async function openSecond() {
  const first = await openEmployer('2026-10-01T00:00:00Z');
  const operator = first.owner;
  const { url } = (await operator.ok('PUT', `/api/registrations/${newId()}`, {
    label: '乙公司',
  })) as unknown as { url: string };
  const token = new URL(url).searchParams.get('token');
  const owner = await first.house.person('Zhao Liu').signUp({ kind: 'registration', token });
  const api = `/api/orgs/${newId()}`;
  await owner.ok('PUT', api, { token, ...company, ownerName: '赵六' });
  return { operator, owner, worker: first.worker, api };
}

test('the operator reads the licence that an owner handed in, and accepts it', async () => {
  const { operator, owner, worker, api } = await openSecond();
  expect((await operator.call('GET', `${api}/licence/document`)).body.slug).toBe('not-found');
  const { fileId } = (await (await owner.putFile(`${api}/files/${sha256(png)}`, png)).json()) as {
    fileId: string;
  };
  const licenceId = newId();
  await owner.ok('PUT', `${api}/licences/${licenceId}`, { fileId });

  expect(await operator.ok('GET', `${api}/licence`)).toMatchObject({
    verified: false,
    licence: { id: licenceId },
  });
  expect(await operator.bytes(`${api}/licence/document`)).toEqual(png);
  expect(await owner.bytes(`${api}/licence/document`)).toEqual(png);
  expect((await worker.call('GET', `${api}/licence/document`)).body.slug).toBe('not-found');

  const review = { licenceId, decision: 'accepted', reason: '一致' };
  expect((await owner.call('PUT', `${api}/reviews/${newId()}`, review)).body.slug).toBe('not-found');
  await operator.ok('PUT', `${api}/reviews/${newId()}`, review);
  expect(await owner.ok('GET', `${api}/licence`)).toMatchObject({
    verified: true,
    review: { reason: '一致' },
  });
});

test('an operator is a stranger in every other room of an employer', async () => {
  const { operator, api } = await openSecond();
  expect((await operator.call('GET', `${api}/contracts`)).body.slug).toBe('not-found');
});

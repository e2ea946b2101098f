/** A phone's key signs in once a challenge. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openEmployer } from '../journey/house.ts';

test('a device bound by a passkey signs in, its answer is good once, and a revoked one opens nothing', async () => {
  const { worker, house } = await openEmployer('2026-10-01T00:00:00Z');
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  const proof = async () => {
    const { challenge, ceremony } = (await worker.ok('POST', '/api/device-challenges')) as unknown as {
      challenge: string;
      ceremony: string;
    };
    const signature = sign('sha256', Buffer.from(challenge), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    }).toString('base64url');
    return { ceremony, signature };
  };
  const deviceId = newId();
  const bound = await worker.ok('PUT', `/api/devices/${deviceId}`, {
    publicKey: { kty, crv, x, y },
    label: 'phone',
    ...(await proof()),
  });
  expect(bound).toMatchObject({ boundBy: 'passkey' });
  const phone = house.person('phone');
  const answer = { personId: worker.personId, deviceId, ...(await proof()) };
  expect(await phone.ok('POST', '/api/sign-in/device', answer)).toMatchObject({ grade: 'B' });
  expect((await phone.call('POST', '/api/sign-in/device', answer)).body.slug).toBe('challenge-spent');
  await worker.ok('DELETE', `/api/devices/${deviceId}`);
  const again = { personId: worker.personId, deviceId, ...(await proof()) };
  expect((await phone.call('POST', '/api/sign-in/device', again)).body.slug).toBe('device-refused');
});

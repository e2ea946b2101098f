/** Face to face: a phone's proof is good for one enrolment, and a supervisor who compares the digits lets it in. */
import { expect, test } from 'vitest';
import { digitsOf } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { openEmployer } from '../journey/house.ts';
import { PhonePerson } from '../support/phone-person.ts';

/** A phone with a key that stands before the employer's owner. */
async function openPhone() {
  const { house, owner, org, invite } = await openEmployer('2026-10-01T00:00:00Z');
  const phone = new PhonePerson(house.send, 'http://localhost:8787', 'Wei', '', () => '');
  const publicKey = await phone.makeKey();
  const request = (proof: object) => ({
    org,
    invite: invite.token,
    displayName: 'Wei',
    deviceId: phone.deviceId,
    publicKey,
    ...proof,
  });
  return { house, owner, phone, request };
}

test('a phone shows four digits, and who vouches for it by them gives it an account', async () => {
  const { owner, phone, request } = await openPhone();
  const id = newId();
  const { checkWord } = await phone.ok('PUT', `/api/enrolments/${id}`, request(await phone.prove()));
  expect(checkWord).toMatch(/^\d{4}$/);
  const wrong = String((Number(checkWord) + 1) % 10_000).padStart(4, '0');
  const confirm = (digits: string) =>
    owner.call('PUT', `/api/enrolments/${id}/confirmation`, { checkWord: digits });
  expect((await confirm(wrong)).body.slug).toBe('code-wrong');
  expect((await confirm(String(checkWord))).status).toBe(200);
  const { personId } = await phone.ok('GET', `/api/enrolments/${id}`);
  phone.personId = String(personId);
  await phone.signIn();
  expect(await phone.ok('GET', '/api/me')).toMatchObject({ grade: 'B' });
});

test('a repeated request is the same enrolment; its proof opens no other one and signs nobody in', async () => {
  const { owner, phone, request } = await openPhone();
  const proof = await phone.prove();
  const id = newId();
  const first = await phone.ok('PUT', `/api/enrolments/${id}`, request(proof));
  expect(await phone.ok('PUT', `/api/enrolments/${id}`, request(proof))).toEqual(first);
  expect((await phone.call('PUT', `/api/enrolments/${newId()}`, request(proof))).body.slug).toBe(
    'challenge-spent',
  );
  const confirmation = { checkWord: String(first.checkWord) };
  const { personId } = await owner.ok('PUT', `/api/enrolments/${id}/confirmation`, confirmation);
  const signIn = { personId, deviceId: phone.deviceId, ...proof };
  expect((await phone.call('POST', '/api/sign-in/device', signIn)).body.slug).toBe('challenge-spent');
});

test('check digits are spread evenly, zeros included', () => {
  const key = new Uint8Array(32).fill(7);
  const seen = Array.from({ length: 5000 }, (_, n) => digitsOf(key, `check word ${n}`, 4));
  expect(seen.every((digits) => /^\d{4}$/.test(digits))).toBe(true);
  for (const digit of '0123456789') {
    const share = seen.filter((digits) => digits.startsWith(digit)).length / seen.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.12);
  }
});

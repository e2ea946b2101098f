/** The main job, end to end, through the front: from an invited worker to an explained pay file. It knows no runtime. */
import { expect } from 'vitest';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { ClockingPhone } from '../support/clocking-phone.ts';
import type { Person } from '../support/person.ts';
import { agreedValues, agreedWork, company, promisedCover } from './facts.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

export interface JourneyHouse {
  /** What the terminal printed at the first start. */
  readonly setupToken: string;
  /** Somebody new with a phone of their own. */
  person(name: string): Person;
  moveTo(at: string): void;
}

/** Begins on 1 October 2026 in a house where nobody is yet. `grade`: how its people sign contracts. */
export async function liveTheJourney(house: JourneyHouse, grade: 'A' | 'B'): Promise<void> {
  house.moveTo('2026-10-01T00:00:00Z');
  const setup = { kind: 'setup', token: house.setupToken };
  const owner = await house.person('Li Na').signUp(setup);
  expect(
    (await house.person('Mallory').call('POST', '/api/sign-up/options', { gate: setup, displayName: 'M' }))
      .body.slug,
  ).toBe('registration-closed');

  const org = newId();
  const api = `/api/orgs/${org}`;
  const employer = { token: setup.token, ...company };
  expect(
    (await owner.call('PUT', api, { ...employer, registrationCode: '9144030071526726XX' })).body.slug,
  ).toBe('registration-code-invalid');
  await owner.ok('PUT', api, employer);
  await owner.ok('PUT', api, employer);

  // Site with its circle, cover, and the invitations.
  const siteId = newId();
  const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 150 };
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: '一号仓', address: '仓储路 1 号', fence });
  await owner.ok('PUT', `${api}/guarantee-policies/${newId()}`, promisedCover);
  const unnamed = {
    kind: 'day-cover',
    name: 'x',
    standsFor: 'insurer',
    limitMinor: 1,
    terms: 'x',
    effectiveOn: '2026-01-01',
  };
  expect((await owner.call('PUT', `${api}/guarantee-policies/${newId()}`, unnamed)).body.slug).toBe(
    'insurer-unnamed',
  );
  const invite = async (kind: string, roles: object[] = []) =>
    (await owner.ok('PUT', `${api}/invitations/${newId()}`, {
      kind,
      label: '十月',
      cap: 1,
      expiresAt: '2026-12-01T00:00:00Z',
      roles,
    })) as unknown as { token: string; url: string };
  expect(
    (
      await owner.call('PUT', `${api}/invitations/${newId()}`, {
        kind: 'member',
        label: 'x',
        cap: 1,
        expiresAt: '2026-12-01T00:00:00Z',
        roles: [{ role: 'supervisor' }],
      })
    ).body.slug,
  ).toBe('role-scope');

  const { token: hrToken } = await invite('member', [{ role: 'hr' }]);
  const hr = await house.person('Wang Fang').signUp({ kind: 'invitation', org, token: hrToken });
  await hr.ok('PUT', `${api}/invitations/by-token/${hrToken}/uses/${newId()}`, { displayName: '王芳' });
  const { token } = await invite('worker');
  const worker = await house.person('Zhang San').signUp({ kind: 'invitation', org, token });
  const { workerId } = (await worker.ok('PUT', `${api}/invitations/by-token/${token}/uses/${newId()}`, {
    displayName: '张三',
  })) as unknown as { workerId: string };
  expect(
    (
      await house
        .person('Late')
        .call('POST', '/api/sign-up/options', { gate: { kind: 'invitation', org, token }, displayName: 'L' })
    ).body.slug,
  ).toBe('link-expired');

  // A replayed sign-in is refused; another employer's ids and a role that may not, too.
  const replay = await worker.signIn();
  expect((await replay()).body.slug).toBe(grade === 'A' ? 'passkey-refused' : 'challenge-spent');
  expect((await worker.call('GET', `/api/orgs/${newId()}/contracts`)).body.slug).toBe('not-found');
  expect(
    (
      await hr.call('PUT', `${api}/settings/${newId()}`, {
        name: 'second-approver',
        value: 'off',
        reason: 'x',
      })
    ).body.slug,
  ).toBe('role-required');

  // Identity: consent, photos, claim, review by HR.
  const claim = {
    legalName: '张三',
    documentKind: 'resident-id',
    documentNumber: '110105199003070017',
    country: 'CN',
    photos: [] as object[],
  };
  expect((await worker.putFile(`${api}/files/${sha256('x')}`, png)).status).toBe(422);
  const { fileId } = (await (await worker.putFile(`${api}/files/${sha256(png)}`, png)).json()) as {
    fileId: string;
  };
  claim.photos = [
    { side: 'front', fileId },
    { side: 'back', fileId },
  ];
  const claimId = newId();
  expect((await worker.call('PUT', `${api}/me/identity-claims/${claimId}`, claim)).body.slug).toBe(
    'consent-missing',
  );
  for (const purpose of ['identity-document', 'location-at-punch', 'bank-account'])
    await worker.ok('PUT', `${api}/me/consents/${newId()}`, { purpose });
  expect(
    (
      await worker.call('PUT', `${api}/me/identity-claims/${newId()}`, {
        ...claim,
        documentNumber: '110105199003070018',
      })
    ).body.slug,
  ).toBe('document-invalid');
  await worker.ok('PUT', `${api}/me/identity-claims/${claimId}`, claim);
  const reveal = (await hr.ok('PUT', `${api}/identity-claims/${claimId}/reveals/${newId()}`, {
    what: 'number',
    reason: '核对',
  })) as unknown as { value: string };
  expect(reveal.value).toBe('110105199003070017');
  await hr.ok('PUT', `${api}/identity-claims/${claimId}/review`, { decision: 'accepted', reason: '一致' });
  await worker.ok('PUT', `${api}/me/payout-accounts/${newId()}`, {
    bankName: '工商银行',
    holderName: '张三',
    number: '6222600260001072444',
  });

  // Engagement and contract: the worker signs first, then the employer; tick seals and issues the card.
  const engagementId = newId();
  await hr.ok('PUT', `${api}/engagements/${engagementId}`, { workerId, siteIds: [siteId], ...agreedWork });
  const contractId = newId();
  expect(
    (
      await hr.call('PUT', `${api}/contracts/${newId()}`, {
        engagementId,
        template: 'service-agreement',
        values: { ...agreedValues, workerAddress: '上海 \u{E000}' },
      })
    ).body.slug,
  ).toBe('character-unprintable');
  const { acceptance: _, ...lacking } = agreedValues;
  expect(
    (
      await hr.call('PUT', `${api}/contracts/${newId()}`, {
        engagementId,
        template: 'service-agreement',
        values: lacking,
      })
    ).body.slug,
  ).toBe('field-missing');
  await hr.ok('PUT', `${api}/contracts/${contractId}`, {
    engagementId,
    template: 'service-agreement',
    values: agreedValues,
  });
  const offered = await worker.bytes(`${api}/contracts/${contractId}/document?revision=offer`);
  expect(
    (await hr.call('PUT', `${api}/contracts/${contractId}/nonces/${newId()}`, { role: 'employer' })).body
      .slug,
  ).toBe('not-your-turn');
  expect((await worker.sign(org, contractId, 'worker')).body).toMatchObject({ state: 'partly-signed' });
  expect(
    (await worker.call('PUT', `${api}/contracts/${contractId}/nonces/${newId()}`, { role: 'worker' })).body
      .slug,
  ).toBe('place-signed');
  house.moveTo('2026-10-01T00:10:00Z');
  expect((await owner.sign(org, contractId, 'employer')).status).toBe(200);
  // Sealing is nobody's to wait for: it happens in tick, which the signature woke.
  await expect
    .poll(async () => (await worker.ok('GET', `${api}/contracts/${contractId}`)).state, { timeout: 15_000 })
    .toBe('sealed');
  expect(await hr.ok('GET', `${api}/contracts/${contractId}`)).toMatchObject({
    signatures: [
      { role: 'worker', signerName: '张三', grade },
      { role: 'employer', signerName: '李娜', grade },
    ],
  });
  const sealed = await worker.bytes(`${api}/contracts/${contractId}/document`);
  expect(sealed.subarray(0, offered.length)).toEqual(offered);
  const card = (await worker.ok('GET', `${api}/me/card`)) as unknown as { valid: boolean; token: string };
  expect(card.valid).toBe(true);
  const stranger = house.person('Guard');
  expect(await stranger.ok('GET', `${api}/cards/${card.token}/verification`)).toMatchObject({
    valid: true,
    name: '张三',
    verified: false,
  });
  expect(await stranger.ok('GET', `${api}/cards/${card.token.slice(0, -3)}AAA/verification`)).toMatchObject({
    valid: false,
  });

  // Work: a day inside, a retried punch, a day outside the fence, a forgotten clock-out mended by HR.
  const position = { lat: 31.2304, lng: 121.4737, accuracyMetres: 12, datum: 'unstated' };
  house.moveTo('2026-10-05T00:59:00Z');
  await worker.signIn();
  const phone = await new ClockingPhone(worker, org).enrol('2026-10-05T00:59:00Z');
  const punch = async (at: string, kind: 'in' | 'out', { where = position, sentAt = at } = {}) => {
    const tapped = await phone.tap({ engagementId, siteId, kind, at, position: where });
    house.moveTo(sentAt);
    const first = await phone.send(tapped, sentAt);
    expect(first.status).toBe(200);
    expect(await phone.send(tapped, sentAt)).toEqual(first);
    const unsigned = { engagementId, siteId, kind, deviceAt: at, position: where };
    expect((await worker.call('PUT', `${api}/punches/${tapped.id}`, unsigned)).body.slug).toBe('id-reused');
    return first.body as unknown as { verdict: string; late: number | null };
  };
  expect((await punch('2026-10-05T01:00:00.000Z', 'in')).verdict).toBe('inside');
  const covered = (await worker.ok('GET', `${api}/me/covers`)) as unknown as { covers: object[] };
  expect(covered.covers).toMatchObject([
    { insured: false, endsAt: null, startsAt: '2026-10-05T01:00:00.000Z' },
  ]);
  // Without network until the evening: the clock-out waits on the phone.
  const sentAt = '2026-10-05T12:00:00.000Z';
  expect((await punch('2026-10-05T09:00:00.000Z', 'out', { sentAt })).late).toBe(3 * 3600);
  const where = { ...position, lat: 31.3 };
  expect((await punch('2026-10-06T01:00:00.000Z', 'in', { where })).verdict).toBe('outside');

  house.moveTo('2026-11-01T02:00:00Z');
  await hr.signIn();
  await owner.signIn();
  await worker.signIn();
  const sheetPath = `${api}/engagements/${engagementId}/timesheets/2026-10-01`;
  const before = (await hr.ok('GET', sheetPath)) as unknown as {
    digest: string;
    exceptions: { kind: string }[];
  };
  expect(before.exceptions.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['missing-out', 'outside-fence']),
  );
  expect((await hr.call('PUT', `${sheetPath}/approval`, { digest: before.digest })).body.slug).toBe(
    'timesheet-blocked',
  );
  const correctionId = newId();
  await hr.ok('PUT', `${api}/corrections/${correctionId}`, {
    kind: 'add',
    engagementId,
    reason: '忘记打卡',
    punch: { id: newId(), siteId, kind: 'out', at: '2026-10-06T09:00:00Z' },
  });
  await worker.ok('PUT', `${api}/corrections/${correctionId}/answer`, { answer: 'accepted' });
  const sheet = (await worker.ok('GET', sheetPath)) as unknown as { digest: string; seconds: number };
  expect(sheet.seconds).toBe(16 * 3600);
  await worker.ok('PUT', `${sheetPath}/submission`, { digest: sheet.digest });
  await hr.ok('PUT', `${sheetPath}/approval`, { digest: sheet.digest });

  // Pay: 16 h × ¥25 = ¥400, under ¥800 nothing is withheld; a second member approves; the files are made once.
  const runId = newId();
  await hr.ok('PUT', `${api}/pay-runs/${runId}`, {
    payPeriod: 'monthly',
    startsOn: '2026-10-01',
    endsOn: '2026-10-31',
    paysOn: '2026-11-05',
  });
  const calculationId = newId();
  await hr.ok('PUT', `${api}/pay-runs/${runId}/calculations/${calculationId}`, {});
  const run = (await owner.ok('GET', `${api}/pay-runs/${runId}`)) as unknown as {
    calculation: { digest: string; grossMinor: number; withheldMinor: number; netMinor: number };
  };
  expect(run.calculation).toMatchObject({ grossMinor: 40_000, withheldMinor: 0, netMinor: 40_000 });
  const approval = { calculationId, digest: run.calculation.digest };
  expect((await hr.approvePayRun(org, runId, approval)).status).toBe(403);
  expect((await owner.approvePayRun(org, runId, approval)).status).toBe(200);
  const why = await hr.ok('GET', `${api}/pay-runs/${runId}/lines/1/why`);
  expect(JSON.stringify(why)).toContain('2026-10-06');
  for (const format of ['csv', 'xlsx']) {
    await hr.ok('PUT', `${api}/pay-runs/${runId}/files/${format}`, {});
    expect((await hr.bytes(`${api}/pay-runs/${runId}/files/${format}`)).length).toBeGreaterThan(100);
  }

  // Leaving: card over, contract and payslip still there; and the journal holds.
  await hr.ok('PUT', `${api}/engagements/${engagementId}/end`, { endsOn: '2026-10-31', reason: '项目结束' });
  expect(await stranger.ok('GET', `${api}/cards/${card.token}/verification`)).toMatchObject({
    valid: false,
    why: 'over',
  });
  expect((await worker.bytes(`${api}/contracts/${contractId}/document`)).length).toBe(sealed.length);
  expect(JSON.stringify(await worker.ok('GET', `${api}/me/payslips`))).toContain(runId);
  expect(await owner.ok('GET', `${api}/journal/verification`)).toMatchObject({ ok: true });
}

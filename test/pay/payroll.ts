/** A small payroll to pay: an employer, a site, members, workers with identity and account, and shifts, mostly through the public door. */
import type { identityClaims, payoutAccounts } from '../../db/cell.ts';
import { insertPunch } from '../../src/clock/punch.ts';
import { giveConsent } from '../../src/identity/consent.ts';
import { canonicalJson, sealText } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate, type Instant } from '../../src/kernel/time.ts';
import { appendEntry, record } from '../../src/store/journal.ts';
import { openTestCell, type TestCell } from '../support/cell.ts';
import { makePhoneKey } from '../support/person.ts';

export interface Payroll {
  readonly cell: TestCell;
  readonly siteId: string;
  readonly owner: string;
  readonly hr: string;
}

/** The employer's zone is Asia/Shanghai; the clock stands at the given instant. */
export async function openPayroll(
  change: {
    country?: string;
    payerKind?: string;
    currency?: string;
    org?: string;
    registrationCode?: string;
  } = {},
): Promise<Payroll> {
  const { org, ...employer } = change;
  const cell = await openTestCell({ at: '2026-10-01T00:00:00.000Z', ...(org ? { org } : {}) });
  const [owner, hr, siteId] = [newId(), newId(), newId()];
  const registered = {
    name: '港湾物流 Harbour Logistics',
    country: 'CN',
    registrationCode: '91110000802100433B',
    address: '1 Quay Road',
    representative: '王芳',
    payerKind: 'ordinary',
    currency: 'CNY',
    zone: 'Asia/Shanghai',
    ownerName: 'Olivia Owner',
    ...employer,
  };
  await done(cell.as(owner)('PUT', '', registered));
  const by = `person:${owner}`;
  await cell.store.commit((tx) => {
    const memberId = newId();
    record(
      tx,
      'member-joined',
      { id: memberId, personId: hr, displayName: 'Hannah HR', at: cell.at(), by },
      by,
      cell.at(),
    );
    record(
      tx,
      'role-granted',
      { id: newId(), memberId, role: 'hr', siteId: null, clientId: null, at: cell.at(), by },
      by,
      cell.at(),
    );
  });
  const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 200 };
  await done(cell.as(owner)('PUT', `/sites/${siteId}`, { name: 'Quay 7', address: 'Quay 7', fence }));
  return { cell, siteId, owner, hr };
}

/** The JSON of an answer that must not be a refusal. */
export async function done(answer: Promise<Response>): Promise<Record<string, unknown>> {
  const response = await answer;
  const body = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return body;
}

export async function slugOf(answer: Promise<Response>): Promise<string> {
  return ((await (await answer).json()) as { slug: string }).slug;
}

export interface PayrollWorker {
  readonly workerId: string;
  readonly personId: string;
}

export async function addWorker(
  { cell, owner }: Payroll,
  name: string,
  {
    account = '6222600260001072444',
    document = '11010519491231002X',
  }: { account?: string | null; document?: string } = {},
): Promise<PayrollWorker> {
  const [workerId, personId, claimId, accountId] = [newId(), newId(), newId(), newId()];
  const by = `person:${owner}`;
  const at = cell.at();
  const keys = cell.context.keys;
  const claim: typeof identityClaims.$inferSelect = {
    id: claimId,
    workerId,
    legalName: name,
    documentKind: 'resident-id',
    documentNumberSealed: sealText(keys.field, document, `identity_claims ${claimId}`),
    documentIndex: document,
    documentMasked: '****',
    country: 'CN',
    birthOn: civilDate('1949-12-31'),
    expiresOn: null,
    photos: '[]',
    at,
    by,
  };
  await cell.store.commit((tx) => {
    record(
      tx,
      'worker-admitted',
      { id: workerId, personId, displayName: name, invitationId: null, at, by },
      by,
      at,
    );
    record(tx, 'identity-claimed', claim, by, at);
    giveConsent(
      tx,
      { kind: 'person', personId, signedInBy: 'A' },
      { id: newId(), workerId, purpose: 'location-at-punch' },
      at,
    );
    record(
      tx,
      'identity-reviewed',
      { id: claimId, claimId, decision: 'accepted', reason: 'same face', provider: 'manual-review', at, by },
      by,
      at,
    );
    if (account)
      record(
        tx,
        'payout-account-given',
        accountRow(keys.field, accountId, workerId, name, account, at, by),
        by,
        at,
      );
  });
  return { workerId, personId };
}

export function accountRow(
  key: Uint8Array,
  id: string,
  workerId: string,
  holderName: string,
  number: string,
  at: Instant,
  by: string,
): typeof payoutAccounts.$inferSelect {
  const numberSealed = sealText(key, number, `payout_accounts ${id}`);
  return {
    id,
    workerId,
    kind: 'bank-card',
    routingCode: null,
    bankName: '交通银行 BoCom',
    holderName,
    numberSealed,
    numberMasked: '****',
    effectiveAt: at,
    at,
    by,
  };
}

export async function engage(
  { cell, hr, siteId }: Payroll,
  { workerId }: PayrollWorker,
  change: Record<string, unknown> = {},
): Promise<string> {
  const id = newId();
  const terms = {
    workerId,
    roleTitle: 'Loader',
    relationship: 'service',
    project: 'Harbour',
    payPeriod: 'monthly',
    startsOn: '2026-10-01',
    siteIds: [siteId],
    hourlyRateMinor: 2500,
    ...change,
  };
  await done(cell.as(hr)('PUT', `/engagements/${id}`, terms));
  return id;
}

/** A shift by the worker's own punches; leaves the clock at its end. */
export async function work(
  { cell, siteId }: Payroll,
  worker: PayrollWorker,
  engagementId: string,
  from: string,
  to: string,
): Promise<void> {
  for (const [kind, at] of [
    ['in', from],
    ['out', to],
  ] as const) {
    cell.moveTo(at);
    const position = { lat: 31.2304, lng: 121.4737, accuracyMetres: 10, datum: 'wgs84' };
    await done(
      cell.as(worker.personId)('PUT', `/punches/${newId()}`, {
        engagementId,
        siteId,
        kind,
        deviceAt: at,
        position,
      }),
    );
  }
}

/** An hour of 20 October that reached us only now, as from a phone without a network. */
export async function latePunches({ cell, siteId }: Payroll, engagementId: string): Promise<void> {
  const receivedAt = cell.at();
  await cell.store.commit((tx) => {
    for (const [kind, at] of [
      ['in', '2026-10-20T01:00:00.000Z'],
      ['out', '2026-10-20T02:00:00.000Z'],
    ] as const) {
      const deviceAt = at as Instant;
      const punch = insertPunch(
        tx,
        { id: newId(), engagementId, siteId, kind, deviceAt },
        { verdict: 'inside', metres: 1, judgedAs: 'wgs84' },
        { bodyDigest: at, flags: [], receivedAt, effectiveAt: deviceAt, correctionId: null, by: 'system' },
      );
      appendEntry(tx, 'punch-recorded', punch, 'system', receivedAt);
    }
  });
}

export async function approveHours(
  { cell, owner }: Payroll,
  engagementId: string,
  startsOn: string,
): Promise<void> {
  const path = `/engagements/${engagementId}/timesheets/${startsOn}`;
  const { digest } = await done(cell.as(owner)('GET', path));
  await done(cell.as(owner)('PUT', `${path}/approval`, { digest }));
}

export async function reopenHours(
  { cell, owner }: Payroll,
  engagementId: string,
  startsOn: string,
): Promise<void> {
  await done(
    cell.as(owner)('PUT', `/engagements/${engagementId}/timesheets/${startsOn}/reopening`, {
      reason: 'a shift was forgotten',
    }),
  );
}

export interface OpenedRun {
  readonly id: string;
  readonly calculationId: string;
  readonly digest: string;
}

/** Opened and calculated by HR; approving is for somebody else. */
export async function openAndCalculate(
  { cell, hr }: Payroll,
  period: { payPeriod?: string; startsOn: string; endsOn: string; paysOn: string },
): Promise<OpenedRun> {
  const [id, calculationId] = [newId(), newId()];
  await done(cell.as(hr)('PUT', `/pay-runs/${id}`, { payPeriod: 'monthly', ...period }));
  const { digest } = await done(cell.as(hr)('PUT', `/pay-runs/${id}/calculations/${calculationId}`, {}));
  return { id, calculationId, digest: String(digest) };
}

/** Signs with a device key of the approver's, made once; the answer may be a refusal of either step. */
export async function approveRun(
  { cell, owner }: Payroll,
  { id, calculationId, digest }: OpenedRun,
  by = owner,
): Promise<Response> {
  const seen = { calculationId, digest };
  const nonce = newId();
  const opened = await cell.as(by)('PUT', `/pay-runs/${id}/approval-nonces/${nonce}`, seen);
  if (!opened.ok) return opened;
  const { text } = (await opened.json()) as { text: string };
  const proof = await deviceProof(cell, by, text);
  return cell.as(by)('PUT', `/pay-runs/${id}/approval`, { ...seen, nonce, proof });
}

const phones = new Map<string, Awaited<ReturnType<typeof makePhoneKey>>>();

/** What this member's phone signs; the phone is bound to the member in the directory of this test. */
export async function deviceProof({ signerKeys }: TestCell, personId: string, text: string): Promise<object> {
  const phone = phones.get(personId) ?? (await makePhoneKey(newId()));
  phones.set(personId, phone);
  const { key, publicKey } = phone;
  signerKeys.set(personId, [
    {
      grade: 'B',
      deviceId: key.deviceId,
      label: 'phone',
      publicKey: canonicalJson(publicKey),
      boundBy: 'code',
      enrolment: '{}',
    },
  ]);
  return { kind: 'device', deviceId: key.deviceId, signature: await key.sign(text) };
}

export const october = { startsOn: '2026-10-01', endsOn: '2026-10-31', paysOn: '2026-11-05' } as const;
export const november = { startsOn: '2026-11-01', endsOn: '2026-11-30', paysOn: '2026-12-05' } as const;

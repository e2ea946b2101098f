/** A verified-or-not employer with one identified worker, an engagement, and people who can sign with keys of software. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { engagementSites, type JournalKind } from '../../db/cell.ts';
import { base64url, canonicalJson } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Minor } from '../../src/kernel/money.ts';
import type { CivilDate, Instant } from '../../src/kernel/time.ts';
import type { SignerKey } from '../../src/provider/providers.ts';
import { makeAuthority } from '../../src/seal/authority.ts';
import { contractsDue } from '../../src/seal/seal.ts';
import { record } from '../../src/store/journal.ts';
import { openTestCell, type TestCell } from '../support/cell.ts';

export const asked = {
  taskDescription: '仓库分拣与打包 sorting and packing',
  acceptance: '当日清点无误 counted the same day',
  schedule: '双方按排班约定 shifts as agreed',
  settlementDays: '5',
  workerAddress: '上海市松江区新松江路1号',
  workerContact: 'wang@example.com',
  employerContact: 'hr@example.com',
  disputeForum: '提交甲方所在地人民法院 the people’s court at Party A’s seat',
};

export interface Scene {
  readonly cell: TestCell;
  readonly owner: string;
  readonly worker: string;
  readonly workerId: string;
  readonly engagementId: string;
}

const authority = makeAuthority('Workcard test authority', '2026-11-01T00:00:00.000Z' as Instant);

export async function openScene(
  options: { name?: string; relationship?: 'service' | 'labour'; identity?: boolean; terms?: boolean } = {},
): Promise<Scene> {
  const cell = await openTestCell({ context: { authority: await authority } });
  const [owner, worker, workerId, engagementId, memberId, claimId, siteId] = [
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
    newId(),
  ];
  const row = { at: cell.at(), by: 'system' };
  await cell.store.commit((tx) => {
    const put = <K extends JournalKind>(kind: K, value: Parameters<typeof record<K>>[2]) =>
      record(tx, kind, value, 'system', row.at);
    put('employer-registered', {
      ...row,
      id: cell.org,
      name: '上海晨光供应链有限公司',
      country: 'CN',
      registrationCode: '91310000MA1FL0000X',
      address: '上海市浦东新区世纪大道100号',
      representative: '李建国',
      payerKind: 'ordinary',
      currency: 'CNY',
      zone: 'Asia/Shanghai',
    });
    put('member-joined', { ...row, id: memberId, personId: owner, displayName: '李建国' });
    put('role-granted', { ...row, id: newId(), memberId, role: 'owner', siteId: null, clientId: null });
    put('site-added', {
      ...row,
      id: siteId,
      name: '松江仓',
      address: '松江区文诚路88号',
      zone: 'Asia/Shanghai',
      clientId: null,
    });
    put('worker-admitted', {
      ...row,
      id: workerId,
      personId: worker,
      displayName: options.name ?? '王小明',
      invitationId: null,
    });
    put('identity-claimed', {
      ...row,
      id: claimId,
      workerId,
      legalName: options.name ?? '王小明',
      documentKind: 'resident-id',
      documentNumberSealed: 'x',
      documentIndex: 'index',
      documentMasked: '3101********0012',
      country: 'CN',
      birthOn: '1990-01-01' as CivilDate,
      expiresOn: null,
      photos: '[]',
    });
    if (options.identity !== false)
      put('identity-reviewed', {
        ...row,
        id: claimId,
        claimId,
        decision: 'accepted',
        reason: 'photos match',
        provider: 'manual-review',
      });
    put('engagement-made', {
      ...row,
      id: engagementId,
      workerId,
      roleTitle: '分拣员',
      relationship: options.relationship ?? 'service',
      project: '双十一',
      payPeriod: 'weekly',
      startsOn: '2026-11-02' as CivilDate,
      endsOn: null,
    });
    tx.insert(engagementSites).values({ engagementId, siteId }).run();
    if (options.terms !== false)
      put('pay-terms-agreed', {
        ...row,
        id: newId(),
        engagementId,
        effectiveOn: '2026-11-02' as CivilDate,
        hourlyRateMinor: 2800 as Minor,
      });
  });
  return { cell, owner, worker, workerId, engagementId };
}

const keyPairs = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

/** A passkey in software: user verification on unless told otherwise. */
export function makePasskey(scene: Scene, personId: string, algorithm: keyof typeof keyPairs = 'ES256') {
  const { publicKey, privateKey } = keyPairs[algorithm]();
  const credentialId = newId().replaceAll('-', '');
  addKey(scene, personId, {
    grade: 'A',
    credentialId,
    publicKey: coseOf(publicKey),
    counter: 0,
    transports: ['internal'],
    backedUp: true,
    deviceType: 'multiDevice',
    enrolment: '{"boundBy":"registration"}',
  });
  return (digest: string, options: { origin?: string; verified?: boolean; rpId?: string } = {}) => {
    const clientData = Buffer.from(
      JSON.stringify({
        type: 'webauthn.get',
        challenge: digest,
        origin: options.origin ?? 'http://localhost:8787',
        crossOrigin: false,
      }),
    );
    const flags = options.verified === false ? 0x19 : 0x1d;
    const authenticatorData = Buffer.concat([
      sha256(options.rpId ?? 'localhost'),
      Buffer.from([flags, 0, 0, 0, 0]),
    ]);
    const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
    const signature = sign(algorithm === 'EdDSA' ? null : 'sha256', signed, privateKey);
    return {
      kind: 'passkey',
      response: {
        id: credentialId,
        rawId: credentialId,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData),
          authenticatorData: base64url(authenticatorData),
          signature: base64url(signature),
        },
      },
    };
  };
}

/** A phone's device key in software: signs the canonical record itself. */
export function makeDevice(
  scene: Scene,
  personId: string,
  enrolment: object = { channel: 'sms' },
  boundBy: 'code' | 'supervisor' | 'passkey' = 'code',
) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const deviceId = newId();
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  addKey(scene, personId, {
    grade: 'B',
    deviceId,
    label: 'phone',
    publicKey: canonicalJson({ kty, crv, x, y }),
    boundBy,
    enrolment: JSON.stringify(enrolment),
  });
  return (text: string) => ({
    kind: 'device',
    deviceId,
    signature: sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
      'base64url',
    ),
  });
}

function addKey(scene: Scene, personId: string, key: SignerKey): void {
  scene.cell.signerKeys.set(personId, [...(scene.cell.signerKeys.get(personId) ?? []), key]);
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest();

/** COSE_Key (RFC 9053 §7, RFC 8230 §4), by what the key is: {kty, alg, …}. */
function coseOf(key: KeyObject): string {
  const { x = '', y = '', n = '', e = '' } = key.export({ format: 'jwk' });
  const bytes = (value: string) => {
    const data = Buffer.from(value, 'base64url');
    const { length } = data;
    const head =
      length < 24 ? [0x40 + length] : length < 256 ? [0x58, length] : [0x59, length >> 8, length & 255];
    return Buffer.concat([Buffer.from(head), data]);
  };
  const parts: Record<string, (number | Buffer)[]> = {
    ec: [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, bytes(x), 0x22, bytes(y)],
    ed25519: [0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, bytes(x)],
    rsa: [0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, bytes(n), 0x21, bytes(e)],
  };
  const ofKind = parts[key.asymmetricKeyType ?? ''] ?? [];
  return base64url(Buffer.concat(ofKind.map((part) => (typeof part === 'number' ? Buffer.of(part) : part))));
}

interface Opened {
  readonly text: string;
  readonly digest: string;
}
export type Prove = (opened: Opened) => object;

export async function offer(scene: Scene, id = newId(), values: object = asked): Promise<Response> {
  return scene.cell.as(scene.owner)('PUT', `/contracts/${id}`, {
    engagementId: scene.engagementId,
    template: 'service-agreement',
    values,
  });
}

export async function openNonce(
  scene: Scene,
  personId: string,
  id: string,
  role: string,
  nonce = newId(),
): Promise<Opened & { nonce: string; record: Record<string, string> }> {
  const answer = await scene.cell.as(personId)('PUT', `/contracts/${id}/nonces/${nonce}`, { role });
  return { nonce, ...((await answer.json()) as Opened & { record: Record<string, string> }) };
}

/** Opens, proves and sends a signature. */
export async function signAs(
  scene: Scene,
  personId: string,
  id: string,
  role: string,
  prove: Prove,
  drawing?: unknown,
): Promise<Response> {
  const opened = await openNonce(scene, personId, id, role);
  return scene.cell.as(personId)('PUT', `/contracts/${id}/signatures/${newId()}`, {
    role,
    nonce: opened.nonce,
    proof: prove(opened),
    ...(drawing ? { drawing } : {}),
  });
}

/** Offered, signed by both as told, and sealed: the file's bytes. */
export async function sealedContract(
  scene: Scene,
  worker: Prove,
  employer: Prove,
  beforeSeal: (contractId: string) => void = () => undefined,
  workerDrawing?: unknown,
): Promise<{ id: string; offered: Uint8Array; sealed: Uint8Array<ArrayBuffer> }> {
  const id = newId();
  await offer(scene, id);
  await signAs(scene, scene.worker, id, 'worker', worker, workerDrawing);
  await signAs(scene, scene.owner, id, 'employer', employer);
  beforeSeal(id);
  await contractsDue(scene.cell.context, [], scene.cell.at());
  const read = async (revision: string) =>
    new Uint8Array(
      await (await scene.cell.as(scene.worker)('GET', `/contracts/${id}/document${revision}`)).arrayBuffer(),
    );
  return { id, offered: await read('?revision=offer'), sealed: await read('') };
}

/** Another member with a role over everything; answers the person. */
export async function addMember({ cell }: Scene, name: string, role: 'owner' | 'hr'): Promise<string> {
  const [personId, memberId] = [newId(), newId()];
  const said = { at: cell.at(), by: 'system' };
  await cell.store.commit((tx) => {
    record(tx, 'member-joined', { id: memberId, personId, displayName: name, ...said }, 'system', cell.at());
    const grant = { id: newId(), memberId, role, siteId: null, clientId: null, ...said };
    record(tx, 'role-granted', grant, 'system', cell.at());
  });
  return personId;
}

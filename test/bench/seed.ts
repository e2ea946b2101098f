/** An employer with a site and workers who may punch there, made through the cell's own door. */
import { generateKeyPairSync } from 'node:crypto';
import type { Cell } from '../../src/http/env.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { addSeconds, civilDateAt, type Instant } from '../../src/kernel/time.ts';
import type { Cells } from '../../src/people/context.ts';
import type { NewDevice } from '../../src/people/device.ts';

export interface Puncher {
  readonly org: string;
  readonly engagementId: string;
  readonly siteId: string;
  readonly token: string;
  /** Where the bench signs: PKCS#8 of the phone's key, base64, and our time as the phone last saw it. */
  readonly phone?: { readonly deviceId: string; readonly privateKey: string };
  readonly serverTime?: string;
}

export const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 200 } as const;

const person = (personId: string): Actor => ({ kind: 'person', personId, signedInBy: 'A' });

async function put<T>(cell: Cell, org: string, actor: Actor, path: string, body: object): Promise<T> {
  const request = new Request(`http://localhost/api/orgs/${org}${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify(body),
  });
  const answer = await cell.handle(request, actor);
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Tells the directory of an account's device. */
export type BindDevice = (personId: string, device: NewDevice) => Promise<void>;

/** A phone's key in software, bound as if by a passkey. */
async function enrolPhone(cell: Cell, org: string, personId: string, bindDevice: BindDevice) {
  const deviceId = newId();
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
  await bindDevice(personId, {
    deviceId,
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    label: 'bench',
    boundBy: 'passkey',
    enrolment: {},
  });
  const path = `/me/devices/${deviceId}`;
  const { serverTime } = await put<{ serverTime: string }>(cell, org, person(personId), path, {
    installation: newId(),
  });
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  return { phone: { deviceId, privateKey }, serverTime };
}

export async function seedEmployer(
  cells: Cells,
  org: string,
  workers: number,
  at: Instant,
  bindDevice?: BindDevice,
) {
  const cell = await cells.create(org);
  const owner = person(newId());
  await put(cell, org, owner, '', {
    name: 'Bench',
    country: 'SG',
    registrationCode: '201912345K',
    address: '1 Bench Road',
    representative: 'Li',
    payerKind: 'ordinary',
    currency: 'SGD',
    zone: 'Asia/Singapore',
    ownerName: 'Li',
  });
  const siteId = newId();
  await put(cell, org, owner, `/sites/${siteId}`, { name: 'Gate', address: '1 Bench Road', fence });
  const { token } = await put<{ token: string }>(cell, org, owner, `/invitations/${newId()}`, {
    kind: 'worker',
    label: 'Bench',
    cap: workers,
    expiresAt: addSeconds(at, 86_400),
    approvalRequired: false,
  });
  const people: (Omit<Puncher, 'org' | 'token'> & { personId: string })[] = [];
  for (let n = 0; n < workers; n += 1) {
    const personId = newId();
    const use = `/invitations/by-token/${token}/uses/${newId()}`;
    const { workerId } = await put<{ workerId: string }>(cell, org, person(personId), use, {
      displayName: `Worker ${n}`,
    });
    await put(cell, org, person(personId), `/me/consents/${newId()}`, { purpose: 'location-at-punch' });
    const engagementId = newId();
    await put(cell, org, owner, `/engagements/${engagementId}`, {
      workerId,
      roleTitle: 'Packer',
      relationship: 'service',
      project: 'Bench',
      payPeriod: 'weekly',
      startsOn: civilDateAt(addSeconds(at, -86_400), 'Asia/Singapore'),
      siteIds: [siteId],
      hourlyRateMinor: 2500,
    });
    const signing = bindDevice ? await enrolPhone(cell, org, personId, bindDevice) : {};
    people.push({ personId, engagementId, siteId, ...signing });
  }
  return { org, people };
}

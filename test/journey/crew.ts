/** People at each step of the way to work, brought there through the API: what the console's pages have to show. */

import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { asked } from '../contract/scene.ts';
import { type Person, type Send, Person as Someone } from '../support/person.ts';
import { type Colour, picture } from '../support/picture.ts';
import { company } from './facts.ts';

export interface Crew extends Awaited<ReturnType<typeof openCrew>> {}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Place, birth date and sequence with the check character that fits (GB 11643). */
export function residentId(place: string, born: string, sequence: string): string {
  const digits = `${place}${born}${sequence}`;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits + '10X98765432'.charAt(sum % 11);
}

export async function openCrew(house: {
  readonly send: Send;
  readonly origin: string;
  readonly setupToken: string;
  /** YYYY-MM-DD of the clock. */
  readonly today: string;
}) {
  const { send, origin, setupToken: token, today } = house;
  const org = newId();
  const api = `/api/orgs/${org}`;
  const owner = await new Someone(send, origin, '李娜').signUp({ kind: 'setup', token });
  await owner.ok('PUT', api, { token, ...company });
  const [siteId, clientId] = [newId(), newId()];
  await owner.ok('PUT', `${api}/clients/${clientId}`, { name: '顺达物流' });
  const fence = { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 200 };
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: '松江仓', address: '松江区文诚路 88 号', fence });
  const expiresAt = '2027-12-01T00:00:00Z';

  async function invite(change: object = {}): Promise<{ id: string; token: string }> {
    const id = newId();
    const body = { kind: 'worker', label: '十一月分拣', cap: 30, expiresAt, ...change };
    const made = (await owner.ok('PUT', `${api}/invitations/${id}`, body)) as unknown as { token: string };
    return { id, token: made.token };
  }
  async function join(name: string, by: { token: string }): Promise<Worker> {
    const person = await new Someone(send, origin, name).signUp({
      kind: 'invitation',
      org,
      token: by.token,
    });
    const useId = newId();
    const path = `${api}/invitations/by-token/${by.token}/uses/${useId}`;
    const { workerId = '' } = (await person.ok('PUT', path, { displayName: name })) as unknown as {
      workerId?: string;
    };
    return { person, workerId, useId, name };
  }
  async function putPicture(person: Person, colour: Colour, tall = false): Promise<string> {
    const bytes = tall ? picture(420, 560, colour) : picture(640, 404, colour);
    const answer = await person.putFile(`${api}/files/${sha256(bytes)}`, bytes);
    return ((await answer.json()) as { fileId: string }).fileId;
  }
  async function identify({ person, name }: Worker, change: object = {}): Promise<string> {
    await person.ok('PUT', `${api}/me/consents/${newId()}`, { purpose: 'identity-document' });
    const claimId = newId();
    await person.ok('PUT', `${api}/me/identity-claims/${claimId}`, {
      legalName: name,
      documentKind: 'resident-id',
      documentNumber: residentId('310101', '19900307', '123'),
      country: 'CN',
      photos: [
        { side: 'front', fileId: await putPicture(person, [30, 90, 160]) },
        { side: 'back', fileId: await putPicture(person, [150, 40, 40]) },
        { side: 'face', fileId: await putPicture(person, [60, 60, 70], true) },
      ],
      ...change,
    });
    return claimId;
  }
  const review = (
    claimId: string,
    decision: 'accepted' | 'refused' = 'accepted',
    reason = '照片与本人一致',
  ) => owner.ok('PUT', `${api}/identity-claims/${claimId}/review`, { decision, reason });
  async function engage({ workerId }: Worker, change: object = {}): Promise<string> {
    const id = newId();
    await owner.ok('PUT', `${api}/engagements/${id}`, {
      workerId,
      roleTitle: '夜班分拣员',
      relationship: 'service',
      project: '双十一',
      payPeriod: 'weekly',
      startsOn: today,
      siteIds: [siteId],
      hourlyRateMinor: 2800,
      ...change,
    });
    return id;
  }
  async function offer(engagementId: string): Promise<string> {
    const id = newId();
    await owner.ok('PUT', `${api}/contracts/${id}`, {
      engagementId,
      template: 'service-agreement',
      values: asked,
    });
    return id;
  }
  async function giveAccount({ person, name }: Worker): Promise<void> {
    await person.ok('PUT', `${api}/me/consents/${newId()}`, { purpose: 'bank-account' });
    const account = { bankName: '招商银行', holderName: name, number: '6222600260001072444' };
    await person.ok('PUT', `${api}/me/payout-accounts/${newId()}`, account);
  }
  return {
    ...house,
    org,
    api,
    siteId,
    clientId,
    owner,
    invite,
    join,
    identify,
    review,
    engage,
    offer,
    giveAccount,
    console: `/orgs/${org}`,
  };
}

export interface Worker {
  readonly person: Person;
  /** Empty while they wait for admission. */
  readonly workerId: string;
  readonly useId: string;
  readonly name: string;
}

/** One person at each step. */
export async function gatherCrew(crew: Crew) {
  const group = await crew.invite();
  const asking = await crew.invite({ label: '微信群 · 夜班', approvalRequired: true });
  const fresh = await crew.join('张三', group);
  const claimed = await crew.join('阿依古丽·买买提', group);
  const claimId = await crew.identify(claimed, { documentNumber: residentId('650101', '19951120', '442') });
  const refused = await crew.join('Jonathan O’Brien', group);
  const refusedClaim = await crew.identify(refused, {
    documentKind: 'passport',
    documentNumber: 'PA1234567',
    country: 'IE',
    birthOn: '1988-02-29',
  });
  await crew.review(refusedClaim, 'refused', '照片模糊，请重新拍摄');
  const accepted = await crew.join('韩梅梅', group);
  const acceptedClaim = await crew.identify(accepted, {
    documentNumber: residentId('320102', '19920815', '208'),
  });
  await crew.review(acceptedClaim);
  const engaged = await crew.join('李雷', group);
  await crew.review(
    await crew.identify(engaged, { documentNumber: residentId('330106', '19930103', '515') }),
  );
  await crew.engage(engaged);
  const signing = await crew.join('王小明', group);
  await crew.review(await crew.identify(signing));
  const contractId = await crew.offer(await crew.engage(signing));
  await signing.person.sign(crew.org, contractId, 'worker');
  await crew.giveAccount(signing);
  const waiting = [await crew.join('赵六', asking), await crew.join('Fatima Zahra', asking)];
  return {
    group,
    asking,
    fresh,
    claimed,
    claimId,
    refused,
    accepted,
    acceptedClaim,
    engaged,
    signing,
    contractId,
    waiting,
  };
}

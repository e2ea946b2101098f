/** From nothing to people with work cards: the employer is set up, invites, proves, engages and signs. */
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { addDays, addSeconds, type CivilDate, type CivilRange, civilDateAt } from '../../src/kernel/time.ts';
import { ClockingPhone } from '../support/clocking-phone.ts';
import { Person, type Send } from '../support/person.ts';
import {
  accountNumber,
  clientName,
  contractValues,
  documentNumber,
  employer,
  staff as names,
  newcomer,
  type Part,
  policy,
  sites,
  waiting,
} from './cast.ts';
import { type MovableClock, timeOn, zone } from './clock.ts';
import { Diary } from './diary.ts';
import { answerOf, EnrolledPerson } from './people.ts';
import { businessLicence, documentBack, documentFront, unreadable } from './picture.ts';
import type { Count } from './progress.ts';
import type { Scene, Staff, Worker } from './scene.ts';

export interface Beginning {
  readonly send: Send;
  readonly origin: string;
  readonly setupToken: string;
  readonly clock: MovableClock;
  readonly month: CivilRange;
}

/** How long before the month the employer sets up. */
export const setUpDays = 9;

/** The operator lets the employer in and accepts its licence; the employer names its sites, cover and staff. */
export async function setUpEmployer({ send, origin, setupToken, clock, month }: Beginning): Promise<Scene> {
  const on = (daysBefore: number, time: string) =>
    clock.reach(timeOn(addDays(month.startsOn, -daysBefore), time));
  const person = (name: string) => new Person(send, origin, name);
  const operator = await person(names.operator).signUp({ kind: 'setup', token: setupToken });
  const { url } = await answerOf<{ url: string }>(
    operator.ok('PUT', `/api/registrations/${newId()}`, { label: employer.name }),
  );
  const token = new URL(url).searchParams.get('token') ?? '';
  const owner = await person(names.owner).signUp({ kind: 'registration', token });
  const org = newId();
  const api = `/api/orgs/${org}`;
  await owner.ok('PUT', api, { token, ...employer });

  const licenceId = newId();
  const fileId = await putPicture(owner, api, businessLicence(employer.registrationCode));
  const licence = [`${api}/licences/${licenceId}`, { fileId }] as const;
  await owner.ok('PUT', ...licence);
  on(8, '09:30');
  await operator.ok('PUT', `${api}/reviews/${newId()}`, {
    licenceId,
    decision: 'accepted',
    reason: '执照与登记信息一致',
  });

  on(8, '10:00');
  const clientId = newId();
  await owner.ok('PUT', `${api}/clients/${clientId}`, { name: clientName });
  const siteIds = { jiading: newId(), qingpu: newId() };
  for (const key of ['jiading', 'qingpu'] as const) {
    const { ofClient, gate: _, ...site } = sites[key];
    await owner.ok('PUT', `${api}/sites/${siteIds[key]}`, { ...site, ...(ofClient ? { clientId } : {}) });
  }
  await owner.ok('PUT', `${api}/guarantee-policies/${newId()}`, {
    ...policy,
    effectiveOn: addDays(month.startsOn, -8),
  });
  on(8, '14:00');
  const invite = (kind: string, label: string, more: object) =>
    answerOf<{ token: string }>(
      owner.ok('PUT', `${api}/invitations/${newId()}`, {
        kind,
        label,
        cap: 1,
        expiresAt: timeOn(addDays(month.endsOn, 60), '00:00'),
        ...more,
      }),
    );
  const member = async (name: string, role: object) => {
    const link = await invite('member', name, { roles: [role] });
    const joined = await person(name).signUp({ kind: 'invitation', org, token: link.token });
    await joined.ok('PUT', `${api}/invitations/by-token/${link.token}/uses/${newId()}`, {
      displayName: name,
    });
    return joined;
  };
  const staff: Staff = {
    operator,
    owner,
    hr: await member(names.hr, { role: 'hr' }),
    supervisor: await member(names.supervisor, { role: 'supervisor', siteId: siteIds.jiading }),
    approver: await member(names.approver, { role: 'approver', clientId }),
  };
  on(6, '09:00');
  const group = await invite('worker', `${Number(month.startsOn.slice(5, 7))} 月招工群`, { cap: 40 });
  const diary = new Diary(clock);
  return {
    ...{ send, origin, org, api, clock, diary, staff, siteIds },
    licence,
    groupToken: group.token,
    workers: [],
    runs: [],
    receipts: [],
  };
}

async function putPicture(person: Person, api: string, png: Uint8Array<ArrayBuffer>): Promise<string> {
  const answer = await person.putFile(`${api}/files/${sha256(png)}`, png);
  const { fileId } = (await answer.json()) as { fileId: string };
  return fileId;
}

/** A worker who has joined by the group's link and stated who they are. */
export async function join(
  scene: Scene,
  part: Pick<Part, 'displayName' | 'legalName' | 'document' | 'refusedOnce' | 'enrolled'>,
  order: number,
): Promise<{ person: Person; workerId: string; claimId: string }> {
  const { send, origin, org, api, groupToken, staff } = scene;
  const device = part.enrolled ? new EnrolledPerson(send, origin, part.displayName) : undefined;
  const person = device
    ? await device.enrol(org, groupToken, staff.supervisor)
    : await new Person(send, origin, part.displayName).signUp({
        kind: 'invitation',
        org,
        token: groupToken,
      });
  const { workerId } = await answerOf<{ workerId: string }>(
    person.ok('PUT', `${api}/invitations/by-token/${groupToken}/uses/${newId()}`, {
      displayName: part.displayName,
    }),
  );
  for (const purpose of ['identity-document', 'location-at-punch', 'bank-account'])
    await person.ok('PUT', `${api}/me/consents/${newId()}`, { purpose });
  const claimId = await claimIdentity(scene, person, part, order, part.refusedOnce === true);
  return { person, workerId, claimId };
}

async function claimIdentity(
  { api, clock }: Scene,
  person: Person,
  { legalName, document }: Pick<Part, 'legalName' | 'document'>,
  order: number,
  blurred: boolean,
): Promise<string> {
  const number = documentNumber(document, order);
  const title = document.kind === 'passport' ? 'PASSPORT' : 'RESIDENT ID';
  const front = blurred ? unreadable(number) : documentFront(title, number);
  const photos = [{ side: 'front', fileId: await putPicture(person, api, front) }];
  if (document.kind === 'resident-id')
    photos.push({ side: 'back', fileId: await putPicture(person, api, documentBack(title, number)) });
  const { birth } = document;
  const claimId = newId();
  await person.ok('PUT', `${api}/me/identity-claims/${claimId}`, {
    legalName,
    documentKind: document.kind,
    documentNumber: number,
    country: document.kind === 'passport' ? document.country : 'CN',
    ...(document.kind === 'passport'
      ? {
          birthOn: `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`,
          expiresOn: addDays(civilDateAt(clock.now(), zone), 2500),
        }
      : {}),
    photos,
  });
  return claimId;
}

async function review({ api, staff }: Scene, claimId: string, refusal?: string): Promise<void> {
  await staff.hr.ok('PUT', `${api}/identity-claims/${claimId}/reveals/${newId()}`, {
    what: 'number',
    reason: '与照片核对',
  });
  await staff.hr.ok('PUT', `${api}/identity-claims/${claimId}/review`, {
    decision: refusal ? 'refused' : 'accepted',
    reason: refusal ?? '与证件照片一致',
  });
}

/** One person from the link to the sealed contract. `times`: when they join, are reviewed, sign, and are signed for. */
async function hire(
  scene: Scene,
  part: Part,
  order: number,
  startsOn: CivilDate,
  times: Record<'join' | 'review' | 'sign' | 'countersign', () => void>,
): Promise<Worker> {
  const { api, org, staff, siteIds } = scene;
  times.join();
  const { person, workerId, claimId } = await join(scene, part, order);
  if (part.bank && !part.accountLate) await giveAccount(scene, person, part, order);
  times.review();
  if (part.refusedOnce) {
    await review(scene, claimId, '照片反光，看不清号码，请重拍。');
    await review(scene, await claimIdentity(scene, person, part, order, false));
  } else await review(scene, claimId);
  const engagementId = newId();
  await staff.hr.ok('PUT', `${api}/engagements/${engagementId}`, {
    workerId,
    roleTitle: part.roleTitle,
    relationship: 'service',
    project: part.project,
    payPeriod: part.payPeriod,
    startsOn,
    siteIds: part.sites.map((key) => siteIds[key]),
    hourlyRateMinor: part.rateMinor,
  });
  const contractId = newId();
  const contract = `${api}/contracts/${contractId}`;
  const offer = { engagementId, template: 'service-agreement', values: contractValues(part) };
  await staff.hr.ok('PUT', contract, offer);
  times.sign();
  await person.bytes(`${contract}/document?revision=offer`);
  await signed(person.sign(org, contractId, 'worker'));
  times.countersign();
  await staff.owner.bytes(`${contract}/document?revision=offer`);
  await signed(staff.owner.sign(org, contractId, 'employer'));
  const phone = await new ClockingPhone(person, org).enrol(scene.clock.now());
  return {
    ...{ part, order, person, phone, workerId, engagementId, contractId, startsOn },
    endsOn: '9999-12-31' as CivilDate,
  };
}

async function signed(said: ReturnType<Person['sign']>): Promise<void> {
  const { status, body } = await said;
  if (status !== 200) throw new Error(`a contract was not signed: ${status} ${JSON.stringify(body)}`);
}

export async function giveAccount({ api }: Scene, person: Person, part: Part, order: number): Promise<void> {
  await person.ok('PUT', `${api}/me/payout-accounts/${newId()}`, {
    bankName: part.bank,
    holderName: part.legalName,
    number: accountNumber(order),
  });
}

/** All who are there from the first day. */
export async function hireAll(
  scene: Scene,
  parts: readonly Part[],
  month: CivilRange,
  count: Count,
): Promise<void> {
  const early = parts.filter((part) => !part.comesLate);
  // Each a little later than the one before: the chat group answers over an hour or two.
  const start = timeOn(addDays(month.startsOn, -5), '09:00');
  for (const [place, part] of early.entries()) {
    const at = (minutes: number) => () => scene.clock.reach(addSeconds(start, 60 * (place * 25 + minutes)));
    const times = { join: at(0), review: at(10), sign: at(17), countersign: at(22) };
    scene.workers.push(await hire(scene, part, parts.indexOf(part) + 1, month.startsOn, times));
    count(place + 1, early.length);
  }
  await sealed(scene);
}

/** Who comes in the last week is hired on one morning and starts the day after. */
export function planLateHires(
  scene: Scene,
  parts: readonly Part[],
  on: CivilDate,
  onHired: (worker: Worker) => void,
): void {
  for (const [index, part] of parts.entries()) {
    if (!part.comesLate) continue;
    scene.diary.plan(timeOn(on, '09:20'), async () => {
      const at = (time: string) => () => scene.clock.reach(timeOn(on, time));
      const times = { join: at('09:21'), review: at('09:33'), sign: at('09:45'), countersign: at('09:52') };
      const worker = await hire(scene, part, index + 1, addDays(on, 1), times);
      scene.workers.push(worker);
      await sealed(scene);
      onHired(worker);
    });
  }
}

/** Sealing is nobody's to wait for but ours: the clock must not run on while it happens. */
async function sealed({ api, staff }: Scene): Promise<void> {
  const until = performance.now() + 60_000;
  for (;;) {
    const { contracts } = await answerOf<{ contracts: { state: string }[] }>(
      staff.hr.ok('GET', `${api}/contracts`),
    );
    if (contracts.every(({ state }) => state === 'sealed')) return;
    if (performance.now() > until) throw new Error('a contract was not sealed within a minute');
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Leaves the console something to do: an identity to review, and somebody to let in. */
export function planNewcomers(scene: Scene, on: CivilDate): void {
  const { api, diary, org, staff } = scene;
  diary.plan(timeOn(on, '15:10'), () => join(scene, newcomer, 90));
  diary.plan(timeOn(on, '15:40'), async () => {
    const { token } = await answerOf<{ token: string }>(
      staff.hr.ok('PUT', `${api}/invitations/${newId()}`, {
        kind: 'worker',
        label: '介绍来的朋友',
        cap: 10,
        expiresAt: timeOn(addDays(on, 30), '00:00'),
        approvalRequired: true,
      }),
    );
    const person = await new Person(scene.send, scene.origin, waiting).signUp({
      kind: 'invitation',
      org,
      token,
    });
    await person.ok('PUT', `${api}/invitations/by-token/${token}/uses/${newId()}`, { displayName: waiting });
  });
}

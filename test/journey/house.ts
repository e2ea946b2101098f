/** The whole product in one process on a movable clock, with an employer to begin from. */
import { onTestFinished } from 'vitest';
import { front } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { newId } from '../../src/kernel/id.ts';
import { instantOf } from '../../src/kernel/time.ts';
import { openService } from '../../src/node-service.ts';
import { freshFolder } from '../node/folder.ts';
import { keptMessages } from '../support/messages.ts';
import { Person } from '../support/person.ts';
import { PhonePerson } from '../support/phone-person.ts';
import { company } from './facts.ts';

export const origin = 'http://localhost:8787';

/** `passkeys`: whether people’s phones have them; without, codes and phones’ own keys sign. */
export async function openHouse(at: string, { passkeys = true } = {}) {
  let now = Date.parse(at);
  const folder = freshFolder();
  const config = parseConfig({ PORT: '0', DATA_DIR: folder, PUBLIC_URL: origin });
  const { messages, sent, codeTo, failNextMessages } = keptMessages();
  let numbers = 13_800_000_000;
  const service = await openService(config, {
    publicFolder: 'dist/public',
    clock: () => instantOf(now),
    ...(passkeys ? {} : { messages }),
  });
  onTestFinished(() => service.close());
  const send = async (request: Request) => front.fetch(request, service.context);
  return {
    service,
    folder,
    setupToken: service.secrets.setupToken,
    send,
    sent,
    failNextMessages,
    person: (name: string): Person => {
      numbers += 1;
      return passkeys
        ? new Person(send, origin, name)
        : new PhonePerson(send, origin, name, `+86${numbers}`, codeTo);
    },
    moveTo: (to: string) => {
      now = Date.parse(to);
    },
  };
}

/** A registered employer with its owner and one admitted worker, both signed in. */
export async function openEmployer(at: string) {
  const house = await openHouse(at);
  const token = house.service.secrets.setupToken;
  const owner = await house.person('Li Na').signUp({ kind: 'setup', token });
  const org = newId();
  const api = `/api/orgs/${org}`;
  await owner.ok('PUT', api, { token, ...company });
  const expiresAt = '2027-12-01T00:00:00Z';
  const invitation = { kind: 'worker', label: '十月', cap: 9, expiresAt };
  const invite = (await owner.ok('PUT', `${api}/invitations/${newId()}`, invitation)) as unknown as {
    token: string;
  };
  const worker = await house.person('Zhang San').signUp({ kind: 'invitation', org, token: invite.token });
  const use = `${api}/invitations/by-token/${invite.token}/uses/${newId()}`;
  const { workerId } = (await worker.ok('PUT', use, { displayName: '张三' })) as unknown as {
    workerId: string;
  };
  return { house, org, api, owner, worker, workerId, invite };
}

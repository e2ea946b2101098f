/** What the tests in workerd begin with: the set-up token, people, and the clock. */
import { env, exports } from 'cloudflare:workers';
import type { EdgeEnv } from '../../src/edge-service.ts';
import { Person } from '../support/person.ts';
import { PhonePerson } from '../support/phone-person.ts';
import { codeTo, moveTo } from './worker.ts';

export const origin = 'http://localhost:8787';
export const bindings = env as unknown as EdgeEnv;
const worker = exports as unknown as { default: { fetch(request: Request): Promise<Response> } };

/** `passkeys`: whether people’s phones have them; without, codes and phones’ own keys sign. */
export async function openHouse({ passkeys = true } = {}) {
  const { setupToken } = await bindings.DEPLOYMENT.getByName('deployment').secrets();
  const send = (request: Request) => worker.default.fetch(request);
  let numbers = 13_800_000_000;
  const person = (name: string): Person => {
    numbers += 1;
    return passkeys
      ? new Person(send, origin, name)
      : new PhonePerson(send, origin, name, `+86${numbers}`, codeTo);
  };
  return { setupToken, send, person, moveTo };
}

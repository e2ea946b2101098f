/** What the tests in workerd begin with: the set-up token, people, and the clock. */
import { env, exports } from 'cloudflare:workers';
import type { EdgeEnv } from '../../src/edge-service.ts';
import { Person } from '../support/person.ts';
import { moveTo } from './worker.ts';

export const origin = 'http://localhost:8787';
export const bindings = env as unknown as EdgeEnv;
const worker = exports as unknown as { default: { fetch(request: Request): Promise<Response> } };

export async function openHouse() {
  const { setupToken } = await bindings.DEPLOYMENT.getByName('deployment').secrets();
  const send = (request: Request) => worker.default.fetch(request);
  return { setupToken, send, person: (name: string) => new Person(send, origin, name), moveTo };
}

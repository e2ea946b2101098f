/** The product on loopback with an employer in it, and seats that are signed in as its people. */
import type { BrowserContext } from 'playwright-core';
import { expect } from 'vitest';
import { front } from '../../../src/app.ts';
import { newId } from '../../../src/kernel/id.ts';
import { instantOf } from '../../../src/kernel/time.ts';
import { company } from '../../journey/facts.ts';
import { Person } from '../../support/person.ts';
import { axeSerious, newDesk, newPhone, overflow, type Seat, screenshot } from './browser.ts';
import { type Product, serveProduct } from './server.ts';

export interface Scene {
  readonly product: Product;
  readonly org: string;
  readonly api: string;
  readonly owner: Person;
  person(name: string): Person;
  moveTo(at: string): void;
  close(): Promise<void>;
}

/** An employer and its owner, who is the operator, too. Pages are read at `at` until it is moved. */
export async function openScene(
  at = '2026-11-02T01:30:00.000Z',
  settings: Readonly<Record<string, string>> = {},
): Promise<Scene> {
  let now = Date.parse(at);
  const product = await serveProduct({ clock: () => instantOf(now), settings });
  const { service, origin } = product;
  const send = async (request: Request) => front.fetch(request, service.context);
  const person = (name: string) => new Person(send, origin, name);
  const token = service.secrets.setupToken;
  const owner = await person('李娜').signUp({ kind: 'setup', token });
  const org = newId();
  const api = `/api/orgs/${org}`;
  await owner.ok('PUT', api, { token, ...company });
  return {
    product,
    org,
    api,
    owner,
    person,
    moveTo: (to) => {
      now = Date.parse(to);
    },
    close: () => product.close(),
  };
}

/** The session of `who` in the browser, as after signing in there. */
export async function signedIn(context: BrowserContext, origin: string, who: Person): Promise<void> {
  const [name = '', value = ''] = (await who.cookie()).split('=');
  await context.addCookies([{ name, value, url: origin, httpOnly: true, sameSite: 'Lax' }]);
}

const looks = [
  [newPhone, 'phone', false, 'zh-CN'],
  [newPhone, 'phone', true, 'en'],
  [newDesk, 'desk', false, 'en'],
  [newDesk, 'desk', true, 'zh-CN'],
] as const;

/** Every page at both widths, in the light and the dark, in both languages: readable, in its width, without an error. */
export async function lookAtPages(
  scene: Scene,
  who: Person,
  pages: Readonly<Record<string, string>>,
  settled: (seat: Seat, name: string) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const { origin } = scene.product;
  for (const [open, width, dark, locale] of looks) {
    const seat = await open({ origin, dark, locale });
    await signedIn(seat.context, origin, who);
    for (const [name, path] of Object.entries(pages)) {
      await seat.page.goto(path);
      await settled(seat, name);
      await screenshot(seat.page, `${name}-${width}-${dark ? 'dark' : 'light'}`);
      expect(await overflow(seat.page), `${name} on a ${width}`).toBe(0);
      expect(await axeSerious(seat.page), `${name} on a ${width}`).toEqual([]);
    }
    expect(seat.troubles).toEqual([]);
    await seat.context.close();
  }
}

export interface Hired {
  readonly person: Person;
  readonly workerId: string;
  readonly engagementId: string;
}

/** Invited, admitted and engaged at a site from 1 October 2026 on, by the API. */
export async function hire(scene: Scene, name: string, siteId: string): Promise<Hired> {
  const { owner, api, org } = scene;
  const { token } = (await owner.ok('PUT', `${api}/invitations/${newId()}`, {
    kind: 'worker',
    label: name,
    cap: 1,
    expiresAt: '2027-12-01T00:00:00Z',
  })) as unknown as { token: string };
  const worker = await scene.person(name).signUp({ kind: 'invitation', org, token });
  const { workerId } = (await worker.ok('PUT', `${api}/invitations/by-token/${token}/uses/${newId()}`, {
    displayName: name,
  })) as unknown as { workerId: string };
  await worker.ok('PUT', `${api}/me/consents/${newId()}`, { purpose: 'location-at-punch' });
  const engagementId = newId();
  await owner.ok('PUT', `${api}/engagements/${engagementId}`, {
    workerId,
    roleTitle: '分拣员',
    relationship: 'service',
    project: '十一月',
    payPeriod: 'monthly',
    startsOn: '2026-10-01',
    siteIds: [siteId],
    hourlyRateMinor: 2500,
  });
  return { person: worker, workerId, engagementId };
}

/** A site in Shanghai with a wide circle; answers its id. */
export async function openSite(scene: Scene, name = '城东物流园'): Promise<string> {
  const siteId = newId();
  await scene.owner.ok('PUT', `${scene.api}/sites/${siteId}`, {
    name,
    address: '上海市浦东新区东方路 18 号',
    fence: { lat: 31.2404, lng: 121.4937, datum: 'wgs84', radiusMetres: 350 },
  });
  return siteId;
}

/** Moves the clock there and punches at the site's centre. */
export async function punch(
  scene: Scene,
  { person, engagementId }: Hired,
  siteId: string,
  kind: 'in' | 'out',
  at: string,
): Promise<void> {
  scene.moveTo(at);
  const position = { lat: 31.2404, lng: 121.4937, accuracyMetres: 9, datum: 'wgs84' };
  await person.ok('PUT', `${scene.api}/punches/${newId()}`, {
    engagementId,
    siteId,
    kind,
    deviceAt: at,
    position,
  });
}

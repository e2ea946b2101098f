/** A worker's phone at the clock, whose own time is the house's unless it is told otherwise. */
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { punches } from '../../../db/cell.ts';
import { openNodeStore } from '../../../src/store/node.ts';
import { newPhone, type Seat, type SeatOptions, standAt } from './browser.ts';
import { type Hired, type Scene, signedIn } from './scene.ts';

export const centre = { lat: 31.2404, lng: 121.4937 };

export interface ClockingPhone extends Seat {
  /** Both clocks: the house's, and the phone's that far ahead of it. */
  moveTo(at: string): Promise<void>;
  /** As after the phone was switched off and on. */
  restart(): Promise<Page>;
}

/** At the site, enrolled, with the service worker in charge. `aheadMs`: how wrong the phone's clock is. */
export async function phoneOf(
  scene: Scene,
  hired: Hired,
  options: Partial<SeatOptions> & { readonly at: string; readonly aheadMs?: number },
): Promise<ClockingPhone> {
  const { at, aheadMs = 0, ...look } = options;
  const { origin } = scene.product;
  const seat = await newPhone({ origin, serviceWorkers: true, locale: 'en', ...look });
  const { context } = seat;
  // Background Sync would wake a worker with the machine's own clock.
  await context.addInitScript('delete ServiceWorkerRegistration.prototype.sync');
  await signedIn(context, origin, hired.person);
  await standAt(context, centre);
  const moveTo = async (to: string) => {
    scene.moveTo(to);
    await context.clock.setFixedTime(Date.parse(to) + aheadMs);
  };
  await moveTo(at);
  const phone = {
    ...seat,
    moveTo,
    restart: async () => {
      for (const open of context.pages()) await open.close();
      return context.newPage();
    },
  };
  await seat.page.goto(`/orgs/${scene.org}/me`);
  await ready(seat.page);
  return phone;
}

/** Enrolled, and kept for later. */
export async function ready(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await page.waitForFunction('navigator.serviceWorker.controller !== null');
  await page.waitForFunction(
    "new Promise((done) => { const asked = indexedDB.open('workcard-clock'); asked.onsuccess = () => { const all = asked.result.transaction('clock').objectStore('clock').getAll(); all.onsuccess = () => { asked.result.close(); done(all.result.some((one) => one && one.enrolled)); }; }; })",
  );
}

export interface KeptPunch {
  readonly kind: string;
  readonly effectiveAt: string;
  readonly verdict: string;
  readonly proof: string | null;
  readonly flags: readonly string[];
  readonly seq: number | null;
  readonly previousDigest: string | null;
  readonly recordDigest: string | null;
}

/** What the employer has of an engagement, the earliest first. */
export async function punchesOf(scene: Scene, { engagementId }: Hired): Promise<KeptPunch[]> {
  const store = openNodeStore(join(scene.product.folder, 'cells', `${scene.org}.sqlite`));
  const rows = store.db
    .select()
    .from(punches)
    .where(eq(punches.engagementId, engagementId))
    .orderBy(punches.seq, punches.effectiveAt)
    .all()
    .map(({ flags, ...punch }) => ({ ...punch, flags: flags === null ? [] : JSON.parse(flags) }));
  store.close();
  return rows;
}

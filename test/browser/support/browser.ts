/** A phone and a desk to look with, and what must never happen on either: errors, foreign hosts, blocked scripts. */
import type { KeyObject } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { launchOptions } from './chromium.ts';

const require = createRequire(import.meta.url);
let launched: Promise<Browser> | undefined;

export function openBrowser(): Promise<Browser> {
  launched ??= launchOptions().then((options) => chromium.launch(options));
  return launched;
}

export async function closeBrowser(): Promise<void> {
  const browser = await launched;
  launched = undefined;
  await browser?.close();
}

export interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong so far, one sentence each; a test expects none. */
  readonly troubles: readonly string[];
}

export interface SeatOptions {
  /** `http://localhost:port`. */
  readonly origin: string;
  readonly locale?: 'zh-CN' | 'en';
  readonly dark?: boolean;
  readonly position?: Position;
  /** Lets pages keep themselves for later. Off, because a page's requests then pass by the test's own routes. */
  readonly serviceWorkers?: boolean;
}

export interface Position {
  readonly lat: number;
  readonly lng: number;
  readonly accuracyMetres?: number;
}

/** 390 × 844, touch. */
export function newPhone(options: SeatOptions): Promise<Seat> {
  return newSeat(options, {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  });
}

/** 1280 × 800, mouse. */
export function newDesk(options: SeatOptions): Promise<Seat> {
  return newSeat(options, { viewport: { width: 1280, height: 800 } });
}

async function newSeat(options: SeatOptions, device: BrowserContextOptions): Promise<Seat> {
  const browser = await openBrowser();
  const { origin, dark, position, locale = 'zh-CN', serviceWorkers } = options;
  const context = await browser.newContext({
    baseURL: origin,
    // Without a locale the headless shell says `en-US@posix`, at which Intl throws.
    locale: locale === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    serviceWorkers: serviceWorkers ? 'allow' : 'block',
    ...device,
  });
  context.setDefaultTimeout(15_000);
  if (position) await standAt(context, position);
  const troubles: string[] = [];
  context.on('page', (page) => watch(page, origin, troubles));
  return { context, page: await context.newPage(), troubles };
}

/** From now on the device is there. */
export async function standAt(
  context: BrowserContext,
  { lat, lng, accuracyMetres = 12 }: Position,
): Promise<void> {
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: lat, longitude: lng, accuracy: accuracyMetres });
}

function watch(page: Page, origin: string, troubles: string[]): void {
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // A refusal of our API is an answer, not an error; Chromium logs it as one. Blocked content comes here, too.
    const refusal =
      message.text().startsWith('Failed to load resource') && message.location().url.includes('/api/');
    if (message.type() === 'error' && !refusal) troubles.push(`${page.url()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, origin: host } = new URL(request.url());
    const inside = host === origin || protocol === 'data:' || protocol === 'blob:';
    if (!inside) troubles.push(`${page.url()}: asked ${request.url()}`);
  });
}

/** A platform authenticator with user verification that always says yes. */
export async function virtualAuthenticator(page: Page): Promise<{
  verify(can: boolean): Promise<void>;
  /** Holds a passkey that was made elsewhere, as a synced one is. */
  hold(passkey: { id: Buffer; privateKey: KeyObject; userHandle: string; counter: number }): Promise<void>;
}> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verify: async (can) => {
      await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: can });
    },
    hold: async ({ id, privateKey, userHandle, counter }) => {
      const credential = {
        credentialId: id.toString('base64'),
        isResidentCredential: true,
        rpId: 'localhost',
        privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
        userHandle: Buffer.from(userHandle, 'base64url').toString('base64'),
        signCount: counter,
      };
      await client.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
  };
}

/** A browser without passkeys, as WeChat's: before any script of the page runs. */
export async function withoutPasskeys(context: BrowserContext): Promise<void> {
  await context.addInitScript('delete window.PublicKeyCredential');
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

/** axe-core's serious and critical findings, one sentence each. */
export async function axeSerious(page: Page): Promise<string[]> {
  const source = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const result = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResult;
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
}

/** By how many pixels the page is wider than the screen. */
export async function overflow(page: Page): Promise<number> {
  return (await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )) as number;
}

/** For people to look at: out/screens/NAME.png. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir('out/screens', { recursive: true });
  await page.screenshot({ path: join('out/screens', `${name}.png`), fullPage: true });
}

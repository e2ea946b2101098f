/**
 * The service worker: keeps the clock page and what it is made of, named by content, so that it opens without a
 * network; it keeps nothing of anybody. Served as `/sw.js`; the build fills in what there is to keep.
 */
import { sendAll } from './lib/send-waiting.ts';

declare const precached: { readonly name: string; readonly paths: readonly string[] };

interface LaterEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends LaterEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  addEventListener(type: 'install' | 'activate' | 'sync', listener: (event: LaterEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
}

const worker = self as unknown as Worker;
const shell = '/clock';
const prefix = 'workcard-';
/** A worker's own pages; without a network the clock stands in for them. */
const workersPages = /^\/(orgs\/[^/]+\/me(\/.*)?)?$/;
/** Longer than this, somebody in front of a gate takes the page for broken. */
const patienceMs = 6000;

worker.addEventListener('install', (event) => {
  event.waitUntil(keepAll().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === shell) event.respondWith(keptOr(shell, request));
    else if (workersPages.test(pathname)) event.respondWith(pageOrShell(request));
  } else if (precached.paths.includes(pathname + search)) {
    event.respondWith(keptOr(pathname + search, request));
  }
});

// The network is back, and no page of ours may be awake (Background Sync). Failing tells the browser to try again.
worker.addEventListener('sync', (event) => {
  event.waitUntil(
    sendAll().then(({ left }) => {
      if (left > 0) throw new Error(`${left} still wait`);
    }),
  );
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(precached.name);
  await cache.addAll(precached.paths.map((path) => new Request(path, { cache: 'reload' })));
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(prefix) && name !== precached.name);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function keptOr(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(precached.name);
  return (await cache.match(path)) ?? fetch(request);
}

async function pageOrShell(request: Request): Promise<Response> {
  const inTime = new Promise<never>((_, reject) => setTimeout(reject, patienceMs));
  const page = fetch(request);
  try {
    return await Promise.race([page, inTime]);
  } catch {
    const cache = await caches.open(precached.name);
    return (await cache.match(shell)) ?? page;
  }
}

/** What every answer carries, and what a browser is shown when something goes wrong. */
import { expect, test, vi } from 'vitest';
import { front } from '../../src/app.ts';
import { cellOf } from '../../src/cell/cell.ts';
import { newId } from '../../src/kernel/id.ts';
import { openEmployer, origin } from '../journey/house.ts';
import { openTestCell } from '../support/cell.ts';

const asBrowser = { accept: 'text/html,*/*', 'accept-language': 'en' };

test('every answer forbids guessing its type and keeps addresses to ourselves, a refusal and a bug too', async () => {
  const { house, owner, org } = await openEmployer('2026-10-01T00:00:00Z');
  const cookie = await owner.cookie();
  const foreign = { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const requests = [
    new Request(`${origin}/healthz`),
    new Request(`${origin}/readyz`),
    new Request(`${origin}/sign-in`, { headers: asBrowser }),
    new Request(`${origin}/nowhere`, { headers: asBrowser }),
    new Request(`${origin}/api/nowhere`),
    new Request(`${origin}/api/me`),
    new Request(`${origin}/api/sign-out`, { method: 'POST', headers: foreign }),
    new Request(`${origin}/api/orgs/${org}/journal`, { headers: { cookie } }),
    new Request(`${origin}/orgs/${org}/nowhere`, { headers: { cookie, ...asBrowser } }),
    new Request(`${origin}/orgs/${org}/contracts`, { headers: asBrowser }),
  ];
  for (const request of requests) {
    const { headers } = await house.send(request);
    expect(headers.get('x-content-type-options'), request.url).toBe('nosniff');
    expect(headers.get('referrer-policy'), request.url).toBe('same-origin');
    expect(headers.get('x-request-id'), request.url).toMatch(/^[\da-f-]{36}$/);
    const isPage = headers.get('content-type')?.startsWith('text/html') ?? false;
    expect(headers.has('content-security-policy'), request.url).toBe(isPage);
  }
});

test('a browser that asks an employer for what is not there gets a page; a program gets problem details', async () => {
  const { house, owner, org } = await openEmployer('2026-10-01T00:00:00Z');
  const ask = async (headers: Record<string, string>) =>
    house.send(
      new Request(`${origin}/orgs/${org}/nowhere`, { headers: { cookie: await owner.cookie(), ...headers } }),
    );
  const shown = await ask(asBrowser);
  expect(shown.status).toBe(404);
  expect(shown.headers.get('content-type')).toContain('text/html');
  expect(await shown.text()).toContain('There is nothing here that you can see.');
  expect((await ask({})).headers.get('content-type')).toContain('application/problem+json');
});

test('a bug is a page with a number, in the reader’s language, and the cause stays in the log', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { house, owner } = await openEmployer('2026-10-01T00:00:00Z');
  const directory = { call: () => Promise.reject(new Error('secret cause')) };
  const cookie = await owner.cookie();
  const atTheDoor = async (path: string, headers: Record<string, string>) =>
    front.fetch(new Request(`${origin}${path}`, { headers: { cookie, ...headers } }), {
      ...house.service.context,
      directory,
    });
  const cell = await openTestCell();
  const broken = { ...cell.context, store: { ...cell.context.store, db: undefined as never } };
  const inTheCell = (headers: Record<string, string>) =>
    cellOf(broken).handle(new Request(`${origin}/orgs/${cell.org}/attendance`, { headers }), {
      kind: 'person',
      personId: newId(),
      signedInBy: 'A',
    });
  const pages = [
    [await atTheDoor('/', asBrowser), 'Something went wrong here.'],
    [await inTheCell(asBrowser), 'Something went wrong here.'],
    [await atTheDoor('/', { ...asBrowser, 'accept-language': 'zh-CN' }), '系统出错了。'],
  ] as const;
  for (const [answer, words] of pages) {
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).toContain(words);
    const id = /[\da-f]{8}-[\da-f-]{27}/.exec(text)?.[0] ?? 'no id';
    expect(log.mock.calls.flat().join()).toContain(id);
    expect(text).not.toContain('secret cause');
  }
  const problem = await atTheDoor('/api/me', { 'accept-language': 'zh-CN' });
  expect(await problem.json()).toMatchObject({ slug: 'bug', title: '系统出错了，请凭编号查询原因。' });
  log.mockRestore();
});

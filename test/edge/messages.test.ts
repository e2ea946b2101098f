/** Where codes go in workerd: by SMS when its settings are bound, else into wrangler's terminal on localhost, else nowhere. */
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { type EdgeEnv, edgeService } from '../../src/edge-service.ts';
import { newId } from '../../src/kernel/id.ts';
import { instantOf } from '../../src/kernel/time.ts';
import { bindings, openHouse, origin } from './house.ts';

const sms = {
  TENCENT_SMS_SECRET_ID: 'id',
  TENCENT_SMS_SECRET_KEY: 'key',
  TENCENT_SMS_SDK_APP_ID: '1400000000',
  TENCENT_SMS_SIGN: '晨光',
  TENCENT_SMS_TEMPLATE_ID: '1',
  TENCENT_SMS_ENDPOINT: 'http://localhost:18099',
};

/** Asks for a code in a deployment with these settings. */
async function askCode(settings: Record<string, string>): Promise<Response> {
  const { setupToken } = await openHouse();
  const { worker } = edgeService({ clock: () => instantOf(Date.now()) });
  const body = {
    channel: 'sms',
    address: `+86139${String(Date.now()).slice(-8)}`,
    gate: { kind: 'setup', token: setupToken },
  };
  const request = new Request(`${origin}/api/sign-in-codes/${newId()}`, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  return worker.fetch(request, { ...(env as object), ...bindings, ...settings } as EdgeEnv);
}

test('with its settings bound, a code goes out by SMS', async () => {
  const calls: { url: string; body: string }[] = [];
  const fake = async (url: string, init: { body: string }) => {
    calls.push({ url, body: init.body });
    return Response.json({ Response: { SendStatusSet: [{ Code: 'Ok', Message: '' }] } });
  };
  vi.stubGlobal('fetch', fake);
  const answer = await askCode(sms);
  vi.unstubAllGlobals();
  expect(answer.status).toBe(200);
  expect(calls.map(({ url }) => url)).toEqual(['http://localhost:18099/']);
  expect(JSON.parse(calls[0]?.body ?? '{}').TemplateParamSet[0]).toMatch(/^\d{6}$/);
});

test('without them a code appears in the terminal on localhost, and nowhere else', async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  expect((await askCode({})).status).toBe(200);
  expect(print.mock.calls.flat().join()).toMatch(/\d{6}/);
  print.mockRestore();
  const elsewhere = await askCode({ PUBLIC_URL: 'https://work.example.com' });
  expect(await elsewhere.json()).toMatchObject({ slug: 'channel-unavailable' });
});

test('half of the settings is a mistake that is named', async () => {
  await expect(askCode({ TENCENT_SMS_SIGN: '晨光' })).rejects.toThrow('TENCENT_SMS_SECRET_KEY is missing');
});

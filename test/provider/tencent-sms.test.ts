import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { smsMessages, tc3Authorization } from '../../src/provider/tencent-sms.ts';

test('signs a request exactly as Tencent Cloud publishes it', () => {
  const credentials = {
    secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
  };
  const payload = String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`;
  const request = { service: 'cvm', host: 'cvm.tencentcloudapi.com', payload, timestamp: 1_551_113_065 };
  expect(tc3Authorization(credentials, request)).toBe(
    'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  );
});

const sms = {
  secretId: 'id',
  secretKey: 'key',
  sdkAppId: '1400000000',
  sign: '晨光',
  templateId: '1',
  region: 'ap-guangzhou',
};
const message = {
  to: { channel: 'sms', address: '+8613800000000' },
  locale: 'zh-CN',
  template: 'sign-in-code',
  values: { code: '123456', minutes: '5' },
} as const;

/** A stand-in for Tencent Cloud on this machine. */
async function openTencent(answer: object) {
  const heard: { head: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      heard.push({ head: request.headers, body });
      response.end(JSON.stringify({ Response: answer }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { heard, endpoint: `http://localhost:${port}` };
}

test('a code goes out to the endpoint that is set, signed for its host', async () => {
  const { heard, endpoint } = await openTencent({ SendStatusSet: [{ Code: 'Ok', Message: '' }] });
  await smsMessages({ ...sms, endpoint }).send(message);
  const [{ head, body }] = heard as [(typeof heard)[0]];
  expect(JSON.parse(body)).toEqual({
    PhoneNumberSet: ['+8613800000000'],
    SmsSdkAppId: '1400000000',
    SignName: '晨光',
    TemplateId: '1',
    TemplateParamSet: ['123456', '5'],
  });
  const timestamp = Number(head['x-tc-timestamp']);
  const request = { service: 'sms', host: new URL(endpoint).host, payload: body, timestamp };
  expect(head.authorization).toBe(tc3Authorization(sms, request));
  expect(head.host).toBe(request.host);
});

test.each([
  [{ Error: { Code: 'AuthFailure', Message: 'no' } }, 'AuthFailure'],
  [{ SendStatusSet: [{ Code: 'LimitExceeded', Message: 'slow down' }] }, 'LimitExceeded'],
])('what Tencent refuses with status 200 is still a failure: %o', async (answer, word) => {
  const { endpoint } = await openTencent(answer);
  await expect(smsMessages({ ...sms, endpoint }).send(message)).rejects.toThrow(word);
});

test('a notice is never sent as an empty code', async () => {
  const { heard, endpoint } = await openTencent({});
  await expect(smsMessages({ ...sms, endpoint }).send({ ...message, template: 'notice' })).rejects.toThrow();
  expect(heard).toEqual([]);
});

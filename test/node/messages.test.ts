import { expect, test } from 'vitest';
import { nodeMessages } from '../../src/provider/node-messages.ts';
import { tc3Authorization } from '../../src/provider/tencent-sms.ts';

test('TC3-HMAC-SHA256 gives the signature that Tencent Cloud publishes', () => {
  const authorization = tc3Authorization(
    { secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' },
    {
      service: 'cvm',
      host: 'cvm.tencentcloudapi.com',
      timestamp: 1551113065,
      payload: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
    },
  );
  expect(authorization).toMatch(
    /Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168$/,
  );
});

const code = {
  to: { channel: 'email', address: 'li@example.com' },
  locale: 'en',
  template: 'sign-in-code',
  values: { code: '123456', minutes: '5' },
} as const;

test('codes appear in the terminal only when nothing else is set and the origin is localhost', async () => {
  const lines: string[] = [];
  await nodeMessages({ terminal: true }, (line) => lines.push(line)).send(code);
  expect(lines.join()).toContain('123456');
  const elsewhere = nodeMessages({ terminal: false }, (line) => lines.push(line));
  expect(elsewhere.channels).toEqual([]);
  await expect(elsewhere.send(code)).rejects.toThrow();
  const withMail = nodeMessages({ terminal: true, smtp: { url: 'smtp://127.0.0.1:1', from: 'a@b.example' } });
  expect(withMail.terminal).toBeUndefined();
});

import { expect, test } from 'vitest';
import { tc3Authorization } from '../../src/provider/tencent-sms.ts';

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

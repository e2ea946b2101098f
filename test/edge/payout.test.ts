/** WeChat Pay's signatures and ciphers, made and checked inside workerd. */
import { afterEach, expect, test } from 'vitest';
import { wechatPay } from '../../src/provider/wechat-pay.ts';

const now = Date.parse('2026-11-05T02:00:00.000Z');
const signing = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const text = new TextEncoder();
const base64 = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(bytes as Uint8Array).toString('base64');
const pem = (label: string, bytes: ArrayBuffer) =>
  `-----BEGIN ${label}-----\n${base64(bytes)}\n-----END ${label}-----`;

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

async function pair() {
  const keys = (await crypto.subtle.generateKey(signing, true, ['sign', 'verify'])) as CryptoKeyPair;
  const spki = (await crypto.subtle.exportKey('spki', keys.publicKey)) as ArrayBuffer;
  const pkcs8 = (await crypto.subtle.exportKey('pkcs8', keys.privateKey)) as ArrayBuffer;
  return { keys, pkcs8, publicPem: pem('PUBLIC KEY', spki), privatePem: pem('PRIVATE KEY', pkcs8) };
}

test('a transfer is signed and its name encrypted, the answer and the message believed, a forged one not', async () => {
  const [merchant, platform, stranger] = [await pair(), await pair(), await pair()];
  const apiV3Key = '0123456789abcdef0123456789abcdef';
  const platformKeyId = 'PUB_KEY_ID_0114232134912410000000000000';
  const provider = await wechatPay(
    {
      mchId: '1900000001',
      appId: 'wx0123456789abcdef',
      merchantSerial: '3775B6A45ACD588826D15E583A95F5DD1234ABCD',
      privateKeyPem: merchant.privatePem,
      apiV3Key,
      platformKeyId,
      platformKeyPem: platform.publicPem,
      sceneId: '1005',
      sceneInfos: [],
      notifyUrl: 'https://work.example/notify',
      endpoint: 'https://wechat.example',
    },
    () => now,
  );
  const signed = async (body: string, by = platform) => {
    const message = text.encode(`${now / 1000}\nnonce\n${body}\n`);
    const signature = base64(await crypto.subtle.sign(signing.name, by.keys.privateKey, message));
    return {
      'wechatpay-serial': platformKeyId,
      'wechatpay-timestamp': String(now / 1000),
      'wechatpay-nonce': 'nonce',
      'wechatpay-signature': signature,
    };
  };
  let sent: Record<string, string> = {};
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    const said = Object.fromEntries(
      [...String((init.headers as Record<string, string>).authorization).matchAll(/(\w+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, value],
      ),
    );
    const message = `POST\n${new URL(url).pathname}\n${said.timestamp}\n${said.nonce_str}\n${init.body}\n`;
    const bytes = new Uint8Array(Buffer.from(said.signature ?? '', 'base64'));
    expect(
      await crypto.subtle.verify(signing.name, merchant.keys.publicKey, bytes, text.encode(message)),
    ).toBe(true);
    sent = JSON.parse(String(init.body)) as Record<string, string>;
    const body = JSON.stringify({
      out_bill_no: sent.out_bill_no,
      state: 'WAIT_USER_CONFIRM',
      package_info: 'p',
    });
    return new Response(body, { headers: await signed(body) });
  }) as typeof fetch;
  const order = { name: 'WC1', amountMinor: 20_000, payee: 'openid', payeeName: '李小明', remark: '报酬' };
  expect(await provider.send(order)).toMatchObject({ state: 'wait-user-confirm', confirmation: 'p' });
  const oaep = { name: 'RSA-OAEP', hash: 'SHA-1' };
  const opener = await crypto.subtle.importKey('pkcs8', platform.pkcs8, oaep, false, ['decrypt']);
  const name = await crypto.subtle.decrypt(oaep.name, opener, Buffer.from(sent.user_name ?? '', 'base64'));
  expect(new TextDecoder().decode(name)).toBe('李小明');

  const secret = await crypto.subtle.importKey('raw', text.encode(apiV3Key), 'AES-GCM', false, ['encrypt']);
  const cipher = {
    name: 'AES-GCM',
    iv: text.encode('123456789012'),
    additionalData: text.encode('mch_payment'),
  };
  const plain = JSON.stringify({ out_bill_no: 'WC1', state: 'SUCCESS', transfer_amount: 20_000 });
  const ciphertext = base64(await crypto.subtle.encrypt(cipher, secret, text.encode(plain)));
  const body = JSON.stringify({
    event_type: 'MCHTRANSFER.BILL.FINISHED',
    resource: { ciphertext, nonce: '123456789012', associated_data: 'mch_payment' },
  });
  const read = async (headers: Readonly<Record<string, string>>) =>
    provider.readCallback({ header: (key) => headers[key.toLowerCase()], body, now });
  expect(await read(await signed(body))).toMatchObject({ name: 'WC1', answer: { state: 'paid' } });
  await expect(read(await signed(body, stranger))).rejects.toThrow('signature');
});

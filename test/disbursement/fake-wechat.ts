/**
 * WeChat Pay's transfer-bills on loopback, written from its documents with node:crypto alone: it checks what it is sent
 * as the real one does, and loses answers on demand.
 */
import {
  constants,
  createCipheriv,
  createSign,
  createVerify,
  generateKeyPairSync,
  privateDecrypt,
  randomBytes,
} from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

export const merchant = pair();
export const platform = pair();
export const stranger = pair();
export const apiV3Key = '0123456789abcdef0123456789abcdef';
export const merchantFacts = {
  mchId: '1900000001',
  appId: 'wx0123456789abcdef',
  merchantSerial: '3775B6A45ACD588826D15E583A95F5DD1234ABCD',
  platformKeyId: 'PUB_KEY_ID_0114232134912410000000000000',
} as const;

export interface Bill {
  readonly out_bill_no: string;
  readonly transfer_amount: number;
  readonly openid: string;
  readonly name: string;
  readonly params: string;
  state: string;
  fail_reason?: string;
}

/** `lost`: done, and the answer never arrives. `down`: not done. `unsigned`: done, answered by somebody without the key. */
export type Weather = 'fine' | 'lost' | 'down' | 'unsigned' | 'hang-up';

export interface FakeWechat {
  readonly url: string;
  readonly bills: Map<string, Bill>;
  readonly faults: string[];
  weather: Weather;
  now: () => number;
  /** What a new bill begins with. */
  first: string;
  callback(
    bill: Bill,
    change?: { at?: number; key?: string; serial?: string; body?: string },
  ): {
    body: string;
    headers: Record<string, string>;
  };
  close(): Promise<void>;
}

export async function openFakeWechat(): Promise<FakeWechat> {
  const fake: Partial<FakeWechat> & Pick<FakeWechat, 'bills' | 'faults' | 'weather' | 'now' | 'first'> = {
    bills: new Map(),
    faults: [],
    weather: 'fine',
    now: Date.now,
    first: 'ACCEPTED',
  };
  const server = createServer((request, response) => void answer(fake as FakeWechat, request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return Object.assign(fake, { url, close, callback: callbackOf(fake as FakeWechat) }) as FakeWechat;
}

async function answer(fake: FakeWechat, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const piece of request) body += String(piece);
  const asked = new URL(request.url ?? '', 'http://fake');
  if (asked.pathname === '/sns/oauth2/access_token')
    return void response.end(JSON.stringify(openidFor(asked)));
  const { weather } = fake;
  if (weather === 'down') return void response.writeHead(503).end();
  const said = judged(fake, request, body);
  if (weather === 'hang-up') return void request.socket.destroy();
  if (weather === 'lost') return void response.writeHead(500).end('{"code":"SYSTEM_ERROR"}');
  const text = said.body ? JSON.stringify(said.body) : '';
  const key = weather === 'unsigned' ? stranger.privateKey : platform.privateKey;
  response
    .writeHead(said.status, { 'content-type': 'application/json', ...signed(fake.now(), text, key) })
    .end(text);
}

export const appSecret = '0123456789abcdef0123456789abcdef';

function openidFor({ searchParams: asked }: URL): object {
  const right =
    asked.get('appid') === merchantFacts.appId &&
    asked.get('secret') === appSecret &&
    asked.get('grant_type') === 'authorization_code' &&
    asked.get('code') === 'good-code';
  return right ? { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeSnew' } : { errcode: 40029, errmsg: 'invalid code' };
}

function signed(now: number, body: string, key: string, serial: string = merchantFacts.platformKeyId) {
  const [timestamp, nonce] = [String(Math.floor(now / 1000)), randomBytes(16).toString('hex')];
  const signature = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${body}\n`).sign(key, 'base64');
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signature,
    'wechatpay-serial': serial,
  };
}

function judged(fake: FakeWechat, request: IncomingMessage, body: string): { status: number; body?: object } {
  const fault = faultOf(fake, request, body);
  if (fault) {
    fake.faults.push(fault);
    return { status: 401, body: { code: 'SIGN_ERROR', message: fault } };
  }
  const [, number, cancel] = /out-bill-no\/([0-9A-Za-z]+)(\/cancel)?$/.exec(request.url ?? '') ?? [];
  if (number === undefined) return created(fake, JSON.parse(body) as Record<string, never>, body);
  const bill = fake.bills.get(number);
  if (!bill) return { status: 404, body: { code: 'NOT_FOUND', message: '记录不存在' } };
  if (cancel && (bill.state === 'WAIT_USER_CONFIRM' || bill.state === 'ACCEPTED')) bill.state = 'CANCELLED';
  return { status: 200, body: shown(bill) };
}

function faultOf(
  fake: FakeWechat,
  { method, url, headers }: IncomingMessage,
  body: string,
): string | undefined {
  if (!headers['user-agent'] || !headers.accept) return 'no User-Agent or Accept';
  const said = Object.fromEntries(
    [...(headers.authorization ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
      key,
      value,
    ]),
  );
  if (!headers.authorization?.startsWith('WECHATPAY2-SHA256-RSA2048 ')) return 'scheme';
  if (said.mchid !== merchantFacts.mchId || said.serial_no !== merchantFacts.merchantSerial)
    return 'merchant';
  if (Math.abs(fake.now() / 1000 - Number(said.timestamp)) > 300) return 'timestamp';
  const message = `${method}\n${url}\n${said.timestamp}\n${said.nonce_str}\n${body}\n`;
  const holds = createVerify('RSA-SHA256')
    .update(message)
    .verify(merchant.publicKey, said.signature ?? '', 'base64');
  if (!holds) return 'signature';
  return headers['wechatpay-serial'] === merchantFacts.platformKeyId ? undefined : 'serial';
}

function created(fake: FakeWechat, params: Record<string, never>, body: string) {
  const { out_bill_no, transfer_amount, openid, user_name, transfer_remark, notify_url } = params;
  if (
    !/^[0-9A-Za-z]{5,32}$/.test(out_bill_no ?? '') ||
    Number(transfer_amount) < 10 ||
    /\?/.test(notify_url ?? '')
  )
    return { status: 400, body: { code: 'PARAM_ERROR', message: '' } };
  if ([...String(transfer_remark)].length > 32) return { status: 400, body: { code: 'PARAM_ERROR' } };
  const name = user_name
    ? privateDecrypt(
        { key: platform.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
        Buffer.from(user_name, 'base64'),
      ).toString()
    : '';
  if (Number(transfer_amount) >= 200_000 && !name) return { status: 400, body: { code: 'PARAM_ERROR' } };
  const known = fake.bills.get(out_bill_no ?? '');
  const same = JSON.stringify({ ...(JSON.parse(body) as object), user_name: name });
  if (known && known.params !== same)
    return { status: 400, body: { code: 'INVALID_REQUEST', message: '单号已存在但信息不一致' } };
  const bill: Bill = known ?? {
    out_bill_no: out_bill_no ?? '',
    transfer_amount: Number(transfer_amount),
    openid: openid ?? '',
    name,
    params: same,
    state: fake.first,
  };
  fake.bills.set(bill.out_bill_no, bill);
  return { status: 200, body: shown(bill) };
}

const shown = ({ params: _, name: __, ...bill }: Bill) => ({
  ...bill,
  mch_id: merchantFacts.mchId,
  transfer_bill_no: `1330${bill.out_bill_no}`,
  ...(bill.state === 'WAIT_USER_CONFIRM' ? { package_info: `package-of-${bill.out_bill_no}` } : {}),
});

function callbackOf(fake: FakeWechat): FakeWechat['callback'] {
  return (bill, { at = fake.now(), key = platform.privateKey, serial, body } = {}) => {
    const nonce = randomBytes(6).toString('hex');
    const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from('mch_payment'));
    const sealed = Buffer.concat([
      cipher.update(JSON.stringify(shown(bill))),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    const text =
      body ??
      JSON.stringify({
        id: randomBytes(16).toString('hex'),
        event_type: 'MCHTRANSFER.BILL.FINISHED',
        resource_type: 'encrypt-resource',
        resource: {
          algorithm: 'AEAD_AES_256_GCM',
          original_type: 'mch_payment',
          associated_data: 'mch_payment',
          nonce,
          ciphertext: sealed.toString('base64'),
        },
      });
    return { body: text, headers: signed(at, text, key, serial) };
  };
}

/**
 * WeChat Pay API v3, transfer-bills (商家转账). Requests are signed WECHATPAY2-SHA256-RSA2048; answers and callbacks are
 * believed only under the platform's public key, and verified before anything in them is decrypted.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012716434
 */
import { randomToken } from '../kernel/digest.ts';
import {
  type CallbackRequest,
  type PayoutAnswer,
  type PayoutCallback,
  PayoutForged,
  PayoutKeyInvalid,
  type PayoutOrder,
  type PayoutProvider,
  PayoutUnclear,
} from './payout.ts';
import { encryptText, openGcm, pemBytes, privateKeyOf, signText, verifyingKeyOf, verifyText } from './rsa.ts';

export interface WechatPaySettings {
  readonly mchId: string;
  readonly appId: string;
  /** Serial number of the merchant's certificate. */
  readonly merchantSerial: string;
  readonly privateKeyPem: string;
  /** 32 characters. */
  readonly apiV3Key: string;
  /** `PUB_KEY_ID_…` and the key. */
  readonly platformKeyId: string;
  readonly platformKeyPem: string;
  readonly sceneId: string;
  /** What the scene has to report, such as 岗位类型 and 报酬说明 of scene 1005. */
  readonly sceneInfos: readonly { readonly type: string; readonly content: string }[];
  readonly perception?: string | undefined;
  /** https, without a query. */
  readonly notifyUrl: string;
  /** An origin without a slash at the end. */
  readonly endpoint: string;
}

export const wechatPayUrl = 'https://api.mch.weixin.qq.com';
const bills = '/v3/fund-app/mch-transfer/transfer-bills';
const patienceMs = 10_000;
const windowMs = 300_000;

const states: Readonly<Record<string, PayoutAnswer['state']>> = {
  ACCEPTED: 'accepted',
  PROCESSING: 'accepted',
  WAIT_USER_CONFIRM: 'wait-user-confirm',
  TRANSFERING: 'confirmed',
  TRANSFERRING: 'confirmed',
  SUCCESS: 'paid',
  FAIL: 'rejected',
  CANCELING: 'accepted',
  CANCELLED: 'cancelled',
};

interface Bill {
  readonly out_bill_no?: string;
  readonly transfer_bill_no?: string;
  readonly state?: string;
  readonly fail_reason?: string;
  readonly package_info?: string;
  readonly mch_id?: string;
  readonly transfer_amount?: number;
}

/** Throws `PayoutKeyInvalid` when a key cannot be read. `clock`: milliseconds since the epoch. */
export async function wechatPay(
  settings: WechatPaySettings,
  clock: () => number = Date.now,
): Promise<PayoutProvider> {
  const { endpoint, mchId, platformKeyId } = settings;
  const platformSpki = pemBytes(settings.platformKeyPem);
  const own = await privateKeyOf(settings.privateKeyPem).catch(() => refuseKey('privateKeyPem'));
  const platform = await verifyingKeyOf(platformSpki).catch(() => refuseKey('platformKeyPem'));
  if (new TextEncoder().encode(settings.apiV3Key).length !== 32) refuseKey('apiV3Key');

  async function authorization(method: string, path: string, body: string): Promise<string> {
    const [timestamp, nonce] = [String(Math.floor(clock() / 1000)), randomToken(16)];
    const signature = await signText(own, `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`);
    const parts = {
      mchid: mchId,
      nonce_str: nonce,
      timestamp,
      serial_no: settings.merchantSerial,
      signature,
    };
    const said = Object.entries(parts).map(([key, value]) => `${key}="${value}"`);
    return `WECHATPAY2-SHA256-RSA2048 ${said.join(',')}`;
  }

  async function call(
    method: string,
    path: string,
    content?: object,
  ): Promise<{ status: number; bill: Bill }> {
    const body = content ? JSON.stringify(content) : '';
    const answer = await fetch(`${endpoint}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'Workcard',
        'wechatpay-serial': platformKeyId,
        authorization: await authorization(method, path, body),
      },
      ...(body ? { body } : {}),
      signal: AbortSignal.timeout(patienceMs),
    }).catch((error: unknown) => {
      throw new PayoutUnclear('NO_ANSWER', String(error));
    });
    const text = await answer.text().catch(() => '');
    const header = (name: string) => answer.headers.get(name) ?? undefined;
    if (!(await isOfPlatform(header, text))) throw new PayoutUnclear('UNSIGNED', String(answer.status));
    return { status: answer.status, bill: parsed(text) };
  }

  /** Whoever says so holds the platform's key, said it now, and is not the platform's own probe for a missing check. */
  async function isOfPlatform(
    header: (name: string) => string | undefined,
    body: string,
    now = clock(),
  ): Promise<boolean> {
    const signature = header('wechatpay-signature') ?? '';
    const timestamp = header('wechatpay-timestamp') ?? '';
    if (header('wechatpay-serial') !== platformKeyId || signature.startsWith('WECHATPAY/SIGNTEST/'))
      return false;
    if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp) * 1000) > windowMs) return false;
    return verifyText(platform, `${timestamp}\n${header('wechatpay-nonce') ?? ''}\n${body}\n`, signature);
  }

  async function readCallback({ header, body, now }: CallbackRequest): Promise<PayoutCallback> {
    if (!(await isOfPlatform(header, body, now))) throw new PayoutForged('signature');
    const { event_type: event, resource } = parsed(body) as {
      event_type?: string;
      resource?: { ciphertext?: string; nonce?: string; associated_data?: string };
    };
    if (event !== 'MCHTRANSFER.BILL.FINISHED' || !resource) throw new PayoutForged(`event ${event}`);
    const { ciphertext = '', nonce = '', associated_data: associatedData = '' } = resource;
    const plain = await openGcm(settings.apiV3Key, { ciphertext, nonce, associatedData }).catch(() => {
      throw new PayoutForged('ciphertext');
    });
    const bill = parsed(plain);
    if (bill.mch_id !== undefined && bill.mch_id !== mchId) throw new PayoutForged('merchant');
    return { name: bill.out_bill_no ?? '', amountMinor: bill.transfer_amount, answer: answerOf(bill) };
  }

  async function query(name: string): Promise<PayoutAnswer | undefined> {
    const { status, bill } = await call('GET', `${bills}/out-bill-no/${name}`);
    if (status === 404 && codeOf(bill) === 'NOT_FOUND') return undefined;
    if (status !== 200) throw unclear(bill, status);
    return answerOf(bill);
  }

  return {
    async send(order) {
      const { status, bill } = await call('POST', bills, await billOf(settings, platformSpki, order));
      // Any other status says nothing about the money.
      if (status !== 200) throw unclear(bill, status);
      return answerOf(bill);
    },
    query,
    async cancel(name) {
      const { status, bill } = await call('POST', `${bills}/out-bill-no/${name}/cancel`);
      if (status !== 200) throw unclear(bill, status);
    },
    readCallback,
    trouble: () =>
      query(`WCTEST${randomToken(12).replace(/[^0-9A-Za-z]/g, '0')}`).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
  };
}

async function billOf(
  settings: WechatPaySettings,
  platformSpki: Uint8Array<ArrayBuffer>,
  { name, amountMinor, payee, payeeName, remark }: PayoutOrder,
): Promise<object> {
  return {
    appid: settings.appId,
    out_bill_no: name,
    transfer_scene_id: settings.sceneId,
    openid: payee,
    // From 2,000 yuan on it must be there; below, it has the provider compare the name.
    ...(payeeName ? { user_name: await encryptText(platformSpki, payeeName) } : {}),
    transfer_amount: amountMinor,
    transfer_remark: [...remark].slice(0, 32).join(''),
    notify_url: settings.notifyUrl,
    ...(settings.perception ? { user_recv_perception: settings.perception } : {}),
    transfer_scene_report_infos: settings.sceneInfos.map(({ type, content }) => ({
      info_type: type,
      info_content: content,
    })),
  };
}

function answerOf(bill: Bill): PayoutAnswer {
  const state = states[bill.state ?? ''];
  if (!state) throw new PayoutUnclear(`STATE ${bill.state ?? ''}`);
  return {
    state,
    code: (state === 'rejected' ? bill.fail_reason : undefined) ?? bill.state ?? '',
    ref: bill.transfer_bill_no,
    confirmation: bill.package_info,
  };
}

const codeOf = (bill: Bill) => (bill as { code?: string }).code ?? '';

function unclear(bill: Bill, status: number): PayoutUnclear {
  return new PayoutUnclear(codeOf(bill) || `HTTP_${status}`, (bill as { message?: string }).message ?? '');
}

function parsed(text: string): Bill {
  // An answer without a body is an answer without facts.
  if (text === '') return {};
  try {
    return JSON.parse(text) as Bill;
  } catch {
    throw new PayoutUnclear('NO_JSON');
  }
}

function refuseKey(field: string): never {
  throw new PayoutKeyInvalid(field);
}

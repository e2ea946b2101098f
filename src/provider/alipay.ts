/**
 * Alipay's single transfer (alipay.fund.trans.uni.transfer) in certificate mode: requests and notices signed RSA2
 * (SHA256 with RSA), answers believed only under the key of Alipay's certificate.
 */
import { decimalText, minor } from '../kernel/money.ts';
import { certificateNumber, certificateOf, keyIn, rootNumber } from './alipay-certificate.ts';
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
import { privateKeyOf, type RsaKey, signText, verifyingKeyOf, verifyText } from './rsa.ts';

export interface AlipaySettings {
  readonly appId: string;
  readonly privateKeyPem: string;
  /** The application's certificate, Alipay's certificate, and the file of roots. */
  readonly appCertPem: string;
  readonly alipayCertPem: string;
  readonly rootCertPem: string;
  readonly orderTitle: string;
  readonly notifyUrl: string;
  /** The whole address of the gateway. */
  readonly endpoint: string;
}

export const alipayUrl = 'https://openapi.alipay.com/gateway.do';
export const alipaySandboxUrl = 'https://openapi-sandbox.dl.alipaydev.com/gateway.do';
const patienceMs = 15_000;

const states: Readonly<Record<string, PayoutAnswer['state']>> = {
  SUCCESS: 'paid',
  DEALING: 'accepted',
  INIT: 'accepted',
  WAIT_PAY: 'accepted',
  FAIL: 'rejected',
  CLOSED: 'cancelled',
  // 退票: the receiving bank sent back what had been paid.
  REFUND: 'returned',
};

interface Transfer {
  readonly code?: string;
  readonly msg?: string;
  readonly sub_code?: string;
  readonly sub_msg?: string;
  readonly out_biz_no?: string;
  readonly order_id?: string;
  readonly status?: string;
  readonly error_code?: string;
  readonly fail_reason?: string;
  readonly trans_amount?: string;
}

/** Throws `PayoutKeyInvalid` when a key or certificate cannot be read. `clock`: milliseconds since the epoch. */
export async function alipay(
  settings: AlipaySettings,
  clock: () => number = Date.now,
): Promise<PayoutProvider> {
  const own = await privateKeyOf(settings.privateKeyPem).catch(() => refuseKey('privateKeyPem'));
  const appNumber = numberOf(settings.appCertPem, 'appCertPem');
  const theirs = await theirKey(settings.alipayCertPem);
  const roots = rootNumber(settings.rootCertPem) || refuseKey('rootCertPem');

  async function call(method: string, content: object): Promise<Transfer> {
    const params: Record<string, string> = {
      app_id: settings.appId,
      method,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: beijingTime(clock()),
      version: '1.0',
      app_cert_sn: appNumber,
      alipay_root_cert_sn: roots,
      notify_url: settings.notifyUrl,
      biz_content: JSON.stringify(content),
    };
    const sign = await signText(own, toSign(params));
    const answer = await fetch(settings.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: new URLSearchParams({ ...params, sign }).toString(),
      signal: AbortSignal.timeout(patienceMs),
    }).catch((error: unknown) => {
      throw new PayoutUnclear('NO_ANSWER', String(error));
    });
    return signedPart(await answer.text().catch(() => ''), `${method.replaceAll('.', '_')}_response`);
  }

  /** The signature is over the characters of the answer's part as they came. */
  async function signedPart(text: string, key: string): Promise<Transfer> {
    const part = objectAfter(text, `"${key}":`) ?? objectAfter(text, '"error_response":');
    const { sign = '' } = parsed(text) as { sign?: string };
    if (!part || !(await verifyText(theirs, part, sign))) throw new PayoutUnclear('UNSIGNED');
    return parsed(part) as Transfer;
  }

  async function query(name: string): Promise<PayoutAnswer | undefined> {
    const found = await call('alipay.fund.trans.common.query', {
      product_code: 'TRANS_ACCOUNT_NO_PWD',
      biz_scene: 'DIRECT_TRANSFER',
      out_biz_no: name,
    });
    if (found.sub_code === 'ORDER_NOT_EXIST') return undefined;
    return answerOf(found);
  }

  return {
    send: async (order) =>
      answerOf(await call('alipay.fund.trans.uni.transfer', transferOf(settings, order))),
    query,
    cancel: () => Promise.reject(new PayoutUnclear('NOT_CANCELLABLE')),
    readCallback: (request) => readNotice(settings, theirs, request),
    trouble: () =>
      query(`WCTEST${clock()}`).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
  };
}

function transferOf({ orderTitle }: AlipaySettings, order: PayoutOrder): object {
  return {
    out_biz_no: order.name,
    trans_amount: decimalText(minor(order.amountMinor), 'CNY'),
    product_code: 'TRANS_ACCOUNT_NO_PWD',
    biz_scene: 'DIRECT_TRANSFER',
    order_title: orderTitle,
    payee_info: {
      identity: order.payee,
      identity_type: /^2088\d{12}$/.test(order.payee) ? 'ALIPAY_USER_ID' : 'ALIPAY_LOGON_ID',
      name: order.payeeName,
    },
    remark: order.remark,
  };
}

async function readNotice(
  { appId }: AlipaySettings,
  key: RsaKey,
  { body }: CallbackRequest,
): Promise<PayoutCallback> {
  const params = Object.fromEntries(new URLSearchParams(body)) as Record<string, string>;
  const { sign = '', sign_type: _, ...plain } = params;
  const { sign: __, ...withType } = params;
  // Old notices leave the kind of signature out of what is signed, messages leave it in.
  const holds =
    (await verifyText(key, toSign(plain), sign)) || (await verifyText(key, toSign(withType), sign));
  if (!holds) throw new PayoutForged('signature');
  if (params.app_id !== undefined && params.app_id !== appId) throw new PayoutForged('app');
  const transfer = (params.biz_content ? parsed(params.biz_content) : params) as Transfer;
  const cents = /^(\d+)\.(\d{2})$/.exec(transfer.trans_amount ?? '');
  return {
    name: transfer.out_biz_no ?? '',
    amountMinor: cents ? Number(`${cents[1]}${cents[2]}`) : undefined,
    answer: answerOf({ ...transfer, code: '10000' }),
  };
}

function answerOf(transfer: Transfer): PayoutAnswer {
  if (transfer.code !== '10000')
    throw new PayoutUnclear(
      transfer.sub_code ?? transfer.code ?? 'NO_CODE',
      transfer.sub_msg ?? transfer.msg,
    );
  const state = states[transfer.status ?? ''];
  if (!state) throw new PayoutUnclear(`STATE ${transfer.status ?? ''}`);
  return {
    state,
    code: (state === 'rejected' ? transfer.error_code : undefined) ?? transfer.status ?? '',
    reason: transfer.fail_reason,
    ref: transfer.order_id,
  };
}

/** Sorted, without what is empty, as `key=value` joined by `&`. */
function toSign(params: Readonly<Record<string, string>>): string {
  return Object.keys(params)
    .filter((key) => params[key] !== '')
    .sort()
    .map((key) => `${key}=${params[key]}`)
    .join('&');
}

/** The object that follows a key, character by character as it was sent. */
function objectAfter(text: string, key: string): string | undefined {
  const from = text.indexOf(key);
  if (from < 0) return undefined;
  const start = from + key.length;
  let [depth, quoted] = [0, false];
  for (let index = start; index < text.length; index += 1) {
    const sign = text[index];
    if (quoted && sign === '\\') index += 1;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === '{') depth += 1;
    else if (!quoted && sign === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(start, index + 1).trim();
    }
  }
  return undefined;
}

/** `2026-11-05 18:00:00` in Beijing, whatever the machine's zone: Alipay compares it with its own clock. */
function beijingTime(now: number): string {
  return new Date(now + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function parsed(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new PayoutUnclear('NO_JSON');
  }
}

function numberOf(pem: string, field: string): string {
  try {
    return certificateNumber(certificateOf(pem));
  } catch {
    return refuseKey(field);
  }
}

async function theirKey(pem: string): Promise<RsaKey> {
  try {
    return await verifyingKeyOf(keyIn(certificateOf(pem)));
  } catch {
    return refuseKey('alipayCertPem');
  }
}

function refuseKey(field: string): never {
  throw new PayoutKeyInvalid(field);
}

/** One-time codes by Tencent Cloud SMS (SendSms, API 2021-01-11), signed with TC3-HMAC-SHA256. */
import { createHash, createHmac } from 'node:crypto';
import type { Message, Messages } from './providers.ts';

export interface TencentCredentials {
  readonly secretId: string;
  readonly secretKey: string;
}
export interface TencentSms extends TencentCredentials {
  readonly sdkAppId: string;
  readonly sign: string;
  readonly templateId: string;
  readonly region: string;
  /** An origin without a slash at the end. */
  readonly endpoint: string;
}

/** The `Authorization` of one request. The date is UTC and the payload the exact bytes that are sent. */
export function tc3Authorization(
  { secretId, secretKey }: TencentCredentials,
  request: { service: string; host: string; payload: string; timestamp: number },
): string {
  const date = new Date(request.timestamp * 1000).toISOString().slice(0, 10);
  const hex = (text: string) => createHash('sha256').update(text).digest('hex');
  const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const headers = `content-type:application/json; charset=utf-8\nhost:${request.host}\n`;
  const canonical = `POST\n/\n\n${headers}\ncontent-type;host\n${hex(request.payload)}`;
  const scope = `${date}/${request.service}/tc3_request`;
  const said = `TC3-HMAC-SHA256\n${request.timestamp}\n${scope}\n${hex(canonical)}`;
  const key = mac(mac(mac(`TC3${secretKey}`, date), request.service), 'tc3_request');
  const signature = mac(key, said).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`;
}

/** Codes by SMS and nothing else. */
export function smsMessages(sms: TencentSms): Messages {
  return { channels: ['sms'], send: (message) => sendTencentSms(sms, message, Date.now()) };
}

/** Sends a code; throws with Tencent's own words when it was not taken. `now`: milliseconds since the epoch. */
export async function sendTencentSms(sms: TencentSms, message: Message, now: number): Promise<void> {
  // Our template has places for a code and its minutes; anything else would arrive as an empty code.
  if (message.to.channel !== 'sms' || message.template !== 'sign-in-code')
    throw new Error(`no way to send ${message.template} by ${message.to.channel}`);
  const { host } = new URL(sms.endpoint);
  const timestamp = Math.floor(now / 1000);
  const payload = JSON.stringify({
    PhoneNumberSet: [message.to.address],
    SmsSdkAppId: sms.sdkAppId,
    SignName: sms.sign,
    TemplateId: sms.templateId,
    TemplateParamSet: [message.values.code ?? '', message.values.minutes ?? ''],
  });
  const answer = await fetch(`${sms.endpoint}/`, {
    method: 'POST',
    headers: {
      authorization: tc3Authorization(sms, { service: 'sms', host, payload, timestamp }),
      'content-type': 'application/json; charset=utf-8',
      'x-tc-action': 'SendSms',
      'x-tc-version': '2021-01-11',
      'x-tc-timestamp': String(timestamp),
      'x-tc-region': sms.region,
    },
    body: payload,
    signal: AbortSignal.timeout(10_000),
  });
  // Errors come with status 200 too.
  const { Response: said } = (await answer.json()) as {
    Response: {
      Error?: { Code: string; Message: string };
      SendStatusSet?: { Code: string; Message: string }[];
    };
  };
  const trouble = said.Error ?? said.SendStatusSet?.find(({ Code }) => Code !== 'Ok');
  if (trouble) throw new Error(`SMS was not sent: ${trouble.Code} ${trouble.Message}`);
}

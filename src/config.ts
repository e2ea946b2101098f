/** Configuration: parsed once from the environment into a frozen, typed object, with every mistake named at once. */
import { URL } from 'node:url';
import { z } from 'zod';

export interface SmsConfig {
  readonly secretId: string;
  readonly secretKey: string;
  readonly sdkAppId: string;
  readonly sign: string;
  /** A template with two values: the code, and its minutes. */
  readonly templateId: string;
  readonly region: string;
  /** An origin: `https://sms.tencentcloudapi.com`, or one nearer. */
  readonly endpoint: string;
}
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** An origin, without a slash at the end. */
  readonly publicUrl: string;
  readonly rpId: string;
  readonly smtp?: { readonly url: string; readonly from: string };
  readonly sms?: SmsConfig;
  readonly tileUrl?: string;
  /** Other addresses than the providers' own: a gateway, or a trial on this machine. */
  readonly payoutUrls: { readonly wechat?: string; readonly alipay?: string };
  /** Timestamp authorities, in the order in which they are asked. */
  readonly timestampUrls: readonly string[];
}

/** Names of the settings that say where codes by SMS go out; all of them or none. */
export const smsSettings = [
  'TENCENT_SMS_SECRET_ID',
  'TENCENT_SMS_SECRET_KEY',
  'TENCENT_SMS_SDK_APP_ID',
  'TENCENT_SMS_SIGN',
  'TENCENT_SMS_TEMPLATE_ID',
] as const;

const absent = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(absent, schema.optional());
const zSettings = z.object({
  PORT: z.preprocess(
    absent,
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port < 65_536)
      .default(8787),
  ),
  HOST: z.preprocess(absent, z.string().default('127.0.0.1')),
  DATA_DIR: z.preprocess(absent, z.string().default('./data')),
  PUBLIC_URL: optional(z.string().refine(isOrigin)),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\/[^\s/]+/)),
  SMTP_FROM: optional(z.string().regex(/@/)),
  TENCENT_SMS_SECRET_ID: optional(z.string()),
  TENCENT_SMS_SECRET_KEY: optional(z.string()),
  TENCENT_SMS_SDK_APP_ID: optional(z.string().regex(/^\d+$/)),
  TENCENT_SMS_SIGN: optional(z.string()),
  TENCENT_SMS_TEMPLATE_ID: optional(z.string().regex(/^\d+$/)),
  TENCENT_SMS_REGION: z.preprocess(absent, z.string().default('ap-guangzhou')),
  TENCENT_SMS_ENDPOINT: z.preprocess(
    absent,
    z.string().refine(isOrigin).default('https://sms.tencentcloudapi.com'),
  ),
  TILE_URL: optional(z.string().regex(/^https:\/\/.*\{z\}.*/)),
  WECHAT_PAY_URL: optional(z.string().regex(/^https?:\/\/[^/?#]+$/)),
  ALIPAY_URL: optional(z.string().regex(/^https?:\/\/[^?#]+$/)),
  TIMESTAMP_URLS: optional(
    z
      .string()
      .transform((text) => text.split(/[\s,]+/).filter((url) => url !== ''))
      .refine((urls) => urls.every(isWebAddress)),
  ),
});
type Settings = z.infer<typeof zSettings>;

const advice: Readonly<Record<keyof Settings, string>> = {
  PORT: 'give a port from 0 to 65535, such as 8787',
  HOST: 'give an address of this machine, such as 127.0.0.1',
  DATA_DIR: 'give a folder that may be written',
  PUBLIC_URL:
    'give the origin that people open and nothing after it, such as https://work.example.com; http only for localhost',
  SMTP_URL: 'give smtp://user:password@host:587 or smtps://user:password@host:465',
  SMTP_FROM: 'give the sender, such as Workcard <no-reply@example.com>',
  TENCENT_SMS_SECRET_ID: 'give the SecretId of Tencent Cloud',
  TENCENT_SMS_SECRET_KEY: 'give the SecretKey of Tencent Cloud',
  TENCENT_SMS_SDK_APP_ID: 'give the SDK AppID, digits only',
  TENCENT_SMS_SIGN: 'give the approved signature, without brackets',
  TENCENT_SMS_TEMPLATE_ID: 'give the id of the approved template, digits only',
  TENCENT_SMS_REGION: 'give a region such as ap-guangzhou',
  TENCENT_SMS_ENDPOINT: 'give an origin such as https://sms.tencentcloudapi.com; http only for localhost',
  TILE_URL: 'give https://…/{z}/{x}/{y}.png',
  WECHAT_PAY_URL: 'give an origin such as https://api2.mch.weixin.qq.com',
  ALIPAY_URL: 'give the whole address of a gateway',
  TIMESTAMP_URLS:
    'give addresses of RFC 3161 authorities, separated by commas, such as https://freetsa.org/tsr',
};

/** A mistake in the settings; `mistakes` holds one sentence each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly mistakes: readonly string[]) {
    super(`Some settings need another look:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
  }
}

/** Throws a `ConfigError` that names every mistake and what to do. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = zSettings.safeParse(environment);
  const mistakes = parsed.success ? [] : mistakesOf(parsed.error, environment);
  const halves = halfSet(environment);
  if (!parsed.success || halves.length > 0) throw new ConfigError([...mistakes, ...halves]);
  const settings = parsed.data;
  const publicUrl = (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/$/, '');
  return Object.freeze({
    port: settings.PORT,
    host: settings.HOST,
    dataDir: settings.DATA_DIR,
    publicUrl,
    rpId: new URL(publicUrl).hostname,
    ...(settings.SMTP_URL && settings.SMTP_FROM
      ? { smtp: { url: settings.SMTP_URL, from: settings.SMTP_FROM } }
      : {}),
    ...smsOf(settings),
    ...(settings.TILE_URL ? { tileUrl: settings.TILE_URL } : {}),
    payoutUrls: {
      ...(settings.WECHAT_PAY_URL ? { wechat: settings.WECHAT_PAY_URL } : {}),
      ...(settings.ALIPAY_URL ? { alipay: settings.ALIPAY_URL } : {}),
    },
    timestampUrls: settings.TIMESTAMP_URLS ?? [],
  });
}

function mistakesOf(
  error: z.ZodError,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const names = new Set(error.issues.map((issue) => String(issue.path[0]) as keyof Settings));
  // A secret is never shown, not even a wrong one.
  const shown = (name: keyof Settings) =>
    /SECRET|SMTP_URL/.test(name) ? '' : ` is ${JSON.stringify(environment[name] ?? '')}`;
  return [...names].map((name) => `${name}${shown(name)}: ${advice[name]}`);
}

function halfSet(settings: Readonly<Record<string, string | undefined>>): readonly string[] {
  const mistakes: string[] = [];
  if (!settings.SMTP_URL !== !settings.SMTP_FROM) {
    const missing = !settings.SMTP_URL ? 'SMTP_URL' : 'SMTP_FROM';
    mistakes.push(`${missing} is missing: ${advice[missing]}`);
  }
  const missing = smsSettings.filter((name) => !settings[name]);
  if (missing.length > 0 && missing.length < smsSettings.length) {
    mistakes.push(...missing.map((name) => `${name} is missing: ${advice[name]}`));
  }
  return mistakes;
}

function smsOf(settings: Settings): { sms?: SmsConfig } {
  const [secretId, secretKey, sdkAppId, sign, templateId] = smsSettings.map((name) => settings[name]);
  if (!secretId || !secretKey || !sdkAppId || !sign || !templateId) return {};
  const { TENCENT_SMS_REGION: region, TENCENT_SMS_ENDPOINT } = settings;
  const endpoint = TENCENT_SMS_ENDPOINT.replace(/\/$/, '');
  return { sms: { secretId, secretKey, sdkAppId, sign, templateId, region, endpoint } };
}

/** What is asked there is a digest, and what is answered is signed: many authorities have no HTTPS. */
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocalhost(url.hostname)));
}

/** The one name that browsers trust without a certificate. */
export function isLocalhost(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** Browsers refuse passkeys on an address: it is no domain. */
export function isAddress(hostname: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname) || hostname.startsWith('[');
}

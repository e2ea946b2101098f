/** Opens a payout provider from an employer's settings. The addresses are the deployment's, so that no employer can name one. */
import { alipay, alipaySandboxUrl, alipayUrl } from './alipay.ts';
import type { PayoutProvider } from './payout.ts';
import { openidOf } from './wechat-openid.ts';
import { wechatPay, wechatPayUrl } from './wechat-pay.ts';

export type PayoutProviderKind = 'wechat' | 'alipay';

/** What is no secret. */
export interface WechatFacts {
  readonly mchId: string;
  readonly appId: string;
  readonly merchantSerial: string;
  readonly platformKeyId: string;
  readonly platformKeyPem: string;
  readonly sceneId: string;
  readonly sceneInfos: readonly { readonly type: string; readonly content: string }[];
  readonly perception?: string | undefined;
  readonly remark: string;
}
export interface AlipayFacts {
  readonly appId: string;
  readonly appCertPem: string;
  readonly alipayCertPem: string;
  readonly rootCertPem: string;
  readonly sandbox: boolean;
  readonly remark: string;
}
export interface PayoutSecrets {
  readonly privateKeyPem: string;
  /** WeChat Pay's. */
  readonly apiV3Key?: string | undefined;
  /** Of the WeChat app, for asking workers' openids. */
  readonly appSecret?: string | undefined;
}
export type PayoutConfig =
  | { readonly kind: 'wechat'; readonly facts: WechatFacts; readonly secrets: PayoutSecrets }
  | { readonly kind: 'alipay'; readonly facts: AlipayFacts; readonly secrets: PayoutSecrets };

export interface WechatApp {
  readonly appId: string;
  readonly appSecret: string;
}

export interface Payouts {
  /** Throws `PayoutKeyInvalid` when a key cannot be read. `clock`: milliseconds since the epoch. */
  open(config: PayoutConfig, notifyUrl: string, clock: () => number): Promise<PayoutProvider>;
  /** Of who got this code from WeChat; undefined when it is spent. */
  openid(app: WechatApp, code: string): Promise<string | undefined>;
}

/** `urls`: other addresses than the providers' own, for a gateway or a trial. */
export function payouts(
  urls: { readonly wechat?: string; readonly alipay?: string; readonly wechatApi?: string } = {},
): Payouts {
  return {
    openid: (app, code) => openidOf(app, code, urls.wechatApi),
    open: ({ kind, facts, secrets }, notifyUrl, clock) =>
      kind === 'wechat'
        ? wechatPay(
            {
              ...facts,
              ...secrets,
              apiV3Key: secrets.apiV3Key ?? '',
              notifyUrl,
              endpoint: urls.wechat ?? wechatPayUrl,
            },
            clock,
          )
        : alipay(
            {
              ...facts,
              ...secrets,
              orderTitle: facts.remark,
              notifyUrl,
              endpoint: urls.alipay ?? (facts.sandbox ? alipaySandboxUrl : alipayUrl),
            },
            clock,
          ),
  };
}

/** How an employer pays through WeChat Pay or Alipay: settings with their secrets sealed, the newest of a provider counts. */
import { and, eq } from 'drizzle-orm';
import { payoutSettings } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellContext, CellKeys } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, openText, sealText } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import { epochMs, type Instant } from '../kernel/time.ts';
import { PayoutKeyInvalid, type PayoutProvider } from '../provider/payout.ts';
import type { PayoutConfig, PayoutProviderKind, PayoutSecrets, WechatApp } from '../provider/payouts.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';

export type PayoutSettings = typeof payoutSettings.$inferSelect;
export const payoutProviders = ['wechat', 'alipay'] as const;
export const providerNames: Readonly<Record<PayoutProviderKind, string>> = {
  wechat: '微信支付 WeChat Pay',
  alipay: '支付宝 Alipay',
};

export interface SettingsInput {
  readonly id: string;
  readonly on: boolean;
  readonly config: {
    readonly kind: PayoutProviderKind;
    readonly facts: PayoutConfig['facts'];
    /** What is left out stays as it was. */
    readonly secrets: Partial<PayoutSecrets>;
  };
}

export function settingsOf(db: Db, provider: PayoutProviderKind): PayoutSettings | undefined {
  return allSettings(db, provider)[0];
}

/** Newest first: what was sent under older keys is answered under them for a while. */
export function allSettings(db: Db, provider: PayoutProviderKind): PayoutSettings[] {
  return db
    .select()
    .from(payoutSettings)
    .where(and(eq(payoutSettings.provider, provider)))
    .orderBy(newestFirst(payoutSettings))
    .limit(5)
    .all();
}

/** The settings under which new payments are sent; refuses `payout-not-set-up` when there are none, or they are off. */
export function activeSettings(db: Db, provider: PayoutProviderKind): PayoutSettings {
  const settings = settingsOf(db, provider);
  return settings?.on ? settings : refuse('payout-not-set-up', { provider: providerNames[provider] });
}

export function configOf(
  keys: CellKeys,
  { id, provider, facts, secretsSealed }: PayoutSettings,
): PayoutConfig {
  const secrets = JSON.parse(openText(keys.field, secretsSealed, `payout_settings ${id}`)) as PayoutSecrets;
  return { kind: provider, facts: JSON.parse(facts), secrets } as PayoutConfig;
}

/** The WeChat app in which workers may be asked for their openid; undefined when it is not set up for that. */
export function wechatApp(db: Db, keys: CellKeys): WechatApp | undefined {
  const settings = settingsOf(db, 'wechat');
  if (!settings?.on) return undefined;
  const { facts, secrets } = configOf(keys, settings);
  return secrets.appSecret ? { appId: facts.appId, appSecret: secrets.appSecret } : undefined;
}

/** The settings as they would be, with the secrets that were not given again. */
export function wholeConfig(db: Db, keys: CellKeys, { config }: SettingsInput): PayoutConfig {
  const before = settingsOf(db, config.kind);
  const known: Partial<PayoutSecrets> = before ? configOf(keys, before).secrets : {};
  const given = Object.fromEntries(Object.entries(config.secrets).filter(([, value]) => value));
  return { kind: config.kind, facts: config.facts, secrets: { ...known, ...given } } as PayoutConfig;
}

/** Refuses a key that cannot be read, beside its field. */
export async function openProvider(cell: CellContext, config: PayoutConfig): Promise<PayoutProvider> {
  const { payouts, publicUrl, org, clock } = cell;
  if (!payouts) refuse('payout-not-set-up', { provider: providerNames[config.kind] });
  const notifyUrl = `${publicUrl}/api/orgs/${org}/payout-callbacks/${config.kind}`;
  return payouts
    .open(config, notifyUrl, () => epochMs(clock()))
    .catch((error: unknown) => {
      if (!(error instanceof PayoutKeyInvalid)) throw error;
      return refuse('payout-key-invalid', { wanted: wantedKeys[error.field] ?? error.field }, [
        { pointer: `/${error.field}`, detail: '' },
      ]);
    });
}

const wantedKeys: Readonly<Record<string, string>> = {
  privateKeyPem: 'PKCS#8, -----BEGIN PRIVATE KEY-----',
  platformKeyPem: '-----BEGIN PUBLIC KEY-----',
  apiV3Key: 'APIv3: 32',
  appCertPem: 'appCertPublicKey_….crt',
  alipayCertPem: 'alipayCertPublicKey_RSA2.crt',
  rootCertPem: 'alipayRootCert.crt',
};

/** A repetition with the same words is the same settings; secrets are compared opened. */
export function setPayout(
  tx: Tx,
  keys: CellKeys,
  actor: Actor,
  { id, on, config }: { readonly id: string; readonly on: boolean; readonly config: PayoutConfig },
  at: Instant,
): void {
  const by = actorText(actor);
  const facts = canonicalJson(config.facts);
  const secrets = canonicalJson(config.secrets);
  const known = tx.select().from(payoutSettings).where(eq(payoutSettings.id, id)).get();
  if (known && canonicalJson(configOf(keys, known).secrets) !== secrets) refuse('id-reused');
  const secretsSealed = known?.secretsSealed ?? sealText(keys.field, secrets, `payout_settings ${id}`);
  const row: PayoutSettings = { id, provider: config.kind, on, facts, secretsSealed, at, by };
  if (known) return void sameOr(known, row);
  record(tx, 'payout-provider-set', row, by, at);
}

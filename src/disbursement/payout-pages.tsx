/** The owner's page of payout providers. A secret that was given is never shown again. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { AlipayFacts, PayoutProviderKind, WechatFacts } from '../provider/payouts.ts';
import { ApiForm, Badge, Card, CheckField, Field, LongField, Notice } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type PayoutSettings, settingsOf } from './payout-settings.ts';
import { paymentWords } from './words.ts';

export const payoutPages = router<CellEnv>();

interface SettingsReader extends Reader {
  readonly publicUrl: string;
  /** Of a provider that was just tried: its trouble, or empty. */
  readonly tried?: { readonly provider: string; readonly trouble: string };
}

payoutPages.get('/payout-settings', (c) => {
  requireRole(c, 'owner');
  const provider = c.req.query('tried');
  const reader: SettingsReader = {
    ...readerOf(c),
    publicUrl: c.env.cell.publicUrl,
    ...(provider ? { tried: { provider, trouble: c.req.query('trouble') ?? '' } } : {}),
  };
  const say = paymentWords(reader.locale);
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={say('providers')}
      lead={say('providersLead')}
      frame={consoleFrame(c)}
      section="settings"
    >
      <Wechat reader={reader} settings={settingsOf(reader.db, 'wechat')} />
      <Alipay reader={reader} settings={settingsOf(reader.db, 'alipay')} />
    </ConsolePage>,
  );
});

const State: FC<{ settings: PayoutSettings | undefined; reader: Reader }> = ({ settings, reader }) => {
  const say = paymentWords(reader.locale);
  if (!settings) return <Badge>{say('notYet')}</Badge>;
  return <Badge tone={settings.on ? 'good' : 'warn'}>{say(settings.on ? 'on' : 'off')}</Badge>;
};

/** What stands under every provider's form: where it answers, and a question that moves no money. */
const Trial: FC<{ provider: PayoutProviderKind; reader: SettingsReader; there: boolean }> = ({
  provider,
  reader,
  there,
}) => {
  const { org, locale, publicUrl, tried } = reader;
  const say = paymentWords(locale);
  const mine = tried?.provider === provider ? tried : undefined;
  return (
    <>
      <p class="aside">
        {say('notify')} <code>{`${publicUrl}/api/orgs/${org}/payout-callbacks/${provider}`}</code>
      </p>
      {there ? (
        <>
          <p>{say('trialMeans')}</p>
          <ApiForm
            action={`/api/orgs/${org}/payout-trials/{id}`}
            submit={say('trial')}
            tone="plain"
            next={`/orgs/${org}/payout-settings?tried=${provider}&trouble={trouble}`}
          >
            <Field name="provider" label="" kind="hidden" value={provider} />
          </ApiForm>
        </>
      ) : null}
      {mine ? <Notice tone={mine.trouble ? 'bad' : 'good'}>{mine.trouble || say('trialGood')}</Notice> : null}
    </>
  );
};

const textOf = (value: string | undefined) => (value === undefined ? {} : { value });

const Wechat: FC<{ reader: SettingsReader; settings: PayoutSettings | undefined }> = ({
  reader,
  settings,
}) => {
  const say = paymentWords(reader.locale);
  const facts: Partial<WechatFacts> = settings ? (JSON.parse(settings.facts) as WechatFacts) : {};
  const info = (type: string) => textOf(facts.sceneInfos?.find((one) => one.type === type)?.content);
  const secret = say(settings ? 'secretHint' : 'secretNew');
  const required = settings === undefined;
  return (
    <Card title={say('wechat')} id="wechat" actions={<State settings={settings} reader={reader} />}>
      <ApiForm
        action={`/api/orgs/${reader.org}/payout-settings/{id}`}
        next={`/orgs/${reader.org}/payout-settings#wechat`}
        submit={say('save')}
      >
        <Field name="provider" label="" kind="hidden" value="wechat" />
        <CheckField name="on" label={say('turnOn')} checked={settings?.on ?? true} />
        <Field name="mchId" label={say('mchId')} inputmode="numeric" required {...textOf(facts.mchId)} />
        <Field name="appId" label={say('appId')} placeholder="wx…" required {...textOf(facts.appId)} />
        <Field
          name="merchantSerial"
          label={say('merchantSerial')}
          required
          {...textOf(facts.merchantSerial)}
        />
        <LongField name="privateKeyPem" label={say('privateKeyPem')} hint={secret} required={required} />
        <Field name="apiV3Key" label={say('apiV3Key')} kind="password" hint={secret} required={required} />
        <Field name="appSecret" label={say('appSecret')} kind="password" hint={say('appSecretHint')} />
        <Field
          name="platformKeyId"
          label={say('platformKeyId')}
          placeholder="PUB_KEY_ID_…"
          required
          {...textOf(facts.platformKeyId)}
        />
        <LongField
          name="platformKeyPem"
          label={say('platformKeyPem')}
          required
          {...textOf(facts.platformKeyPem)}
        />
        <Field
          name="sceneId"
          label={say('sceneId')}
          hint={say('sceneHint')}
          value={facts.sceneId ?? '1005'}
          required
        />
        <Field name="jobType" label={say('jobType')} required {...info('岗位类型')} />
        <Field name="payNote" label={say('payNote')} required {...info('报酬说明')} />
        <Field name="perception" label={say('perception')} {...textOf(facts.perception)} />
        <Field name="remark" label={say('remark')} value={facts.remark ?? '劳务报酬'} required />
      </ApiForm>
      <Trial provider="wechat" reader={reader} there={settings !== undefined} />
    </Card>
  );
};

const Alipay: FC<{ reader: SettingsReader; settings: PayoutSettings | undefined }> = ({
  reader,
  settings,
}) => {
  const say = paymentWords(reader.locale);
  const facts: Partial<AlipayFacts> = settings ? (JSON.parse(settings.facts) as AlipayFacts) : {};
  return (
    <Card title={say('alipay')} id="alipay" actions={<State settings={settings} reader={reader} />}>
      <ApiForm
        action={`/api/orgs/${reader.org}/payout-settings/{id}`}
        next={`/orgs/${reader.org}/payout-settings#alipay`}
        submit={say('save')}
      >
        <Field name="provider" label="" kind="hidden" value="alipay" />
        <CheckField name="on" label={say('turnOn')} checked={settings?.on ?? true} />
        <Field name="appId" label={say('appId')} inputmode="numeric" required {...textOf(facts.appId)} />
        <LongField
          name="privateKeyPem"
          label={say('privateKeyPem')}
          hint={say(settings ? 'secretHint' : 'secretNew')}
          required={settings === undefined}
        />
        <LongField name="appCertPem" label={say('appCertPem')} required {...textOf(facts.appCertPem)} />
        <LongField
          name="alipayCertPem"
          label={say('alipayCertPem')}
          required
          {...textOf(facts.alipayCertPem)}
        />
        <LongField name="rootCertPem" label={say('rootCertPem')} required {...textOf(facts.rootCertPem)} />
        <CheckField name="sandbox" label={say('sandbox')} checked={facts.sandbox ?? false} />
        <Field name="remark" label={say('remark')} value={facts.remark ?? '劳务报酬'} required />
      </ApiForm>
      <Trial provider="alipay" reader={reader} there={settings !== undefined} />
    </Card>
  );
};

/** A worker's own WeChat as the account that they are paid into: WeChat says its openid, the worker says that it is theirs. */
import { readerOf } from '../employer/reader.ts';
import { requireWorker } from '../employer/standing.ts';
import type { CellContext, CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { keyedHash, sameSecret } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import { openidQuestion } from '../provider/wechat-openid.ts';
import { ApiForm, Field, Group, Notice, Row } from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';
import { wechatApp } from './payout-settings.ts';
import { paymentWords } from './words.ts';

export const wechatPages = router<CellEnv>();

/** Whoever comes back is who went: a code that somebody else got would make their wallet this worker's. */
const stateFor = ({ keys, org }: CellContext, workerId: string) =>
  keyedHash(keys.index, `wechat openid ${org} ${workerId}`).slice(0, 32);

wechatPages.get('/me/wechat', (c) => {
  const { workerId } = requireWorker(c);
  const { cell } = c.env;
  const { appId } = wechatApp(cell.store.db, cell.keys) ?? refuse('not-found');
  const returnTo = `${cell.publicUrl}/orgs/${cell.org}/me/wechat/return`;
  return c.redirect(openidQuestion(appId, returnTo, stateFor(cell, workerId)));
});

wechatPages.get('/me/wechat/return', async (c) => {
  const { workerId } = requireWorker(c);
  const { cell } = c.env;
  const app = wechatApp(cell.store.db, cell.keys) ?? refuse('not-found');
  if (!sameSecret(c.req.query('state') ?? '', stateFor(cell, workerId))) refuse('link-expired');
  const openid = await cell.payouts?.openid(app, c.req.query('code') ?? '');
  if (!openid) refuse('link-expired');
  const { org, locale, db } = readerOf(c);
  const say = paymentWords(locale);
  return page(
    c,
    <WorkerPage locale={locale} title={say('myWechat')} org={org} tab="pay" back={`/orgs/${org}/me/payments`}>
      <Notice>{say('myWechatMeans')}</Notice>
      <Group>
        <Row label={say('wechat')} value={`…${openid.slice(-6)}`} />
      </Group>
      <ApiForm
        action={`/api/orgs/${org}/me/payout-accounts/{id}`}
        next={`/orgs/${org}/me/identity`}
        submit={say('useWechat')}
      >
        <Field name="kind" label="" kind="hidden" value="wechat" />
        <Field name="number" label="" kind="hidden" value={openid} />
        <Field
          name="holderName"
          label={say('column-holder')}
          value={workerNameOf(db, workerId)}
          autocomplete="name"
          required
        />
      </ApiForm>
    </WorkerPage>,
  );
});

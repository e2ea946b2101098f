/** The API of payout providers: their settings, a trial, letting a run's payments go, and the providers' own messages. */
import { z } from '@hono/zod-openapi';
import { requireRole } from '../employer/standing.ts';
import type { CellContext, CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { answer, put } from '../http/route.ts';
import { zId, zText } from '../http/schema.ts';
import { refuse } from '../kernel/refusal.ts';
import { epochMs } from '../kernel/time.ts';
import { type CallbackRequest, type PayoutCallback, PayoutForged } from '../provider/payout.ts';
import type { PayoutProviderKind } from '../provider/payouts.ts';
import { orderPayouts, receiveCallback } from './payout.ts';
import {
  allSettings,
  configOf,
  openProvider,
  payoutProviders,
  type SettingsInput,
  setPayout,
  wholeConfig,
} from './payout-settings.ts';

export const payoutRoutes = router<CellEnv>();
const room = 'disbursement';
const zOne = z.object({ id: zId });
const zAny = z.looseObject({});
const zPem = z.string().trim().max(20_000);
const zSecretPem = zPem.optional();

const zWechat = z.strictObject({
  provider: z.literal('wechat'),
  on: z.boolean(),
  mchId: z.string().regex(/^\d{8,10}$/),
  appId: z.string().regex(/^wx[0-9a-f]{16}$/),
  merchantSerial: z.string().regex(/^[0-9A-Fa-f]{30,40}$/),
  platformKeyId: z.string().regex(/^PUB_KEY_ID_\d+$/),
  platformKeyPem: zPem,
  sceneId: z.string().regex(/^\d{4,6}$/),
  jobType: zText(32),
  payNote: zText(32),
  perception: zText(20).optional(),
  remark: zText(32),
  privateKeyPem: zSecretPem,
  apiV3Key: z.string().trim().max(64).optional(),
  appSecret: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});
const zAlipay = z.strictObject({
  provider: z.literal('alipay'),
  on: z.boolean(),
  appId: z.string().regex(/^\d{16}$/),
  appCertPem: zPem,
  alipayCertPem: zPem,
  rootCertPem: zPem,
  sandbox: z.boolean().default(false),
  remark: zText(32),
  privateKeyPem: zSecretPem,
});
const zSettings = z.discriminatedUnion('provider', [zWechat, zAlipay]);

/** Scene 1005 reports exactly these two, under these names. */
const wechatSceneInfos = (jobType: string, payNote: string) => [
  { type: '岗位类型', content: jobType },
  { type: '报酬说明', content: payNote },
];

function inputOf(id: string, body: z.infer<typeof zSettings>): SettingsInput {
  if (body.provider === 'wechat') {
    const { provider: kind, on, privateKeyPem, apiV3Key, appSecret, jobType, payNote, ...facts } = body;
    const config = { kind, facts: { ...facts, sceneInfos: wechatSceneInfos(jobType, payNote) } };
    return { id, on, config: { ...config, secrets: given({ privateKeyPem, apiV3Key, appSecret }) } };
  }
  const { provider: kind, on, privateKeyPem, ...facts } = body;
  return { id, on, config: { kind, facts, secrets: given({ privateKeyPem }) } };
}

const given = (secrets: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(secrets).filter(([, value]) => value));

payoutRoutes.openapi(
  put(
    room,
    '/payout-settings/{id}',
    'setPayout',
    'Set up WeChat Pay or Alipay; secrets that are left out stay as they were',
    zOne,
    zSettings,
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner');
    const { cell, actor } = c.env;
    const input = inputOf(c.req.valid('param').id, c.req.valid('json'));
    const config = wholeConfig(cell.store.db, cell.keys, input);
    await openProvider(cell, config);
    await cell.store.commit((tx) =>
      setPayout(tx, cell.keys, actor, { id: input.id, on: input.on, config }, c.var.at),
    );
    return answer(c, { id: input.id });
  },
);

payoutRoutes.openapi(
  put(
    room,
    '/payout-trials/{id}',
    'tryPayout',
    'Ask the provider about an order that does not exist: whether keys and account are in order',
    zOne,
    z.strictObject({ provider: z.enum(payoutProviders) }),
    z.object({ trouble: z.string() }),
  ),
  async (c) => {
    requireRole(c, 'owner');
    const { cell } = c.env;
    const [settings] = allSettings(cell.store.db, c.req.valid('json').provider);
    if (!settings) refuse('not-found');
    const provider = await openProvider(cell, configOf(cell.keys, settings));
    return answer(c, { trouble: (await provider.trouble()) ?? '' });
  },
);

payoutRoutes.openapi(
  put(
    room,
    '/pay-runs/{id}/payout-orders/{orderId}',
    'orderPayouts',
    'Let a run’s payments of one provider go',
    z.object({ id: zId, orderId: zId }),
    z.strictObject({ provider: z.enum(payoutProviders) }),
    zAny,
  ),
  async (c) => {
    requireRole(c, 'owner', 'hr');
    const { id: runId, orderId: id } = c.req.valid('param');
    const input = { id, runId, ...c.req.valid('json') };
    await c.env.cell.store.commit((tx) => orderPayouts(tx, c.env.actor, input, c.var.at));
    c.env.cell.wake();
    return answer(c, { id });
  },
);

/** The path names the employer: nothing in the message does before it is verified. */
payoutRoutes.post('/payout-callbacks/:provider', async (c) => {
  const kind = payoutProviders.find((one) => one === c.req.param('provider'));
  if (!kind) refuse('not-found');
  const request = {
    header: (name: string) => c.req.header(name),
    body: await c.req.text(),
    now: epochMs(c.var.at),
  };
  const callback = await verified(c.env.cell, kind, request);
  await c.env.cell.store.commit((tx) => receiveCallback(tx, kind, callback, c.var.at));
  return kind === 'alipay' ? c.text('success') : c.body(null, 204);
});

/** Under the newest settings, or under older ones that a key change has left behind. */
async function verified(
  cell: CellContext,
  kind: PayoutProviderKind,
  request: CallbackRequest,
): Promise<PayoutCallback> {
  for (const settings of allSettings(cell.store.db, kind)) {
    const provider = await openProvider(cell, configOf(cell.keys, settings));
    const read = await provider.readCallback(request).catch((error: unknown) => {
      if (error instanceof PayoutForged) return undefined;
      throw error;
    });
    if (read) return read;
  }
  return refuse('payout-callback-refused');
}

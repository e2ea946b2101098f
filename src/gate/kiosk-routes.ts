/** The API of site tablets: setting one up, what it may ask, and the punches that it signs. A tablet has no session. */

import { Buffer } from 'node:buffer';
import { z } from '@hono/zod-openapi';
import { workKeysOf } from '../clock/keys.ts';
import { type OnPunch, punchOf, receiptOf } from '../clock/punch.ts';
import { zDevice, zSent } from '../clock/routes.ts';
import { serverTimeToken } from '../clock/server-time.ts';
import { chainEndOf } from '../clock/worker-device.ts';
import { employerOf } from '../employer/employer.ts';
import { siteOf } from '../employer/site.ts';
import { sitePolicyOn } from '../employer/site-policy.ts';
import { requirePerson, requireRole, supervises } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { say } from '../http/locale.ts';
import { router } from '../http/problem.ts';
import { answer, get, put } from '../http/route.ts';
import { zId, zInstant, zText } from '../http/schema.ts';
import { workerNameOf } from '../identity/name.ts';
import { refuse } from '../kernel/refusal.ts';
import { civilDateAt } from '../kernel/time.ts';
import { askingKiosk, inviteKiosk, kioskOf, revokeKiosk, setUpCode, setUpKiosk } from './kiosk.ts';
import { kioskPeople } from './kiosk-people.ts';
import { keepPhoto, kioskArrivalOf, photoOf, recordKioskPunch } from './kiosk-punch.ts';
import { shownCode } from './shown-code.ts';

const room = 'gate';
const zOne = z.object({ id: zId });
const zDone = z.looseObject({ id: z.string() });
const zKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[\w-]{43}$/),
  y: z.string().regex(/^[\w-]{43}$/),
});
/** A small JPEG, base64. */
const zPhoto = z
  .string()
  .max(400_000)
  .regex(/^\/9j\/[A-Za-z0-9+/]+=*$/, say('Not a small JPEG as base64.', '应为 base64 形式的小尺寸 JPEG。'));

export function kioskRoutes(onPunch: readonly OnPunch[]) {
  const routes = router<CellEnv>();

  routes.openapi(
    put(
      room,
      '/kiosk-invitations/{id}',
      'inviteKiosk',
      'A code that sets up one tablet, within an hour',
      zOne,
      z.strictObject({ siteId: zId, name: zText(60) }),
      zDone,
    ),
    async (c) => {
      const standing = requireRole(c, 'owner', 'hr', 'supervisor');
      const { cell, actor } = c.env;
      const { id } = c.req.valid('param');
      const body = c.req.valid('json');
      const { expiresAt } = await cell.store.commit((tx) =>
        inviteKiosk(tx, cell.keys.index, actor, standing, { id, ...body }, c.var.at),
      );
      const code = setUpCode(cell.keys.index, id);
      return answer(c, {
        id,
        code,
        expiresAt,
        url: `${cell.publicUrl}/orgs/${cell.org}/kiosk#set-up=${code}`,
      });
    },
  );

  routes.openapi(
    put(
      room,
      '/kiosks/{id}',
      'setUpKiosk',
      'This tablet is the one that the code was made for',
      zOne,
      z.strictObject({ code: z.string().max(40), publicKey: zKey }),
      zDone,
    ),
    async (c) => {
      const { cell } = c.env;
      const { id } = c.req.valid('param');
      const body = c.req.valid('json');
      const { siteId, name } = await cell.store.commit((tx) => setUpKiosk(tx, { id, ...body }, c.var.at));
      return answer(c, { id, siteId, name });
    },
  );

  routes.openapi(
    get(room, '/kiosks/{id}', 'kiosk', 'What a tablet needs to know of itself', zOne, z.looseObject({})),
    (c) => {
      const { cell } = c.env;
      const { db } = cell.store;
      const { kiosk, revocation } = kioskOf(db, c.req.valid('param').id) ?? refuse('not-found');
      const site = siteOf(db, kiosk.siteId) ?? refuse('not-found');
      const { witnessPhoto, photoDays } = sitePolicyOn(db, site.id, civilDateAt(c.var.at, site.zone));
      return answer(c, {
        id: kiosk.id,
        name: kiosk.name,
        siteId: site.id,
        siteName: site.name,
        zone: site.zone,
        employerName: employerOf(db).name,
        revoked: revocation !== null,
        witnessPhoto,
        photoDays,
        at: c.var.at,
        serverTime: serverTimeToken(workKeysOf(cell.keys).serverTime, c.var.at),
        ...chainEndOf(db, kiosk.id),
      });
    },
  );

  routes.openapi(
    put(
      room,
      '/kiosks/{id}/questions/people',
      'kioskPeople',
      'Who may clock at this tablet, and the code of its site, asked with its signature',
      zOne,
      z.strictObject({ serverTime: z.string().max(100), signature: z.string().max(100) }),
      z.looseObject({ people: z.array(z.looseObject({})), code: z.looseObject({ code: z.string() }) }),
    ),
    (c) => {
      const { cell } = c.env;
      const { db } = cell.store;
      const question = { kioskId: c.req.valid('param').id, ...c.req.valid('json') };
      const kiosk = askingKiosk(db, cell.org, workKeysOf(cell.keys).serverTime, question, c.var.at);
      const site = siteOf(db, kiosk.siteId) ?? refuse('not-found');
      return answer(c, {
        at: c.var.at,
        people: kioskPeople(db, cell.keys.index, site, c.var.at),
        code: shownCode(cell, site.id, c.var.at),
      });
    },
  );

  routes.openapi(
    put(
      room,
      '/kiosks/{id}/revocation',
      'revokeKiosk',
      'This tablet signs no more',
      zOne,
      z.strictObject({ reason: zText(500) }),
      zDone,
    ),
    async (c) => {
      const standing = requireRole(c, 'owner', 'hr', 'supervisor');
      const { id } = c.req.valid('param');
      const { reason } = c.req.valid('json');
      await c.env.cell.store.commit((tx) => revokeKiosk(tx, c.env.actor, standing, { id, reason }, c.var.at));
      return answer(c, { id });
    },
  );

  routes.openapi(
    put(
      room,
      '/kiosk-punches/{id}',
      'recordKioskPunch',
      'Clock in or out at the site’s tablet by showing one’s card',
      zOne,
      z.strictObject({
        engagementId: zId,
        siteId: zId,
        kind: z.enum(['in', 'out']),
        deviceAt: zInstant,
        noPosition: z.literal('unavailable'),
        proof: z.literal('kiosk'),
        card: z.string().min(1).max(4000),
        device: zDevice,
        sent: zSent.optional(),
        photo: zPhoto.optional(),
      }),
      z.looseObject({ receipt: z.string() }),
    ),
    async (c) => {
      const { cell } = c.env;
      const { id } = c.req.valid('param');
      const { photo, ...body } = c.req.valid('json');
      const arrived = await kioskArrivalOf(cell, { id, ...body }, c.var.at);
      const taken = photo ? new Uint8Array(Buffer.from(photo, 'base64')) : undefined;
      const kept = await keepPhoto(cell, arrived, taken, c.var.at);
      const punched = await cell.store.commit((tx) => recordKioskPunch(tx, arrived, kept, c.var.at, onPunch));
      const { workerId } = engagementOf(cell.store.db, punched.punch.engagementId) ?? refuse('not-found');
      const receipt = await receiptOf(cell.org, punched, workKeysOf(cell.keys), c.var.at);
      return answer(c, { ...receipt, name: workerNameOf(cell.store.db, workerId) });
    },
  );

  /** For the site's supervisor, HR, and the worker themselves; nothing compares it with anything. */
  routes.get('/punches/:id/photo', async (c) => {
    const standing = requirePerson(c);
    const { cell } = c.env;
    const { db } = cell.store;
    const punch = punchOf(db, c.req.param('id'));
    const engagement = punch && engagementOf(db, punch.engagementId);
    const maySee =
      punch && (supervises(standing, punch.siteId) || engagement?.workerId === standing.workerId);
    const photo = maySee ? photoOf(db, punch.id) : undefined;
    const bytes = photo && (await cell.files.get(photo.fileId));
    if (!punch || !bytes) refuse('not-found');
    return c.body(bytes.slice(punch.id.length), 200, {
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-store',
    });
  });
  return routes;
}

/** An employer to try things with: registered, with a site and a link for workers. Its first owner comes in by a link. */
import type { Cell } from '../http/env.ts';
import type { Actor } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Cells } from '../people/context.ts';

const invitationDays = 30;

async function put(
  cell: Cell,
  org: string,
  actor: Actor,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  const request = new Request(`http://localhost/api/orgs/${org}${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify(body),
  });
  const answer = await cell.handle(request, actor);
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

/** Through the cell's own door, by nobody who can sign in. Answers the employer's id and the workers' link. */
export async function seedEmployerToTry(
  cells: Cells,
  at: Instant,
): Promise<{ org: string; workersUrl: string }> {
  const org = newId();
  const cell = await cells.create(org);
  const nobody: Actor = { kind: 'person', personId: newId(), signedInBy: 'A' };
  await put(cell, org, nobody, '', {
    name: '试用劳务有限公司 Trial Labour',
    country: 'CN',
    registrationCode: '91350100M000100Y43',
    address: '上海市黄浦区人民大道 1 号',
    representative: '试用',
    payerKind: 'ordinary',
    currency: 'CNY',
    zone: 'Asia/Shanghai',
    ownerName: 'Seed',
  });
  await put(cell, org, nobody, `/sites/${newId()}`, {
    name: '一号仓 Warehouse 1',
    address: '上海市黄浦区人民大道 1 号',
    fence: { lat: 31.2304, lng: 121.4737, datum: 'wgs84', radiusMetres: 300 },
  });
  const { url } = await put(cell, org, nobody, `/invitations/${newId()}`, {
    kind: 'worker',
    label: 'Trial',
    cap: 20,
    expiresAt: addSeconds(at, invitationDays * 86_400),
    approvalRequired: false,
  });
  return { org, workersUrl: String(url) };
}

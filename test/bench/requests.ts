/** The bytes of the requests that are measured. */
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { positionText, recordText } from '../../src/clock/punch-record.ts';
import { newId } from '../../src/web/client/lib/id.ts';
import { fence, type Puncher } from './seed.ts';

/** The next request of a connection. */
export type Next = (connection: number) => string | undefined;

export function request(method: string, path: string, body: string, headers = ''): string {
  const length = body === '' ? '' : `content-type: application/json\r\ncontent-length: ${body.length}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nhost: localhost\r\n${headers}${length}\r\n${body}`;
}

export function punchBody(engagementId: string, siteId: string, kind: 'in' | 'out'): string {
  return JSON.stringify({
    engagementId,
    siteId,
    kind,
    deviceAt: new Date().toISOString(),
    position: { lat: fence.lat, lng: fence.lng, accuracyMetres: 12, datum: 'wgs84' },
  });
}

/** Each connection goes round its own share of the workers, in and out by turns. */
export function punchesOf(punchers: readonly Puncher[], connections: number): Next {
  const turns = Array.from({ length: connections }, () => 0);
  return (connection) => {
    const turn = turns[connection] ?? 0;
    turns[connection] = turn + 1;
    const puncher = punchers[(connection + turn * connections) % punchers.length];
    if (!puncher) throw new Error('nobody to punch');
    const { org, engagementId, siteId, token } = puncher;
    const kind = Math.floor((turn * connections) / punchers.length) % 2 === 0 ? 'in' : 'out';
    const headers = `cookie: workcard=${token}\r\n`;
    return request(
      'PUT',
      `/api/orgs/${org}/punches/${newId()}`,
      punchBody(engagementId, siteId, kind),
      headers,
    );
  };
}

export interface Signed {
  readonly path: string;
  readonly body: string;
}

const put = ({ path, body }: Signed) => request('PUT', path, body);

/** Milliseconds that a signed punch waited on its phone. */
const atOnce = 0;

/** A worker's punches as their phone signs them, one after another, each over the one before. */
export function signedChain(puncher: Puncher, length: number, waitedMs = atOnce, apartMs = 1): Signed[] {
  const { org, engagementId, siteId, phone, serverTime } = puncher;
  if (!phone || serverTime === undefined) throw new Error('nobody to sign');
  const key = createPrivateKey({
    key: Buffer.from(phone.privateKey, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const now = Date.now();
  const serverSeenAt = new Date(now - waitedMs - 60_000).toISOString();
  const { lat, lng } = fence;
  const position = { lat, lng, accuracyMetres: 12, datum: 'wgs84' };
  let previous: string | null = null;
  return Array.from({ length }, (_, index) => {
    // As phones name what they make: ids of one time lie together, whoever made them.
    const id = newId(now - waitedMs + index * apartMs);
    const kind = index % 2 === 0 ? ('in' as const) : ('out' as const);
    const deviceAt = new Date(now - waitedMs + index * apartMs).toISOString();
    const salt = randomBytes(16).toString('base64url');
    const device = {
      deviceId: phone.deviceId,
      seq: index + 1,
      previous,
      serverTime,
      serverSeenAt,
      life: null,
      monotonicMs: null,
      sinceServerMs: null,
    };
    const said = { engagementId, siteId, kind, deviceAt };
    const text = recordText({
      v: 'workcard-punch-1',
      org,
      id,
      ...said,
      ...device,
      positionDigest: digest(positionText(salt, position)),
      noPosition: null,
      proof: null,
    });
    previous = digest(text);
    const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
    const body = {
      ...said,
      position,
      device: { ...device, salt, signature: signature.toString('base64url') },
      sent: {
        at: waitedMs === atOnce ? deviceAt : new Date(now).toISOString(),
        life: null,
        monotonicMs: null,
      },
    };
    return { path: `/api/orgs/${org}/punches/${id}`, body: JSON.stringify(body) };
  });
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Signed before the clock runs: signing costs the phone, not the server. Each connection sends the chain of one worker. */
export function signedPunchesOf(punchers: readonly Puncher[], connections: number, each: number): Next {
  const chains = punchers.slice(0, connections).map((puncher) => signedChain(puncher, each).map(put));
  const turns = chains.map(() => 0);
  return (connection) => {
    const turn = turns[connection] ?? 0;
    turns[connection] = turn + 1;
    const next = chains[connection]?.[turn];
    if (next === undefined) throw new Error('everything signed was sent');
    return next;
  };
}

/** Ten punches of each worker that waited since the morning: whoever comes next sends a worker's whole queue in order. */
export function queuesOf(punchers: readonly Puncher[], connections: number, each: number): Next {
  const queues = punchers.map((puncher) => signedChain(puncher, each, 8 * 3_600_000).map(put));
  const working: string[][] = Array.from({ length: connections }, () => []);
  return (connection) => {
    let queue = working[connection] ?? [];
    if (queue.length === 0) queue = queues.pop() ?? [];
    working[connection] = queue;
    return queue.shift();
  };
}

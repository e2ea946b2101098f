/** The bytes of the requests that are measured. */
import { randomUUID } from 'node:crypto';
import { fence, type Puncher } from './seed.ts';

/** The next request of a connection. */
export type Next = (connection: number) => string;

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
      `/api/orgs/${org}/punches/${randomUUID()}`,
      punchBody(engagementId, siteId, kind),
      headers,
    );
  };
}

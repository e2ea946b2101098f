/** One cell in memory with a movable clock, spoken to as the front would: a request and a plain actor. */
import { randomBytes } from 'node:crypto';
import { cellMigrations, migrate } from '../../db/migrate.ts';
import { cellApp } from '../../src/cell/cell.ts';
import { openCellKeys } from '../../src/cell/keys.ts';
import { rendererHere } from '../../src/document/drawing.ts';
import type { CellContext } from '../../src/http/env.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { type Instant, instantOf } from '../../src/kernel/time.ts';
import { memoryFiles, sealedFiles } from '../../src/provider/files.ts';
import type { DirectoryPort, Message, PersonMessage, SignerKey } from '../../src/provider/providers.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { readAsset } from './assets.ts';

export interface TestCell extends Awaited<ReturnType<typeof openTestCell>> {}

export async function openTestCell(
  options: { at?: string; org?: string; context?: Partial<CellContext> } = {},
) {
  const org = options.org ?? newId();
  let now = Date.parse(options.at ?? '2026-11-02T00:00:00.000Z');
  const clock = () => instantOf(now);
  const store = openNodeStore(':memory:', { strictParameters: true });
  await migrate(store, cellMigrations, clock());
  const keys = await openCellKeys(store, org, randomBytes(32), clock());
  const sent: Message[] = [];
  const signerKeys = new Map<string, SignerKey[]>();
  const told: unknown[] = [];
  const notified: PersonMessage[] = [];
  const directory: DirectoryPort = {
    notify: async (message) => void notified.push(message),
    keysOf: async (personId) => signerKeys.get(personId) ?? [],
    bestGrade: async (personId) => signerKeys.get(personId)?.[0]?.grade ?? 'C',
    putMembership: async (membership) => void told.push(membership),
    putOrg: async (row) => void told.push(row),
  };
  const context: CellContext = {
    org,
    store,
    keys,
    files: sealedFiles(memoryFiles(), keys.files),
    assets: { read: readAsset },
    renderer: rendererHere({ read: readAsset }),
    messages: { channels: ['email'], send: async (message) => void sent.push(message) },
    directory,
    publicUrl: 'http://localhost:8787',
    rpId: 'localhost',
    authority: { certificatePem: '', privateKeyPem: '' },
    clock,
    wake: () => undefined,
    ...options.context,
  };
  const send =
    (actor: Actor) =>
    async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const json =
        body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
      const full = path.startsWith('/orgs') || path.startsWith('/api') ? path : `/api/orgs/${org}${path}`;
      return cellApp.fetch(new Request(`http://localhost:8787${full}`, { method, headers, ...json }), {
        cell: context,
        actor,
      });
    };
  return {
    org,
    store,
    context,
    clock,
    sent,
    told,
    notified,
    signerKeys,
    moveTo: (at: string) => {
      now = Date.parse(at);
    },
    forward: (seconds: number) => {
      now += seconds * 1000;
    },
    /** `as(personId)('PUT', '/sites/…', {…})`; paths are relative to /api/orgs/:org unless they begin with /api or /orgs. */
    as: (personId: string) => send({ kind: 'person', personId, signedInBy: 'A' }),
    asActor: send,
    visitor: send({ kind: 'visitor' }),
    /** A request as it is, of bytes for instance. */
    send: async (request: Request, actor: Actor) => cellApp.fetch(request, { cell: context, actor }),
    at: () => clock() as Instant,
  };
}

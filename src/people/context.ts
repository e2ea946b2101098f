/** What the front door is given: the directory, the way to cells, and the deployment's secrets. */
import type { Context } from 'hono';
import type { Cell, CertificateAuthority } from '../http/env.ts';
import {
  beganBefore,
  needsRenewal,
  readSession,
  renewSession,
  type Session,
  tokenOf,
} from '../http/session.ts';
import type { Actor } from '../kernel/actor.ts';
import { deriveKey } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Messages } from '../provider/providers.ts';
import type { Directory } from './directory.ts';

/** Made on the first start, kept for good. 32 bytes each. */
export interface DeploymentSecrets {
  readonly session: Uint8Array;
  /** Keyed hashes of addresses and codes. */
  readonly pepper: Uint8Array;
  /** Wraps each cell's own key. */
  readonly keyEncryption: Uint8Array;
  /** Printed in the terminal: whoever reads it may run this deployment. */
  readonly setupToken: string;
  readonly authority: CertificateAuthority;
}

/** Seals the addresses that people proved to be theirs. */
export const addressKeyOf = ({ keyEncryption }: Pick<DeploymentSecrets, 'keyEncryption'>): Uint8Array =>
  deriveKey(keyEncryption, 'addresses');

export interface Cells {
  /** Undefined when there is no such employer. */
  cell(org: string): Promise<Cell | undefined>;
  /** For the registration of an employer only. */
  create(org: string): Promise<Cell>;
}

export interface FrontContext {
  readonly directory: Directory;
  readonly cells: Cells;
  readonly secrets: DeploymentSecrets;
  readonly messages: Messages;
  readonly publicUrl: string;
  readonly rpId: string;
  readonly tileUrl?: string;
  readonly clock: () => Instant;
  /** Whether disk and databases answer; sentences of what does not. */
  readonly troubles: () => Promise<readonly string[]>;
}

export interface FrontEnv {
  /** `caller`: the address a request came from, as far as it can be believed. */
  Bindings: { front: FrontContext; caller?: string | undefined };
  Variables: { at: Instant; session: Session | undefined; renewed: string | undefined; requestId: string };
}
export type FrontRequest = Context<FrontEnv>;

/**
 * The session of a request, renewed when due. An unsafe request that only carries a cookie must come from our own
 * pages: the browser says so in `Sec-Fetch-Site`, or in `Origin`.
 */
export async function sessionOf(c: FrontRequest): Promise<Session | undefined> {
  const carried = tokenOf(c.req.raw);
  if (!carried) return undefined;
  const { front } = c.env;
  const at = c.var.at;
  const session = readSession(front.secrets.session, carried.token, at);
  if (!session) return undefined;
  if (carried.byCookie && c.req.method !== 'GET' && c.req.method !== 'HEAD') refuseForeign(c);
  if (!needsRenewal(session, at)) return session;
  const account = await front.directory.call(session.personId, 'accountOf', { personId: session.personId });
  if (!account || beganBefore(session, account.sessionsSince)) return undefined;
  if (carried.byCookie) c.set('renewed', renewSession(front.secrets.session, session, at));
  return session;
}

function refuseForeign(c: FrontRequest): void {
  const site = c.req.header('sec-fetch-site');
  if (site === 'same-origin' || site === 'none') return;
  const origin = c.req.header('origin');
  if (site === undefined && (origin === undefined || origin === c.env.front.publicUrl)) return;
  if (origin === c.env.front.publicUrl && site !== 'cross-site') return;
  refuse('origin-refused');
}

export function actorOf(session: Session | undefined): Actor {
  return session
    ? { kind: 'person', personId: session.personId, signedInBy: session.grade }
    : { kind: 'visitor' };
}

export function requireSession(c: FrontRequest): Session {
  return c.var.session ?? refuse('sign-in-required');
}

/** What a cell says to a question of ours, as whoever asks. */
export async function askCell<T>(
  front: FrontContext,
  org: string,
  path: string,
  actor: Actor,
): Promise<T | undefined> {
  const cell = await front.cells.cell(org);
  if (!cell) return undefined;
  const answer = await cell.handle(new Request(`${front.publicUrl}/api/orgs/${org}${path}`), actor);
  return answer.ok ? ((await answer.json()) as T) : undefined;
}

/** Puts something in a cell, as whoever asks. What the cell knows nothing of needs no telling; anything else throws. */
export async function tellCell(
  front: FrontContext,
  org: string,
  path: string,
  actor: Actor,
  body: object,
): Promise<void> {
  const cell = await front.cells.cell(org);
  if (!cell) return;
  const answer = await cell.handle(
    new Request(`${front.publicUrl}/api/orgs/${org}${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
    actor,
  );
  if (!answer.ok && answer.status !== 404 && answer.status !== 409)
    throw new Error(`${org}${path}: ${answer.status}`);
}

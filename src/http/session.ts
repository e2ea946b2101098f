/** Signed tokens that expire: sessions, and ceremonies between their two steps. HMAC-SHA-256, nothing kept on the server. */

import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import type { SignerGrade } from '../kernel/actor.ts';
import { sameSecret } from '../kernel/digest.ts';
import { epochMs, type Instant } from '../kernel/time.ts';

/** Seconds. A session is looked up again in the directory each quarter of an hour, and ends after thirty days. */
const renewSeconds = 900;
const lifeSeconds = 30 * 86_400;
const ceremonySeconds = 300;

export interface Session {
  readonly personId: string;
  readonly grade: SignerGrade;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly renewAt: number;
  readonly expiresAt: number;
  /** How a one-time code went out, and to whom (masked), when that opened the session. */
  readonly code?: { readonly channel: string; readonly to: string };
}

export function signToken(key: Uint8Array, purpose: string, payload: object): string {
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${body}.${mac(key, purpose, body)}`;
}

/** The payload; undefined when the token is not ours, or for another purpose. Expiry is the caller's to check. */
export function readToken<T>(key: Uint8Array, purpose: string, token: string): T | undefined {
  const dot = token.indexOf('.');
  if (dot < 0) return undefined;
  const body = token.slice(0, dot);
  if (!sameSecret(mac(key, purpose, body), token.slice(dot + 1))) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as T;
}

function mac(key: Uint8Array, purpose: string, body: string): string {
  return createHmac('sha256', key).update(purpose).update('.').update(body).digest('base64url');
}

const seconds = (at: Instant) => Math.floor(epochMs(at) / 1000);

export function openSession(
  key: Uint8Array,
  who: Pick<Session, 'personId' | 'grade' | 'code'>,
  at: Instant,
): string {
  const now = seconds(at);
  return signToken(key, 'session', {
    ...who,
    issuedAt: now,
    renewAt: now + renewSeconds,
    expiresAt: now + lifeSeconds,
  });
}

export function renewSession(key: Uint8Array, session: Session, at: Instant): string {
  return signToken(key, 'session', { ...session, renewAt: seconds(at) + renewSeconds });
}

export function readSession(key: Uint8Array, token: string, at: Instant): Session | undefined {
  const session = readToken<Session>(key, 'session', token);
  return session && session.expiresAt > seconds(at) ? session : undefined;
}

export function needsRenewal(session: Session, at: Instant): boolean {
  return session.renewAt <= seconds(at);
}

export function beganBefore(session: Session, since: Instant): boolean {
  return session.issuedAt < seconds(since);
}

export function openCeremony(key: Uint8Array, kind: string, payload: object, at: Instant): string {
  return signToken(key, `ceremony ${kind}`, { ...payload, until: seconds(at) + ceremonySeconds });
}

export function readCeremony<T>(key: Uint8Array, kind: string, token: string, at: Instant): T | undefined {
  const ceremony = readToken<T & { until: number }>(key, `ceremony ${kind}`, token);
  return ceremony && ceremony.until > seconds(at) ? ceremony : undefined;
}

export const sessionCookie = 'workcard';

/** The token a request carries: a bearer, else the cookie. Only the cookie can be sent by another site's page. */
export function tokenOf(request: Request): { token: string; byCookie: boolean } | undefined {
  const bearer = request.headers.get('authorization');
  if (bearer?.startsWith('Bearer ')) return { token: bearer.slice(7), byCookie: false };
  const cookies = request.headers.get('cookie');
  if (!cookies) return undefined;
  const at = cookies.startsWith(`${sessionCookie}=`) ? 0 : cookies.indexOf(` ${sessionCookie}=`);
  if (at < 0) return undefined;
  const start = cookies.indexOf('=', at) + 1;
  const end = cookies.indexOf(';', start);
  return { token: end < 0 ? cookies.slice(start) : cookies.slice(start, end), byCookie: true };
}

export function cookieOf(token: string, secure: boolean): string {
  const life = token === '' ? 0 : lifeSeconds;
  return `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${life}${secure ? '; Secure' : ''}`;
}

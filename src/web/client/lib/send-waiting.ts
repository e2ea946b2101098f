/**
 * Sends what waits, each chain in its order, by the page or the service worker. A punch leaves the queue only with the
 * server's answer, and a repeated one is answered the same, so however often this runs each punch counts once.
 */
import { aloneOrNot } from './alone.ts';
import { enrolDevice, noteServerTime } from './enrol.ts';
import { Problem, type ProblemBody, send } from './http.ts';
import type { Settled, Waiting } from './kept-punch.ts';
import { life, monotonicMs } from './page-life.ts';
import { clockShelf, settledKey, waitingKey, waitingPunches } from './queue.ts';

type Answer = Readonly<Record<string, unknown>>;
type Outcome = 'settled' | 'later';

export interface Delivery {
  /** Those the server has now, accepted or not. */
  readonly settled: readonly string[];
  /** How many still wait. */
  readonly left: number;
}

/** Undefined while another tab is at it. */
export function sendWaiting(): Promise<Delivery | undefined> {
  return aloneOrNot('workcard-sending', sendAll);
}

/** Whoever else may be at it: sending twice is harmless, and a tab that fell asleep over it never ends. */
export async function sendAll(): Promise<Delivery> {
  const settled: string[] = [];
  // What could not be delivered holds back its own chain, so that the order holds, and no other.
  const held = new Set<string>();
  const punches = await waitingPunches();
  for (const punch of punches) {
    const line = `${punch.org} ${punch.deviceId ?? 'session'}`;
    if (held.has(line)) continue;
    if ((await deliver(punch)) === 'settled') settled.push(punch.id);
    else held.add(line);
  }
  return { settled, left: punches.length - settled.length };
}

async function deliver(punch: Waiting): Promise<Outcome> {
  try {
    return await settle(punch, resultOf(punch, await put(punch)));
  } catch (error) {
    if (!(error instanceof Problem)) return 'later';
    const isNew = error.body.slug === 'device-unknown' && punch.via === undefined;
    if (isNew && punch.deviceId) return deliverEnrolled(punch, punch.deviceId);
    return decide(punch, error.body);
  }
}

/** The employer does not know this phone yet. Making it known needs the session; until then the punch stays. */
async function deliverEnrolled(punch: Waiting, deviceId: string): Promise<Outcome> {
  try {
    await enrolDevice(punch.org, { deviceId, personId: punch.personId });
    return await settle(punch, resultOf(punch, await put(punch)));
  } catch (error) {
    if (error instanceof Problem) await note(punch, error.body.title);
    return 'later';
  }
}

function put({ org, id, body, via }: Waiting): Promise<Answer> {
  const sent = { at: new Date().toISOString(), life, monotonicMs: monotonicMs() };
  return send('PUT', `/api/orgs/${org}/${via ?? 'punches'}/${id}`, { ...body, sent });
}

/** Signed out, too fast, or a fault of the server's: it may pass. Every other no is told to the worker. */
async function decide(punch: Waiting, { status, slug, title }: ProblemBody): Promise<Outcome> {
  const passes = status === 401 || status === 408 || status === 429 || status >= 500;
  if (!passes) return settle(punch, { refusal: { slug, title } });
  await note(punch, title);
  return 'later';
}

async function note(punch: Waiting, trouble: string): Promise<void> {
  const name = waitingKey(punch.id);
  await (await clockShelf()).change<Waiting>(name, (kept) => (kept ? [[name, { ...kept, trouble }]] : []));
}

function resultOf({ body }: Waiting, answer: Answer): Partial<Settled> {
  const { effectiveAt, receivedAt, late, offsetMs, verdict, metres, flags, serverTime } = answer;
  const { accuracyMetres = null } = (body as { position?: { accuracyMetres?: number } }).position ?? {};
  const said = {
    effectiveAt,
    receivedAt,
    late,
    offsetMs,
    verdict,
    metres,
    flags,
    accuracyMetres,
    serverTime,
  };
  return said as Partial<Settled>;
}

/** Out of the queue and into what is known of it, in one step. */
async function settle(punch: Waiting, result: Partial<Settled> & { serverTime?: unknown }): Promise<Outcome> {
  const { body: _, trouble: __, ...head } = punch;
  const { serverTime, ...said } = result;
  await noteServerTime(punch.org, serverTime);
  await (await clockShelf()).change(waitingKey(punch.id), () => [
    [waitingKey(punch.id), undefined],
    [settledKey(punch.id), { ...head, ...said } satisfies Settled],
  ]);
  return 'settled';
}

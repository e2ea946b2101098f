/** Timestamp authorities over HTTP (RFC 3161 §3.4): bounded in time and size, so that a slow one costs seconds. */
import type { TimestampAuthority } from './providers.ts';

const timeoutMs = 5_000;
/** A token with its certificates has some kilobytes. */
const answerMax = 65_536;

export function httpTimestamps(urls: readonly string[]): readonly TimestampAuthority[] {
  return urls.map((url) => ({ url, ask: (query) => ask(url, query) }));
}

async function ask(url: string, query: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: query,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return readAtMost(answer, answerMax);
}

async function readAtMost(answer: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > limit) throw new Error(`answered more than ${limit} bytes`);
    parts.push(part);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Identifiers: UUIDs in lower case, minted by clients for what they create and by us for the rest. */
import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import { randomPart } from './random.ts';

/** Time-ordered (RFC 9562 version 7), so that rows made together lie together. */
export function newId(): string {
  return v7({ random: randomPart(16) });
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}

/** The same id for the same words, always (RFC 9562 version 8): what is made twice is made once. */
export function idOf(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

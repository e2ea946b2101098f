/** Identifiers: UUIDs in lower case, minted by clients for what they create and by us for the rest. */
import { v7 } from 'uuid';
import { randomPart } from './random.ts';

/** Time-ordered (RFC 9562 version 7), so that rows made together lie together. */
export function newId(): string {
  return v7({ random: randomPart(16) });
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}

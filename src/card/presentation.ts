/** What a card shows beside itself: six digits that change each half minute, so that a picture of it is soon worth less; and a number to type. */

import type { CellContext } from '../http/env.ts';
import { deriveKey, digitsOf } from '../kernel/digest.ts';
import { isRotatingCode, rotatingCodeAt } from '../kernel/rotating-code.ts';
import type { Instant } from '../kernel/time.ts';
import type { WorkCard } from './work-card.ts';

export interface Presentation {
  /** What the card's QR code says at this moment. */
  readonly url: string;
  readonly number: string;
}

export function presentationOf(cell: CellContext, card: WorkCard, at: Instant): Presentation {
  const digits = presentationAt(presentationKey(cell.keys.index), card.id, at);
  return {
    url: `${cell.publicUrl}/verify?t=${card.token}&p=${digits}`,
    number: cardNumberOf(cell.keys.index, card.id),
  };
}

export function presentationKey(secret: Uint8Array): Uint8Array {
  return deriveKey(secret, 'card-presentation');
}

/** Beside the token in the card's QR code, good for its half minute and the one before and after. */
function presentationAt(key: Uint8Array, cardId: string, at: Instant): string {
  return rotatingCodeAt(key, cardId, at).code;
}

export function isPresentation(key: Uint8Array, cardId: string, digits: string, at: Instant): boolean {
  return isRotatingCode(key, cardId, digits, at);
}

/** Eight digits that a person can read out or type where no camera is. */
export function cardNumberOf(secret: Uint8Array, cardId: string): string {
  return digitsOf(secret, `card-number\n${cardId}`, 8);
}

/** A swap as a sentence, and the colour of its state. */
import { siteOf } from '../employer/site.ts';
import { workerNameOf } from '../identity/name.ts';
import type { Locale } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';
import type { SwapSide, SwapState, SwapView } from './shift-swap.ts';
import { shiftWords, spanText } from './shift-words.ts';

export const swapTones: Readonly<Record<SwapState, 'good' | 'warn' | 'bad' | 'info' | 'quiet'>> = {
  proposed: 'info',
  agreed: 'warn',
  approved: 'good',
  declined: 'quiet',
  withdrawn: 'quiet',
  refused: 'bad',
  lapsed: 'quiet',
};

export function swapText(db: Db, { from, to }: SwapView, locale: Locale): string {
  const say = shiftWords(locale);
  const names = {
    from: workerNameOf(db, from.engagement.workerId),
    to: workerNameOf(db, to.engagement.workerId),
  };
  const gives = say('swapGives', { ...names, shift: sideText(db, from, locale) });
  if (!to.assignment) return gives;
  return `${gives} · ${say('swapReturns', { ...names, shift: sideText(db, to, locale) })}`;
}

export function sideText(db: Db, { shift, published }: SwapSide, locale: Locale): string {
  const site = shift && siteOf(db, shift.siteId);
  return published && site ? `${spanText(published, site.zone, locale)} ${site.name}` : '';
}

/** The card that somebody shows at the site: its QR code, alone or with the half minute's digits, or its number. */
import { asc, eq } from 'drizzle-orm';
import { engagements, workCards } from '../../db/cell.ts';
import { cardNumberOf, isPresentation, presentationKey } from '../card/presentation.ts';
import { type CardView, checkCard } from '../card/work-card.ts';
import { siteOf } from '../employer/site.ts';
import type { CellContext } from '../http/env.ts';
import { refuse } from '../kernel/refusal.ts';
import { signingKeyOf } from '../kernel/signing.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { belongingTo } from './at-site.ts';

/** How a card was shown. Only `rotating` cannot be a picture of somebody else's card from yesterday. */
export type Showing = 'rotating' | 'static' | 'number';
export interface ShownCard {
  readonly view: CardView;
  readonly engagementId: string;
  readonly workerId: string;
  readonly showing: Showing;
}

/**
 * `said`: the text of the QR code (an address with `t`, and `p` when it rotates), the bare token, or eight digits.
 * Refused: `card-unknown` for anything not ours. Whether the card holds at `at` is in `view.trouble`.
 */
export function shownCard(cell: CellContext, siteId: string, said: string, at: Instant): ShownCard {
  const { db } = cell.store;
  const { token, presentation } = partsOf(said);
  const view = token
    ? checkCard(db, token, signingKeyOf(cell.keys.signing).publicJwk, at)
    : cardByNumber(db, cell, siteId, said, at);
  if (!view) refuse('card-unknown');
  const engagement =
    db.select().from(engagements).where(eq(engagements.id, view.card.engagementId)).get() ??
    refuse('card-unknown');
  const key = presentationKey(cell.keys.index);
  const rotates = presentation !== undefined && isPresentation(key, view.card.id, presentation, at);
  const showing = token ? (rotates ? 'rotating' : 'static') : 'number';
  return { view, engagementId: engagement.id, workerId: engagement.workerId, showing };
}

function partsOf(said: string): { token?: string; presentation?: string } {
  const text = said.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return { token: text };
  const query = text.includes('?') ? new URLSearchParams(text.slice(text.indexOf('?') + 1)) : undefined;
  const [token, presentation] = [query?.get('t'), query?.get('p')];
  return { ...(token ? { token } : {}), ...(presentation ? { presentation } : {}) };
}

/** Numbers are short, so they are looked for among the people of the site alone. */
function cardByNumber(
  db: Db,
  cell: CellContext,
  siteId: string,
  said: string,
  at: Instant,
): CardView | undefined {
  const digits = said.replace(/\D/g, '');
  const site = siteOf(db, siteId);
  if (digits.length !== 8 || !site) return undefined;
  const found = db
    .select({ card: workCards })
    .from(workCards)
    .where(belongingTo(db, workCards.engagementId, site, at))
    .orderBy(asc(workCards.at))
    .all()
    .filter(({ card }) => cardNumberOf(cell.keys.index, card.id) === digits);
  const views = found.flatMap(
    ({ card }) => checkCard(db, card.token, signingKeyOf(cell.keys.signing).publicJwk, at) ?? [],
  );
  return views.find(({ trouble }) => trouble === undefined) ?? views[0];
}

/** Who may clock at a site's tablet: what it keeps so that it works through a short loss of the network. */
import { desc, eq, inArray } from 'drizzle-orm';
import { workCardRevocations, workCards } from '../../db/cell.ts';
import { cardNumberOf } from '../card/presentation.ts';
import { employerOf } from '../employer/employer.ts';
import type { Site } from '../employer/site.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { crewOf } from './crew.ts';

export interface KioskPerson {
  readonly cardId: string;
  readonly number: string;
  readonly engagementId: string;
  readonly name: string;
  readonly atWork: boolean;
  /** Of the newest punch, anywhere. */
  readonly lastAt: Instant | null;
}

/** Everybody of the site with a card that holds today, the newest of each engagement. */
export function kioskPeople(db: Db, indexKey: Uint8Array, site: Site, at: Instant): KioskPerson[] {
  const crew = crewOf(db, site, at);
  const cards = cardsOf(
    db,
    crew.map(({ engagementId }) => engagementId),
    civilDateAt(at, employerOf(db).zone),
  );
  return crew.flatMap(({ engagementId, name, atWork, last }) => {
    const cardId = cards.get(engagementId);
    if (!cardId) return [];
    const number = cardNumberOf(indexKey, cardId);
    return [{ cardId, number, engagementId, name, atWork, lastAt: last?.effectiveAt ?? null }];
  });
}

function cardsOf(db: Db, engagementIds: readonly string[], day: CivilDate): Map<string, string> {
  const newest = new Map<string, string>();
  for (let start = 0; start < engagementIds.length; start += 90) {
    const rows = db
      .select({ card: workCards, revoked: workCardRevocations.id })
      .from(workCards)
      .leftJoin(workCardRevocations, eq(workCardRevocations.id, workCards.id))
      .where(inArray(workCards.engagementId, engagementIds.slice(start, start + 90)))
      .orderBy(desc(workCards.at))
      .all();
    for (const { card, revoked } of rows) {
      const holds = revoked === null && day >= card.validFrom && day <= card.validUntil;
      if (holds && !newest.has(card.engagementId)) newest.set(card.engagementId, card.id);
    }
  }
  return newest;
}

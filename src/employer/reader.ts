/** What every page begins with: whose database it reads, for which language, place and moment. Rooms add what is theirs. */
import type { CellRequest } from '../http/env.ts';
import { localeOf } from '../http/locale.ts';
import type { Locale } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, formatInstant, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { employerOf } from './employer.ts';

export interface Reader {
  readonly org: string;
  readonly db: Db;
  readonly locale: Locale;
  /** The employer's. */
  readonly zone: string;
  readonly currency: string;
  readonly at: Instant;
  /** In the employer's zone. */
  readonly today: CivilDate;
}

export function readerOf(c: CellRequest): Reader {
  const { org, store } = c.env.cell;
  const { zone, currency } = employerOf(store.db);
  const { at } = c.var;
  const today = civilDateAt(at, zone);
  return { org, db: store.db, locale: localeOf(c.req.raw), zone, currency, at, today };
}

/** An instant as this reader reads it. */
export const shownAt = ({ zone, locale }: Reader, at: Instant, style?: string): string =>
  formatInstant(at, zone, locale, style);

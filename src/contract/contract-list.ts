/** The office's list: every contract on one shelf, counted in one query, and shown a page at a time. */
import { inArray } from 'drizzle-orm';
import { contracts } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { type ContractFacts, contractFacts, contractState, isOpen } from './contract-state.ts';
import { type ContractView, viewsOf } from './contract-view.ts';

/** What a reader picks from: states that ask the same of them are one. */
export const shelves = ['mine', 'theirs', 'done', 'stuck', 'over'] as const;
export type Shelf = (typeof shelves)[number];

/** `stuck`: nothing goes on until the office does something. */
export function shelfOf(facts: ContractFacts, state: ReturnType<typeof contractState>): Shelf {
  if (isOpen(state)) return facts.turns.includes('worker') ? 'theirs' : 'mine';
  if (state === 'signed' || state === 'sealed') return 'done';
  return state === 'declined' || state === 'expired' ? 'stuck' : 'over';
}

export interface ContractList {
  readonly counts: Readonly<Record<Shelf, number>>;
  readonly total: number;
  /** Of the chosen shelf, or of all. */
  readonly matching: number;
  /** The newest first. */
  readonly views: readonly ContractView[];
}

export function contractList(
  db: Db,
  at: Instant,
  { shelf, page = 0, size = 100 }: { shelf?: Shelf | undefined; page?: number; size?: number } = {},
): ContractList {
  const today = civilDateAt(at, employerOf(db).zone);
  const counts = { mine: 0, theirs: 0, done: 0, stuck: 0, over: 0 };
  const matching: string[] = [];
  const all = contractFacts(db);
  for (const facts of all) {
    const its = shelfOf(facts, contractState(facts, at, today));
    counts[its] += 1;
    if (shelf === undefined || shelf === its) matching.push(facts.id);
  }
  const ids = matching.reverse().slice(page * size, (page + 1) * size);
  return {
    counts,
    total: all.length,
    matching: matching.length,
    views: viewsById(db, ids, at),
  };
}

function viewsById(db: Db, ids: readonly string[], at: Instant): ContractView[] {
  const rows = new Map(
    slices(ids).flatMap((some) =>
      db
        .select()
        .from(contracts)
        .where(inArray(contracts.id, some))
        .all()
        .map((row) => [row.id, row] as const),
    ),
  );
  return viewsOf(
    db,
    ids.flatMap((id) => rows.get(id) ?? []),
    at,
  );
}

/** The edge binds 100 parameters a query. */
function slices(ids: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let start = 0; start < ids.length; start += 90) parts.push(ids.slice(start, start + 90));
  return parts;
}

/** What the rows of an import are held against: workers, engagements, sites, approved periods, and punches known already. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import {
  engagementEnds,
  engagementSites,
  engagements,
  punches,
  punchVoids,
  timesheetApprovals,
  timesheetReopenings,
  workCards,
  workers,
} from '../../db/cell.ts';
import { sitesOf } from '../employer/site.ts';
import { earlier } from '../engagement/engagement.ts';
import type { CellKeys } from '../http/env.ts';
import { workerName } from '../identity/name.ts';
import { numberOf, payoutAccountOf } from '../identity/payout-account.ts';
import type { CivilDate, CivilRange, Instant } from '../kernel/time.ts';
import { type Db, prepared } from '../store/commit.ts';
import type { WhoKind } from './import-mapping.ts';

export interface ImportEngagement {
  readonly id: string;
  readonly workerId: string;
  readonly workerName: string;
  readonly startsOn: CivilDate;
  readonly lastDay: CivilDate | null;
  readonly siteIds: readonly string[];
}
export interface ImportSite {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
}
export interface ImportFacts {
  /** Engagements of whoever the text names, of one worker or several. */
  readonly named: (text: string) => readonly ImportEngagement[];
  readonly sites: readonly ImportSite[];
  /** Approvals in force of an engagement. */
  readonly approved: (engagementId: string) => readonly CivilRange[];
  readonly isKnown: (engagementId: string, kind: 'in' | 'out', at: Instant) => boolean;
  /** The importer's own: nobody decides on their own hours. */
  readonly ownWorkerId: string | undefined;
  readonly at: Instant;
}

export function importFacts(
  db: Db,
  keys: CellKeys,
  { whoAs, personId, at }: { whoAs: WhoKind; personId: string; at: Instant },
): ImportFacts {
  const all = engagementsOf(db);
  const names = namesOf(db, keys, whoAs, all);
  const approvals = approvalsOf(db);
  return {
    named: (text) => names.get(nameKey(text)) ?? [],
    sites: sitesOf(db),
    approved: (engagementId) => approvals.get(engagementId) ?? [],
    isKnown: (engagementId, kind, effectiveAt) =>
      known(db).one.get({ engagementId, kind, effectiveAt }) !== undefined,
    ownWorkerId: db.select({ id: workers.id }).from(workers).where(eq(workers.personId, personId)).get()?.id,
    at,
  };
}

/** Width, case and spaces make no other name. */
export function nameKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

function engagementsOf(db: Db): ImportEngagement[] {
  const sitesBy = grouped(
    db.select().from(engagementSites).all(),
    ({ engagementId }) => engagementId,
    ({ siteId }) => siteId,
  );
  return db
    .select({
      id: engagements.id,
      workerId: workers.id,
      workerName,
      startsOn: engagements.startsOn,
      endsOn: engagements.endsOn,
      endedOn: engagementEnds.endsOn,
    })
    .from(engagements)
    .innerJoin(workers, eq(workers.id, engagements.workerId))
    .leftJoin(engagementEnds, eq(engagementEnds.id, engagements.id))
    .all()
    .map(({ endsOn, endedOn, ...one }) => ({
      ...one,
      lastDay: earlier(endedOn, endsOn),
      siteIds: sitesBy.get(one.id) ?? [],
    }));
}

function namesOf(
  db: Db,
  keys: CellKeys,
  whoAs: WhoKind,
  all: readonly ImportEngagement[],
): Map<string, ImportEngagement[]> {
  const byName = (nameOf: (one: ImportEngagement) => string | undefined) =>
    grouped(
      all.filter((one) => nameOf(one) !== undefined),
      (one) => nameKey(nameOf(one) ?? ''),
      (one) => one,
    );
  switch (whoAs) {
    case 'engagement':
      return byName(({ id }) => id);
    case 'worker':
      return byName(({ workerId }) => workerId);
    case 'name':
      return byName(({ workerName: name }) => name);
    case 'card': {
      const byId = new Map(all.map((one) => [one.id, one]));
      const cards = db
        .select({ id: workCards.id, engagementId: workCards.engagementId })
        .from(workCards)
        .all();
      return new Map(
        cards.flatMap(({ id, engagementId }) => {
          const one = byId.get(engagementId);
          return one ? [[nameKey(id), [one]] as const] : [];
        }),
      );
    }
    case 'account': {
      const numbers = new Map(
        [...new Set(all.map(({ workerId }) => workerId))].map((workerId) => {
          const account = payoutAccountOf(db, workerId);
          return [workerId, account && numberOf(keys, account)] as const;
        }),
      );
      return byName(({ workerId }) => numbers.get(workerId));
    }
  }
}

function approvalsOf(db: Db): Map<string, CivilRange[]> {
  const rows = db
    .select({
      engagementId: timesheetApprovals.engagementId,
      startsOn: timesheetApprovals.startsOn,
      endsOn: timesheetApprovals.endsOn,
    })
    .from(timesheetApprovals)
    .leftJoin(timesheetReopenings, eq(timesheetReopenings.id, timesheetApprovals.id))
    .where(isNull(timesheetReopenings.id))
    .all();
  return grouped(
    rows,
    ({ engagementId }) => engagementId,
    ({ startsOn, endsOn }) => ({ startsOn, endsOn }),
  );
}

/** A punch that counts, of the same moment. */
const known = prepared((db) => ({
  one: db
    .select({ id: punches.id })
    .from(punches)
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(
      and(
        eq(punches.engagementId, sql.placeholder('engagementId')),
        eq(punches.effectiveAt, sql.placeholder('effectiveAt')),
        eq(punches.kind, sql.placeholder('kind')),
        isNull(punchVoids.id),
      ),
    )
    .limit(1)
    .prepare(),
}));

function grouped<T, V>(list: readonly T[], keyOf: (one: T) => string, made: (one: T) => V): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(made(one));
    else groups.set(keyOf(one), [made(one)]);
  }
  return groups;
}

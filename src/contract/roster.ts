/** Everybody who works here at a glance: who they are, what binds them, and the one thing that is to be done next. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import {
  engagementEnds,
  engagements,
  identityClaims,
  identityReviews,
  payoutAccounts,
  punches,
  punchVoids,
  sites,
  workers,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import type { EngagementState } from '../engagement/engagement.ts';
import type { Identity } from '../identity/claim.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { type Db, newestFirst, prepared } from '../store/commit.ts';
import { type ContractState, contractFacts, contractState } from './contract-state.ts';

/** In the order of the way: the first that is not done. Some are the employer's to do, the others are waited for. */
export type NextStep =
  | 'wait-identity'
  | 'review-identity'
  | 'engage'
  | 'offer-contract'
  | 'wait-signature'
  | 'sign-contract'
  | 'wait-seal'
  | 'wait-account'
  | 'ready'
  | 'left';
const ours: readonly NextStep[] = ['review-identity', 'engage', 'offer-contract', 'sign-contract'];
export const isOurs = (step: NextStep) => ours.includes(step);

export interface RosterEngagement {
  readonly id: string;
  readonly workerId: string;
  readonly roleTitle: string;
  readonly state: EngagementState;
}
export interface RosterRow {
  readonly workerId: string;
  readonly personId: string;
  readonly displayName: string;
  readonly legalName: string | undefined;
  readonly since: Instant;
  readonly identity: Identity['state'];
  readonly claimId: string | undefined;
  readonly engagement: RosterEngagement | undefined;
  readonly contract: NewestContract | undefined;
  readonly hasAccount: boolean;
  readonly next: NextStep;
}

/** The newest workers first. A handful of queries however many they are: each fact is read once for all. */
export function rosterOf(db: Db, at: Instant): RosterRow[] {
  const claims = newestClaims(db);
  const today = civilDateAt(at, employerOf(db).zone);
  const engaged = currentEngagements(db, today);
  const states = newestContracts(db, at, today);
  const accounts = new Set(
    db
      .selectDistinct({ workerId: payoutAccounts.workerId })
      .from(payoutAccounts)
      .all()
      .map(({ workerId }) => workerId),
  );
  return db
    .select()
    .from(workers)
    .orderBy(newestFirst(workers))
    .all()
    .map(({ id, personId, displayName, at: since }) => {
      const claim = claims.get(id);
      const engagement = engaged.get(id);
      const facts = {
        identity: claim?.state ?? ('none' as const),
        engagement,
        contract: engagement && states.get(engagement.id),
        hasAccount: accounts.has(id),
      };
      return {
        workerId: id,
        personId,
        displayName,
        legalName: claim?.legalName,
        since,
        claimId: claim?.id,
        ...facts,
        next: nextStep(facts),
      };
    });
}

export function nextStep({
  identity,
  engagement,
  contract,
  hasAccount,
}: Pick<RosterRow, 'identity' | 'engagement' | 'contract' | 'hasAccount'>): NextStep {
  if (engagement?.state === 'ended') return 'left';
  if (identity === 'claimed') return 'review-identity';
  if (identity !== 'accepted') return 'wait-identity';
  if (!engagement) return 'engage';
  switch (contract?.state) {
    case 'offered':
    case 'partly-signed':
      return contract?.waitsForUs ? 'sign-contract' : 'wait-signature';
    case 'signed':
      return 'wait-seal';
    case 'sealed':
      return hasAccount ? 'ready' : 'wait-account';
    default:
      return 'offer-contract';
  }
}

interface NewestClaim {
  readonly id: string;
  readonly legalName: string;
  readonly state: Identity['state'];
}

function newestClaims(db: Db): Map<string, NewestClaim> {
  const rows = db
    .select({
      id: identityClaims.id,
      workerId: identityClaims.workerId,
      legalName: identityClaims.legalName,
      decision: identityReviews.decision,
    })
    .from(identityClaims)
    .leftJoin(identityReviews, eq(identityReviews.claimId, identityClaims.id))
    .orderBy(sql`${identityClaims}.rowid`)
    .all();
  // A map keeps the last of each: the newest.
  return new Map(
    rows.map(({ id, workerId, legalName, decision }) => [
      workerId,
      { id, legalName, state: decision ?? ('claimed' as const) },
    ]),
  );
}

/** Of each worker the engagement that counts now: a live one, else one to come, else the last that ended. */
function currentEngagements(db: Db, today: CivilDate): Map<string, RosterEngagement> {
  const rows = db
    .select({
      id: engagements.id,
      workerId: engagements.workerId,
      roleTitle: engagements.roleTitle,
      startsOn: engagements.startsOn,
      endsOn: sql<CivilDate | null>`min(coalesce(${engagementEnds.endsOn}, ${engagements.endsOn}), coalesce(${engagements.endsOn}, ${engagementEnds.endsOn}))`,
    })
    .from(engagements)
    .leftJoin(engagementEnds, eq(engagementEnds.id, engagements.id))
    .orderBy(engagements.startsOn, engagements.at)
    .all();
  const current = new Map<string, RosterEngagement>();
  for (const { id, workerId, roleTitle, startsOn, endsOn } of rows) {
    const state = today < startsOn ? 'coming' : endsOn !== null && today > endsOn ? 'ended' : 'live';
    const known = current.get(workerId)?.state;
    if (state === 'live' || known === undefined || known === 'ended')
      current.set(workerId, { id, workerId, roleTitle, state });
  }
  return current;
}

interface NewestContract {
  readonly id: string;
  readonly state: ContractState;
  readonly waitsForUs: boolean;
}

/** Of each engagement the newest contract; an amendment or a termination says nothing about whether one binds. */
function newestContracts(db: Db, at: Instant, today: CivilDate): Map<string, NewestContract> {
  return new Map(
    contractFacts(db)
      .filter(({ relation }) => relation !== 'amends' && relation !== 'terminates')
      .map((facts) => [
        facts.engagementId,
        {
          id: facts.id,
          state: contractState(facts, at, today),
          waitsForUs: !facts.turns.includes('worker'),
        },
      ]),
  );
}

const statements = prepared((db) => ({
  lastPunch: db
    .select({ kind: punches.kind, at: punches.effectiveAt, zone: sites.zone, siteName: sites.name })
    .from(punches)
    .innerJoin(sites, eq(sites.id, punches.siteId))
    .leftJoin(punchVoids, eq(punchVoids.id, punches.id))
    .where(and(eq(punches.engagementId, sql.placeholder('engagementId')), isNull(punchVoids.id)))
    .orderBy(desc(punches.effectiveAt))
    .limit(1)
    .prepare(),
}));

/** One look into an index: asked for the rows that are shown, not for all. */
export function lastPunchOf(db: Db, engagementId: string) {
  return statements(db).lastPunch.get({ engagementId });
}

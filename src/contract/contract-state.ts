/** Where a contract stands, derived from rows: the facts in one query, and the rules over them (pure). */
import { eq, isNull, type SQL, sql } from 'drizzle-orm';
import {
  contractCancellations,
  contractCompletions,
  contractDeadlines,
  contractDeclines,
  contractNotices,
  contractSeals,
  contractSignatures,
  contractSlots,
  contracts,
} from '../../db/cell.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import type { SignerRole } from './slot.ts';

export const contractStates = [
  'offered',
  'partly-signed',
  'signed',
  'sealed',
  'declined',
  'cancelled',
  'expired',
  'superseded',
  'terminated',
  'ended',
] as const;
/** `expired`: nobody signed in time. `superseded`: a newer text took its place. `terminated`: ended before its time; `ended`: at its time. */
export type ContractState = (typeof contractStates)[number];

export interface ContractFacts {
  readonly id: string;
  readonly engagementId: string;
  readonly workerId: string;
  readonly relation: typeof contracts.$inferSelect.relation;
  readonly validFrom: CivilDate;
  readonly validUntil: CivilDate | null;
  /** The last word on the deadline to sign. */
  readonly signBy: Instant | null;
  readonly signatures: number;
  /** Roles that may sign now. */
  readonly turns: readonly SignerRole[];
  readonly completedAt: Instant | null;
  readonly sealedAt: Instant | null;
  readonly declined: boolean;
  readonly cancelled: boolean;
  /** The first day of the text that took its place. */
  readonly supersededOn: CivilDate | null;
  /** The last day, when it was ended by both or by notice. */
  readonly terminatedOn: CivilDate | null;
}

/** `today` in the employer's zone. */
export function contractState(facts: ContractFacts, at: Instant, today: CivilDate): ContractState {
  if (facts.declined) return 'declined';
  if (facts.cancelled) return 'cancelled';
  if (facts.completedAt === null) {
    if (facts.signBy !== null && facts.signBy <= at) return 'expired';
    return facts.signatures > 0 ? 'partly-signed' : 'offered';
  }
  if (facts.supersededOn !== null && facts.supersededOn <= today) return 'superseded';
  if (facts.terminatedOn !== null && facts.terminatedOn < today) return 'terminated';
  if (facts.sealedAt === null) return 'signed';
  return facts.validUntil !== null && facts.validUntil < today ? 'ended' : 'sealed';
}

/** Still to be signed by somebody, and in time. */
export const isOpen = (state: ContractState) => state === 'offered' || state === 'partly-signed';
/** Signed by everybody, whatever became of it since. */
export const isComplete = (state: ContractState) =>
  state === 'signed' ||
  state === 'sealed' ||
  state === 'superseded' ||
  state === 'terminated' ||
  state === 'ended';

type InForceFacts = Pick<
  ContractFacts,
  'relation' | 'validFrom' | 'validUntil' | 'completedAt' | 'supersededOn' | 'terminatedOn'
>;

/** The contract that binds on a day: signed by everybody, begun, and neither over, replaced nor ended. An amendment binds with what it amends. */
export function contractInForce<F extends InForceFacts>(facts: readonly F[], day: CivilDate): F | undefined {
  return facts.find(
    ({ relation, validFrom, validUntil, completedAt, supersededOn, terminatedOn }) =>
      relation !== 'amends' &&
      relation !== 'terminates' &&
      completedAt !== null &&
      validFrom <= day &&
      (validUntil === null || day <= validUntil) &&
      (supersededOn === null || day < supersededOn) &&
      (terminatedOn === null || day <= terminatedOn),
  );
}

// Each is one look into an index, however many contracts there are. Inside a subquery drizzle would drop the name of
// the outer table, so both are written out.
const facts = {
  id: contracts.id,
  engagementId: contracts.engagementId,
  workerId: contracts.workerId,
  relation: contracts.relation,
  validFrom: contracts.validFrom,
  validUntil: contracts.validUntil,
  signBy: sql<Instant | null>`coalesce((SELECT max(d.sign_by) FROM ${contractDeadlines} AS d WHERE d.contract_id = contracts.id), contracts.sign_by)`,
  signatures: sql<number>`(SELECT count(*) FROM ${contractSignatures} AS g WHERE g.contract_id = contracts.id)`,
  turns: sql<
    string | null
  >`(SELECT group_concat(p.role) FROM ${contractSlots} AS p WHERE p.contract_id = contracts.id AND NOT EXISTS (SELECT 1 FROM ${contractSignatures} AS g WHERE g.slot_id = p.id) AND p.ordinal = (SELECT min(q.ordinal) FROM ${contractSlots} AS q WHERE q.contract_id = contracts.id AND NOT EXISTS (SELECT 1 FROM ${contractSignatures} AS h WHERE h.slot_id = q.id)))`,
  completedAt: contractCompletions.at,
  sealedAt: contractSeals.at,
  declined: contractDeclines.id,
  cancelled: contractCancellations.id,
  supersededOn: sql<CivilDate | null>`(SELECT min(f.valid_from) FROM ${contracts} AS f JOIN ${contractCompletions} AS m ON m.id = f.id WHERE f.follows_id = contracts.id AND f.relation IN ('replaces', 'renews'))`,
  terminatedOn: sql<CivilDate | null>`(SELECT min(day) FROM (SELECT f.valid_from AS day FROM ${contracts} AS f JOIN ${contractCompletions} AS m ON m.id = f.id WHERE f.follows_id = contracts.id AND f.relation = 'terminates' UNION ALL SELECT n.last_day FROM ${contractNotices} AS n WHERE n.id = contracts.id))`,
};

/** Facts of all contracts that fit, oldest first. */
export function contractFacts(db: Db, where?: SQL): ContractFacts[] {
  return db
    .select(facts)
    .from(contracts)
    .leftJoin(contractCompletions, eq(contractCompletions.id, contracts.id))
    .leftJoin(contractSeals, eq(contractSeals.id, contracts.id))
    .leftJoin(contractDeclines, eq(contractDeclines.id, contracts.id))
    .leftJoin(contractCancellations, eq(contractCancellations.id, contracts.id))
    .where(where)
    .orderBy(sql`${contracts}.rowid`)
    .all()
    .map(({ turns, declined, cancelled, ...rest }) => ({
      ...rest,
      turns: (turns?.split(',') ?? []) as SignerRole[],
      declined: declined !== null,
      cancelled: cancelled !== null,
    }));
}

export const factsOfContract = (db: Db, id: string): ContractFacts | undefined =>
  contractFacts(db, eq(contracts.id, id))[0];
export const factsOfEngagement = (db: Db, engagementId: string): ContractFacts[] =>
  contractFacts(db, eq(contracts.engagementId, engagementId));
/** Signed by everybody and not sealed yet: the work of tick. */
export const factsToSeal = (db: Db): ContractFacts[] =>
  contractFacts(db, sql`${contractCompletions.id} IS NOT NULL AND ${isNull(contractSeals.id)}`);

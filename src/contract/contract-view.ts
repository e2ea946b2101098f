/** Contracts as their readers see them: the row with its places, signatures and state. A handful of queries a page. */
import { desc, eq, inArray, type SQL } from 'drizzle-orm';
import {
  contractCancellations,
  contractDeclines,
  contractNotices,
  contractSignatures,
  contracts,
} from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { workerNameOf } from '../identity/name.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { type Db, newestFirst } from '../store/commit.ts';
import type { Contract, Signature } from './contract.ts';
import {
  type ContractFacts,
  type ContractState,
  contractFacts,
  contractState,
  isOpen,
} from './contract-state.ts';
import { openSlots, type Slot, slotsOfAll } from './slot.ts';

export interface ContractView {
  readonly contract: Contract;
  readonly workerName: string;
  readonly state: ContractState;
  readonly facts: ContractFacts;
  readonly slots: readonly Slot[];
  readonly signatures: readonly Signature[];
  /** The places that may be signed now; none when it is not open. */
  readonly open: readonly Slot[];
  readonly declined?: Ending;
  readonly cancelled?: Ending;
  /** Ended by one side's notice. */
  readonly notice?: Ending & { readonly side: 'worker' | 'employer'; readonly lastDay: CivilDate };
  readonly sealedAt?: Instant;
}
interface Ending {
  readonly reason: string;
  readonly at: Instant;
  readonly by: string;
}

/** The edge binds 100 parameters a query. */
const slice = 90;

export function viewsOf(db: Db, rows: readonly Contract[], at: Instant): ContractView[] {
  const today = civilDateAt(at, employerOf(db).zone);
  const views: ContractView[] = [];
  for (let start = 0; start < rows.length; start += slice) {
    const some = rows.slice(start, start + slice);
    const ids = some.map(({ id }) => id);
    const facts = new Map(contractFacts(db, inArray(contracts.id, ids)).map((one) => [one.id, one]));
    const slots = byContract(slotsOfAll(db, ids));
    const signatures = byContract(
      db
        .select()
        .from(contractSignatures)
        .where(inArray(contractSignatures.contractId, ids))
        .orderBy(contractSignatures.at)
        .all(),
    );
    for (const contract of some) {
      const known = facts.get(contract.id);
      if (!known) continue;
      const parties = { slots: slots.get(contract.id) ?? [], signatures: signatures.get(contract.id) ?? [] };
      views.push(viewFrom(db, contract, known, parties, contractState(known, at, today)));
    }
  }
  return views;
}

function byContract<T extends { readonly contractId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.contractId, [...(groups.get(row.contractId) ?? []), row]);
  return groups;
}

function viewFrom(
  db: Db,
  contract: Contract,
  facts: ContractFacts,
  { slots, signatures }: { slots: readonly Slot[]; signatures: readonly Signature[] },
  state: ContractState,
): ContractView {
  const declined = facts.declined && endingOf(db, contractDeclines, contract.id);
  const cancelled = facts.cancelled && endingOf(db, contractCancellations, contract.id);
  const notice =
    facts.terminatedOn !== null &&
    db.select().from(contractNotices).where(eq(contractNotices.id, contract.id)).get();
  const signed = new Set(signatures.map(({ slotId }) => slotId));
  return {
    contract,
    workerName: workerNameOf(db, contract.workerId),
    state,
    facts,
    slots,
    signatures,
    open: isOpen(state) ? openSlots(slots, signed) : [],
    ...(declined ? { declined } : {}),
    ...(cancelled ? { cancelled } : {}),
    ...(notice ? { notice } : {}),
    ...(facts.sealedAt ? { sealedAt: facts.sealedAt } : {}),
  };
}

function endingOf(
  db: Db,
  table: typeof contractDeclines | typeof contractCancellations,
  id: string,
): Ending | undefined {
  return db.select().from(table).where(eq(table.id, id)).get();
}

export function viewOf(db: Db, contract: Contract, at: Instant): ContractView {
  const [view] = viewsOf(db, [contract], at);
  if (!view) throw new Error(`contract ${contract.id} is gone`);
  return view;
}

/** Every contract of a worker, for good, the newest first. */
export function contractsOfWorker(db: Db, workerId: string, at: Instant): ContractView[] {
  return listed(db, eq(contracts.workerId, workerId), at);
}

/** What follows a contract: its amendments, new texts, renewals and terminations, the newest first. */
export function followersOf(db: Db, contractId: string, at: Instant): ContractView[] {
  return listed(db, eq(contracts.followsId, contractId), at);
}

export function contractsOf(db: Db, at: Instant, limit = 200): ContractView[] {
  return listed(db, undefined, at, limit);
}

function listed(db: Db, where: SQL | undefined, at: Instant, limit = 1000): ContractView[] {
  const rows = db
    .select()
    .from(contracts)
    .where(where)
    .orderBy(desc(contracts.at), newestFirst(contracts))
    .limit(limit)
    .all();
  return viewsOf(db, rows, at);
}

/** Places to sign: who signs a contract, in which role and order. Fixed at the offer, each signed once. */
import { asc, eq, inArray } from 'drizzle-orm';
import { contractSlots, type MemberRole, members } from '../../db/cell.ts';
import { hasRole, type Standing, standingOf } from '../employer/standing.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';

export type Slot = typeof contractSlots.$inferSelect;
export type SignerRole = Slot['role'];

/** As an offer names it. Equal orders may sign in any order; a lower one signs before. */
export interface SlotInput {
  readonly role: SignerRole;
  readonly order: number;
  /** A certain member; else any member with the role, and owners. */
  readonly personId?: string | undefined;
  readonly memberRole?: MemberRole | undefined;
}
export type PlannedSlot = Pick<Slot, 'ordinal' | 'role' | 'personId' | 'memberRole'>;

/** The worker first, then anybody of HR for the employer. */
const usual: readonly SlotInput[] = [
  { role: 'worker', order: 1 },
  { role: 'employer', order: 2, memberRole: 'hr' },
];

/** The places of an offer, in signing order. Refuses what could never be signed. */
export function planSlots(
  db: Db,
  workerPersonId: string,
  inputs: readonly SlotInput[] = usual,
): PlannedSlot[] {
  const planned = inputs.map(({ role, order, personId, memberRole }, index): PlannedSlot => {
    const pointers = [{ pointer: `/slots/${index}`, detail: '' }];
    if (role === 'worker') {
      if (memberRole || (personId && personId !== workerPersonId)) refuse('parties-unfit', {}, pointers);
      return { ordinal: order, role, personId: workerPersonId, memberRole: null };
    }
    if (personId ? !isMember(db, personId) || personId === workerPersonId : !memberRole)
      refuse('parties-unfit', {}, pointers);
    return {
      ordinal: order,
      role,
      personId: personId ?? null,
      memberRole: personId ? null : (memberRole ?? null),
    };
  });
  const named = planned.flatMap(({ personId }) => personId ?? []);
  const isWhole =
    planned.filter(({ role }) => role === 'worker').length === 1 &&
    planned.some(({ role }) => role === 'employer') &&
    new Set(named).size === named.length;
  if (!isWhole) refuse('parties-unfit', {}, [{ pointer: '/slots', detail: '' }]);
  return planned.sort((a, b) => a.ordinal - b.ordinal);
}

function isMember(db: Db, personId: string): boolean {
  if (!db.select().from(members).where(eq(members.personId, personId)).get()) return false;
  return standingOf(db, { kind: 'person', personId, signedInBy: 'A' }).roles.length > 0;
}

/** Those that may be signed now: of the unsigned ones, all with the lowest order. */
export function openSlots<S extends { readonly id: string; readonly ordinal: number }>(
  slots: readonly S[],
  signed: ReadonlySet<string>,
): S[] {
  const left = slots.filter(({ id }) => !signed.has(id));
  const first = Math.min(...left.map(({ ordinal }) => ordinal));
  return left.filter(({ ordinal }) => ordinal === first);
}

/** Whether somebody may ever sign in a place: they are who it names, with a role still in force where it is the employer's side. */
export function fitsSlot(
  standing: Standing,
  slot: PlannedSlot,
  contract: { readonly workerId: string },
): boolean {
  if (slot.role === 'worker') return standing.workerId === contract.workerId;
  // Nobody signs for both sides.
  if (standing.workerId === contract.workerId || standing.roles.length === 0) return false;
  return slot.personId
    ? slot.personId === standing.personId
    : slot.memberRole !== null && hasRole(standing, slot.memberRole, 'owner');
}

export function slotsOf(db: Db, contractId: string): Slot[] {
  return db
    .select()
    .from(contractSlots)
    .where(eq(contractSlots.contractId, contractId))
    .orderBy(asc(contractSlots.ordinal), contractSlots.id)
    .all();
}

/** Of several contracts, at most 90 at a time: the edge binds no more. */
export function slotsOfAll(db: Db, contractIds: readonly string[]): Slot[] {
  return db
    .select()
    .from(contractSlots)
    .where(inArray(contractSlots.contractId, [...contractIds]))
    .orderBy(asc(contractSlots.ordinal), contractSlots.id)
    .all();
}

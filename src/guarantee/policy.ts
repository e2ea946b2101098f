/** Guarantee policies: what covers people while they work, and who stands for it. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { guaranteePolicies, guaranteePolicyEnds } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';

export type GuaranteePolicy = typeof guaranteePolicies.$inferSelect;

/** An insurer's policy needs the insurer and its policy number; otherwise it is the employer's own promise, and is called so. */
export function makePolicy(
  tx: Tx,
  actor: Actor,
  input: Omit<GuaranteePolicy, 'at' | 'by'>,
  at: Instant,
): void {
  const named = input.insurerName !== null && input.policyNumber !== null;
  const anyNamed = input.insurerName !== null || input.policyNumber !== null;
  if (input.standsFor === 'insurer' ? !named : anyNamed)
    refuse('insurer-unnamed', {}, [{ pointer: '/policyNumber', detail: '' }]);
  if (input.expiresOn && input.expiresOn < input.effectiveOn)
    refuse('dates-reversed', {}, [{ pointer: '/expiresOn', detail: '' }]);
  const row: GuaranteePolicy = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(guaranteePolicies).where(eq(guaranteePolicies.id, input.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'guarantee-policy-made', row, row.by, at);
}

export function endPolicy(tx: Tx, actor: Actor, input: { id: string; reason: string }, at: Instant): void {
  if (!tx.select().from(guaranteePolicies).where(eq(guaranteePolicies.id, input.id)).get())
    refuse('not-found');
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(guaranteePolicyEnds).where(eq(guaranteePolicyEnds.id, input.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'guarantee-policy-ended', row, row.by, at);
}

export function policiesOf(db: Db): (GuaranteePolicy & { ended: boolean })[] {
  return db
    .select({ policy: guaranteePolicies, ended: guaranteePolicyEnds.id })
    .from(guaranteePolicies)
    .leftJoin(guaranteePolicyEnds, eq(guaranteePolicyEnds.id, guaranteePolicies.id))
    .orderBy(desc(guaranteePolicies.effectiveOn), desc(guaranteePolicies.at))
    .all()
    .map(({ policy, ended }) => ({ ...policy, ended: ended !== null }));
}

export type PolicyState = 'in-force' | 'coming' | 'expired' | 'ended';

export function policyState(policy: GuaranteePolicy & { ended: boolean }, day: CivilDate): PolicyState {
  if (policy.ended) return 'ended';
  if (policy.effectiveOn > day) return 'coming';
  return policy.expiresOn !== null && policy.expiresOn < day ? 'expired' : 'in-force';
}

/** The policy in force on a day: an insurer's before a promise, then the newest. */
export function policyOn(db: Db, day: CivilDate): GuaranteePolicy | undefined {
  const inForce = db
    .select({ policy: guaranteePolicies })
    .from(guaranteePolicies)
    .leftJoin(guaranteePolicyEnds, eq(guaranteePolicyEnds.id, guaranteePolicies.id))
    .where(and(eq(guaranteePolicies.kind, 'day-cover'), isNull(guaranteePolicyEnds.id)))
    .orderBy(desc(guaranteePolicies.effectiveOn), desc(guaranteePolicies.at))
    .all()
    .map(({ policy }) => policy)
    .filter((policy) => policy.effectiveOn <= day && (policy.expiresOn === null || policy.expiresOn >= day));
  return inForce.find(isInsured) ?? inForce[0];
}

/** Whether anybody may say "insured". */
export function isInsured(policy: GuaranteePolicy): boolean {
  return policy.standsFor === 'insurer' && policy.insurerName !== null && policy.policyNumber !== null;
}

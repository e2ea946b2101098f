/** Whether a contract binds on a day: what shifts, cards and pay ask. */
import { workerNameOf } from '../identity/name.ts';
import type { RefusalValues } from '../kernel/refusal.ts';
import type { CivilDate } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { contractInForce, factsOfContract, factsOfEngagement } from './contract-state.ts';

/**
 * Days on which no contract binds, of an engagement that has had one: not begun, over, ended or replaced. An engagement
 * that never had one is flagged at each punch instead, and asked for one by the overview.
 */
export function daysWithoutContract(db: Db, engagementId: string, days: readonly CivilDate[]): CivilDate[] {
  const facts = factsOfEngagement(db, engagementId);
  if (facts.every(({ completedAt }) => completedAt === null)) return [];
  return days.filter((day) => contractInForce(facts, day) === undefined);
}

/** As the refusal that it would be. */
export function contractObstacle(
  db: Db,
  engagement: { readonly id: string; readonly workerId: string },
  day: CivilDate,
): { readonly slug: 'contract-not-in-force'; readonly values: RefusalValues } | undefined {
  if (daysWithoutContract(db, engagement.id, [day]).length === 0) return undefined;
  return { slug: 'contract-not-in-force', values: { name: workerNameOf(db, engagement.workerId), day } };
}

/** Whether the contract that a card stands on binds on a day. One that is not signed by everybody has no card. */
export function bindsOn(db: Db, contractId: string, day: CivilDate): boolean {
  const facts = factsOfContract(db, contractId);
  return facts === undefined || facts.completedAt === null || contractInForce([facts], day) !== undefined;
}

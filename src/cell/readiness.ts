/** What stands between a worker and work here: the steps in order, and whose turn each is. Nothing of it stops a punch. */
import { isComplete } from '../contract/contract-state.ts';
import { contractsOfWorker } from '../contract/contract-view.ts';
import { employerOf } from '../employer/employer.ts';
import { engagementState, engagementsOfWorker } from '../engagement/engagement.ts';
import { identityOf } from '../identity/claim.ts';
import { hasConsent } from '../identity/consent.ts';
import { payoutAccountOf } from '../identity/payout-account.ts';
import { civilDateAt, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';

export const stepNames = ['identity', 'position', 'account', 'engagement', 'contract'] as const;
export type StepName = (typeof stepNames)[number];
export interface Step {
  readonly name: StepName;
  readonly turn: 'done' | 'worker' | 'employer';
  /** What the employer wrote, when a step came back. */
  readonly reason?: string;
  /** The contract to sign. */
  readonly contractId?: string;
}

export function readinessOf(db: Db, workerId: string, at: Instant): Step[] {
  const steps: Record<StepName, Omit<Step, 'name'>> = {
    identity: identityStep(db, workerId),
    position: { turn: hasConsent(db, workerId, 'location-at-punch') ? 'done' : 'worker' },
    account: { turn: payoutAccountOf(db, workerId) ? 'done' : 'worker' },
    engagement: { turn: isEngaged(db, workerId, at) ? 'done' : 'employer' },
    contract: contractStep(db, workerId, at),
  };
  return stepNames.map((name) => ({ name, ...steps[name] }));
}

function identityStep(db: Db, workerId: string): Omit<Step, 'name'> {
  const { state, review } = identityOf(db, workerId);
  if (state === 'refused') return { turn: 'worker', ...(review ? { reason: review.reason } : {}) };
  return { turn: state === 'accepted' ? 'done' : state === 'claimed' ? 'employer' : 'worker' };
}

function isEngaged(db: Db, workerId: string, at: Instant): boolean {
  const today = civilDateAt(at, employerOf(db).zone);
  return engagementsOfWorker(db, workerId).some((one) => engagementState(db, one, today) !== 'ended');
}

/** A declined offer counts for nothing; a new one comes or not. */
function contractStep(db: Db, workerId: string, at: Instant): Omit<Step, 'name'> {
  const contracts = contractsOfWorker(db, workerId, at);
  const toSign = contracts.find(({ open }) => open.some(({ role }) => role === 'worker'));
  if (toSign) return { turn: 'worker', contractId: toSign.contract.id };
  return { turn: contracts.some(({ state }) => isComplete(state)) ? 'done' : 'employer' };
}

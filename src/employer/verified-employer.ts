/** An employer whose licence the operator has accepted. Nothing else makes one, so nothing else gets a seal drawn. */
import type { Db } from '../store/commit.ts';
import { employerOf, employerState } from './employer.ts';

declare const verified: unique symbol;
export interface VerifiedEmployer {
  readonly name: string;
  readonly registrationCode: string;
  readonly [verified]: true;
}

export function verifiedEmployerOf(db: Db): VerifiedEmployer | undefined {
  if (!employerState(db).verified) return undefined;
  const { name, registrationCode } = employerOf(db);
  return { name, registrationCode } as VerifiedEmployer;
}

/** Where somebody stands, as badges: the same on every page that shows people. */
import type { FC } from 'hono/jsx';
import type { Identity } from '../identity/claim.ts';
import type { Locale } from '../kernel/refusal.ts';
import { Badge } from '../web/components.tsx';
import { ContractBadge } from './contract-badge.tsx';
import type { ContractState } from './contract-state.ts';
import { peopleWords } from './people-words.ts';
import { isOurs, type NextStep, type RosterRow } from './roster.ts';

const identityTone = { none: 'quiet', claimed: 'warn', accepted: 'good', refused: 'bad' } as const;
export const IdentityBadge: FC<{ state: Identity['state']; locale: Locale }> = ({ state, locale }) => (
  <Badge tone={identityTone[state]}>{peopleWords(locale)(`identity-${state}`)}</Badge>
);

export const OurContractBadge: FC<{ state: ContractState | 'none'; locale: Locale }> = ({ state, locale }) =>
  state === 'none' ? (
    <Badge>{peopleWords(locale)('contract-none')}</Badge>
  ) : (
    <ContractBadge state={state} locale={locale} />
  );

/** A link where it is the employer's to do, words where somebody else is waited for. */
export const Next: FC<{ row: RosterRow; org: string; locale: Locale }> = ({ row, org, locale }) => {
  const text = peopleWords(locale)(`next-${row.next}`);
  if (isOurs(row.next)) return <a href={`/orgs/${org}${nextPath(row)}`}>{text}</a>;
  return row.next === 'ready' ? <Badge tone="good">{text}</Badge> : <span class="aside">{text}</span>;
};

function nextPath({ next, workerId, claimId, contract }: RosterRow): string {
  const paths: Partial<Record<NextStep, string>> = {
    'review-identity': `/reviews?claim=${claimId}`,
    'sign-contract': `/contracts/${contract?.id}`,
    engage: `/people/${workerId}#engage`,
    'offer-contract': `/people/${workerId}#offer`,
  };
  return paths[next] ?? `/people/${workerId}`;
}

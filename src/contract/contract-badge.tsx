/** Where a contract stands, as a badge and as words: the same for both sides. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { Badge } from '../web/components.tsx';
import type { ContractState } from './contract-state.ts';
import type { ContractView } from './contract-view.ts';
import { contractWords } from './words.ts';

const tones = {
  offered: 'warn',
  'partly-signed': 'info',
  signed: 'info',
  sealed: 'good',
  declined: 'bad',
  cancelled: 'quiet',
  expired: 'bad',
  superseded: 'quiet',
  terminated: 'quiet',
  ended: 'quiet',
} as const satisfies Record<ContractState, string>;

export const ContractBadge: FC<{ state: ContractState; locale: Locale }> = ({ state, locale }) => (
  <Badge tone={tones[state]}>{contractWords(locale)(state)}</Badge>
);

export function validityText({ contract, facts }: ContractView, locale: Locale): string {
  const say = contractWords(locale);
  const { validFrom: from, relation } = contract;
  if (relation === 'terminates') return say('endsOn', { on: from });
  const until = facts.terminatedOn ?? contract.validUntil;
  return until ? say('until', { from, until }) : say('openEnded', { from });
}

/** What kind of paper it is, in the row of a list. */
export function kindText({ contract }: ContractView, locale: Locale): string {
  return contractWords(locale)(contract.relation ? `kind-${contract.relation}` : 'contract');
}

/** The text that a contract follows, to be compared with it. */
import type { CellContext } from '../http/env.ts';
import type { Clause } from '../template/clause.ts';
import { type Contract, contractOf, textOf } from './contract.ts';

/** Only where both have clauses in common: an amendment or a termination has a text of its own. `under`: `/me` for the worker. */
export function beforeOf(
  cell: CellContext,
  contract: Contract,
  under: '' | '/me',
): { readonly clauses: readonly Clause[]; readonly href: string } | undefined {
  const before = contract.followsId ? contractOf(cell.store.db, contract.followsId) : undefined;
  if (!before || (contract.relation !== 'replaces' && contract.relation !== 'renews')) return undefined;
  return {
    clauses: textOf(cell, before).clauses,
    href: `/orgs/${cell.org}${under}/contracts/${before.id}`,
  };
}

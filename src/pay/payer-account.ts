/** Where the employer pays from, scheme by scheme: sealed, and unsealed only into a pay file. */
import { eq } from 'drizzle-orm';
import { payerAccounts } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellKeys } from '../http/env.ts';
import { isBic, isIban, isRoutingNumber } from '../identity/account-number.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, openText, sealText } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import type { MainlandPayer } from './files/fields.ts';
import type { NachaPayer } from './files/nacha.ts';
import type { SepaPayer } from './files/pain-001.ts';

export type PayerAccount = typeof payerAccounts.$inferSelect;
export type PayerScheme = PayerAccount['scheme'];
export interface PayerFacts {
  readonly sepa: SepaPayer;
  readonly nacha: NachaPayer;
  readonly mainland: MainlandPayer;
}

/** The newest of a scheme. */
export function payerAccountOf(db: Db, scheme: PayerScheme): PayerAccount | undefined {
  return db
    .select()
    .from(payerAccounts)
    .where(eq(payerAccounts.scheme, scheme))
    .orderBy(newestFirst(payerAccounts))
    .limit(1)
    .get();
}

export function payerFactsOf<S extends PayerScheme>(db: Db, keys: CellKeys, scheme: S): PayerFacts[S] | null {
  const row = payerAccountOf(db, scheme);
  return row ? opened<S>(keys, row) : null;
}

function opened<S extends PayerScheme>(keys: CellKeys, row: PayerAccount): PayerFacts[S] {
  return JSON.parse(openText(keys.field, row.factsSealed, `payer_accounts ${row.id}`)) as PayerFacts[S];
}

export function givePayerAccount<S extends PayerScheme>(
  tx: Tx,
  keys: CellKeys,
  actor: Actor,
  input: { readonly id: string; readonly scheme: S; readonly facts: PayerFacts[S] },
  at: Instant,
): PayerAccount {
  const facts = withoutSpaces(input.facts);
  refuseWrongNumbers(input.scheme, facts);
  const by = actorText(actor);
  const known = tx.select().from(payerAccounts).where(eq(payerAccounts.id, input.id)).get();
  const number = numberOf(facts);
  const row: PayerAccount = {
    id: input.id,
    scheme: input.scheme,
    factsSealed:
      known?.factsSealed ?? sealText(keys.field, JSON.stringify(facts), `payer_accounts ${input.id}`),
    masked: `**** ${number.slice(-4)}`,
    at,
    by,
  };
  if (known) {
    if (canonicalJson(opened(keys, known)) !== canonicalJson(facts)) refuse('id-reused');
    return sameOr(known, row);
  }
  record(tx, 'payer-account-given', row, by, at);
  return row;
}

const spaced: readonly string[] = ['iban', 'bic', 'accountNumber'];

function withoutSpaces<T extends object>(facts: T): T {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' && spaced.includes(name) ? value.replace(/[\s-]/g, '').toUpperCase() : value,
    ]),
  ) as T;
}

function numberOf(facts: object): string {
  const { iban, accountNumber, odfiRouting } = facts as Record<string, string | undefined>;
  return iban ?? accountNumber ?? odfiRouting ?? '';
}

function refuseWrongNumbers(scheme: PayerScheme, facts: object): void {
  const said = facts as Record<string, string | null | undefined>;
  const wrong: string[] = [];
  if (scheme === 'sepa') {
    if (!isIban(said.iban ?? '')) wrong.push('iban');
    if (said.bic && !isBic(said.bic)) wrong.push('bic');
  }
  if (scheme === 'nacha')
    for (const name of ['destinationRouting', 'odfiRouting'])
      if (!isRoutingNumber(said[name] ?? '')) wrong.push(name);
  if (wrong.length > 0)
    refuse(
      'payer-account-invalid',
      {},
      wrong.map((name) => ({ pointer: `/${name}`, detail: '' })),
    );
}

/** Promises of pay as data: what a policy says beside its name, and the days on which it holds. */
import { ne } from 'drizzle-orm';
import { z } from 'zod';
import { guaranteePolicies, guaranteePolicyEnds } from '../../db/cell.ts';
import { type Minor, minor } from '../kernel/money.ts';
import { type CivilDate, civilDateAt } from '../kernel/time.ts';
import { type AsOf, asNow } from '../store/as-of.ts';
import type { Db } from '../store/commit.ts';

const zAmount = z
  .number()
  .int()
  .min(1)
  .max(10_000_000)
  .transform((amount): Minor => minor(amount));
const zHours = z.number().int().min(900).max(86_400);

export const zPayPromise = z.discriminatedUnion('kind', [
  /** Each hour of work in a period comes to so much at least; null: the minimum wage of the place. */
  z.strictObject({ kind: z.literal('minimum-pay'), hourlyMinor: zAmount.nullable().default(null) }),
  /** Who came to a shift that did not take place is paid for so long. */
  z.strictObject({ kind: z.literal('show-up'), paidSeconds: zHours }),
  /** A shift called off later than so long before it is paid for so long. */
  z.strictObject({
    kind: z.literal('late-cancel'),
    noticeSeconds: zHours.max(14 * 86_400),
    paidSeconds: zHours,
  }),
  /** Paid later than the day of payment and so many days: so many basis points of it a day. */
  z.strictObject({
    kind: z.literal('on-time-pay'),
    graceDays: z.number().int().min(0).max(31),
    dailyBp: z.number().int().min(1).max(100),
  }),
]);
export type PayPromise = Readonly<z.infer<typeof zPayPromise>>;

export type PromiseRow<K extends PayPromise['kind'] = PayPromise['kind']> = {
  readonly id: string;
  readonly name: string;
  readonly effectiveOn: CivilDate;
  /** The last day; null: none. */
  readonly until: CivilDate | null;
} & Extract<PayPromise, { kind: K }>;

/** Every promise of pay, also of those that have ended: what was worked before is held to it. */
export function payPromisesOf(db: Db, zone: string, then: AsOf = asNow): PromiseRow[] {
  const ended = new Map(
    db
      .select()
      .from(guaranteePolicyEnds)
      .where(then('guarantee-policy-ended'))
      .all()
      .map(({ id, at }) => [id, civilDateAt(at, zone)]),
  );
  return db
    .select()
    .from(guaranteePolicies)
    .where(then('guarantee-policy-made') ?? ne(guaranteePolicies.kind, 'day-cover'))
    .orderBy(guaranteePolicies.effectiveOn, guaranteePolicies.id)
    .all()
    .flatMap(({ id, name, effectiveOn, expiresOn, rules }) => {
      if (rules === null) return [];
      const until = [expiresOn, ended.get(id) ?? null].filter((on) => on !== null).sort()[0] ?? null;
      return [{ id, name, effectiveOn, until, ...zPayPromise.parse(JSON.parse(rules)) } as PromiseRow];
    });
}

/** The promise of a kind that holds on a day: of several the one made for the latest day. */
export function promiseOn<K extends PayPromise['kind']>(
  promises: readonly PromiseRow[],
  kind: K,
  on: CivilDate,
): PromiseRow<K> | undefined {
  return promises
    .filter((one) => one.kind === kind && one.effectiveOn <= on && (one.until === null || one.until >= on))
    .at(-1) as PromiseRow<K> | undefined;
}

/** What an employer knows better than the shipped data: corrections with their source, laid over it in the order they were made. */
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { payDatumCorrections } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { type Minor, minor } from '../kernel/money.ts';
import { type CivilDate, type Instant, parseCivilDate } from '../kernel/time.ts';
import { type AsOf, asNow } from '../store/as-of.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { type DatumCorrection, type PayData, payDataOf } from './pay-data.ts';

export type DatumRow = typeof payDatumCorrections.$inferSelect;

const zAmount = z
  .number()
  .int()
  .min(1)
  .max(10_000_000)
  .transform((amount): Minor => minor(amount));
const zDay = z
  .string()
  .refine((text) => parseCivilDate(text) !== undefined)
  .transform((text) => text as CivilDate);
const zRegion = z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}(-[A-Z]{2})?$/);

export const zDatum = z.discriminatedUnion('of', [
  z.strictObject({
    of: z.literal('holiday'),
    on: zDay,
    /** `plain`: neither a holiday nor moved, whatever the shipped calendar says. */
    kind: z.enum(['statutory', 'off', 'workday', 'plain']),
  }),
  z.strictObject({
    of: z.literal('minimum-wage'),
    region: zRegion,
    tier: z.number().int().min(1).max(4).default(1),
    effectiveOn: zDay,
    monthMinor: zAmount.nullable().default(null),
    hourMinor: zAmount.nullable().default(null),
  }),
  z.strictObject({
    of: z.literal('heat-allowance'),
    region: zRegion,
    effectiveOn: zDay,
    months: z.array(z.coerce.number().int().min(1).max(12)).min(1).max(12),
    per: z.enum(['month', 'day']),
    outdoorMinor: zAmount,
    indoorMinor: zAmount,
  }),
]);
export type Datum = z.infer<typeof zDatum>;

export function correctDatum(
  tx: Tx,
  actor: Actor,
  _: unknown,
  input: { id: string; datum: Datum; source: string; reason: string },
  at: Instant,
): void {
  const { datum, ...rest } = input;
  const { of, ...value } = datum;
  const row: DatumRow = { ...rest, of, value: canonicalJson(value), at, by: actorText(actor) };
  const known = tx.select().from(payDatumCorrections).where(eq(payDatumCorrections.id, input.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'pay-datum-corrected', row, row.by, at);
}

/** The newest first. */
export function correctionsMade(db: Db): DatumRow[] {
  return db.select().from(payDatumCorrections).orderBy(newestFirst(payDatumCorrections)).all();
}

/** As they are laid over the shipped data: in the order they were made. */
export function datumCorrections(db: Db, then: AsOf = asNow): DatumCorrection[] {
  return db
    .select()
    .from(payDatumCorrections)
    .where(then('pay-datum-corrected'))
    .orderBy(sql`${payDatumCorrections}.rowid`)
    .all()
    .map(readCorrection);
}

export function readCorrection({ id, of, value, source }: Pick<DatumRow, 'id' | 'of' | 'value' | 'source'>) {
  const said = { zh: source, en: source };
  return { id, ...zDatum.parse({ of, ...JSON.parse(value) }), source: said } as DatumCorrection;
}

/** As it is now. */
export function payDataNow(db: Db): PayData {
  return payDataOf(employerOf(db).country, datumCorrections(db));
}

/** How a site judges clock-ins and counts hours: data with the day it begins to count, never code. */
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { sitePolicies } from '../../db/cell.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import { type Db, newestFirst, prepared, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { sameOr } from './repeat.ts';
import { siteOf } from './site.ts';

const zSeconds = z.number().int().min(0).max(86_400);

/** Every part has a default, so an older row reads as whole as a new one. */
export const zSitePolicy = z.strictObject({
  /** `record`: the place is written down. `flag`: who is not inside is an exception. `require-proof`: clocking in elsewhere needs a site code or a supervisor's scan. */
  place: z.enum(['record', 'flag', 'require-proof']).default('flag'),
  /** The paid seconds of a day, to this many minutes. 0: not at all. */
  rounding: z
    .strictObject({
      toMinutes: z.union([z.literal(0), z.literal(5), z.literal(6), z.literal(15)]),
      favour: z.enum(['worker', 'employer', 'nearest']),
    })
    .default({ toMinutes: 0, favour: 'nearest' }),
  /** Automatic: taken off a longer stretch of work in which nobody clocked out for as long. */
  breaks: z
    .array(
      z.strictObject({
        afterSeconds: zSeconds,
        seconds: zSeconds.min(60),
        paid: z.boolean(),
        automatic: z.boolean(),
      }),
    )
    .max(5)
    .default([]),
  /** How long before a shift's edge, and after it, one may clock without remark. */
  earlySeconds: zSeconds.default(900),
  lateSeconds: zSeconds.default(900),
  /** A clean timesheet this close to the plan is approved when it is submitted. Null: never. */
  autoApproveSeconds: zSeconds.nullable().default(null),
  /** How long a supervisor may leave a worker's request before HR has it. */
  correctionHours: z.number().int().min(1).max(720).default(48),
  /** The site's tablet takes a picture with each clock-in, kept this many days. */
  witnessPhoto: z.boolean().default(false),
  photoDays: z.number().int().min(1).max(90).default(30),
  /** Positions are coarsened this many days after their period was locked. */
  coarsenDays: z.number().int().min(0).max(3650).default(90),
  /** Whose minimum wage and heat allowance hold here (ISO 3166-2), and which tier of it; null: not said. */
  region: z
    .string()
    .regex(/^[A-Z]{2}-[A-Z0-9]{1,3}(-[A-Z]{2})?$/)
    .nullable()
    .default(null),
  wageTier: z.number().int().min(1).max(4).default(1),
  /** A position this exact is looked for no longer. */
  accurateMetres: z.number().int().min(5).max(200).default(25),
});
export type SitePolicy = Readonly<z.infer<typeof zSitePolicy>>;

export const usualPolicy: SitePolicy = zSitePolicy.parse({});

export interface SitePolicyRow {
  readonly id: string;
  readonly siteId: string;
  readonly effectiveOn: CivilDate;
  readonly rules: SitePolicy;
  readonly at: Instant;
  readonly by: string;
}

export function makeSitePolicy(
  tx: Tx,
  actor: Actor,
  input: { id: string; siteId: string; effectiveOn: CivilDate; rules: SitePolicy },
  at: Instant,
): void {
  if (!siteOf(tx, input.siteId)) refuse('not-found');
  const row = { ...input, rules: canonicalJson(input.rules), at, by: actorText(actor) };
  const known = tx.select().from(sitePolicies).where(eq(sitePolicies.id, input.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'site-policy-made', row, row.by, at);
}

const statements = prepared((db) => ({
  ofSite: db
    .select()
    .from(sitePolicies)
    .where(eq(sitePolicies.siteId, sql.placeholder('siteId')))
    .orderBy(newestFirst(sitePolicies))
    .prepare(),
}));

/** All of a site's, the newest first. */
export function sitePoliciesOf(db: Db, siteId: string): SitePolicyRow[] {
  return statements(db)
    .ofSite.all({ siteId })
    .map((row) => ({ ...row, rules: zSitePolicy.parse(JSON.parse(row.rules)) }));
}

/** Of the policies in force on a day, the one made last. */
export function policyOn(policies: readonly SitePolicyRow[], day: CivilDate): SitePolicy {
  return policies.find(({ effectiveOn }) => effectiveOn <= day)?.rules ?? usualPolicy;
}

export function sitePolicyOn(db: Db, siteId: string, day: CivilDate): SitePolicy {
  return policyOn(sitePoliciesOf(db, siteId), day);
}

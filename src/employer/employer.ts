/** The employer itself: registered once a cell, unverified until the operator accepts its licence. */
import { eq } from 'drizzle-orm';
import { employerLicences, employerReviews, employerSettings, employers } from '../../db/cell.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { enqueue } from '../store/outbox.ts';
import { isUnifiedSocialCreditCode, normalRegistrationCode } from './registration-code.ts';
import { sameOr } from './repeat.ts';

export type Employer = typeof employers.$inferSelect;
export interface EmployerInput {
  readonly name: string;
  readonly country: string;
  readonly registrationCode: string;
  readonly address: string;
  readonly representative: string;
  readonly payerKind: 'ordinary' | 'platform';
  readonly currency: string;
  readonly zone: string;
  /** Of the person who registers, and so owns. */
  readonly ownerName: string;
}

export function findEmployer(db: Db): Employer | undefined {
  return db.select().from(employers).get();
}

export function employerOf(db: Db): Employer {
  return findEmployer(db) ?? refuse('not-found');
}

/** In its normal form; a mainland one must hold (GB 32100). */
export function checkedRegistrationCode(input: { country: string; registrationCode: string }): string {
  const code = normalRegistrationCode(input.registrationCode);
  if (input.country === 'CN' && !isUnifiedSocialCreditCode(code))
    refuse('registration-code-invalid', {}, [{ pointer: '/registrationCode', detail: '' }]);
  return code;
}

/** One employer a cell. The person who registers becomes its owner, in the same commit. */
export function registerEmployer(
  tx: Tx,
  org: string,
  actor: Actor & { kind: 'person' },
  input: EmployerInput,
  at: Instant,
): Employer {
  const by = actorText(actor);
  const registrationCode = checkedRegistrationCode(input);
  const { ownerName, ...rest } = input;
  const row: Employer = { ...rest, registrationCode, id: org, at, by };
  const known = findEmployer(tx);
  if (known) return sameOr(known, row);
  record(tx, 'employer-registered', row, by, at);
  const memberId = newId();
  record(
    tx,
    'member-joined',
    { id: memberId, personId: actor.personId, displayName: ownerName, at, by },
    by,
    at,
  );
  record(
    tx,
    'role-granted',
    { id: newId(), memberId, role: 'owner', siteId: null, clientId: null, at, by },
    by,
    at,
  );
  enqueue(
    tx,
    'membership',
    { personId: actor.personId, orgId: org, orgName: row.name, standing: 'owner', saidAt: at },
    at,
  );
  tellOperator(tx, at);
  return row;
}

export function giveLicence(
  tx: Tx,
  actor: Actor,
  licence: { id: string; fileId: string },
  at: Instant,
): void {
  const by = actorText(actor);
  const known = tx.select().from(employerLicences).where(eq(employerLicences.id, licence.id)).get();
  if (known) return void sameOr(known, { ...licence, by, at });
  record(tx, 'employer-licence-given', { ...licence, at, by }, by, at);
  tellOperator(tx, at);
}

/** The operator's word on a licence; only an operator's actor reaches this. */
export function reviewEmployer(
  tx: Tx,
  actor: Actor & { kind: 'operator' },
  review: { id: string; licenceId: string; decision: 'accepted' | 'refused'; reason: string },
  at: Instant,
): void {
  const by = actorText(actor);
  if (!tx.select().from(employerLicences).where(eq(employerLicences.id, review.licenceId)).get())
    refuse('not-found');
  const known = tx.select().from(employerReviews).where(eq(employerReviews.id, review.id)).get();
  if (known) return void sameOr(known, { ...review, by, at });
  record(tx, 'employer-reviewed', { ...review, at, by }, by, at);
  tellOperator(tx, at);
}

export interface EmployerState {
  readonly verified: boolean;
  readonly licence?: typeof employerLicences.$inferSelect;
  readonly review?: typeof employerReviews.$inferSelect;
}

/** Verified: the newest licence was accepted. A new licence has to be accepted again. */
export function employerState(db: Db): EmployerState {
  const licence = db.select().from(employerLicences).orderBy(newestFirst(employerLicences)).get();
  if (!licence) return { verified: false };
  const review = db
    .select()
    .from(employerReviews)
    .where(eq(employerReviews.licenceId, licence.id))
    .orderBy(newestFirst(employerReviews))
    .get();
  return { verified: review?.decision === 'accepted', licence, ...(review ? { review } : {}) };
}

function tellOperator(tx: Tx, at: Instant): void {
  const employer = employerOf(tx);
  const { verified, licence, review } = employerState(tx);
  enqueue(
    tx,
    'org',
    {
      orgId: employer.id,
      name: employer.name,
      registrationCode: employer.registrationCode,
      verified,
      ...(licence ? { licenceAt: licence.at } : {}),
      ...(review ? { reviewedAt: review.at } : {}),
    },
    at,
  );
}

/** Each setting and the values it may have. */
export const settingValues = {
  'second-approver': ['on', 'off'],
  /** What a month without a payment does to the months of a platform worker (see pay/withholding.ts). */
  'gap-months': ['count-from-first', 'reset'],
  /** Hours until a changed payout account is paid to. */
  'account-cool-down': ['0', '24', '48', '72'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type SettingName = keyof typeof settingValues;
export const settingNames = Object.keys(settingValues) as [SettingName, ...SettingName[]];

export function makeSetting(
  tx: Tx,
  actor: Actor,
  setting: { id: string; name: SettingName; value: string; reason: string },
  at: Instant,
): void {
  const by = actorText(actor);
  const known = tx.select().from(employerSettings).where(eq(employerSettings.id, setting.id)).get();
  if (known) return void sameOr(known, { ...setting, by, at });
  record(tx, 'employer-setting-made', { ...setting, at, by }, by, at);
}

/** The last word on a setting; undefined when nobody spoke. */
export function settingOf(db: Db, name: SettingName) {
  return db
    .select()
    .from(employerSettings)
    .where(eq(employerSettings.name, name))
    .orderBy(newestFirst(employerSettings))
    .get();
}

/** Every word on a setting, the last first. */
export function settingHistory(db: Db, name: SettingName) {
  return db
    .select()
    .from(employerSettings)
    .where(eq(employerSettings.name, name))
    .orderBy(newestFirst(employerSettings))
    .all();
}

/** Four eyes on pay runs unless an owner switched it off. */
export function needsSecondApprover(db: Db): boolean {
  return settingOf(db, 'second-approver')?.value !== 'off';
}

/** Hours that the old payout account stays in force after a change: time to notice that it was not the worker. */
export function accountCoolDownHours(db: Db): number {
  return Number(settingOf(db, 'account-cool-down')?.value ?? 48);
}

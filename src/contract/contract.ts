/** Contracts: offered once as bytes, signed in their places, sealed by appending. State is derived from rows. */
import { eq } from 'drizzle-orm';
import {
  contractDrafts,
  contractSeals,
  contractSignatures,
  contractSlots,
  contracts,
  workers,
} from '../../db/cell.ts';
import serviceAgreement from '../../templates/contracts/service-agreement.md';
import { drawContract } from '../document/document.ts';
import { employerOf, employerState } from '../employer/employer.ts';
import { siteOf } from '../employer/site.ts';
import {
  type Engagement,
  engagementOf,
  engagementState,
  lastDayOf,
  payTermsOf,
  payTermsOn,
  siteIdsOf,
} from '../engagement/engagement.ts';
import type { CellContext } from '../http/env.ts';
import { identityOf } from '../identity/claim.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, digestOf, openText, sealText, sha256 } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { formatMoney, type Minor } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, type Instant, type PayPeriodKind } from '../kernel/time.ts';
import { type Db, insertAll } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import type { Clause } from '../template/clause.ts';
import { parseTemplate, resolveClauses, type Template } from '../template/template.ts';
import { factsOfContract, factsToSeal } from './contract-state.ts';
import { type PlannedSlot, planSlots, type SlotInput, slotsOf } from './slot.ts';

export type Contract = typeof contracts.$inferSelect;
export type Signature = typeof contractSignatures.$inferSelect;

export const templates: readonly Template[] = [parseTemplate(serviceAgreement)];

export function templateOf(id: string): Template {
  return templates.find((template) => template.id === id) ?? refuse('template-unfit');
}

/** What a cover sentence needs; the guarantee room lies beside this one, so its words come in as an argument. */
export interface CoverWords {
  readonly zh: string;
  readonly en: string;
}
export interface OfferInput {
  readonly id: string;
  readonly engagementId: string;
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
  /** Who signs; without it the worker, then anybody of HR. */
  readonly slots?: readonly SlotInput[] | undefined;
  /** Nobody signs from then on. */
  readonly signBy?: Instant | undefined;
  /** What it does to the contract that it follows. */
  readonly relation?: Relation | undefined;
  readonly followsId?: string | undefined;
  /** The first day; without it the engagement's. Of a termination the last day of what it ends. */
  readonly validFrom?: CivilDate | undefined;
  readonly validUntil?: CivilDate | undefined;
}
export type Relation = NonNullable<Contract['relation']>;

interface Drafted {
  readonly template: Template;
  readonly slots: readonly PlannedSlot[];
  readonly validFrom: CivilDate;
  readonly validUntil: CivilDate | null;
  readonly engagement: Engagement;
  readonly clauses: readonly Clause[];
  readonly workerName: string;
  readonly identityReviewId: string;
}

const payPeriods: Record<PayPeriodKind, readonly [string, string]> = {
  weekly: ['每周', 'weekly'],
  'semi-monthly': ['每半月', 'semi-monthly'],
  monthly: ['每月', 'monthly'],
};

/** The clauses of an offer, from what the cell knows and what was asked. Refuses while anything the contract rests on is missing. */
export function draft(db: Db, input: OfferInput, cover: CoverWords, at: Instant): Drafted {
  const template = templateOf(input.template);
  const engagement = engagementOf(db, input.engagementId) ?? refuse('not-found');
  if (engagement.relationship !== template.relationship) refuse('template-unfit');
  const employer = employerOf(db);
  const today = civilDateAt(at, employer.zone);
  if (engagementState(db, engagement, today) === 'ended') refuse('engagement-ended');
  const identity = identityOf(db, engagement.workerId);
  if (identity.state !== 'accepted' || !identity.claim || !identity.review) refuse('identity-unproven');
  const terms =
    payTermsOn(payTermsOf(db, engagement.id), engagement.startsOn) ??
    refuse('field-missing', { fields: 'hourlyRate' });
  const { verified } = employerState(db);
  if (input.signBy !== undefined && input.signBy <= at)
    refuse('expiry-past', {}, [{ pointer: '/signBy', detail: '' }]);
  requireFollowed(db, engagement, input);
  const lastDay = input.validUntil ?? lastDayOf(db, engagement);
  const validFrom = input.validFrom ?? engagement.startsOn;
  if (lastDay !== null && lastDay < validFrom)
    refuse('dates-reversed', {}, [{ pointer: '/validUntil', detail: '' }]);
  const unknown = Object.keys(input.values).filter((name) => !template.asked.includes(name));
  if (unknown.length > 0)
    refuse(
      'body-invalid',
      {},
      unknown.map((name) => ({ pointer: `/values/${name}`, detail: '?' })),
    );
  const clauses = resolveClauses(template, {
    ...input.values,
    employerName: employer.name,
    registrationCode: employer.registrationCode,
    employerAddress: employer.address,
    representative: employer.representative,
    verificationZh: verified ? '甲方营业执照已经平台核验。' : '甲方营业执照尚未经平台核验。',
    verificationEn: verified
      ? 'The operator has accepted Party A’s licence.'
      : 'The operator has not accepted Party A’s licence yet.',
    workerName: identity.claim.legalName,
    documentMasked: identity.claim.documentMasked,
    roleTitle: engagement.roleTitle,
    project: engagement.project,
    sites: siteIdsOf(db, engagement.id)
      .map((id) => siteOf(db, id))
      .map((site) => `${site?.name}（${site?.address}）`)
      .join('；'),
    startsOn: validFrom,
    endsOnZh: lastDay ?? '任何一方解除为止',
    endsOnEn: lastDay ?? 'either party ends it',
    hourlyRate: formatMoney(terms.hourlyRateMinor as Minor, employer.currency, 'zh-CN'),
    payPeriodZh: payPeriods[engagement.payPeriod][0],
    payPeriodEn: payPeriods[engagement.payPeriod][1],
    ...taxWords(employer.country, employer.payerKind),
    coverZh: cover.zh,
    coverEn: cover.en,
  });
  return {
    template,
    engagement,
    clauses,
    slots: planSlots(db, workerPersonOf(db, engagement.workerId), input.slots),
    validFrom,
    validUntil: lastDay,
    workerName: identity.claim.legalName,
    identityReviewId: identity.review.id,
  };
}

/** A contract is changed, renewed or ended while it is in force or will be, by one with the same worker. */
function requireFollowed(db: Db, engagement: Engagement, { relation, followsId }: OfferInput): void {
  if (relation === undefined && followsId === undefined) return;
  const followed = followsId === undefined ? undefined : factsOfContract(db, followsId);
  const isTheirs =
    followed?.workerId === engagement.workerId &&
    (relation === 'renews' || followed.engagementId === engagement.id);
  const binds = followed?.completedAt && !followed.supersededOn && !followed.terminatedOn;
  if (relation === undefined || !isTheirs || !binds)
    refuse('contract-not-to-follow', {}, [{ pointer: '/followsId', detail: '' }]);
}

function workerPersonOf(db: Db, workerId: string): string {
  const worker = db
    .select({ personId: workers.personId })
    .from(workers)
    .where(eq(workers.id, workerId))
    .get();
  return worker?.personId ?? refuse('not-found');
}

function taxWords(country: string, payerKind: string): { taxZh: string; taxEn: string } {
  if (country !== 'CN')
    return { taxZh: '甲方依当地法律处理税费。', taxEn: 'Party A handles tax as the local law asks.' };
  return payerKind === 'platform'
    ? {
        taxZh: '报酬为税前金额，甲方依法按累计预扣法代扣代缴个人所得税，并提供明细。',
        taxEn:
          'Pay is before tax; Party A withholds individual income tax by the cumulative method and shows how.',
      }
    : {
        taxZh: '报酬为税前金额，甲方依法按劳务报酬所得代扣代缴个人所得税，并提供明细。',
        taxEn:
          'Pay is before tax; Party A withholds individual income tax on labour remuneration and shows how.',
      };
}

/** Draws the offer and keeps its bytes: plan, effect, record. A repetition answers the first offer. */
export async function offerContract(
  cell: CellContext,
  actor: Actor,
  input: OfferInput,
  cover: (db: Db, at: Instant) => CoverWords,
  at: Instant,
): Promise<Contract> {
  const known = contractOf(cell.store.db, input.id);
  if (known) return repeatedOffer(cell, known, input);
  const drafted = draft(cell.store.db, input, cover(cell.store.db, at), at);
  const employer = employerOf(cell.store.db);
  const { bytes, pages } = await drawContract(
    {
      title: drafted.template.title,
      contractId: input.id,
      clauses: drafted.clauses,
      parties: [
        { slot: 'employer', zh: '甲方（用工方）', en: 'Party A', name: employer.name },
        { slot: 'worker', zh: '乙方（劳务提供者）', en: 'Party B', name: drafted.workerName },
      ],
      verifyUrl: verifyUrlOf(cell, input.id),
      typed: typedIn(input.values),
      at,
    },
    cell.renderer,
  );
  const fileId = await cell.files.put(bytes);
  return cell.store.commit((tx) => {
    const before = contractOf(tx, input.id);
    if (before) return repeatedOffer(cell, before, input);
    // What was drawn must still be what holds: a rate or an identity may have changed while drawing.
    const again = draft(tx, input, cover(tx, at), at);
    if (canonicalJson(again.clauses) !== canonicalJson(drafted.clauses)) refuse('draft-changed');
    const { engagement } = drafted;
    const slots = drafted.slots.map((slot) => ({ id: newId(), contractId: input.id, ...slot }));
    const row: Contract = {
      id: input.id,
      engagementId: engagement.id,
      workerId: engagement.workerId,
      template: drafted.template.id,
      templateVersion: drafted.template.version,
      fieldsSealed: sealText(
        cell.keys.field,
        canonicalJson({ values: input.values, clauses: drafted.clauses }),
        `contracts ${input.id}`,
      ),
      fileId,
      documentDigest: sha256(bytes),
      documentBytes: bytes.length,
      pages,
      language: 'zh-CN',
      validFrom: drafted.validFrom,
      validUntil: drafted.validUntil,
      relation: input.relation ?? null,
      followsId: input.followsId ?? null,
      signBy: input.signBy ?? null,
      slotsDigest: digestOf(slots),
      employerVerified: employerState(tx).verified,
      identityReviewId: drafted.identityReviewId,
      at,
      by: actorText(actor),
    };
    record(tx, 'contract-offered', row, row.by, at);
    insertAll(tx, contractSlots, slots);
    tx.delete(contractDrafts).where(eq(contractDrafts.id, input.id)).run();
    return row;
  });
}

/** The public page that checks a contract's file. */
export function verifyUrlOf({ publicUrl }: Pick<CellContext, 'publicUrl'>, contractId: string): string {
  return `${publicUrl}/verify?c=${contractId}`;
}

const typedIn = (values: OfferInput['values']) =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [`/values/${name}`, text]));

function repeatedOffer(cell: CellContext, known: Contract, input: OfferInput): Contract {
  const { values } = textOf(cell, known);
  const { db } = cell.store;
  const said = (
    offer: Pick<OfferInput, 'engagementId' | 'template' | 'values'>,
    slots: readonly PlannedSlot[],
    rest: Pick<Contract, 'relation' | 'followsId' | 'signBy'>,
  ) =>
    canonicalJson({
      offer: { engagementId: offer.engagementId, template: offer.template, values: offer.values },
      slots: slots.map(({ ordinal, role, personId, memberRole }) => ({
        ordinal,
        role,
        personId,
        memberRole,
      })),
      rest,
    });
  const { relation = null, followsId = null, signBy = null } = input;
  const before = { relation: known.relation, followsId: known.followsId, signBy: known.signBy };
  const slots = planSlots(db, workerPersonOf(db, known.workerId), input.slots);
  if (
    said({ ...known, values }, slotsOf(db, known.id), before) !==
    said(input, slots, { relation, followsId, signBy })
  )
    refuse('id-reused');
  return known;
}

/** The same clauses as plain text, for reading as a page. */
export function textOf(
  cell: CellContext,
  contract: Contract,
): { values: Record<string, string>; clauses: Clause[] } {
  return JSON.parse(openText(cell.keys.field, contract.fieldsSealed, `contracts ${contract.id}`)) as {
    values: Record<string, string>;
    clauses: Clause[];
  };
}

export function contractOf(db: Db, id: string): Contract | undefined {
  return db.select().from(contracts).where(eq(contracts.id, id)).get();
}

export function signaturesOf(db: Db, contractId: string): Signature[] {
  return db
    .select()
    .from(contractSignatures)
    .where(eq(contractSignatures.contractId, contractId))
    .orderBy(contractSignatures.at)
    .all();
}

export function sealOf(db: Db, contractId: string) {
  return db.select().from(contractSeals).where(eq(contractSeals.id, contractId)).get();
}

/** Signed by everybody and not sealed yet, oldest first: the work of tick. */
export function contractsToSeal(db: Db): Contract[] {
  return factsToSeal(db).flatMap(({ id }) => contractOf(db, id) ?? []);
}

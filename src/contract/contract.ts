/** Contracts: offered once as bytes, signed in their places, sealed by appending. State is derived from rows. */
import { eq } from 'drizzle-orm';
import {
  contractDrafts,
  contractSeals,
  contractSignatures,
  contractSlots,
  contracts,
  contractTimestamps,
  workers,
} from '../../db/cell.ts';
import { drawContract } from '../document/document.ts';
import { employerOf, employerState } from '../employer/employer.ts';
import { type Engagement, engagementOf, engagementState, lastDayOf } from '../engagement/engagement.ts';
import type { CellContext, CellKeys } from '../http/env.ts';
import { identityOf } from '../identity/claim.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, digestOf, openText, sealText, sha256 } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, type Instant } from '../kernel/time.ts';
import { type Db, insertAll, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import type { Clause } from '../template/clause.ts';
import { draftClauses } from '../template/draft.ts';
import type { FieldValues } from '../template/field.ts';
import { lawsFor } from '../template/law.ts';
import { templateFor } from '../template/shelf.ts';
import { names, type Template, type TemplateKind } from '../template/template.ts';
import { contractFacts } from './contract-facts.ts';
import { factsOfContract, factsToSeal } from './contract-state.ts';
import { type PlannedSlot, planSlots, type SlotInput, slotsOf } from './slot.ts';

export type Contract = typeof contracts.$inferSelect;
export type Signature = typeof contractSignatures.$inferSelect;

/** What a cover sentence needs; the guarantee room lies beside this one, so its words come in as an argument. */
export interface CoverWords {
  readonly zh: string;
  readonly en: string;
}
export interface OfferInput {
  readonly id: string;
  readonly engagementId: string;
  readonly template: string;
  readonly values: FieldValues;
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

/** The clauses of an offer, from what the cell knows and what was asked. Refuses while anything the contract rests on is missing. */
export function draft(db: Db, keys: CellKeys, input: OfferInput, cover: CoverWords, at: Instant): Drafted {
  const engagement = engagementOf(db, input.engagementId) ?? refuse('not-found');
  const template = templateFor(
    db,
    input.template,
    engagement.relationship,
    kindsOf[input.relation ?? 'none'],
  );
  const { country, currency, zone } = employerOf(db);
  if (engagementState(db, engagement, civilDateAt(at, zone)) === 'ended') refuse('engagement-ended');
  const identity = identityOf(db, engagement.workerId);
  if (identity.state !== 'accepted' || !identity.claim || !identity.review) refuse('identity-unproven');
  if (input.signBy !== undefined && input.signBy <= at)
    refuse('expiry-past', {}, [{ pointer: '/signBy', detail: '' }]);
  requireFollowed(db, engagement, input);
  const lastDay = input.validUntil ?? lastDayOf(db, engagement);
  const validFrom = input.validFrom ?? engagement.startsOn;
  if (lastDay !== null && lastDay < validFrom)
    refuse('dates-reversed', {}, [{ pointer: '/validUntil', detail: '' }]);
  const facts = {
    engagement,
    claim: identity.claim,
    startsOn: validFrom,
    endsOn: lastDay,
    cover,
    priorId: input.followsId,
    showsDocument: names(template, 'documentNumber'),
  };
  const { clauses } = draftClauses(template, {
    facts: contractFacts(db, keys, facts),
    values: input.values,
    currency,
    laws: lawsFor(template, engagement.relationship, country, validFrom),
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

/** What may be said in a contract that stands alone, and in one that follows another. */
const kindsOf: Readonly<Record<Relation | 'none', readonly TemplateKind[]>> = {
  none: ['contract'],
  replaces: ['contract'],
  renews: ['contract'],
  amends: ['amendment', 'confidentiality'],
  terminates: ['termination'],
};

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

/** Draws the offer and keeps its bytes: plan, effect, record. A repetition answers the first offer. */
export async function offerContract(
  cell: CellContext,
  actor: Actor,
  input: OfferInput,
  cover: (db: Db, at: Instant) => CoverWords,
  at: Instant,
  onOffered: (tx: Tx, contract: Contract, at: Instant) => void = () => undefined,
): Promise<Contract> {
  const known = contractOf(cell.store.db, input.id);
  if (known) return repeatedOffer(cell, known, input);
  const drafted = draft(cell.store.db, cell.keys, input, cover(cell.store.db, at), at);
  const employer = employerOf(cell.store.db);
  const { bytes, pages } = await drawContract(
    {
      title: drafted.template.title,
      contractId: input.id,
      clauses: drafted.clauses,
      parties: [
        { slot: 'employer', ...drafted.template.partyA, name: employer.name },
        { slot: 'worker', ...drafted.template.partyB, name: drafted.workerName },
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
    const again = draft(tx, cell.keys, input, cover(tx, at), at);
    if (canonicalJson(again.clauses) !== canonicalJson(drafted.clauses)) refuse('draft-changed');
    const { engagement } = drafted;
    const slots = drafted.slots.map((slot) => ({ id: newId(), contractId: input.id, ...slot }));
    const row: Contract = {
      id: input.id,
      engagementId: engagement.id,
      workerId: engagement.workerId,
      template: drafted.template.id,
      templateVersion: drafted.template.version,
      title: canonicalJson(drafted.template.title),
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
    onOffered(tx, row, at);
    return row;
  });
}

/** The public page that checks a contract's file. */
export function verifyUrlOf({ publicUrl }: Pick<CellContext, 'publicUrl'>, contractId: string): string {
  return `${publicUrl}/verify?c=${contractId}`;
}

const typedIn = (values: OfferInput['values']) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      `/values/${name}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

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
export function textOf(cell: CellContext, contract: Contract): { values: FieldValues; clauses: Clause[] } {
  return JSON.parse(openText(cell.keys.field, contract.fieldsSealed, `contracts ${contract.id}`)) as {
    values: FieldValues;
    clauses: Clause[];
  };
}

/** What it is called. */
export function titleOf(contract: Contract): { readonly zh: string; readonly en: string } {
  return JSON.parse(contract.title) as { zh: string; en: string };
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

/** The file that everybody downloads: with a timestamp behind the seal, once there is one. */
export function finishedFileOf(db: Db, contractId: string): string | undefined {
  const stamped = db.select().from(contractTimestamps).where(eq(contractTimestamps.id, contractId)).get();
  return stamped?.fileId ?? sealOf(db, contractId)?.fileId;
}

/** Signed by everybody and not sealed yet, oldest first: the work of tick. */
export function contractsToSeal(db: Db): Contract[] {
  return factsToSeal(db).flatMap(({ id }) => contractOf(db, id) ?? []);
}

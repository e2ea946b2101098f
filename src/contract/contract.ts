/** Contracts: offered once as bytes, signed by both, sealed by appending. State is derived from rows. */
import { and, desc, eq } from 'drizzle-orm';
import { contractDeclines, contractSeals, contractSignatures, contracts } from '../../db/cell.ts';
import serviceAgreement from '../../templates/contracts/service-agreement.md';
import { drawContract } from '../document/document.ts';
import { employerOf, employerState } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
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
import { workerNameOf } from '../identity/name.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson, openText, sealText, sha256 } from '../kernel/digest.ts';
import { formatMoney, type Minor } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import { civilDateAt, type Instant, type PayPeriodKind } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import type { Clause } from '../template/clause.ts';
import { parseTemplate, resolveClauses, type Template } from '../template/template.ts';

export type Contract = typeof contracts.$inferSelect;
export type Signature = typeof contractSignatures.$inferSelect;
export type ContractState = 'offered' | 'signed-by-worker' | 'signed' | 'sealed' | 'declined';

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
}

interface Drafted {
  readonly template: Template;
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
  const lastDay = lastDayOf(db, engagement);
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
    startsOn: engagement.startsOn,
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
    workerName: identity.claim.legalName,
    identityReviewId: identity.review.id,
  };
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
        { zh: '甲方（用工方）', en: 'Party A', name: employer.name },
        { zh: '乙方（劳务提供者）', en: 'Party B', name: drafted.workerName },
      ],
      at,
    },
    cell.assets,
  );
  const fileId = await cell.files.put(bytes);
  return cell.store.commit((tx) => {
    const before = contractOf(tx, input.id);
    if (before) return repeatedOffer(cell, before, input);
    // What was drawn must still be what holds: a rate or an identity may have changed while drawing.
    const again = draft(tx, input, cover(tx, at), at);
    if (canonicalJson(again.clauses) !== canonicalJson(drafted.clauses)) refuse('contract-closed');
    const { engagement } = drafted;
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
      validFrom: engagement.startsOn,
      validUntil: lastDayOf(tx, engagement),
      employerVerified: employerState(tx).verified,
      identityReviewId: drafted.identityReviewId,
      at,
      by: actorText(actor),
    };
    record(tx, 'contract-offered', row, row.by, at);
    return row;
  });
}

function repeatedOffer(cell: CellContext, known: Contract, input: OfferInput): Contract {
  const { values } = textOf(cell, known);
  if (
    known.engagementId !== input.engagementId ||
    known.template !== input.template ||
    canonicalJson(values) !== canonicalJson(input.values)
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

export interface ContractView {
  readonly contract: Contract;
  readonly workerName: string;
  readonly state: ContractState;
  readonly signatures: readonly Signature[];
  readonly declined?: { readonly reason: string; readonly at: Instant };
  readonly sealedAt?: Instant;
}

export function contractState(facts: {
  readonly declined: boolean;
  readonly sealed: boolean;
  readonly signatures: number;
}): ContractState {
  if (facts.declined) return 'declined';
  if (facts.sealed) return 'sealed';
  return facts.signatures === 2 ? 'signed' : facts.signatures === 1 ? 'signed-by-worker' : 'offered';
}

export function viewOf(db: Db, contract: Contract): ContractView {
  const signatures = signaturesOf(db, contract.id);
  const declined = db.select().from(contractDeclines).where(eq(contractDeclines.id, contract.id)).get();
  const seal = sealOf(db, contract.id);
  const workerName = workerNameOf(db, contract.workerId);
  const state = contractState({
    declined: declined !== undefined,
    sealed: seal !== undefined,
    signatures: signatures.length,
  });
  return {
    contract,
    workerName,
    state,
    signatures,
    ...(declined ? { declined } : {}),
    ...(seal ? { sealedAt: seal.at } : {}),
  };
}

export function contractsOfWorker(db: Db, workerId: string): ContractView[] {
  return db
    .select()
    .from(contracts)
    .where(eq(contracts.workerId, workerId))
    .orderBy(desc(contracts.at))
    .all()
    .map((contract) => viewOf(db, contract));
}

export function contractsOf(db: Db, limit = 200): ContractView[] {
  return db
    .select()
    .from(contracts)
    .orderBy(desc(contracts.at))
    .limit(limit)
    .all()
    .map((contract) => viewOf(db, contract));
}

export function declineContract(
  tx: Tx,
  actor: Actor,
  input: { id: string; reason: string },
  at: Instant,
): void {
  const contract = contractOf(tx, input.id) ?? refuse('not-found');
  const row = { ...input, at, by: actorText(actor) };
  const known = tx.select().from(contractDeclines).where(eq(contractDeclines.id, input.id)).get();
  if (known) return void sameOr(known, row);
  if (signaturesOf(tx, contract.id).length > 0) refuse('contract-closed');
  record(tx, 'contract-declined', row, row.by, at);
}

/** Signed by both and not sealed yet, oldest first: the work of tick. */
export function contractsToSeal(db: Db): Contract[] {
  return db
    .select({ contract: contracts, seal: contractSeals.id })
    .from(contracts)
    .innerJoin(
      contractSignatures,
      and(eq(contractSignatures.contractId, contracts.id), eq(contractSignatures.role, 'employer')),
    )
    .leftJoin(contractSeals, eq(contractSeals.id, contracts.id))
    .orderBy(contracts.at)
    .all()
    .filter(({ seal }) => seal === null)
    .map(({ contract }) => contract);
}

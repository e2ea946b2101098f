/** What the cell knows for a contract: of the employer, the worker's accepted identity, the engagement, and the contract it hangs on. */
import { eq } from 'drizzle-orm';
import { contracts } from '../../db/cell.ts';
import { type Employer, employerOf, employerState } from '../employer/employer.ts';
import { siteOf } from '../employer/site.ts';
import {
  type Engagement,
  type PayTerms,
  payTermsOf,
  payTermsOn,
  siteIdsOf,
} from '../engagement/engagement.ts';
import type { CellKeys } from '../http/env.ts';
import type { IdentityClaim } from '../identity/claim.ts';
import { openText } from '../kernel/digest.ts';
import { formatMoney, type Minor } from '../kernel/money.ts';
import type { Spoken } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import type { FieldValues } from '../template/field.ts';
import { templateNamed } from '../template/shelf.ts';

export interface FactsInput {
  readonly engagement: Engagement;
  readonly claim: IdentityClaim;
  /** From when it holds; of a termination the last day of what it ends. */
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate | null;
  readonly cover: Spoken;
  /** Opens the full number of the document: only for a template that names it, because the law asks for it there. */
  readonly showsDocument: boolean;
  /** The contract that an amendment, a termination or a confidentiality agreement hangs on. */
  readonly priorId?: string | undefined;
}

/** By the names in template/fact.ts. What is not known is left out, so that drafting names it. */
export function contractFacts(db: Db, keys: CellKeys, input: FactsInput): FieldValues {
  const { engagement, claim, startsOn, endsOn, cover, priorId } = input;
  const employer = employerOf(db);
  const terms = payTermsOn(payTermsOf(db, engagement.id), startsOn);
  return {
    employerName: employer.name,
    registrationCode: employer.registrationCode,
    employerAddress: employer.address,
    representative: employer.representative,
    verified: employerState(db).verified ? 'yes' : 'no',
    workerName: claim.legalName,
    documentKind: claim.documentKind,
    documentMasked: claim.documentMasked,
    ...(input.showsDocument
      ? { documentNumber: openText(keys.field, claim.documentNumberSealed, `identity_claims ${claim.id}`) }
      : {}),
    relationship: engagement.relationship,
    roleTitle: engagement.roleTitle,
    project: engagement.project,
    sites: siteIdsOf(db, engagement.id)
      .map((id) => siteOf(db, id))
      .map((site) => `${site?.name}（${site?.address}）`)
      .join('；'),
    effectiveOn: startsOn,
    startsOn,
    ...(endsOn ? { endsOn } : {}),
    ...(terms ? { pay: payText(terms, employer) } : {}),
    payPeriod: engagement.payPeriod,
    tax: taxText(employer, engagement.relationship),
    cover,
    ...(priorId ? priorFacts(db, priorId, employer.zone) : {}),
  };
}

function payText(terms: PayTerms, { currency }: Employer): Spoken {
  const rate = formatMoney(terms.hourlyRateMinor as Minor, currency, 'zh-CN');
  return { zh: `每小时 ${rate}`, en: `${rate} an hour` };
}

function priorFacts(db: Db, id: string, zone: string): FieldValues {
  const prior = db.select().from(contracts).where(eq(contracts.id, id)).get();
  if (!prior) return {};
  return {
    priorTitle: templateNamed(db, prior.template, prior.templateVersion).title,
    priorNumber: prior.id,
    priorOn: civilDateAt(prior.at, zone),
  };
}

const taxes = {
  abroad: { zh: '甲方依当地法律处理税费。', en: 'Party A handles tax as the local law asks.' },
  wages: {
    zh: '报酬为税前金额，甲方依法按工资、薪金所得以累计预扣法代扣代缴个人所得税，并提供明细。',
    en: 'Pay is before tax; Party A withholds individual income tax on wages by the cumulative method and shows how.',
  },
  business: {
    zh: '报酬为税前金额，属于乙方的经营所得，由乙方依法申报纳税；甲方依法报送涉税信息。',
    en: 'Pay is before tax and is Party B’s business income, which Party B declares; Party A reports what the tax law asks for.',
  },
  cumulative: {
    zh: '报酬为税前金额，甲方依法按累计预扣法代扣代缴个人所得税，并提供明细。',
    en: 'Pay is before tax; Party A withholds individual income tax by the cumulative method and shows how.',
  },
  remuneration: {
    zh: '报酬为税前金额，甲方依法按劳务报酬所得代扣代缴个人所得税，并提供明细。',
    en: 'Pay is before tax; Party A withholds individual income tax on labour remuneration and shows how.',
  },
} as const;

function taxText({ country, payerKind }: Employer, relationship: Engagement['relationship']): Spoken {
  if (country !== 'CN') return taxes.abroad;
  if (relationship === 'labour' || relationship === 'part-time') return taxes.wages;
  if (relationship === 'sole-trader') return taxes.business;
  if (relationship === 'intern') return taxes.cumulative;
  return payerKind === 'platform' ? taxes.cumulative : taxes.remuneration;
}

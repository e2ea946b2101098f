/** A client's statement 结算单 (pure): the approved hours at its sites, at its rates, with who approved them. */
import { allocate, type Minor, minor, mulDiv, sum } from '../kernel/money.ts';
import type { CivilDate, CivilRange, Instant } from '../kernel/time.ts';
import { type BillRate, billRateOn } from './bill-rate.ts';

/** One day of somebody's approved work at one site. */
export interface WorkedAt {
  readonly engagementId: string;
  readonly workerName: string;
  readonly roleTitle: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly on: CivilDate;
  readonly seconds: number;
  readonly approval: StatementApproval;
}
export interface StatementApproval {
  readonly id: string;
  /** Of the hours as approved. */
  readonly digest: string;
  readonly at: Instant;
  readonly byName: string;
}
export interface StatementDay {
  readonly on: CivilDate;
  readonly seconds: number;
  readonly amountMinor: Minor;
}
/** Engagement × site × rate; its days add up to it. */
export interface StatementLine {
  readonly engagementId: string;
  readonly workerName: string;
  readonly roleTitle: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly rateMinor: Minor;
  readonly rateEffectiveOn: CivilDate;
  readonly seconds: number;
  readonly amountMinor: Minor;
  readonly days: readonly StatementDay[];
  readonly approvals: readonly StatementApproval[];
}
export interface SiteTotal {
  readonly siteId: string;
  readonly siteName: string;
  readonly seconds: number;
  readonly amountMinor: Minor;
}
export interface Statement {
  readonly period: CivilRange;
  readonly lines: readonly StatementLine[];
  readonly sites: readonly SiteTotal[];
  readonly seconds: number;
  readonly amountMinor: Minor;
  /** Approved, but for no rate: the statement cannot be issued before there is one. */
  readonly withoutRate: readonly { readonly roleTitle: string; readonly on: CivilDate }[];
}

/** Hours are billed to the second; each line is rounded once, half up. The order of the days changes nothing. */
export function statementOf(
  period: CivilRange,
  worked: readonly WorkedAt[],
  rates: readonly BillRate[],
): Statement {
  const lines = new Map<
    string,
    { rate: Pick<BillRate, 'hourlyRateMinor' | 'effectiveOn'>; days: WorkedAt[] }
  >();
  const withoutRate = new Map<string, { roleTitle: string; on: CivilDate }>();
  for (const day of [...worked].sort(byPlaceAndPerson)) {
    if (day.seconds === 0) continue;
    const rate = billRateOn(rates, day.roleTitle, day.on);
    if (!rate) {
      const known = withoutRate.get(day.roleTitle);
      if (!known) withoutRate.set(day.roleTitle, { roleTitle: day.roleTitle, on: day.on });
      else if (day.on < known.on) known.on = day.on;
      continue;
    }
    const key = `${day.siteId} ${day.engagementId} ${rate.effectiveOn} ${rate.hourlyRateMinor}`;
    const line = lines.get(key) ?? { rate, days: [] };
    line.days.push(day);
    lines.set(key, line);
  }
  const made = [...lines.values()].map(({ rate, days }) => lineOf(days, rate));
  return {
    period,
    lines: made,
    sites: siteTotals(made),
    seconds: made.reduce((total, { seconds }) => total + seconds, 0),
    amountMinor: sum(made.map(({ amountMinor }) => amountMinor)),
    withoutRate: [...withoutRate.values()],
  };
}

function byPlaceAndPerson(a: WorkedAt, b: WorkedAt): number {
  const key = ({ siteName, siteId, workerName, engagementId, on }: WorkedAt) =>
    [siteName, siteId, workerName, engagementId, on].join('\n');
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

function lineOf(
  days: readonly WorkedAt[],
  { hourlyRateMinor, effectiveOn }: Pick<BillRate, 'hourlyRateMinor' | 'effectiveOn'>,
): StatementLine {
  const [{ engagementId, workerName, roleTitle, siteId, siteName }] = days as [WorkedAt];
  const seconds = days.reduce((total, day) => total + day.seconds, 0);
  const amountMinor = mulDiv(hourlyRateMinor, seconds, 3600, 'half-up');
  const shares = allocate(
    amountMinor,
    days.map((day) => day.seconds),
  );
  const approvals = new Map(days.map(({ approval }) => [approval.id, approval]));
  return {
    engagementId,
    workerName,
    roleTitle,
    siteId,
    siteName,
    rateMinor: hourlyRateMinor,
    rateEffectiveOn: effectiveOn,
    seconds,
    amountMinor,
    days: days.map((day, index) => ({
      on: day.on,
      seconds: day.seconds,
      amountMinor: shares[index] ?? minor(0),
    })),
    approvals: [...approvals.values()],
  };
}

function siteTotals(lines: readonly StatementLine[]): SiteTotal[] {
  const totals = new Map<string, SiteTotal>();
  for (const { siteId, siteName, seconds, amountMinor } of lines) {
    const known = totals.get(siteId);
    totals.set(siteId, {
      siteId,
      siteName,
      seconds: (known?.seconds ?? 0) + seconds,
      amountMinor: sum([known?.amountMinor ?? minor(0), amountMinor]),
    });
  }
  return [...totals.values()];
}

/** Whole seconds shared by weights, the largest remainder first: what breaks and rounding took is taken from every site alike. */
export function shareSeconds(seconds: number, weights: readonly number[]): number[] {
  return allocate(minor(seconds), weights);
}

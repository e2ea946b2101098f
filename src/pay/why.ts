/** Why a pay line is what it is: its numbers in words, the days and punches behind it, who approved them, the rule and its source. */
import { eq, inArray } from 'drizzle-orm';
import { engagements, payAdjustments, sites, timesheetApprovals } from '../../db/cell.ts';
import { punchesOf } from '../clock/punch.ts';
import type { EarningCode, EarningPart } from '../earning/earning-part.ts';
import { clockText, partSentences, percentText, settledSentences } from '../earning/explain.ts';
import { earningWords } from '../earning/words.ts';
import { employerOf } from '../employer/employer.ts';
import { memberNameOf } from '../employer/member.ts';
import type { Entry } from '../hours/entries.ts';
import { workerNameOf } from '../identity/name.ts';
import { formatMoney, type Minor, minor } from '../kernel/money.ts';
import { type Locale, refuse } from '../kernel/refusal.ts';
import { type CivilDate, formatInstant, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import type { LineFacts, RunLine } from './calculate.ts';
import { linesOf, runOf, runView } from './pay-run.ts';
import type { Withholding } from './withholding.ts';
import { ruleByCode } from './withholding-rules.ts';
import { payWords } from './words.ts';

export interface PunchWhy {
  readonly id: string;
  readonly at: Instant;
  readonly verdict: string;
  readonly metres: number | null;
  /** A supervisor added it: the correction holds the reason. */
  readonly correctionId: string | null;
}
export interface IntervalWhy {
  readonly day: CivilDate;
  readonly siteName: string;
  readonly zone: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly seconds: number;
  readonly in: PunchWhy | null;
  readonly out: PunchWhy | null;
}
/** A day's share of a line: its seconds, or hundredths of what is counted. */
export interface DayWhy {
  readonly day: CivilDate;
  readonly seconds: number | null;
  readonly hundredths: number | null;
  readonly shareMinor: Minor;
}
export interface Why {
  readonly line: number;
  readonly kind: RunLine['kind'];
  readonly code: string;
  readonly amountMinor: Minor;
  readonly workerName: string;
  readonly project: string;
  readonly roleTitle: string;
  /** The sum in words, step by step, in the reader's language. */
  readonly formula: readonly string[];
  readonly parts: readonly EarningPart[];
  readonly days: readonly DayWhy[];
  readonly intervals: readonly IntervalWhy[];
  readonly approval: { id: string; at: Instant; byName: string; digest: string } | null;
  readonly withholding: Withholding | null;
  readonly rule: {
    code: string;
    name: string;
    source: string;
    effectiveOn: string;
    verifiedOn: string;
  } | null;
}

/** Refuses `not-found` for a line that is not of the run's calculation, or not of the worker when one is named. */
export function whyOf(db: Db, runId: string, lineNumber: number, locale: Locale, workerId?: string): Why {
  const { calculation } = runView(db, runId);
  const lines = calculation ? linesOf(db, calculation.id) : [];
  const line = lines.find((one) => one.line === lineNumber);
  if (!line || (workerId !== undefined && line.workerId !== workerId)) refuse('not-found');
  return explain(db, line, locale);
}

export function explain(db: Db, line: RunLine, locale: Locale): Why {
  const engagement = db.select().from(engagements).where(eq(engagements.id, line.engagementId)).get();
  const { facts } = line;
  const parts = partsOf(facts);
  return {
    line: line.line,
    kind: line.kind,
    code: line.code,
    amountMinor: line.amountMinor,
    workerName: workerNameOf(db, line.workerId),
    project: engagement?.project ?? '',
    roleTitle: engagement?.roleTitle ?? '',
    formula: formulaOf(db, line, locale),
    parts,
    days: parts.flatMap(daysOf),
    intervals: line.approvalId ? intervalsOf(db, line.approvalId) : [],
    approval: line.approvalId ? approvalOfLine(db, line.approvalId) : null,
    withholding: facts.of === 'withholding' ? facts.withholding : null,
    rule: facts.of === 'withholding' ? ruleWords(db, line.code, locale) : null,
  };
}

function daysOf({ basis, days }: EarningPart): DayWhy[] {
  if (basis === 'fixed') return [];
  return days.map(({ on, quantity, amountMinor }) => ({
    day: on,
    seconds: basis === 'seconds' ? quantity : null,
    hundredths: basis === 'seconds' ? null : quantity,
    shareMinor: amountMinor,
  }));
}

function partsOf(facts: LineFacts): readonly EarningPart[] {
  if (facts.of === 'earning' || facts.of === 'promise') return [facts.part];
  return facts.of === 'correction' ? facts.parts : [];
}

function ruleWords(db: Db, code: string, locale: Locale): Why['rule'] {
  const rule = ruleByCode(employerOf(db).country, code);
  if (!rule) return null;
  const of = locale === 'en' ? 'en' : 'zh';
  const { effectiveOn, verifiedOn } = rule;
  return { code, name: rule.name[of], source: rule.source[of], effectiveOn, verifiedOn };
}

function approvalOfLine(db: Db, approvalId: string): Why['approval'] {
  const approval = db.select().from(timesheetApprovals).where(eq(timesheetApprovals.id, approvalId)).get();
  if (!approval) return null;
  return { id: approval.id, at: approval.at, byName: memberNameOf(db, approval.by), digest: approval.digest };
}

function intervalsOf(db: Db, approvalId: string): IntervalWhy[] {
  const approval = db.select().from(timesheetApprovals).where(eq(timesheetApprovals.id, approvalId)).get();
  const entries = approval ? (JSON.parse(approval.entries) as Entry[]) : [];
  const intervals = entries.flatMap((entry) => entry.intervals);
  const punches = new Map(
    punchesOf(
      db,
      intervals.flatMap(({ inPunchId, outPunchId }) => [inPunchId, outPunchId]),
    ).map((punch) => [punch.id, punch]),
  );
  const places = placesOf(db, [...new Set(intervals.map(({ siteId }) => siteId))]);
  const punchWhy = (id: string): PunchWhy | null => {
    const punch = punches.get(id);
    if (!punch) return null;
    const { effectiveAt: at, verdict, metres, correctionId } = punch;
    return { id, at, verdict, metres, correctionId };
  };
  return intervals.map(({ day, siteId, startsAt, endsAt, seconds, inPunchId, outPunchId }) => ({
    day,
    siteName: places.get(siteId)?.name ?? siteId,
    zone: places.get(siteId)?.zone ?? 'UTC',
    startsAt,
    endsAt,
    seconds,
    in: punchWhy(inPunchId),
    out: punchWhy(outPunchId),
  }));
}

function placesOf(db: Db, ids: readonly string[]) {
  const found =
    ids.length > 0
      ? db
          .select()
          .from(sites)
          .where(inArray(sites.id, ids.slice(0, 90)))
          .all()
      : [];
  return new Map(found.map((site) => [site.id, site]));
}

/** The end of a run's id: what comes first in it is the time, which runs of one morning share. */
export function shortRun(runId: string): string {
  return runId.slice(-8);
}

export { clockText };

/** What a line is called: an earning by its code, anything else by its kind. */
export function lineName({ kind, code }: Pick<RunLine, 'kind' | 'code'>, locale: Locale): string {
  if (kind === 'correction' || kind === 'withholding') return payWords(locale)(kind);
  return earningWords(locale)(code as EarningCode);
}

/** The entry that a line settles. */
function enteredAs(db: Db, { sourceId }: RunLine): { reason: string } {
  const row = db
    .select({ reason: payAdjustments.reason })
    .from(payAdjustments)
    .where(eq(payAdjustments.id, sourceId ?? ''))
    .get();
  return row ?? { reason: '' };
}

function formulaOf(db: Db, line: RunLine, locale: Locale): string[] {
  const { currency, zone } = employerOf(db);
  const say = payWords(locale);
  const money = (amount: number) => formatMoney(minor(amount), currency, locale);
  const speech = { locale, money, at: (at: string) => formatInstant(at as Instant, zone, locale) };
  const { facts } = line;
  if (facts.of === 'earning' || facts.of === 'promise') return partSentences(facts.part, speech);
  if (facts.of === 'adjustment') return settledSentences(facts, enteredAs(db, line), speech);
  if (facts.of === 'withholding') return withholdingSentences(facts.withholding, locale, money);
  const paid = facts.paid.map((before) =>
    say('formulaPaidBefore', {
      paysOn: runOf(db, before.runId).paysOn,
      line: before.line,
      run: shortRun(before.runId),
      amount: money(before.amountMinor),
    }),
  );
  const total = {
    before: money(facts.paidMinor),
    now: money(facts.newGrossMinor),
    amount: money(line.amountMinor),
  };
  const left = facts.leftMinor === 0 ? [] : [say('formulaLeft', { amount: money(-facts.leftMinor) })];
  return [
    ...facts.parts.flatMap((part) => partSentences(part, speech)),
    ...paid,
    say('formulaCorrection', total),
    ...left,
  ];
}

function withholdingSentences(
  held: Withholding,
  locale: Locale,
  money: (amount: number) => string,
): string[] {
  const say = payWords(locale);
  if (held.method === 'none') return [say('formulaNone')];
  const earlier = held.earlier.map((before) =>
    say('formulaEarlier', {
      paysOn: before.paysOn,
      run: shortRun(before.runId),
      gross: money(before.grossMinor),
      withheld: money(before.withheldMinor),
    }),
  );
  const span = {
    span: held.span,
    gross: money(held.spanGrossMinor),
    now: money(held.grossMinor),
    months: held.months,
  };
  const tax = {
    taxable: money(held.taxableMinor),
    gross: money(held.spanGrossMinor),
    deduction: money(held.deductionMinor),
    rate: percentText(held.rateBp),
    quick: money(held.quickMinor),
    tax: money(held.taxMinor),
    before: money(held.withheldBeforeMinor),
    amount: money(held.withheldMinor),
  };
  const carried =
    held.carriedMinor === 0 ? [] : [say('formulaCarried', { amount: money(held.carriedMinor) })];
  return [
    ...earlier,
    say(held.method === 'cumulative' ? 'formulaYear' : 'formulaMonth', span),
    say('formulaTaxable', tax),
    say('formulaTax', tax),
    say('formulaWithheld', tax),
    ...carried,
  ];
}

/** What somebody earns in a period (pure): approved entries, terms and data in, parts of pay out. Order changes nothing. */
import type { Entry } from '../hours/entries.ts';
import { allocate, type Minor, minor } from '../kernel/money.ts';
import { addDays, type CivilDate } from '../kernel/time.ts';
import { addAllowances } from './allowance.ts';
import {
  type EarningBasis,
  type EarningCode,
  type EarningPart,
  type EarningRule,
  PartList,
} from './earning-part.ts';
import type { PayData } from './pay-data.ts';
import { type PayRules, type Terms, termsLookup } from './pay-rules.ts';
import {
  type ClassedSeconds,
  type ClassRules,
  classify,
  dayClass,
  daySeconds,
  type WorkClass,
  type WorkedDay,
} from './work-class.ts';

/** A place of work as rules see it: its clocks, and whose minimum wage and heat allowance hold there from a day on. */
export interface Place {
  readonly zone: string;
  readonly regions: readonly {
    readonly effectiveOn: CivilDate;
    readonly region: string;
    readonly tier: number;
  }[];
}
export interface EarningFacts {
  readonly engagementId: string;
  readonly relationship: string;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly entries: readonly Entry[];
  readonly terms: readonly Terms[];
  readonly places: Readonly<Record<string, Place>>;
  /** Work that legal limits count, too: other engagements of the person, and the week before the period. */
  readonly context?: readonly WorkedDay[] | undefined;
  /** Planned shifts that were worked, by day; without them each day with work is one shift. */
  readonly shifts?: Readonly<Record<string, number>> | undefined;
}
export interface DaySeconds {
  readonly day: CivilDate;
  readonly seconds: number;
}
export type EarningProblem = 'holiday-calendar-missing' | 'region-missing' | 'heat-allowance-missing';
export interface Earned {
  readonly parts: readonly EarningPart[];
  /** Days with work but without terms: nothing is paid for them, and the run names them. */
  readonly withoutTerms: readonly DaySeconds[];
  /** What the data does not say, each once. */
  readonly problems: readonly EarningProblem[];
}

/** Of one engagement in one period, before anything is withheld or taken. */
export function earningsOf(facts: EarningFacts, data: PayData): Earned {
  const calculation = new Calculation(facts, data);
  for (const entry of facts.entries) calculation.add(entry);
  return calculation.result();
}

export function workedDayOf(engagementId: string, entry: Entry): WorkedDay {
  const first = entry.intervals[0];
  return {
    engagementId,
    day: entry.day,
    startsAt: first?.startsAt ?? null,
    siteId: first?.siteId ?? null,
    secondsByDay: entry.secondsByDay,
  };
}

export function placeRegion(place: Place | undefined, on: CivilDate) {
  return place?.regions.filter(({ effectiveOn }) => effectiveOn <= on).at(-1);
}

const classSuffix = {
  plain: '',
  overtime: '-overtime',
  'rest-day': '-rest-day',
  holiday: '-holiday',
} as const;
const percent = 100;
const whole = 10_000;

class Calculation {
  readonly #list = new PartList();
  readonly #without = new Map<CivilDate, number>();
  readonly #problems = new Set<EarningProblem>();
  readonly #termsOn: (siteId: string | null, on: string) => Terms | undefined;
  readonly #classes: Map<WorkedDay, ClassedSeconds[]>;
  readonly #worked: Map<Entry, WorkedDay>;

  constructor(
    readonly facts: EarningFacts,
    readonly data: PayData,
  ) {
    const { engagementId, startsOn, endsOn, entries, context = [] } = facts;
    this.#termsOn = termsLookup(facts.terms);
    this.#worked = new Map(entries.map((entry) => [entry, workedDayOf(engagementId, entry)]));
    this.#classes = classify([...this.#worked.values()], context, {
      startsOn,
      endsOn,
      data,
      rulesOn: (siteId, on) => this.#rulesOn(siteId, on),
    });
  }

  #rulesOn(siteId: string | null, on: CivilDate): ClassRules | undefined {
    const terms = this.#termsOn(siteId, on);
    if (!terms) return undefined;
    return { terms, legal: this.data.overtimeOn(this.facts.relationship, terms.rules.hoursSystem, on) };
  }

  add(entry: Entry): void {
    const worked = this.#worked.get(entry) as WorkedDay;
    const classed = this.#classes.get(worked) ?? [];
    const siteId = worked.siteId;
    for (const piece of classed) this.#addSeconds(siteId, piece);
    const terms = this.#termsOn(siteId, entry.day);
    const units = entry.units ?? [];
    if (!terms) {
      if (entry.seconds === 0 && units.length > 0)
        this.#without.set(entry.day, this.#without.get(entry.day) ?? 0);
      return;
    }
    this.#addCounted(entry, classed, siteId);
    addAllowances(this.#list, {
      entry,
      terms,
      shifts: this.#shiftsOf(entry),
      place: siteId === null ? undefined : this.facts.places[siteId],
      data: this.data,
      problem: (problem) => this.#problems.add(problem),
    });
  }

  #addSeconds(siteId: string | null, piece: ClassedSeconds): void {
    const { on, seconds } = piece;
    if (this.data.overtimeOn(this.facts.relationship, 'standard', on) && !this.data.knowsYear(on))
      this.#problems.add('holiday-calendar-missing');
    const rules = this.#rulesOn(siteId, on);
    if (!rules) {
      this.#without.set(on, (this.#without.get(on) ?? 0) + seconds);
      return;
    }
    const { terms } = rules;
    if (terms.hourlyMinor !== null) {
      this.#addPart(
        'hours',
        'seconds',
        piece.workClass,
        rules,
        { siteId, on, quantity: seconds },
        terms.hourlyMinor,
        3600,
      );
      return;
    }
    // A day's or a shift's rate pays eight hours; what the law calls longer is paid by the hour of it.
    const rate = terms.rules.dailyMinor ?? terms.rules.shiftMinor;
    if (
      rate !== null &&
      rules.legal &&
      piece.beyond &&
      this.#multiplier(rules, piece.workClass, siteId, on).bp > whole
    )
      this.#addPart(
        'hours',
        'seconds',
        piece.workClass,
        rules,
        { siteId, on, quantity: seconds },
        rate,
        daySeconds,
      );
  }

  /** Days, pieces and shifts: all of a day's are of the day it starts, unless its hours lie in days that pay differently. */
  #addCounted(entry: Entry, classed: readonly ClassedSeconds[], siteId: string | null): void {
    const count = (unit: 'day' | 'piece') =>
      (entry.units ?? []).find((one) => one.unit === unit)?.quantityHundredths ?? 0;
    const days = count('day') > 0 ? count('day') : entry.seconds > 0 ? 100 : 0;
    const counted = [
      { code: 'days', basis: 'days', hundredths: days, rate: (rules: PayRules) => rules.dailyMinor },
      {
        code: 'pieces',
        basis: 'units',
        hundredths: count('piece'),
        rate: (rules: PayRules) => rules.pieceMinor,
      },
      {
        code: 'shifts',
        basis: 'shifts',
        hundredths: this.#shiftsOf(entry) * 100,
        rate: (rules: PayRules) => rules.shiftMinor,
      },
    ] as const;
    for (const one of counted) {
      if (one.hundredths === 0) continue;
      const pieces = one.code === 'pieces' ? classed : classed.filter(({ beyond }) => !beyond);
      for (const { on, workClass, quantity } of this.#shared(one, pieces, entry.day, siteId)) {
        const rules = this.#rulesOn(siteId, on);
        const rate = rules && one.rate(rules.terms.rules);
        if (!rules || rate == null) continue;
        this.#addPart(one.code, one.basis, workClass, rules, { siteId, on, quantity }, rate, 100);
      }
    }
  }

  /** Nobody writes down when a piece was made: it is spread over the day's hours, as far as they are paid differently. */
  #shared(
    counted: { readonly hundredths: number; readonly rate: (rules: PayRules) => Minor | null },
    pieces: readonly ClassedSeconds[],
    day: CivilDate,
    siteId: string | null,
  ): { on: CivilDate; workClass: WorkClass; quantity: number }[] {
    const price = (on: CivilDate, workClass: WorkClass) => {
      const rules = this.#rulesOn(siteId, on);
      return rules
        ? `${counted.rate(rules.terms.rules)} ${this.#multiplier(rules, workClass, siteId, on).bp}`
        : '';
    };
    const first = pieces[0];
    if (!first) {
      const rules = this.#rulesOn(siteId, day);
      const workClass = rules ? this.#untimedClass(rules, day) : 'plain';
      return [{ on: day, workClass, quantity: counted.hundredths }];
    }
    const prices = new Set(pieces.map(({ on, workClass }) => price(on, workClass)));
    if (prices.size === 1) return [{ on: day, workClass: first.workClass, quantity: counted.hundredths }];
    const shares = allocate(
      minor(counted.hundredths),
      pieces.map(({ seconds }) => seconds),
    );
    return pieces.map(({ on, workClass }, index) => ({ on, workClass, quantity: shares[index] as number }));
  }

  #untimedClass({ terms, legal }: ClassRules, on: CivilDate): WorkClass {
    const kind = this.data.dayOf(on)?.kind;
    if (kind === 'statutory') return 'holiday';
    if (legal?.hoursSystem === 'comprehensive' || legal?.hoursSystem === 'flexible') return 'plain';
    return dayClass(this.data, terms.rules.restWeekdays, on);
  }

  #addPart(
    what: 'hours' | 'days' | 'pieces' | 'shifts',
    basis: EarningBasis,
    workClass: WorkClass,
    rules: ClassRules,
    at: { readonly siteId: string | null; readonly on: CivilDate; readonly quantity: number },
    rateMinor: Minor,
    ratePer: number,
  ): void {
    const { bp, rule } = this.#multiplier(rules, workClass, at.siteId, at.on);
    const code: EarningCode = bp === whole ? what : `${what}${classSuffix[workClass]}`;
    const head = {
      code,
      kind: 'earning',
      basis,
      rateMinor,
      ratePer,
      multiplierBp: bp === whole ? null : bp,
      rule,
    } as const;
    this.#list.add(head, at.on, at.quantity, rules.terms.id);
  }

  /** The law's or the promise, whichever is more; equal ones are the law's. */
  #multiplier(
    { terms, legal }: ClassRules,
    workClass: WorkClass,
    siteId: string | null,
    on: CivilDate,
  ): { bp: number; rule: EarningRule } {
    const promise = { id: terms.id, effectiveOn: terms.effectiveOn, source: null };
    if (workClass === 'plain') return { bp: whole, rule: promise };
    const { overtimePercent, restDayPercent, holidayPercent } = terms.rules;
    const promised = { overtime: overtimePercent, 'rest-day': restDayPercent, holiday: holidayPercent }[
      workClass
    ];
    const byPromise = Math.max(whole, (promised ?? 0) * percent);
    const byLaw = legal ? this.#legal(legal, workClass, siteId, on) : whole;
    if (!legal || byLaw < byPromise || byLaw === whole) return { bp: byPromise, rule: promise };
    return { bp: byLaw, rule: { id: legal.code, effectiveOn: legal.effectiveOn, source: legal.source } };
  }

  #legal(
    legal: NonNullable<ClassRules['legal']>,
    workClass: Exclude<WorkClass, 'plain'>,
    siteId: string | null,
    on: CivilDate,
  ): number {
    if (workClass === 'overtime') return legal.overtimeBp;
    if (workClass === 'rest-day') return legal.restDayBp;
    const region = placeRegion(siteId === null ? undefined : this.facts.places[siteId], on)?.region;
    const regional = region !== undefined && legal.holidayRegions?.includes(region);
    return regional ? (legal.holidayRegionBp ?? legal.holidayBp) : legal.holidayBp;
  }

  #shiftsOf(entry: Entry): number {
    if (entry.seconds === 0) return 0;
    return this.facts.shifts?.[entry.day] ?? 1;
  }

  result(): Earned {
    return {
      parts: this.#list.parts(),
      withoutTerms: [...this.#without]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([day, seconds]) => ({ day, seconds })),
      problems: [...this.#problems].sort(),
    };
  }
}

/** The days that limits look back to: the week in which the period begins. */
export function contextFrom(startsOn: CivilDate): CivilDate {
  return addDays(startsOn, -6);
}

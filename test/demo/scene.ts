/** The employer while it lives: who is there, where they are, and what came of it. */
import type { CivilDate, CivilRange, PayPeriodKind } from '../../src/kernel/time.ts';
import type { ClockingPhone } from '../support/clocking-phone.ts';
import type { Person, Send } from '../support/person.ts';
import type { Part, SiteKey } from './cast.ts';
import type { MovableClock } from './clock.ts';
import type { Diary } from './diary.ts';

export interface Worker {
  readonly part: Part;
  /** The place in the cast, from 1. */
  readonly order: number;
  readonly person: Person;
  readonly phone: ClockingPhone;
  readonly workerId: string;
  readonly engagementId: string;
  readonly contractId: string;
  readonly startsOn: CivilDate;
  endsOn: CivilDate;
}

export interface Run extends CivilRange {
  readonly id: string;
  readonly payPeriod: PayPeriodKind;
}

export interface Staff {
  readonly operator: Person;
  readonly owner: Person;
  readonly hr: Person;
  readonly supervisor: Person;
  readonly approver: Person;
}

export interface Scene {
  readonly send: Send;
  readonly origin: string;
  readonly org: string;
  /** `/api/orgs/…` */
  readonly api: string;
  readonly clock: MovableClock;
  readonly diary: Diary;
  readonly staff: Staff;
  readonly siteIds: Readonly<Record<SiteKey, string>>;
  /** How the licence was handed in: a request that may be repeated. */
  readonly licence: readonly [path: string, body: object];
  /** The link that the agency posted in its chat group. */
  readonly groupToken: string;
  readonly workers: Worker[];
  readonly runs: Run[];
  /** Signed answers to punches, as a phone keeps them. */
  readonly receipts: { readonly worker: Worker; readonly token: string }[];
}

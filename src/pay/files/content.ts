/** What a pay file is written from, whatever its format: who is paid what by which run. Nothing of a database here. */
import type { ColumnKind, FileRow } from '../../http/sheet.ts';
import type { Minor } from '../../kernel/money.ts';
import type { CivilDate, Instant } from '../../kernel/time.ts';

/** `payments`, `days` and `lines` may be long: each is read in slices, and may be begun again. */
export interface PayFileContent {
  readonly run: RunFacts;
  readonly employer: EmployerFacts;
  readonly payments: Iterable<Payment>;
  /** Paid hours day by day, worker by worker in the order of `payments`. */
  readonly days: Iterable<WorkDay>;
  /** Rows of the sheet «Lines»: each line with its reasons. */
  readonly lines: Iterable<FileRow>;
  readonly totals: readonly {
    readonly label: string;
    readonly value: Minor | number | string;
    readonly kind: ColumnKind;
  }[];
  /** Said in every row of a table too, because a CSV has nowhere else to say them. */
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

export interface RunFacts {
  readonly id: string;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
  readonly paysOn: CivilDate;
  /** What a file calls the time of its making, so that the same run gives the same bytes. */
  readonly approvedAt: Instant;
}

export interface EmployerFacts {
  readonly name: string;
  readonly registrationCode: string;
  readonly currency: string;
  readonly zone: string;
}

/** One worker's pay. Amounts are minor units of the employer's currency; net = gross − withheld − deducted. */
export interface Payment {
  readonly number: number;
  readonly workerId: string;
  /** See pay/end-to-end-id.ts: every file carries it where its format has room for it. */
  readonly endToEndId: string;
  readonly name: string;
  /** `resident-id`, `passport`, …; null while nothing is proven. */
  readonly documentKind: string | null;
  readonly documentNumber: string | null;
  readonly account: PayeeAccount | null;
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  readonly deductedMinor: Minor;
  readonly netMinor: Minor;
  /** Paid at the ordinary rate, and at a rate for overtime. */
  readonly regularSeconds: number;
  readonly overtimeSeconds: number;
  /** The worker's numbers in other systems, such as `adp` or `xero`. */
  readonly outsideNumbers: Readonly<Record<string, string>>;
}

/** The hours that a worker is paid for on one day, for one project, at one class of pay. */
export interface WorkDay {
  readonly workerId: string;
  readonly day: CivilDate;
  readonly seconds: number;
  readonly project: string;
  /** Of the pay line, such as `hours`. */
  readonly code: string;
}

/** What a bank is told of a payee. `number` is an IBAN, a card or an account number, without spaces. */
export interface PayeeAccount {
  /** `wallet`: paid through the wallet's provider and by no bank file. */
  readonly kind: 'bank' | 'wallet';
  readonly holderName: string;
  readonly bankName: string;
  readonly number: string;
  readonly bic: string | null;
  /** ABA routing number. */
  readonly routingNumber: string | null;
  readonly accountType: 'checking' | 'savings' | null;
  /** 联行号 of a mainland branch. */
  readonly branchCode: string | null;
}

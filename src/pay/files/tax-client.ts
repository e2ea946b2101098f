/** Sheets for the tax authority: import tables of the withholding client, and the quarterly data of platforms. Columns are data with a source. */
import layout from '../../../templates/pay-files/tax-client-cn.json' with { type: 'json' };
import type { ColumnKind, FileRow } from '../../http/sheet.ts';
import { tableSheet, xlsxPieces } from '../../http/xlsx.ts';
import type { Minor } from '../../kernel/money.ts';
import type { CivilDate } from '../../kernel/time.ts';
import type { Confidence, Wording } from './format.ts';

export const taxSheetKinds = [
  'personnel',
  'wages',
  'wages-30',
  'labour',
  'labour-cumulative',
  'platform-report',
] as const;
export type TaxSheetKind = (typeof taxSheetKinds)[number];

export interface TaxSheetLayout {
  readonly kind: TaxSheetKind;
  readonly sheetName: string;
  readonly source: Wording;
  readonly confidence: Confidence;
  readonly verifiedOn: string;
  /** What stands in *所得项目. */
  readonly item?: string;
  readonly columns: readonly {
    readonly head: string;
    /** Null: nothing that we know; the column is there because the client asks for it. */
    readonly field: string | null;
    readonly kind: ColumnKind;
  }[];
}

export const taxSheetLayouts = layout.sheets as unknown as readonly TaxSheetLayout[];
export const taxVersion = layout.version;

export type IncomeKind = 'wages' | 'labour' | 'labour-cumulative' | 'sole-trader';

/** One person's income of one kind in the time that the sheet is about. */
export interface TaxIncome {
  readonly workerId: string;
  readonly name: string;
  readonly documentKind: string | null;
  readonly documentNumber: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly birthOn: CivilDate | null;
  readonly relationship: string;
  readonly roleTitle: string;
  readonly engagedOn: CivilDate;
  readonly leftOn: CivilDate | null;
  readonly bankName: string | null;
  readonly accountNumber: string | null;
  readonly kind: IncomeKind;
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  readonly payments: number;
  /** Of a platform's report: new in this time, ended in it, or neither. */
  readonly standing: 'new' | 'ended' | 'there';
}
export interface TaxHead {
  /** `2026-10` or `2026-Q4`. */
  readonly period: string;
  readonly employerName: string;
  readonly registrationCode: string;
}

export type TaxProblemCode = 'tax-identity-missing' | 'tax-sex-unknown' | 'tax-income-negative';
export interface TaxProblem {
  readonly code: TaxProblemCode;
  readonly workerId: string;
  readonly name: string;
}

/** Of whom the sheet speaks, in the order of names in the content. */
export function incomesOf(kind: TaxSheetKind, incomes: readonly TaxIncome[]): TaxIncome[] {
  switch (kind) {
    case 'personnel':
      return oneAPerson(incomes.filter((income) => income.kind !== 'sole-trader'));
    case 'wages':
    case 'wages-30':
      return incomes.filter((income) => income.kind === 'wages');
    case 'labour':
      return incomes.filter((income) => income.kind === 'labour');
    case 'labour-cumulative':
      return incomes.filter((income) => income.kind === 'labour-cumulative');
    case 'platform-report':
      return incomes.filter((income) => income.kind !== 'wages');
  }
}

function oneAPerson(incomes: readonly TaxIncome[]): TaxIncome[] {
  const seen = new Set<string>();
  return incomes.filter(({ workerId }) => !seen.has(workerId) && seen.add(workerId));
}

export function taxProblems(kind: TaxSheetKind, incomes: readonly TaxIncome[]): TaxProblem[] {
  return incomesOf(kind, incomes).flatMap((income) => {
    const { workerId, name } = income;
    const codes: TaxProblemCode[] = [];
    if (!income.documentNumber) codes.push('tax-identity-missing');
    else if (kind === 'personnel' && sexOf(income) === null) codes.push('tax-sex-unknown');
    if (income.grossMinor < 0) codes.push('tax-income-negative');
    return codes.map((code) => ({ code, workerId, name }));
  });
}

export function taxSheetPieces(
  kind: TaxSheetKind,
  head: TaxHead,
  incomes: readonly TaxIncome[],
): Generator<Uint8Array> {
  const sheet = layoutOf(kind);
  const columns = sheet.columns.map(({ head: text, kind: as }, index) => ({
    key: String(index),
    head: text,
    kind: as,
    width: as === 'digits' ? 26 : Math.min(30, Math.max(10, 2 * text.length + 2)),
  }));
  const rows = incomesOf(kind, incomes).map((income, index): FileRow => {
    const values = valuesOf(head, sheet, income, index + 1);
    return Object.fromEntries(
      sheet.columns.map(({ field }, place) => [
        String(place),
        field === null ? null : (values[field] ?? null),
      ]),
    );
  });
  return xlsxPieces([tableSheet(sheet.sheetName, columns, rows)]);
}

export function layoutOf(kind: TaxSheetKind): TaxSheetLayout {
  const sheet = taxSheetLayouts.find((one) => one.kind === kind);
  if (!sheet) throw new Error(`no layout for ${kind}`);
  return sheet;
}

function valuesOf(head: TaxHead, sheet: TaxSheetLayout, income: TaxIncome, number: number): FileRow {
  const { name, documentNumber, birthOn, engagedOn, leftOn, bankName, accountNumber, roleTitle } = income;
  return {
    ...head,
    number: String(number),
    name,
    documentKind: documentNameOf(income),
    documentNumber,
    nationality: income.country ? (countryNames.of(income.country) ?? income.country) : null,
    sex: sexOf(income),
    birthOn,
    employmentKind: employmentKinds[income.relationship] ?? '其他',
    engagedOn,
    leftOn,
    bankName,
    accountNumber,
    roleTitle,
    item: sheet.item ?? null,
    gross: income.grossMinor,
    exempt: 0,
    refund: 0,
    fee: 0,
    withheld: income.withheldMinor,
    payments: income.payments,
    workerId: income.workerId,
    incomeKind: income.kind === 'sole-trader' ? '经营所得' : '劳务报酬所得',
    state: { new: '新增', ended: '退出', there: '存续' }[income.standing],
  };
}

const countryNames = new Intl.DisplayNames('zh-CN', { type: 'region' });
const employmentKinds: Readonly<Record<string, string>> = {
  labour: '雇员',
  'part-time': '雇员',
  intern: '实习学生（全日制学历教育）',
};

function documentNameOf({ documentKind, country }: TaxIncome): string | null {
  if (documentKind === 'resident-id') return '居民身份证';
  if (documentKind !== 'passport') return documentKind;
  return country === 'CN' ? '中国护照' : '外国护照';
}

/** GB 11643: the seventeenth digit of a resident's number is odd for men. A passport says nothing to us. */
function sexOf({ documentKind, documentNumber }: TaxIncome): string | null {
  if (documentKind !== 'resident-id' || documentNumber?.length !== 18) return null;
  return Number(documentNumber[16]) % 2 === 1 ? '男' : '女';
}

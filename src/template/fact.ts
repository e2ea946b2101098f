/** What the cell knows and any template may name without asking: of the employer, the worker, the engagement, an earlier contract. */
import type { Spoken } from '../kernel/refusal.ts';
import type { Field, FieldType, Option } from './field.ts';

export type FactSource = 'employer' | 'identity' | 'engagement' | 'guarantee' | 'contract';
export interface Fact extends Field {
  readonly source: FactSource;
}

const table: readonly (readonly [FactSource, string, FieldType, zh: string, en: string, ...Option[]])[] = [
  ['employer', 'employerName', 'text', '用人单位名称', 'Employer’s name'],
  ['employer', 'registrationCode', 'text', '登记号码', 'Registration number'],
  ['employer', 'employerAddress', 'text', '用人单位住所', 'Employer’s address'],
  [
    'employer',
    'representative',
    'text',
    '法定代表人或主要负责人',
    'Legal representative or person in charge',
  ],
  [
    'employer',
    'verified',
    'enum',
    '营业执照核验',
    'Licence accepted',
    { value: 'yes', zh: '已核验', en: 'accepted' },
    { value: 'no', zh: '未核验', en: 'not accepted yet' },
  ],
  ['identity', 'workerName', 'text', '姓名', 'Worker’s name'],
  [
    'identity',
    'documentKind',
    'enum',
    '证件类型',
    'Kind of document',
    { value: 'resident-id', zh: '居民身份证', en: 'resident identity card' },
    { value: 'passport', zh: '护照', en: 'passport' },
  ],
  ['identity', 'documentMasked', 'text', '证件号码（隐去部分）', 'Document number, masked'],
  ['identity', 'documentNumber', 'text', '证件号码', 'Document number'],
  [
    'engagement',
    'relationship',
    'enum',
    '用工形式',
    'Relationship',
    { value: 'service', zh: '劳务关系', en: 'services' },
    { value: 'part-time', zh: '非全日制用工', en: 'part-time employment' },
    { value: 'labour', zh: '劳动关系', en: 'employment' },
    { value: 'new-form', zh: '新就业形态', en: 'platform work' },
    { value: 'intern', zh: '实习', en: 'internship' },
    { value: 'sole-trader', zh: '个体工商户', en: 'sole trader' },
  ],
  ['engagement', 'roleTitle', 'text', '岗位', 'Role'],
  ['engagement', 'project', 'text', '项目', 'Project'],
  ['engagement', 'sites', 'text', '工作地点', 'Places of work'],
  ['engagement', 'effectiveOn', 'date', '生效日期', 'Day it takes effect'],
  ['engagement', 'startsOn', 'date', '开始日期', 'First day'],
  ['engagement', 'endsOn', 'date', '结束日期', 'Last day'],
  ['engagement', 'pay', 'text', '报酬标准', 'Pay'],
  [
    'engagement',
    'payPeriod',
    'enum',
    '结算周期',
    'Settlement period',
    { value: 'weekly', zh: '每周', en: 'weekly' },
    { value: 'semi-monthly', zh: '每半月', en: 'semi-monthly' },
    { value: 'monthly', zh: '每月', en: 'monthly' },
  ],
  ['engagement', 'tax', 'text', '税费处理', 'Tax'],
  ['guarantee', 'cover', 'text', '工作期间的保障', 'Cover while working'],
  ['contract', 'priorTitle', 'text', '原合同名称', 'Title of the contract in force'],
  ['contract', 'priorNumber', 'text', '原合同编号', 'Number of the contract in force'],
  ['contract', 'priorOn', 'date', '原合同订立日期', 'Date of the contract in force'],
];

export const facts: ReadonlyMap<string, Fact> = new Map(
  table.map(([source, name, type, zh, en, ...options]) => [
    name,
    { source, name, type, label: { zh, en }, required: true, options, conditions: [], line: 0 },
  ]),
);

/** The days that the longest period of each kind has: the second half of a month with 31 days has 16. */
export const longestPeriodDays: Readonly<Record<string, number>> = {
  weekly: 7,
  'semi-monthly': 16,
  monthly: 31,
};

const sources: Readonly<Record<FactSource, Spoken>> = {
  employer: { zh: '企业资料', en: 'the employer' },
  identity: { zh: '实名信息', en: 'the identity' },
  engagement: { zh: '用工信息', en: 'the engagement' },
  guarantee: { zh: '保障方案', en: 'the guarantee' },
  contract: { zh: '原合同', en: 'the contract in force' },
};

export function sourceText(source: FactSource): Spoken {
  return sources[source];
}

/** Who is in the demo, and where: all invented. Numbers are well formed and belong to nobody. */
import type { PayPeriodKind } from '../../src/kernel/time.ts';

export const employer = {
  name: '上海晨曦劳务服务有限公司（演示）',
  country: 'CN',
  /** District 310000 and an organisation code of zeros: registered nowhere. */
  registrationCode: '91310000MA0000007L',
  address: '上海市嘉定区演示路 1 号',
  representative: '李娜',
  payerKind: 'ordinary',
  currency: 'CNY',
  zone: 'Asia/Shanghai',
  ownerName: '李娜',
};

export const clientName = '远帆供应链（演示）';

export const sites = {
  jiading: {
    name: '嘉定仓',
    address: '上海市嘉定区演示路 1 号',
    ofClient: false,
    gate: { lat: 31.3747, lng: 121.265 },
    fence: { lat: 31.3747, lng: 121.265, datum: 'wgs84', radiusMetres: 200 },
  },
  qingpu: {
    name: '青浦分拨中心',
    address: '上海市青浦区样例大道 88 号',
    ofClient: true,
    gate: { lat: 31.1497, lng: 121.113 },
    fence: {
      datum: 'wgs84',
      shapes: [
        { kind: 'circle', lat: 31.1497, lng: 121.113, radiusMetres: 250 },
        {
          kind: 'polygon',
          points: [
            [31.1487, 121.1145],
            [31.1487, 121.1195],
            [31.1499, 121.1195],
            [31.1499, 121.1171],
            [31.1512, 121.1171],
            [31.1512, 121.1145],
          ],
        },
      ],
    },
  },
} as const;
export type SiteKey = keyof typeof sites;

export const staff = {
  operator: '林涛',
  owner: '李娜',
  hr: '王芳',
  supervisor: '周敏',
  approver: '陈静',
} as const;

export const policy = {
  kind: 'day-cover',
  name: '日结保障',
  standsFor: 'employer',
  limitMinor: 100_000_00,
  terms: '工作期间意外伤害的医疗费用，凭发票在限额内支付。',
} as const;

/** Days of the week (1 is Monday) and the hours of a shift; a later time than 24:00 is the morning after. */
export interface Pattern {
  readonly days: readonly number[];
  readonly hours: readonly (readonly [from: string, to: string])[];
}
const weekdays = [1, 2, 3, 4, 5];
export const patterns = {
  /** Clocks out for lunch. */
  warehouse: {
    days: weekdays,
    hours: [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
  },
  day: { days: weekdays, hours: [['08:30', '17:00']] },
  sorting: { days: [1, 3, 4, 6], hours: [['10:00', '16:00']] },
  evening: { days: weekdays, hours: [['17:00', '22:00']] },
  night: { days: [1, 2, 3, 4, 7], hours: [['22:00', '30:00']] },
  partTime: { days: [2, 4, 6], hours: [['10:00', '16:00']] },
} as const satisfies Record<string, Pattern>;

export type Mishap =
  /** Clocks where there is no network; the phone sends hours later. */
  | 'no-network'
  /** Clocks in two kilometres from the gate. */
  | 'outside'
  /** The phone knows its place to 400 metres only. */
  | 'vague'
  | 'position-denied'
  /** The phone's clock is seven minutes ahead. */
  | 'phone-ahead'
  /** The answer is lost and the phone sends the punch again. */
  | 'sent-twice'
  /** Clock-out forgotten; the supervisor's correction is accepted, disputed for good, or disputed after it was paid. */
  | 'forgot-accepted'
  | 'forgot-disputed'
  | 'forgot-paid-then-corrected';

/** The document that a worker shows. */
export type Document =
  | { readonly kind: 'resident-id'; readonly province: string; readonly birth: string }
  | { readonly kind: 'passport'; readonly country: string; readonly number: string; readonly birth: string };

export interface Part {
  /** For file names. */
  readonly slug: string;
  /** What people call them, in their own script. */
  readonly displayName: string;
  /** On the document, and so in the contract. */
  readonly legalName: string;
  readonly document: Document;
  readonly address: string;
  readonly roleTitle: string;
  /** What the contract says of the work. */
  readonly task: string;
  readonly project: string;
  readonly payPeriod: PayPeriodKind;
  readonly rateMinor: number;
  readonly pattern: keyof typeof patterns;
  readonly sites: readonly SiteKey[];
  readonly bank?: string;
  readonly mishaps?: readonly { readonly week: number; readonly weekday: number; readonly what: Mishap }[];
  /** No passkeys on this phone: a supervisor scans it, and its key signs. */
  readonly enrolled?: 'face-to-face';
  /** The first photos cannot be read. */
  readonly refusedOnce?: true;
  /** Gives a bank account only when the pay run names them. */
  readonly accountLate?: true;
  /** Comes in the last week of the month. */
  readonly comesLate?: true;
  /** Leaves on the Friday of the third week. */
  readonly leaves?: string;
}

const icbc = '中国工商银行';

export const cast: readonly Part[] = [
  {
    slug: 'zhang-wei',
    displayName: '张伟',
    legalName: '张伟',
    document: { kind: 'resident-id', province: '31', birth: '19900307' },
    address: '上海市嘉定区样例新村 3 号',
    roleTitle: '仓库理货员',
    task: '按单理货、上架并复核 (picking, shelving and checking)',
    project: '嘉定仓日常',
    payPeriod: 'monthly',
    rateMinor: 2600,
    pattern: 'warehouse',
    sites: ['jiading'],
    bank: icbc,
    mishaps: [{ week: 2, weekday: 2, what: 'sent-twice' }],
  },
  {
    slug: 'wang-xiuying',
    displayName: '王秀英',
    legalName: '王秀英',
    document: { kind: 'resident-id', province: '32', birth: '19720819' },
    address: '上海市嘉定区样例新村 9 号',
    roleTitle: '包装工',
    task: '包装、贴标、封箱 (packing, labelling and sealing)',
    project: '嘉定仓日常',
    payPeriod: 'monthly',
    rateMinor: 2450,
    pattern: 'day',
    sites: ['jiading'],
    bank: '中国农业银行',
    refusedOnce: true,
    mishaps: [{ week: 3, weekday: 1, what: 'forgot-accepted' }],
  },
  {
    slug: 'anwar-memet',
    displayName: 'ئەنۋەر مەمەت',
    legalName: '艾尼瓦尔·买买提',
    document: { kind: 'resident-id', province: '65', birth: '19951122' },
    address: '上海市青浦区样例公寓 2 栋',
    roleTitle: '夜班分拣员',
    task: '夜间分拣包裹 (sorting parcels at night)',
    project: '青浦夜班',
    payPeriod: 'monthly',
    rateMinor: 3200,
    pattern: 'night',
    sites: ['qingpu'],
    bank: '中国建设银行',
    mishaps: [{ week: 1, weekday: 3, what: 'position-denied' }],
  },
  {
    slug: 'tashi-tsering',
    displayName: 'བཀྲ་ཤིས་ཚེ་རིང་།',
    legalName: '扎西次仁',
    document: { kind: 'resident-id', province: '54', birth: '19990214' },
    address: '上海市青浦区样例公寓 5 栋',
    roleTitle: '夜班分拣员',
    task: '夜间分拣包裹 (sorting parcels at night)',
    project: '青浦夜班',
    payPeriod: 'monthly',
    rateMinor: 3200,
    pattern: 'night',
    sites: ['qingpu'],
    bank: '中国邮政储蓄银行',
    enrolled: 'face-to-face',
  },
  {
    slug: 'ouyang-tingting',
    displayName: '欧阳婷婷',
    legalName: '欧阳婷婷',
    document: { kind: 'resident-id', province: '42', birth: '20010630' },
    address: '上海市嘉定区样例新村 21 号',
    roleTitle: '包装工',
    task: '包装、贴标、封箱 (packing, labelling and sealing)',
    project: '秋季大促',
    payPeriod: 'weekly',
    rateMinor: 2550,
    pattern: 'day',
    sites: ['jiading'],
    bank: '招商银行',
    mishaps: [{ week: 1, weekday: 3, what: 'forgot-paid-then-corrected' }],
  },
  {
    slug: 'zhao-yan',
    displayName: '赵䶮',
    legalName: '赵䶮',
    document: { kind: 'resident-id', province: '37', birth: '19880112' },
    address: '上海市普陀区样例路 7 号',
    roleTitle: '巡检员',
    task: '两处场地的设备与安全巡检 (rounds of equipment and safety at both sites)',
    project: '秋季大促',
    payPeriod: 'weekly',
    rateMinor: 2700,
    pattern: 'warehouse',
    sites: ['jiading', 'qingpu'],
    bank: '交通银行',
    mishaps: [{ week: 1, weekday: 4, what: 'vague' }],
  },
  {
    slug: 'nguyen-thi-hanh',
    displayName: 'Nguyễn Thị Hạnh',
    legalName: 'Nguyễn Thị Hạnh',
    document: { kind: 'passport', country: 'VN', number: 'P0000007', birth: '19970428' },
    address: '上海市青浦区样例公寓 8 栋',
    roleTitle: '分拣员',
    task: '分拣包裹 (sorting parcels)',
    project: '青浦日班',
    payPeriod: 'monthly',
    rateMinor: 2400,
    pattern: 'sorting',
    sites: ['qingpu'],
    bank: '中国银行',
    mishaps: [
      { week: 2, weekday: 4, what: 'phone-ahead' },
      { week: 3, weekday: 3, what: 'no-network' },
    ],
  },
  {
    slug: 'dmitry-sokolov',
    displayName: 'Дмитрий Соколов',
    legalName: 'Дмитрий Соколов',
    document: { kind: 'passport', country: 'RU', number: '000000008', birth: '19850916' },
    address: '上海市嘉定区样例新村 30 号',
    roleTitle: '叉车司机',
    task: '持证驾驶叉车、装卸托盘 (driving a fork-lift, with licence)',
    project: '嘉定仓日常',
    payPeriod: 'monthly',
    rateMinor: 3500,
    pattern: 'day',
    sites: ['jiading'],
    bank: '中国银行',
  },
  {
    slug: 'sato-sakura',
    displayName: '佐藤 さくら',
    legalName: '佐藤 さくら',
    document: { kind: 'passport', country: 'JP', number: 'TT0000009', birth: '20021103' },
    address: '上海市长宁区样例路 19 号',
    roleTitle: '周末理货员',
    task: '周末理货与盘点 (stocking and counting at weekends)',
    project: '嘉定仓日常',
    payPeriod: 'monthly',
    rateMinor: 2800,
    pattern: 'partTime',
    sites: ['jiading'],
    bank: '上海银行',
    comesLate: true,
  },
  {
    slug: 'maria-nunez',
    displayName: 'María José Núñez',
    legalName: 'María José Núñez',
    document: { kind: 'passport', country: 'ES', number: 'XDB000010', birth: '19930525' },
    address: '上海市青浦区样例公寓 11 栋',
    roleTitle: '质检员',
    task: '抽检与登记 (sampling and recording)',
    project: '秋季大促',
    payPeriod: 'weekly',
    rateMinor: 2500,
    pattern: 'day',
    sites: ['qingpu'],
    bank: '中国银行',
    mishaps: [{ week: 2, weekday: 2, what: 'outside' }],
    leaves: '大促项目结束',
  },
  {
    slug: 'liu-yang',
    displayName: '刘洋',
    legalName: '刘洋',
    document: { kind: 'resident-id', province: '51', birth: '19960704' },
    address: '上海市嘉定区样例新村 12 号',
    roleTitle: '仓库理货员',
    task: '按单理货、上架并复核 (picking, shelving and checking)',
    project: '嘉定仓日常',
    payPeriod: 'monthly',
    rateMinor: 2600,
    pattern: 'warehouse',
    sites: ['jiading'],
    bank: icbc,
    accountLate: true,
  },
  {
    slug: 'kim-myongsu',
    displayName: '김명수',
    legalName: '金明洙',
    document: { kind: 'resident-id', province: '22', birth: '19840209' },
    address: '上海市闵行区样例路 5 号',
    roleTitle: '晚班装车工',
    task: '晚间装车、核对 (loading and checking in the evening)',
    project: '青浦日班',
    payPeriod: 'monthly',
    rateMinor: 2900,
    pattern: 'evening',
    sites: ['qingpu'],
    bank: '中国建设银行',
    mishaps: [{ week: 3, weekday: 2, what: 'forgot-disputed' }],
  },
];

/** Who has stated an identity that nobody has looked at yet, and who waits to be let in. */
export const newcomer = {
  displayName: '陈小雨',
  legalName: '陈小雨',
  document: { kind: 'resident-id', province: '35', birth: '20040917' },
} as const satisfies Pick<Part, 'displayName' | 'legalName' | 'document'>;
export const waiting = 'Aïcha Ouédraogo';

/** What a contract asks for besides what the engagement says. */
export function contractValues(part: Part) {
  return {
    taskDescription: part.task,
    acceptance: '现场主管确认 (confirmed by the supervisor on site)',
    schedule:
      part.pattern === 'night'
        ? '夜班，22:00 至次日 6:00 (nights, 22:00 to 6:00)'
        : '按排班表 (by the roster)',
    settlementDays: '5',
    workerAddress: part.address,
    workerContact: '13000000000',
    employerContact: 'hr@example.com',
    disputeForum: '向甲方所在地人民法院起诉 (the court at Party A’s seat)',
  };
}

/** A resident ID number of the province itself, which issues none, with its check (GB 11643, ISO 7064 MOD 11-2). */
export function residentIdNumber(province: string, birth: string, order: number): string {
  const body = `${province}0000${birth}${String(order).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return body + '10X98765432'[sum % 11];
}

/** Nineteen digits, mostly zeros, with a Luhn check. */
export function accountNumber(order: number): string {
  const body = `62220000000000${String(order).padStart(4, '0')}`;
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return body + ((10 - (sum % 10)) % 10);
}

export function documentNumber(document: Document, order: number): string {
  return document.kind === 'passport'
    ? document.number
    : residentIdNumber(document.province, document.birth, order);
}

/** The same chances in every demo: a small generator (mulberry32) for each name. */
export function chances(name: string): () => number {
  let state = [...name].reduce(
    (sum, character) => Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16777619),
    2166136261,
  );
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

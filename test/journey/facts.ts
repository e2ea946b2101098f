/** What the tests' employer is and agrees, on either runtime. */
export const company = {
  name: '上海晨光劳务有限公司',
  country: 'CN',
  registrationCode: '9144030071526726XG',
  address: '上海市浦东新区 1 号',
  representative: '李娜',
  payerKind: 'ordinary',
  currency: 'CNY',
  zone: 'Asia/Shanghai',
  ownerName: '李娜',
};

/** Less whose, at which sites. */
export const agreedWork = {
  roleTitle: '分拣员',
  relationship: 'service',
  project: '十月仓储',
  payPeriod: 'monthly',
  startsOn: '2026-10-01',
  hourlyRateMinor: 2500,
};

/** What the service agreement asks for. */
export const agreedValues = {
  taskDescription: '分拣包裹',
  acceptance: '主管确认',
  schedule: '白班或夜班',
  settlementDays: '5',
  workerAddress: '上海市',
  workerContact: '13800000000',
  employerContact: 'hr@example.com',
  disputeForum: '向甲方所在地人民法院起诉 (the court at Party A’s seat)',
};

export const promisedCover = {
  kind: 'day-cover',
  name: '日结保障',
  standsFor: 'employer',
  limitMinor: 50_000_00,
  terms: '工作期间意外。',
  effectiveOn: '2026-01-01',
};

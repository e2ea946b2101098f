/** The words of identity: consent, document, review's outcome, bank account. */
import { defineWords } from '../web/i18n.ts';
import type { ConsentPurpose } from './consent.ts';

export const identityWords = defineWords('identity', {
  title: ['Who I am', '实名与收款'],
  stepConsent: ['Consent', '授权同意'],
  stepDocument: ['Identity document', '身份证件'],
  stepBank: ['Bank account', '收款账户'],
  agree: ['I agree', '我同意'],
  agreedOn: ['Agreed on {{on}}', '{{on}} 已同意'],
  withdraw: ['Withdraw', '撤回同意'],
  withdrawConfirm: [
    'Withdraw this consent? What was done until now stays; what needs it stops.',
    '确定撤回同意吗？此前的处理仍有效，之后相关功能将停止。',
  ],
  notAgreed: ['not agreed', '未同意'],
  needsConsent: ['First agree to it above.', '请先在上方同意。'],
  none: ['Not stated yet', '尚未填写'],
  claimed: ['Being reviewed', '审核中'],
  accepted: ['Accepted', '已通过'],
  refused: ['Refused', '未通过'],
  claimedMeans: [
    'A person at your employer compares your photos with what you stated. You read the outcome here.',
    '用工方的工作人员会核对照片与填写的信息，结果将显示在这里。',
  ],
  refusedBecause: ['Refused: {{reason}} State it again below.', '未通过：{{reason}} 请在下方重新填写。'],
  expired: [
    'Your document was valid until {{on}}. State the new one below.',
    '您的证件已于 {{on}} 到期，请在下方填写新证件。',
  ],
  residentId: ['Resident ID card', '居民身份证'],
  passport: ['Passport', '护照'],
  legalName: ['Name as on the document', '证件上的姓名'],
  number: ['Number', '证件号码'],
  country: ['Issuing country (two letters)', '签发国家（两位代码）'],
  birthOn: ['Date of birth', '出生日期'],
  expiresOn: ['Valid until', '有效期至'],
  expiresHint: ['Leave empty when it says long-term.', '长期有效可不填。'],
  front: ['Side with the portrait', '人像面'],
  back: ['Side with the emblem', '国徽面'],
  passportPage: ['Page with the photo', '照片页'],
  face: ['Your face, now', '本人正面照'],
  faceHint: ['Without hat or mask, in light.', '请摘下帽子和口罩，光线充足。'],
  send: ['Send for review', '提交审核'],
  sendAgain: ['State it again', '重新提交'],
  photos: ['Photos', '照片'],
  bankName: ['Bank', '开户银行'],
  holderName: ['Account holder', '户名'],
  holderHint: ['Banks refuse another person’s name.', '户名须与本人姓名一致。'],
  accountNumber: ['Account number', '银行账号'],
  saveAccount: ['Save', '保存账户'],
  changeAccount: ['Change the account', '更换账户'],
  mistyped: [
    'This number looks mistyped (its check digit does not fit). If it is right, leave it.',
    '该账号校验位不符，可能有误。如确认无误可忽略。',
  ],
  otherHolder: [
    'The holder’s name differs from your name here. Your bank may send the money back.',
    '户名与您的姓名不一致，银行可能退回款项。',
  ],
  paidTo: ['Paid to', '收款账户'],
  next: ['Next', '下一步'],
});

export const purposeWords = defineWords('identity-purpose', {
  'identity-document': ['Identity document', '身份证件信息'],
  'location-at-punch': ['Position when clocking in and out', '打卡时的位置信息'],
  'bank-account': ['Bank account', '银行账户信息'],
} satisfies Record<ConsentPurpose, readonly [string, string]>);

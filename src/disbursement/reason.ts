/**
 * What a bank's or provider's code means in plain words, and what to do about it. Data: an unknown code is shown as it
 * came. Sources: ISO 20022 ExternalStatusReason1Code, Nacha return codes, WeChat Pay's fail_reason of transfer-bills,
 * Alipay's sub_code of alipay.fund.trans.uni.transfer.
 */
import type { Locale } from '../kernel/refusal.ts';

/** Who can mend it. */
export const remedies = {
  account: ['The worker gives another account, then pay it again.', '请劳动者更新收款账户后重新发放。'],
  name: [
    'Compare the holder’s name with the account, mend it, then pay it again.',
    '请核对户名与账户后重新发放。',
  ],
  worker: [
    'The worker mends it with the bank or wallet, then pay it again.',
    '请劳动者联系银行或钱包处理后重新发放。',
  ],
  confirm: [
    'The worker has 24 hours to confirm. Pay it again and tell them.',
    '劳动者须在 24 小时内确认收款，请重新发放并提醒。',
  ],
  later: [
    'A limit is used up. Pay it again in the next day or month.',
    '额度已用尽，请于次日或次月重新发放。',
  ],
  funds: ['Put money into the paying account, then pay it again.', '请充值付款账户后重新发放。'],
  operator: [
    'Look into the provider’s or bank’s console; something about your own account is missing.',
    '请在银行或渠道后台检查本方账户与权限。',
  ],
  bank: ['Ask the bank, then pay it again or settle it by hand.', '请咨询银行后重新发放或手工处理。'],
} as const;
export type Remedy = keyof typeof remedies;

type Entry = readonly [en: string, zh: string, remedy: Remedy];

const iso: Readonly<Record<string, Entry>> = {
  AC01: ['The account number is wrong.', '账号有误。', 'account'],
  AC03: ['The creditor’s account number is wrong.', '收款账号有误。', 'account'],
  AC04: ['The account is closed.', '账户已销户。', 'account'],
  AC06: ['The account is blocked.', '账户被冻结。', 'account'],
  AC13: ['This kind of account cannot be paid to.', '该类账户不能收款。', 'account'],
  AG01: ['The account may not receive such payments.', '账户不允许此类收款。', 'account'],
  AG02: ['The bank does not do this kind of transaction.', '银行不支持此类交易。', 'bank'],
  AM04: ['There was not enough money.', '付款账户余额不足。', 'funds'],
  AM05: ['The bank took it for a payment that it has already.', '银行判为重复付款。', 'bank'],
  BE04: ['The creditor’s address is missing or wrong.', '收款人地址缺失或有误。', 'name'],
  BE05: ['The bank does not know who asked for the payment.', '银行无法识别付款发起方。', 'operator'],
  CNOR: ['The creditor’s bank is not registered.', '收款行未登记。', 'account'],
  FOCR: ['It came back after a recall.', '应撤回请求退回。', 'bank'],
  MD07: ['The account’s holder has died.', '账户持有人已故。', 'bank'],
  MS02: ['The customer’s bank gave no reason.', '收款方银行未说明原因。', 'bank'],
  MS03: ['The bank gave no reason.', '银行未说明原因。', 'bank'],
  NARR: ['The bank says why in its own words.', '原因见银行说明。', 'bank'],
  RC01: ['The bank’s code (BIC) is wrong.', '银行代码（BIC）有误。', 'account'],
  RR04: ['A rule of an authority stops it.', '监管规定不允许。', 'bank'],
};

const nacha: Readonly<Record<string, Entry>> = {
  R01: ['There was not enough money.', '付款账户余额不足。', 'funds'],
  R02: ['The account is closed.', '账户已销户。', 'account'],
  R03: ['There is no such account, or it is not this person’s.', '账户不存在或户名不符。', 'account'],
  R04: ['The account number cannot be right.', '账号无效。', 'account'],
  R06: ['The paying bank asked for it back.', '付款行要求退回。', 'bank'],
  R08: ['The payment was stopped.', '付款已被止付。', 'bank'],
  R10: ['The holder says that they did not agree to it.', '持有人称未授权。', 'bank'],
  R14: ['The payee’s representative cannot be paid.', '收款代理人不能收款。', 'bank'],
  R15: ['The holder has died.', '账户持有人已故。', 'bank'],
  R16: ['The account is frozen.', '账户被冻结。', 'account'],
  R17: ['The entry could not be read as that account.', '账户信息不符。', 'account'],
  R20: ['This account takes no such payments.', '该账户不能收款。', 'account'],
  R23: ['The holder refused the money.', '收款人拒收。', 'worker'],
  R24: ['The bank took it for a payment that it has already.', '银行判为重复付款。', 'bank'],
  R29: ['The company’s account did not allow it.', '对公账户未授权。', 'bank'],
};

const wechat: Readonly<Record<string, Entry>> = {
  OVERDUE_CLOSE: ['The worker did not confirm within 24 hours.', '劳动者未在 24 小时内确认收款。', 'confirm'],
  MCH_CANCEL: ['You cancelled it.', '商户已撤销。', 'bank'],
  NOT_FOUND: ['The provider never had it.', '渠道未受理该笔付款。', 'bank'],
  NAME_NOT_CORRECT: ['The name is not that of the WeChat account.', '姓名与微信实名不一致。', 'name'],
  ID_CARD_NOT_CORRECT: ['The ID number is not that of the account.', '证件号与账户不一致。', 'name'],
  OPENID_INVALID: ['This openid does not belong to your app.', 'openid 与应用不匹配。', 'account'],
  REAL_NAME_CHECK_FAIL: ['The WeChat account has no proven name.', '微信账户未完成实名认证。', 'worker'],
  ACCOUNT_FROZEN: ['The WeChat account is frozen.', '微信账户被冻结。', 'worker'],
  ACCOUNT_NOT_EXIST: ['The WeChat account does not exist.', '微信账户不存在。', 'account'],
  PAYEE_ACCOUNT_ABNORMAL: ['The worker’s account cannot receive.', '收款账户异常。', 'worker'],
  RECEIVE_ACCOUNT_NOT_CONFIGURE: ['No receiving account is set in WeChat.', '微信未设置收款账户。', 'worker'],
  PAYER_ACCOUNT_ABNORMAL: ['Your merchant account is not in order.', '商户账户异常。', 'operator'],
  PRODUCT_AUTH_CHECK_FAIL: [
    'Your merchant account lacks this product.',
    '商户未开通该产品权限。',
    'operator',
  ],
  MERCHANT_REJECT: ['Somebody refused it in the merchant console.', '商户后台已拒绝。', 'operator'],
  MERCHANT_NOT_CONFIRM: ['Nobody confirmed it in the merchant console.', '商户后台未确认。', 'operator'],
  TRANSFER_QUOTA_EXCEED: ['The amount is above your limit.', '超出转账额度。', 'later'],
  EXCEEDED_ESTIMATED_AMOUNT: ['The amount is above what was registered.', '超出报备金额。', 'later'],
};

const alipay: Readonly<Record<string, Entry>> = {
  PAYER_BALANCE_NOT_ENOUGH: ['There was not enough money.', '付款账户余额不足。', 'funds'],
  PAYEE_NOT_EXIST: ['There is no such Alipay account.', '支付宝账户不存在。', 'account'],
  PAYEE_USER_INFO_ERROR: ['Name and Alipay account do not fit.', '姓名与支付宝账户不匹配。', 'name'],
  PERMIT_CHECK_PERM_LIMITED: ['The Alipay account may not receive.', '支付宝账户收款受限。', 'worker'],
  EXCEED_LIMIT_SM_AMOUNT: ['The amount is above the limit of one payment.', '超出单笔限额。', 'later'],
  EXCEED_LIMIT_DM_AMOUNT: ['The limit of the day is used up.', '超出单日限额。', 'later'],
  REFUND: ['The receiving bank sent it back.', '收款行退票。', 'account'],
};

const known: Readonly<Record<string, Entry>> = { ...iso, ...nacha, ...wechat, ...alipay };

/** Families of codes whose members differ only in the limit or the detail. */
const families: readonly (readonly [RegExp, Entry])[] = [
  [
    /^(DAY_RECEIVED|REALNAME_ACCOUNT_RECEIVED|BLOCK_B2C)|QUOTA|_MONTH/,
    ['A limit is used up.', '额度已用尽。', 'later'],
  ],
  [/^BANK_CARD_/, ['The bank card behind the account cannot receive.', '绑定的银行卡不能收款。', 'worker']],
  [/^RESERVATION_/, ['The registered details do not fit.', '报备信息不符。', 'operator']],
  [/^TRANSFER_(REMARK|SCENE)/, ['The remark or scene is not allowed.', '备注或场景不符合要求。', 'operator']],
];

export interface ExplainedReason {
  readonly text: string;
  readonly remedy: string;
}

/** `reason`: the bank's own words, which stand for a code that is unknown here. */
export function explainReason(code: string | null, reason: string | null, locale: Locale): ExplainedReason {
  const at = locale === 'en' ? 0 : 1;
  const entry = entryOf(code);
  const own = reason && reason !== code ? reason : '';
  const text = entry ? entry[at] : own || code || '';
  return { text: entry && own ? `${text} ${own}` : text, remedy: remedies[entry?.[2] ?? 'bank'][at] };
}

function entryOf(code: string | null): Entry | undefined {
  if (!code) return undefined;
  return known[code] ?? families.find(([pattern]) => pattern.test(code))?.[1];
}

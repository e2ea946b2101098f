/** What a payout account's number must look like, kind by kind. Checks of form only: whether it exists, the bank's answer says. */
import type { PayoutAccountKind } from '../../db/cell.ts';
import { passesLuhn } from './document.ts';

export interface AccountNumber {
  readonly kind: PayoutAccountKind;
  readonly number: string;
  /** ABA routing number, BIC, or CNAPS number. */
  readonly routingCode?: string | undefined;
}

/** How a wallet is called where an account of a bank has the bank's name. */
export const walletNames = { wechat: '微信支付 WeChat Pay', alipay: '支付宝 Alipay' } as const;

export const isWallet = (kind: PayoutAccountKind): kind is keyof typeof walletNames => kind in walletNames;

/** Spaces and dashes are typing. An openid and a login id are taken as they are: case and dashes mean something there. */
export function normalAccount({ kind, number, routingCode }: AccountNumber): AccountNumber {
  const plain = (text: string) => text.replace(/[\s-]/g, '').toUpperCase();
  const code = plain(routingCode ?? '');
  return {
    kind,
    number: isWallet(kind) ? number.trim() : plain(number),
    ...(code ? { routingCode: code } : {}),
  };
}

/** Which field cannot be right; undefined when both can. */
export function accountFault({
  kind,
  number,
  routingCode,
}: AccountNumber): 'number' | 'routingCode' | undefined {
  switch (kind) {
    case 'bank-card':
      if (!/^[A-Z0-9]{6,34}$/.test(number)) return 'number';
      return routingCode === undefined || /^\d{12}$/.test(routingCode) ? undefined : 'routingCode';
    case 'iban':
      if (!isIban(number)) return 'number';
      return routingCode === undefined || isBic(routingCode) ? undefined : 'routingCode';
    case 'aba':
      if (!/^[A-Z0-9]{4,17}$/.test(number)) return 'number';
      return isRoutingNumber(routingCode ?? '') ? undefined : 'routingCode';
    case 'wechat':
      return /^[\w-]{16,64}$/.test(number) ? undefined : 'number';
    case 'alipay':
      return isAlipayLogin(number) ? undefined : 'number';
  }
}

/** ISO 13616: the first four go to the end, letters become 10 to 35, and the number leaves 1 when divided by 97. */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const digits = [...(text.slice(4) + text.slice(0, 4))].map((sign) => Number.parseInt(sign, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** ISO 9362: bank, country, place, and the branch if any. */
export function isBic(text: string): boolean {
  return /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text);
}

/** ABA: nine digits, weighed 3 7 1, add up to a multiple of ten. */
export function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false;
  return (
    [...text].reduce((sum, digit, index) => sum + Number(digit) * ([3, 7, 1][index % 3] ?? 0), 0) % 10 === 0
  );
}

/** A mainland mobile, an e-mail address, or the 16 digits of a user id. */
function isAlipayLogin(text: string): boolean {
  return (
    /^1[3-9]\d{9}$/.test(text) || /^2088\d{12}$/.test(text) || /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/.test(text)
  );
}

/** Only bank cards are that long; some rural and company accounts fail the check, so it is a warning. */
export function looksMistyped(number: string): boolean {
  return /^\d{16,19}$/.test(number) && !passesLuhn(number);
}

export const maskedAccount = (number: string) => `**** ${number.slice(-4)}`;

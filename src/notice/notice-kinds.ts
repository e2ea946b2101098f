/**
 * What each kind of notice says, in both languages; `{{…}}` is filled from its params, `name` from `name.en` or
 * `name.zh-CN` where they differ. A new kind is a line here.
 */
import type { Locale } from '../kernel/refusal.ts';

interface Kind {
  /** Also sent to the person's e-mail address, where the account has one. */
  readonly mails: boolean;
  readonly title: readonly [en: string, zh: string];
  readonly body: readonly [en: string, zh: string];
}

const kinds = {
  'contract-to-sign': {
    mails: true,
    title: ['A contract to sign', '有合同待您签署'],
    body: [
      '{{employer}} offers a contract: {{name}}. Read it before you sign.',
      '{{employer}} 发来合同：{{name}}。请先阅读再签署。',
    ],
  },
  'contract-reminder': {
    mails: true,
    title: ['A contract still waits for you', '合同仍待您签署'],
    body: [
      'The contract {{name}} of {{employer}} is not signed yet. This is reminder {{number}} of {{most}}.',
      '{{employer}} 的合同（{{name}}）尚未签署，这是第 {{number}} 次提醒，共 {{most}} 次。',
    ],
  },
  'contract-expires-soon': {
    mails: true,
    title: ['A contract must be signed soon', '合同签署期限将至'],
    body: [
      'The contract {{name}} of {{employer}} can be signed until {{until}}.',
      '{{employer}} 的合同（{{name}}）须在 {{until}} 前签署。',
    ],
  },
  'contract-complete': {
    mails: true,
    title: ['Signed by all: your copy', '合同已签署完成'],
    body: [
      'Everybody has signed the contract {{name}} with {{employer}}. View, download and print it here at any time, free of charge.',
      '与 {{employer}} 的合同（{{name}}）已签署完成，可随时在此免费查看、下载和打印。',
    ],
  },
  'contract-declined': {
    mails: true,
    title: ['A contract was declined', '合同被拒签'],
    body: ['The contract {{name}} was declined: {{reason}}', '合同（{{name}}）被拒签：{{reason}}'],
  },
  'contract-cancelled': {
    mails: true,
    title: ['An offer was taken back', '合同已撤回'],
    body: [
      '{{employer}} took the contract {{name}} back: {{reason}}',
      '{{employer}} 撤回了合同（{{name}}）：{{reason}}',
    ],
  },
  'contract-extended': {
    mails: true,
    title: ['More time to sign', '签署期限已延长'],
    body: [
      'The contract {{name}} of {{employer}} can now be signed until {{until}}.',
      '{{employer}} 的合同（{{name}}）现可在 {{until}} 前签署。',
    ],
  },
  'contract-ended-by-notice': {
    mails: true,
    title: ['A contract ends', '合同解除通知'],
    body: [
      'The contract {{name}} ends; the last day is {{until}}. Reason: {{reason}}',
      '合同（{{name}}）将解除，最后一日为 {{until}}。原因：{{reason}}',
    ],
  },
  'payout-account-changed': {
    mails: true,
    title: ['Your payout account was changed', '您的收款账户已变更'],
    body: [
      'From {{from}} on {{employer}} pays into {{account}}. If it was not you who changed it, take the change back now.',
      '自 {{from}} 起，{{employer}} 将付款至 {{account}}。如非本人操作，请立即撤回变更。',
    ],
  },
  'payment-to-confirm': {
    mails: true,
    title: ['Confirm that you take the money', '请确认收款'],
    body: [
      '{{employer}} pays you {{amount}} by WeChat. Confirm within 24 hours.',
      '{{employer}} 通过微信向您付款 {{amount}}，请在 24 小时内确认收款。',
    ],
  },
  'payment-refused': {
    mails: true,
    title: ['A payment did not arrive', '付款未到账'],
    body: [
      '{{amount}} of {{employer}} did not arrive: {{why}} The money is not lost; it is paid again.',
      '{{employer}} 的 {{amount}} 未到账：{{why}} 款项不会丢失，将重新发放。',
    ],
  },
} as const satisfies Record<string, Kind>;

export type NoticeKind = keyof typeof kinds;
export type NoticeParams = Readonly<Record<string, string>>;

export const isMailed = (kind: NoticeKind): boolean => kinds[kind].mails;

/** A kind that this build does not know any more is shown as its name. */
export function noticeText(
  kind: string,
  params: NoticeParams,
  locale: Locale,
): { readonly title: string; readonly body: string } {
  const known: Kind | undefined = (kinds as Readonly<Record<string, Kind>>)[kind];
  if (!known) return { title: kind, body: '' };
  const index = locale === 'en' ? 0 : 1;
  const filled = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => params[`${name}.${locale}`] ?? params[name] ?? '');
  return { title: filled(known.title[index]), body: filled(known.body[index]) };
}

/** Consents: one for each sensitive purpose (PIPL Art. 28 to 30), over a notice whose text is versioned and digested. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import { consents, consentWithdrawals } from '../../db/cell.ts';
import { sameOr } from '../employer/repeat.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { digestOf } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';

export const noticeVersion = '2026-11-21';
/** What is collected, what for, how long it is kept, and how consent is taken back (PIPL Art. 15, 17, 30). */
export const notices = {
  'identity-document': [
    'Your employer sees your identity document and its photos to check who you are, because the law asks who works. They are kept encrypted; every look at the full number is recorded and you can ask who looked. They are kept while you work here and for five years after your last contract. Needed to work here. You can withdraw this at any time under “Who I am”: nothing new is then taken, and what the law makes your employer keep stays.',
    '用工方查看您的身份证件及照片，用于核实您的身份（法律要求实名用工）。资料加密保存，每次查看完整号码均有记录，您可以查询。保存期限为您在此工作期间及最后一份合同结束后五年。此项为在此工作所必需。您可随时在“实名与收款”中撤回：撤回后不再收集，法律要求保存的资料除外。',
  ],
  'location-at-punch': [
    'Your position is read when you clock in or out, for at most 15 seconds, and at no other time. It shows that you were at the work place. It is kept as long as the wage record it belongs to, five years. You may refuse it, here or in the browser, and withdraw it at any time under “Who I am”: your punches are then kept without a position, marked “no position”.',
    '仅在您打卡时读取位置（最长 15 秒），其他时间不读取，用于证明您在工作地点。位置与工资记录一同保存五年。您可以在此处或浏览器中拒绝，也可随时在“实名与收款”中撤回：打卡仍会保存，但不含位置并标注“无位置”。',
  ],
  'bank-account': [
    'Your bank account is used to pay you, and is written into the pay file that your employer gives to its bank. It is kept encrypted while you work here and for five years after your last contract; pay files are accounting records and kept as long as the law asks. Needed to be paid. You can withdraw this at any time under “Who I am”: no new account is then taken.',
    '您的银行账户用于向您付款，会写入用工方提交银行的发薪文件。加密保存，期限为您在此工作期间及最后一份合同结束后五年；发薪文件属会计档案，按法定期限保存。此项为付款所必需。您可随时在“实名与收款”中撤回：撤回后不再收集新的账户。',
  ],
} as const;
export type ConsentPurpose = keyof typeof notices;
export const consentPurposes = Object.keys(notices) as ConsentPurpose[];

export function giveConsent(
  tx: Tx,
  actor: Actor,
  input: { id: string; workerId: string; purpose: ConsentPurpose },
  at: Instant,
): void {
  const row = {
    ...input,
    noticeVersion,
    noticeDigest: digestOf(notices[input.purpose]),
    at,
    by: actorText(actor),
  };
  const known = tx.select().from(consents).where(eq(consents.id, input.id)).get();
  if (known) return void sameOr(known, row);
  record(tx, 'consent-given', row, row.by, at);
}

/** Ends the purpose: every consent to it that is in force. Somebody who agreed twice has taken back both. */
export function withdrawConsent(
  tx: Tx,
  actor: Actor,
  input: { id: string; workerId: string },
  at: Instant,
): void {
  const given = tx.select().from(consents).where(eq(consents.id, input.id)).get();
  if (!given || given.workerId !== input.workerId) refuse('not-found');
  if (tx.select().from(consentWithdrawals).where(eq(consentWithdrawals.id, input.id)).get()) return;
  const by = actorText(actor);
  for (const { id, purpose } of consentsOf(tx, input.workerId))
    if (purpose === given.purpose) record(tx, 'consent-withdrawn', { id, at, by }, by, at);
}

/** The consents of a worker in force, newest first. */
export function consentsOf(db: Db, workerId: string) {
  return db
    .select({ consent: consents })
    .from(consents)
    .leftJoin(consentWithdrawals, eq(consentWithdrawals.id, consents.id))
    .where(and(eq(consents.workerId, workerId), isNull(consentWithdrawals.id)))
    .orderBy(desc(consents.at))
    .all()
    .map(({ consent }) => consent);
}

export function hasConsent(db: Db, workerId: string, purpose: ConsentPurpose): boolean {
  return consentsOf(db, workerId).some((consent) => consent.purpose === purpose);
}

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

export const noticeVersion = '2026-11-20';
/** What is collected, what for, how long, and that it can be taken back. */
export const notices = {
  'identity-document': [
    'Your employer sees your identity document and its photos to check who you are, because the law asks who works. They are kept encrypted; every look at the full number is recorded and you can ask who looked. Needed to work here.',
    '用工方查看您的身份证件及照片，用于核实您的身份（法律要求实名用工）。资料加密保存，每次查看完整号码均有记录，您可以查询。此项为在此工作所必需。',
  ],
  'location-at-punch': [
    'Your position is read when you clock in or out, for at most 15 seconds, and at no other time. It shows that you were at the work place. You may refuse it in the browser: the punch is then kept and marked “no position”.',
    '仅在您打卡时读取位置（最长 15 秒），其他时间不读取，用于证明您在工作地点。您可以在浏览器中拒绝，打卡仍会保存并标注“无位置”。',
  ],
  'bank-account': [
    'Your bank account is used to pay you, and is written into the pay file that your employer gives to its bank. It is kept encrypted. Needed to be paid.',
    '您的银行账户用于向您付款，会写入用工方提交银行的发薪文件。加密保存。此项为付款所必需。',
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
  record(tx, 'consent-withdrawn', { id: input.id, at, by }, by, at);
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

/** Notices: what somebody should know, kept in their inbox here, and sent to their e-mail address by the directory. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { notices } from '../../db/cell.ts';
import { refuse } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { PersonMessage } from '../provider/providers.ts';
import { type Db, newestFirst, prepared, type Tx } from '../store/commit.ts';
import { enqueue } from '../store/outbox.ts';
import { isMailed, type NoticeKind, type NoticeParams, noticeText } from './notice-kinds.ts';

export interface NewNotice {
  /** The same id again is the same notice: derive it from what it is about. */
  readonly id: string;
  readonly personId: string;
  readonly kind: NoticeKind;
  readonly params: NoticeParams;
  /** A page of this employer: `/orgs/…`. */
  readonly link: string;
}
export type Notice = Omit<typeof notices.$inferSelect, 'params'> & { readonly params: NoticeParams };

/** In the same commit as what it tells of. The e-mail waits in the outbox. */
export function sendNotice(tx: Tx, notice: NewNotice, at: Instant): void {
  const { id, personId, kind, params, link } = notice;
  const sent = tx
    .insert(notices)
    .values({ id, personId, kind, params: JSON.stringify(params), link, at, readAt: null })
    .onConflictDoNothing()
    .returning({ id: notices.id })
    .get();
  if (!sent || !isMailed(kind)) return;
  const message: PersonMessage = {
    id,
    personId,
    link,
    texts: { 'zh-CN': noticeText(kind, params, 'zh-CN'), en: noticeText(kind, params, 'en') },
  };
  enqueue(tx, 'notice', message, at, `notice ${id}`);
}

const statements = prepared((db) => ({
  unread: db
    .select({ n: sql<number>`count(*)` })
    .from(notices)
    .where(and(eq(notices.personId, sql.placeholder('personId')), isNull(notices.readAt)))
    .prepare(),
}));

/** How many a person has not read: one look into an index, asked by every page. */
export function unreadCount(db: Db, personId: string): number {
  return statements(db).unread.get({ personId })?.n ?? 0;
}

/** The newest first. */
export function noticesOf(db: Db, personId: string, limit = 100): Notice[] {
  return db
    .select()
    .from(notices)
    .where(eq(notices.personId, personId))
    .orderBy(desc(notices.at), newestFirst(notices))
    .limit(limit)
    .all()
    .map((row) => ({ ...row, params: JSON.parse(row.params) as NoticeParams }));
}

/** Read once is read. */
export function markRead(tx: Tx, personId: string, id: string, at: Instant): void {
  const mine = and(eq(notices.id, id), eq(notices.personId, personId));
  if (!tx.select().from(notices).where(mine).get()) refuse('not-found');
  tx.update(notices)
    .set({ readAt: at })
    .where(and(mine, isNull(notices.readAt)))
    .run();
}

export function markAllRead(tx: Tx, personId: string, at: Instant): void {
  tx.update(notices)
    .set({ readAt: at })
    .where(and(eq(notices.personId, personId), isNull(notices.readAt)))
    .run();
}

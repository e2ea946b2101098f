/** The inbox, on the phone and in the console: the same notices, each with where it leads. */
import type { FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireRole, requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { ApiForm, Badge, Empty } from '../web/components.tsx';
import { ConsolePage, page, WorkerPage } from '../web/page.tsx';
import { type Notice, noticesOf } from './notice.ts';
import { noticeText } from './notice-kinds.ts';
import { noticeWords } from './notice-words.ts';

export const noticePages = router<CellEnv>();

noticePages.get('/me/notices', (c) => {
  const { personId } = requireWorker(c);
  const reader = readerOf(c);
  const { org, locale, db } = reader;
  return page(
    c,
    <WorkerPage
      locale={locale}
      title={noticeWords(locale)('title')}
      org={org}
      back={`/orgs/${org}/me`}
      scripts={['notices']}
    >
      <Inbox notices={noticesOf(db, personId)} reader={reader} />
    </WorkerPage>,
  );
});

noticePages.get('/notices', (c) => {
  const { personId } = requireRole(c, 'owner', 'hr', 'supervisor', 'approver');
  const reader = readerOf(c);
  const { locale, db } = reader;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={noticeWords(locale)('title')}
      lead={employerOf(db).name}
      frame={consoleFrame(c)}
      section="notices"
      scripts={['notices']}
    >
      <Inbox notices={noticesOf(db, personId)} reader={reader} />
    </ConsolePage>,
  );
});

const Inbox: FC<{ notices: readonly Notice[]; reader: Reader }> = ({ notices, reader }) => {
  const { org, locale } = reader;
  const say = noticeWords(locale);
  if (notices.length === 0) return <Empty title={say('none')}>{say('noneMeans')}</Empty>;
  return (
    <>
      <ol class="notices">
        {notices.map((notice) => {
          const { title, body } = noticeText(notice.kind, notice.params, locale);
          return (
            <li class={notice.readAt ? 'is-read' : ''}>
              <a
                href={notice.link}
                {...(notice.readAt
                  ? {}
                  : {
                      'data-reading': `/api/orgs/${org}/me/notices/${encodeURIComponent(notice.id)}/reading`,
                    })}
              >
                <span class="notices-head">
                  <strong>{title}</strong>
                  {notice.readAt ? null : <Badge tone="warn">{say('unread')}</Badge>}
                </span>
                <span>{body}</span>
                <small class="aside">{shownAt(reader, notice.at)}</small>
              </a>
            </li>
          );
        })}
      </ol>
      {notices.some(({ readAt }) => !readAt) ? (
        <ApiForm action={`/api/orgs/${org}/me/notice-readings`} submit={say('allRead')} tone="plain" />
      ) : null}
      <p class="aside">{say('mailed')}</p>
    </>
  );
};

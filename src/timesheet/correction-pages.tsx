/** The console's queue of corrections that workers ask for: the oldest first, the day as a picture, decided with a reason. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { siteOf } from '../employer/site.ts';
import { hasRole, requireRole, type Standing } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { formatCivilDate, payPeriodOf } from '../kernel/time.ts';
import { ApiForm, Card, Empty, Field, Notice } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { RequestBadge, RequestPicture, TwoSides } from './correction-parts.tsx';
import { type RequestView, requestsDone, requestsToDecide } from './correction-request.ts';
import { correctionWords } from './correction-words.ts';

export const correctionPages = router<CellEnv>();

interface DeciderReader extends Reader {
  readonly standing: Standing;
}

correctionPages.get('/corrections', (c) => {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor');
  const reader: DeciderReader = { standing, ...readerOf(c) };
  const { db, org, locale } = reader;
  const say = correctionWords(locale);
  const waiting = requestsToDecide(db, standing, c.var.at);
  const done = requestsDone(db, standing, c.var.at);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('decideTitle')}
      lead={say('decideLead')}
      frame={consoleFrame(c)}
      section="timesheets"
      actions={
        <a class="button button-plain" href={`/orgs/${org}/timesheets`}>
          {say('sheets')}
        </a>
      }
    >
      {waiting.length === 0 ? <Empty title={say('noneTitle')}>{say('noneMeans')}</Empty> : null}
      {waiting.map((view) => (
        <OneRequest view={view} reader={reader} />
      ))}
      {done.length > 0 ? <h2>{say('decided')}</h2> : null}
      {done.map((view) => (
        <OneRequest view={view} reader={reader} />
      ))}
    </ConsolePage>,
  );
});

const OneRequest: FC<{ view: RequestView; reader: DeciderReader }> = ({ view, reader }) => {
  const { db, org, locale, standing } = reader;
  const say = correctionWords(locale);
  const engagement = engagementOf(db, view.request.engagementId);
  const period = engagement && payPeriodOf(engagement.payPeriod, view.day);
  const isOpen = view.state === 'waiting' || view.state === 'escalated';
  const mine = standing.workerId === view.workerId;
  const late = view.state === 'escalated' && !hasRole(standing, 'owner', 'hr');
  return (
    <Card
      id={`request-${view.request.id}`}
      title={`${view.workerName} · ${formatCivilDate(view.day, locale)} · ${siteOf(db, view.siteId)?.name ?? ''}`}
      actions={<RequestBadge view={view} locale={locale} />}
    >
      {isOpen ? <RequestPicture view={view} reader={reader} /> : null}
      <TwoSides view={view} reader={reader}>
        {mine ? <Notice tone="warn">{say('own')}</Notice> : null}
        {late ? <Notice tone="warn">{say('escalatedYou')}</Notice> : null}
        {mine || late ? null : <Decide view={view} reader={reader} />}
      </TwoSides>
      {period ? (
        <p>
          <a href={`/orgs/${org}/timesheets/${view.request.engagementId}/${period.startsOn}`}>
            {say('toSheet')}
          </a>
        </p>
      ) : null}
    </Card>
  );
};

const Decide: FC<{ view: RequestView; reader: DeciderReader }> = ({ view, reader }) => {
  const say = correctionWords(reader.locale);
  const action = `/api/orgs/${reader.org}/correction-requests/${view.request.id}/decision`;
  return (
    <>
      {view.state === 'waiting' ? (
        <p class="aside">{say('due', { at: shownAt(reader, view.dueAt) })}</p>
      ) : null}
      <ApiForm action={action} submit={say('accept')}>
        <Field name="decision" label="" kind="hidden" value="accepted" />
        <Field name="reason" label={say('reasonDecide')} required />
      </ApiForm>
      <details class="fold">
        <summary>{say('refuse')}</summary>
        <ApiForm action={action} submit={say('refuse')} tone="warn">
          <Field name="decision" label="" kind="hidden" value="refused" />
          <Field name="reason" label={say('reasonDecide')} required />
        </ApiForm>
      </details>
    </>
  );
};

/** A request and what became of it: what the worker says and what the employer says, side by side, and the day as a picture. */
import type { Child, FC, PropsWithChildren } from 'hono/jsx';
import { type Reader, shownAt } from '../employer/reader.ts';
import { siteOf } from '../employer/site.ts';
import { nameBehind } from '../identity/name.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant, type Instant } from '../kernel/time.ts';
import { Badge } from '../web/components.tsx';
import type { RequestView } from './correction-request.ts';
import { correctionWords } from './correction-words.ts';
import { DayPicture } from './day-picture.tsx';
import { requestRows } from './request-picture.ts';

export const zoneOfSite = ({ db, zone }: Reader, siteId: string): string => siteOf(db, siteId)?.zone ?? zone;

/** `Move the clock-out of 17:00 to 18:30`. */
export function requestText(view: RequestView, reader: Reader): string {
  const { request, punch, siteId } = view;
  const say = correctionWords(reader.locale);
  const zone = zoneOfSite(reader, siteId);
  const time = (at: Instant | undefined | null) =>
    at ? formatInstant(at, zone, reader.locale, 'MM-dd HH:mm') : '';
  const kind = request.punchKind ?? punch?.kind ?? 'in';
  return say(`${request.kind}-what`, {
    kind: say(kind),
    at: time(request.punchAt ?? punch?.effectiveAt),
    from: time(punch?.effectiveAt),
  });
}

/** `mine`: to the worker who asked, and who waits for somebody else. */
export const RequestBadge: FC<{ view: RequestView; locale: Locale; mine?: boolean }> = ({
  view: { state },
  locale,
  mine = false,
}) => {
  const tones = {
    waiting: 'warn',
    escalated: 'bad',
    accepted: 'good',
    refused: 'bad',
    withdrawn: 'quiet',
  } as const;
  const waits = mine && state === 'waiting';
  return (
    <Badge tone={waits ? 'info' : tones[state]}>
      {correctionWords(locale)(waits ? 'withSupervisor' : `state-${state}`)}
    </Badge>
  );
};

/** Both words, in two columns where there is room. `children`: what may be done, while nobody has decided. */
export const TwoSides: FC<PropsWithChildren<{ view: RequestView; reader: Reader; mine?: boolean }>> = ({
  view,
  reader,
  mine = false,
  children,
}) => {
  const { db, org, locale } = reader;
  const { request, decision, withdrawnAt } = view;
  const say = correctionWords(locale);
  return (
    <div class="two-sides">
      <Side title={say(mine ? 'saidYou' : 'saidWorker')}>
        <p>
          <strong>{requestText(view, reader)}</strong>
          {request.siteId ? <> · {siteOf(db, request.siteId)?.name}</> : null}
        </p>
        <blockquote>{request.reason}</blockquote>
        <p class="aside">
          {nameBehind(db, request.by)} · {shownAt(reader, request.at)}
          {request.evidenceFileId ? (
            <>
              {' · '}
              <a
                href={`/api/orgs/${org}/correction-requests/${request.id}/evidence`}
                target="_blank"
                rel="noopener"
              >
                {say('evidenceShow')}
              </a>
            </>
          ) : null}
        </p>
      </Side>
      <Side title={say('saidSupervisor')}>
        {decision ? (
          <>
            <p>
              <RequestBadge view={view} locale={locale} />
            </p>
            <blockquote>{decision.reason}</blockquote>
            <p class="aside">
              {nameBehind(db, decision.by)} · {shownAt(reader, decision.at)}
            </p>
          </>
        ) : withdrawnAt ? (
          <p>{say('withdrawn', { at: shownAt(reader, withdrawnAt) })}</p>
        ) : (
          (children ?? <p>{say('waitsStill')}</p>)
        )}
        <Delay view={view} reader={reader} />
      </Side>
    </div>
  );
};

const Side: FC<PropsWithChildren<{ title: string }>> = ({ title, children }) => (
  <section>
    <h3>{title}</h3>
    {children}
  </section>
);

/** That the supervisor was late is said also after HR has decided. */
const Delay: FC<{ view: RequestView; reader: Reader }> = ({ view, reader }) => {
  if (!view.escalatedAt) return null;
  const at = shownAt(reader, view.escalatedAt);
  const key = view.state === 'escalated' ? 'escalatedSince' : 'escalatedWas';
  return <p class="aside is-late">{correctionWords(reader.locale)(key, { at })}</p>;
};

export const RequestPicture: FC<{ view: RequestView; reader: Reader }> = ({ view, reader }): Child => {
  const zone = zoneOfSite(reader, view.siteId);
  const rows = requestRows(reader.db, view, zone, reader.locale);
  const title = correctionWords(reader.locale)(rows.length > 1 ? 'picture' : 'pictureOf');
  return <DayPicture title={title} day={view.day} zone={zone} rows={rows} locale={reader.locale} />;
};

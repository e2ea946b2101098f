/** The worker's page of one day: its punches as a picture, and what can be asked: one is missing, one is wrong. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import type { RecordedPunch } from '../clock/punch.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { siteOf } from '../employer/site.ts';
import { requireWorker } from '../employer/standing.ts';
import { type Engagement, engagementOf, siteIdsOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  type CivilDate,
  civilDateAt,
  formatCivilDate,
  formatInstant,
  type Instant,
  parseCivilDate,
  payPeriodOf,
} from '../kernel/time.ts';
import { plannedShiftsOf } from '../shift/planned-shift.ts';
import { ApiForm, Field, FileField, Group, Notice, SelectField } from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';
import { RequestBadge, RequestPicture, requestText, TwoSides } from './correction-parts.tsx';
import { type RequestView, requestsOf } from './correction-request.ts';
import { correctionWords } from './correction-words.ts';
import { DayPicture } from './day-picture.tsx';
import { dayRow, punchesOfDay } from './request-picture.ts';
import { approvalOf } from './timesheet.ts';
import { Verdict } from './timesheet-parts.tsx';
import { timesheetWords } from './timesheet-words.ts';

export const myCorrectionPages = router<CellEnv>();

interface DayReader extends Reader {
  readonly engagement: Engagement;
  readonly day: CivilDate;
  readonly punches: readonly RecordedPunch[];
}

/** `datetime-local` reads as the clock at the site. */
const local = (at: Instant, zone: string) => formatInstant(at, zone, 'en', "yyyy-MM-dd'T'HH:mm");

myCorrectionPages.get('/me/hours/:engagementId/:day', (c) => {
  const { workerId } = requireWorker(c);
  const base = readerOf(c);
  const { db, locale, org } = base;
  const engagement = engagementOf(db, c.req.param('engagementId'));
  const day = parseCivilDate(c.req.param('day'));
  if (!day || engagement?.workerId !== workerId) refuse('not-found');
  const punches = punchesOfDay(db, engagement, day);
  const reader: DayReader = { ...base, engagement, day, punches };
  const say = correctionWords(locale);
  const zone = zoneOfDay(reader);
  const requests = requestsOf(db, engagement.id, c.var.at).filter((view) => view.day === day);
  return page(
    c,
    <WorkerPage
      locale={locale}
      title={say('askTitle', { day: formatCivilDate(day, locale, 'MM-dd ccc') })}
      org={org}
      back={`/orgs/${org}/me/hours`}
    >
      {approvalOf(db, engagement.id, payPeriodOf(engagement.payPeriod, day).startsOn) ? (
        <Notice>{say('approvedAlready')}</Notice>
      ) : null}
      <Group title={say('punchesOf')}>
        <div class="picture-cell">
          <DayPicture
            title={say('pictureOf')}
            day={day}
            zone={zone}
            rows={[dayRow(db, engagement, day, locale)]}
            locale={locale}
          />
        </div>
        {punches.length === 0 ? <p class="notice-text">{say('noPunches')}</p> : null}
        {punches.map((one) => (
          <OnePunch recorded={one} reader={reader} />
        ))}
      </Group>
      {requests.length > 0 ? <MyRequests requests={requests} reader={reader} /> : null}
      <Missing reader={reader} />
    </WorkerPage>,
  );
});

function zoneOfDay({ db, engagement, punches, zone }: DayReader): string {
  const [first = ''] = siteIdsOf(db, engagement.id);
  return punches[0]?.zone ?? siteOf(db, first)?.zone ?? zone;
}

const OnePunch: FC<{ recorded: RecordedPunch; reader: DayReader }> = ({ recorded, reader }) => {
  const { punch, siteName, zone, voided } = recorded;
  const say = correctionWords(reader.locale);
  const label = (
    <span class="cell-label weui-cell__bd">
      {formatInstant(punch.effectiveAt, zone, reader.locale, 'HH:mm')} · {say(punch.kind)}
      <small>{voided ?? siteName}</small>
    </span>
  );
  if (voided !== null) return <div class="cell weui-cell is-gone">{label}</div>;
  return (
    <details class="cell-details">
      <summary class="cell weui-cell">
        {label}
        <span class="cell-value weui-cell__ft">
          <Verdict punch={punch} locale={reader.locale} />
        </span>
      </summary>
      <Group title={say('move')}>
        <Ask kind="move" punchId={punch.id} reader={reader}>
          <Field name="punch.kind" label="" kind="hidden" value={punch.kind} />
          <Where reader={reader} zone={zone} chosen={punch.siteId} />
          <Field
            name="punch.at"
            label={say('when')}
            kind="instant"
            zone={zone}
            value={local(punch.effectiveAt, zone)}
            required
          />
        </Ask>
      </Group>
      <Group title={say('void')}>
        <Ask kind="void" punchId={punch.id} reader={reader} />
      </Group>
    </details>
  );
};

/** One form for each time zone of the engagement's sites, because a time is meant at the site. */
const Missing: FC<{ reader: DayReader }> = ({ reader }) => {
  const { db, engagement, punches, day, at, zone } = reader;
  const say = correctionWords(reader.locale);
  const zones = new Set(siteIdsOf(db, engagement.id).map((id) => siteOf(db, id)?.zone ?? zone));
  const last = punches.filter(({ voided }) => voided === null).at(-1);
  const kind = last?.punch.kind === 'in' ? 'out' : 'in';
  // What was planned is the likeliest; else the last punch, from which the time is soon set.
  const shift = plannedShiftsOf(db, engagement.id, day, day)[0];
  const planned = kind === 'out' ? shift?.endsAt : shift?.startsAt;
  const valueIn = (one: string) => {
    if (planned && planned <= at) return local(planned, one);
    if (last) return local(last.punch.effectiveAt, one);
    return day === civilDateAt(at, one) ? local(at, one) : `${day}T08:00`;
  };
  return (
    <>
      {[...zones].map((one) => (
        <Group title={zones.size > 1 ? `${say('added')} · ${one}` : say('added')} note={say('addedMeans')}>
          <Ask kind="add" reader={reader}>
            <SelectField
              name="punch.kind"
              label={timesheetWords(reader.locale)('kind')}
              value={kind}
              options={[
                ['out', say('out')],
                ['in', say('in')],
              ]}
            />
            <Where reader={reader} zone={one} chosen={last?.punch.siteId ?? ''} />
            <Field
              name="punch.at"
              label={say('when')}
              kind="instant"
              zone={one}
              value={valueIn(one)}
              required
            />
          </Ask>
        </Group>
      ))}
    </>
  );
};

const Where: FC<{ reader: DayReader; zone: string; chosen: string }> = ({ reader, zone, chosen }) => {
  const ids = [...new Set([...siteIdsOf(reader.db, reader.engagement.id), chosen])];
  const options = ids.flatMap((id) => {
    const site = siteOf(reader.db, id);
    return site?.zone === zone ? [[site.id, site.name] as const] : [];
  });
  const [only] = options;
  return options.length === 1 && only ? (
    <Field name="punch.siteId" label="" kind="hidden" value={only[0]} />
  ) : (
    <SelectField
      name="punch.siteId"
      label={correctionWords(reader.locale)('site')}
      value={chosen}
      options={options}
      required
    />
  );
};

const Ask: FC<PropsWithChildren<{ kind: 'add' | 'move' | 'void'; punchId?: string; reader: DayReader }>> = ({
  kind,
  punchId,
  reader: { org, locale, engagement },
  children,
}) => {
  const say = correctionWords(locale);
  return (
    <ApiForm
      action={`/api/orgs/${org}/correction-requests/{id}`}
      next={`/orgs/${org}/me/hours`}
      submit={say('ask')}
    >
      <Field name="kind" label="" kind="hidden" value={kind} />
      <Field name="engagementId" label="" kind="hidden" value={engagement.id} />
      {punchId ? <Field name="punchId" label="" kind="hidden" value={punchId} /> : null}
      {children}
      <Field name="reason" label={say('reason')} required />
      <FileField
        name="evidenceFileId"
        label={say('evidence')}
        org={org}
        accept="image/jpeg,image/png,image/webp,application/pdf"
      />
    </ApiForm>
  );
};

/** What was asked and what became of it; an open one may be taken back. */
export const MyRequests: FC<{ requests: readonly RequestView[]; reader: Reader }> = ({
  requests,
  reader,
}) => {
  const say = correctionWords(reader.locale);
  return (
    <Group title={say('mine')}>
      {requests.map((view) => (
        <details class="cell-details" {...(view.state === 'refused' ? { open: true } : {})}>
          <summary class="cell weui-cell">
            <span class="cell-label weui-cell__bd">
              {requestText(view, reader)}
              <small>{view.request.reason}</small>
            </span>
            <span class="cell-value weui-cell__ft">
              <RequestBadge view={view} locale={reader.locale} mine />
            </span>
          </summary>
          <OneOfMine view={view} reader={reader} />
        </details>
      ))}
    </Group>
  );
};

const OneOfMine: FC<{ view: RequestView; reader: Reader }> = ({ view, reader }) => {
  const say = correctionWords(reader.locale);
  const isOpen = view.state === 'waiting' || view.state === 'escalated';
  return (
    <div class="picture-cell">
      {isOpen ? <RequestPicture view={view} reader={reader} /> : null}
      <TwoSides view={view} reader={reader} mine>
        {view.state === 'waiting' ? <p>{say('dueMine', { at: shownAt(reader, view.dueAt) })}</p> : null}
      </TwoSides>
      {isOpen ? (
        <ApiForm
          action={`/api/orgs/${reader.org}/correction-requests/${view.request.id}/withdrawal`}
          submit={say('withdraw')}
          tone="plain"
        />
      ) : null}
    </div>
  );
};

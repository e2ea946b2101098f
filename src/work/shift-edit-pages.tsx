/** One shift in the console: making it, changing it, who works it, calling it off. */
import type { FC } from 'hono/jsx';
import { actorNames } from '../employer/member.ts';
import { siteOf, sitesOf } from '../employer/site.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { newId } from '../kernel/id.ts';
import { addDays, type CivilDate, formatInstant, parseCivilDate, payPeriodOf } from '../kernel/time.ts';
import {
  ApiForm,
  Badge,
  Card,
  ChoicesField,
  Empty,
  Facts,
  Field,
  FixedField,
  LongField,
  Notice,
  Table,
} from '../web/components.tsx';
import { page } from '../web/page.tsx';
import { type Engagement, engagementOf } from './engagement.ts';
import type { RestWarning } from './rest-rules.ts';
import { capacityOf, type Draft, isPending, plannedShift, type Shift, type ShiftTimes } from './shift.ts';
import { stateFor } from './shift-board.ts';
import { shiftBreaks } from './shift-breaks.ts';
import { hasSeen } from './shift-change.ts';
import { engagementsAtSite, isLiveAtSite } from './shift-eligibility.ts';
import {
  linkTo,
  type Planner,
  plannerOf,
  RuleFields,
  ShiftPage,
  StateBadge,
  TimeFields,
} from './shift-parts.tsx';
import { publicationsOfShift } from './shift-publication.ts';
import { templateOf, templatesOf, timesOfTemplate } from './shift-template.ts';
import { breaksText, shiftWords, spanText } from './shift-words.ts';

export const shiftEditPages = router<CellEnv>();

/** What the form of a shift is filled with. */
interface Wanted {
  readonly day: CivilDate;
  readonly times: Partial<ShiftTimes>;
  readonly engagementIds: readonly string[];
  readonly openPlaces: number;
  readonly siteIds: readonly string[];
  readonly note: string;
}

shiftEditPages.get('/shifts/new', (c) => {
  const planner = plannerOf(c);
  const { db, locale, site, base } = planner;
  const say = shiftWords(locale);
  const day = parseCivilDate(c.req.query('day') ?? '') ?? planner.monday;
  const engagementId = c.req.query('engagement');
  const template = templateOf(db, c.req.query('template') ?? '');
  const here = `${base}/new?site=${site?.id ?? ''}&day=${day}${engagementId ? `&engagement=${engagementId}` : ''}`;
  const templates = site ? templatesOf(db, site.id) : [];
  return page(
    c,
    <ShiftPage c={c} planner={planner} title={say('addShift')} {...(site ? { lead: site.name } : {})}>
      {templates.length > 0 ? (
        <Card title={say('fromTemplate')}>
          <div class="badges">
            {templates.map((one) => (
              <a
                class={`button ${one.id === template?.id ? 'button-primary' : 'button-plain'}`}
                href={`${here}&template=${one.id}`}
              >
                {one.name} {one.startTime}–{one.endTime}
              </a>
            ))}
          </div>
        </Card>
      ) : null}
      <Card>
        <ShiftForm
          planner={planner}
          action={`/shifts/{id}/drafts/${newId()}`}
          wanted={{
            day,
            times: template ? timesOfTemplate(template) : { startTime: '08:00', endTime: '16:00' },
            engagementIds: engagementId ? [engagementId] : [],
            openPlaces: engagementId ? 0 : 1,
            siteIds: [],
            note: '',
          }}
        />
      </Card>
    </ShiftPage>,
  );
});

const ShiftForm: FC<{ planner: Planner; action: string; wanted: Wanted }> = ({ planner, action, wanted }) => {
  const { db, org, locale, site, standing } = planner;
  if (!site) return null;
  const say = shiftWords(locale);
  const others = sitesOf(db).filter(({ id }) => id !== site.id);
  return (
    <ApiForm
      action={`/api/orgs/${org}${action}`}
      next={linkTo(planner, '', payPeriodOf('weekly', wanted.day).startsOn)}
      submit={say('saveDraft')}
    >
      <FixedField name="siteId" value={site.id} />
      <Field name="day" label={say('day')} kind="date" value={wanted.day} required />
      <TimeFields locale={locale} zone={site.zone} times={wanted.times} />
      <PeopleField planner={planner} day={wanted.day} chosen={wanted.engagementIds} />
      <Field
        name="openPlaces"
        label={say('openPlaces')}
        kind="number"
        hint={say('openPlacesHint')}
        value={wanted.openPlaces}
        required
      />
      <RuleFields locale={locale} times={wanted.times} />
      {others.length > 0 && standing.roles.length > 0 ? (
        <div class="people-choices field-wide">
          <ChoicesField
            name="siteIds"
            label={say('siteIds')}
            options={others.map(({ id, name }) => [id, name] as const)}
            chosen={wanted.siteIds}
          />
        </div>
      ) : null}
      <div class="field-wide">
        <LongField name="note" label={say('note')} rows={2} value={wanted.note} />
      </div>
    </ApiForm>
  );
};

/** Whoever is engaged there in the week of the day, and whoever is on it already. */
const PeopleField: FC<{ planner: Planner; day: CivilDate; chosen: readonly string[] }> = ({
  planner: { db, locale, site },
  day,
  chosen,
}) => {
  const say = shiftWords(locale);
  const around = [day, addDays(day, 1), addDays(day, 6)];
  const able = site
    ? engagementsAtSite(db, site.id).filter(
        (one) => chosen.includes(one.id) || around.some((date) => isLiveAtSite(db, one, site.id, date)),
      )
    : [];
  if (able.length === 0) return <Notice>{say('nobodyEngaged')}</Notice>;
  const label = (one: Engagement) => `${workerNameOf(db, one.workerId)} · ${one.roleTitle}`;
  return (
    <div class="people-choices field-wide">
      <ChoicesField
        name="engagementIds"
        label={say('people')}
        options={able.map((one) => [one.id, label(one)] as const)}
        chosen={chosen}
      />
    </div>
  );
};

shiftEditPages.get('/shifts/:id{[0-9a-f-]{36}}', (c) => {
  const seen = plannerOf(c);
  const shift = plannedShift(seen.db, seen.standing, c.req.param('id'));
  const site = siteOf(seen.db, shift.siteId);
  const planner = { ...seen, site, monday: payPeriodOf('weekly', shift.draft.day).startsOn };
  const { locale, at } = planner;
  const say = shiftWords(locale);
  const begun = shift.published !== undefined && shift.published.startsAt <= at;
  const over = (shift.published ?? shift.draft).endsAt <= at;
  return page(
    c,
    <ShiftPage
      c={c}
      planner={planner}
      title={`${say('shift')} · ${spanText(shift.draft, site?.zone ?? 'UTC', locale)}`}
      {...(site ? { lead: site.name } : {})}
      actions={
        <a class="button button-plain" href={linkTo(planner)}>
          ‹ {say('backToWeek')}
        </a>
      }
    >
      {shift.cancelled ? (
        <Notice tone="warn" title={say('cancelled')}>
          {shift.cancelled.reason}
        </Notice>
      ) : null}
      {isPending(shift) ? <Pending shift={shift} planner={planner} /> : null}
      <Card title={say('people')}>
        <People shift={shift} planner={planner} begun={begun} />
      </Card>
      {shift.cancelled || over ? (
        <Card title={say('when')}>
          <ShiftFacts draft={shift.published ?? shift.draft} planner={planner} />
        </Card>
      ) : (
        <Card title={say('edit')}>
          <ShiftForm
            planner={planner}
            action={`/shifts/${shift.id}/drafts/{id}`}
            wanted={wantedOf(shift.draft, staffNow(shift))}
          />
        </Card>
      )}
      {shift.cancelled ? null : <Copy shift={shift} planner={planner} />}
      <History shift={shift} planner={planner} />
      {shift.cancelled || begun ? null : (
        <Card title={say(shift.published ? 'cancelShift' : 'removeDraft')}>
          <Cancel shift={shift} planner={planner} />
        </Card>
      )}
    </ShiftPage>,
  );
});

/** Who works it now, and whom a draft adds: the form starts from what is. */
function staffNow({ draft, assignments, published, publication }: Shift): string[] {
  if (!published || publication?.draftId !== draft.id) return [...draft.engagementIds];
  return assignments.map(({ engagementId }) => engagementId);
}

const wantedOf = (draft: Draft, engagementIds: readonly string[]): Wanted => ({
  day: draft.day,
  times: {
    startTime: draft.startTime,
    endTime: draft.endTime,
    ...(draft.breaks === null ? {} : { breaks: draft.breaks }),
    ...(draft.earlySeconds === null ? {} : { earlySeconds: draft.earlySeconds }),
    ...(draft.lateSeconds === null ? {} : { lateSeconds: draft.lateSeconds }),
  },
  engagementIds,
  // Who claimed a place is named now, and takes it along.
  openPlaces: Math.max(0, capacityOf(draft) - engagementIds.length),
  siteIds: draft.siteIds.filter((id) => id !== draft.siteId),
  note: draft.note,
});

const ShiftFacts: FC<{ draft: Draft; planner: Planner }> = ({ draft, planner: { db, locale, site } }) => {
  const say = shiftWords(locale);
  const names = draft.siteIds.map((id) => siteOf(db, id)?.name ?? '');
  return (
    <Facts
      items={[
        [say('when'), spanText(draft, site?.zone ?? 'UTC', locale)],
        [say('where'), names.join(' · ')],
        [say('breaks'), breaksText(shiftBreaks(db, draft), locale) || say('noBreaks')],
        [say('openPlaces'), String(draft.openPlaces)],
        ...(draft.note ? ([[say('note'), draft.note]] as const) : []),
      ]}
    />
  );
};

const Pending: FC<{ shift: Shift; planner: Planner }> = ({ shift, planner }) => {
  const { org, locale, site } = planner;
  const say = shiftWords(locale);
  const { published } = shift;
  return (
    <Card title={say(published ? 'changedDraft' : 'draft')}>
      {published ? <p>{`${say('before')}: ${spanText(published, site?.zone ?? 'UTC', locale)}`}</p> : null}
      <div class="button-pair">
        <a class="button button-primary" href={linkTo(planner, '/publish')}>
          {say('publish')}
        </a>
        {published ? (
          <ApiForm
            action={`/api/orgs/${org}/shifts/${shift.id}/drafts/{id}`}
            submit={say('discard')}
            tone="plain"
          >
            <SameDraft
              draft={published}
              day={published.day}
              engagementIds={shift.assignments.map((one) => one.engagementId)}
            />
          </ApiForm>
        ) : null}
      </div>
    </Card>
  );
};

/** All of a draft as it stands, for another day or anew. */
const SameDraft: FC<{ draft: Draft; day?: CivilDate; engagementIds: readonly string[] }> = ({
  draft,
  day,
  engagementIds,
}) => {
  const { times, siteIds, note } = wantedOf(draft, engagementIds);
  const fixed: Record<string, unknown> = {
    siteId: draft.siteId,
    ...times,
    siteIds,
    engagementIds,
    openPlaces: Math.max(0, capacityOf(draft) - engagementIds.length),
    ...(note ? { note } : {}),
    ...(day ? { day } : {}),
  };
  return (
    <>
      {Object.entries(fixed).map(([name, value]) => (
        <FixedField name={name} value={value} />
      ))}
    </>
  );
};

const People: FC<{ shift: Shift; planner: Planner; begun: boolean }> = ({ shift, planner, begun }) => {
  const { db, org, locale } = planner;
  const say = shiftWords(locale);
  const ids = [
    ...new Set([...shift.assignments.map((one) => one.engagementId), ...shift.draft.engagementIds]),
  ];
  if (ids.length === 0) return <p class="aside">{say('nobodyYet')}</p>;
  const assignmentOf = (id: string) => shift.assignments.find(({ engagementId }) => engagementId === id);
  return (
    <Table
      caption={say('people')}
      rows={ids.flatMap((id) => engagementOf(db, id) ?? [])}
      columns={[
        { head: say('worker'), cell: ({ workerId }) => workerNameOf(db, workerId) },
        {
          head: say('state'),
          cell: ({ id }) => (
            <span class="badges">
              <StateBadge state={stateFor(shift, id)} locale={locale} />
              {assignmentOf(id) && !shift.cancelled ? (
                <Badge tone={hasSeen(db, shift, id) ? 'good' : 'quiet'}>
                  {say(hasSeen(db, shift, id) ? 'seen' : 'notSeen')}
                </Badge>
              ) : null}
            </span>
          ),
        },
        {
          head: '',
          cell: ({ id }) => {
            const assignment = assignmentOf(id);
            if (!assignment || begun || shift.cancelled) return null;
            return (
              <details>
                <summary>{say('takeOff')}</summary>
                <ApiForm
                  action={`/api/orgs/${org}/shift-assignments/${assignment.id}/end`}
                  submit={say('takeOff')}
                  tone="warn"
                >
                  <Field name="reason" label={say('reason')} required />
                </ApiForm>
              </details>
            );
          },
        },
      ]}
    />
  );
};

const Copy: FC<{ shift: Shift; planner: Planner }> = ({ shift, planner: { org, locale, base } }) => {
  const say = shiftWords(locale);
  return (
    <Card title={say('copy')}>
      <ApiForm
        action={`/api/orgs/${org}/shifts/{id}/drafts/${newId()}`}
        next={`${base}/{shiftId}`}
        submit={say('copyDo')}
        tone="plain"
      >
        <SameDraft draft={shift.draft} engagementIds={staffNow(shift)} />
        <Field name="day" label={say('copyTo')} kind="date" value={addDays(shift.draft.day, 1)} required />
      </ApiForm>
    </Card>
  );
};

const Cancel: FC<{ shift: Shift; planner: Planner }> = ({ shift, planner }) => {
  const { org, locale } = planner;
  const say = shiftWords(locale);
  return shift.published ? (
    <ApiForm
      action={`/api/orgs/${org}/shifts/${shift.id}/cancellation`}
      submit={say('cancelShift')}
      tone="warn"
      confirm={say('cancelAsk')}
    >
      <Field name="reason" label={say('reason')} hint={say('reasonHint')} required />
    </ApiForm>
  ) : (
    <ApiForm
      action={`/api/orgs/${org}/shifts/${shift.id}/cancellation`}
      next={linkTo(planner)}
      submit={say('removeDraft')}
      tone="warn"
    >
      <FixedField name="reason" value={say('removed')} />
    </ApiForm>
  );
};

/** Each time it was published, by whom, and which warnings were acknowledged. */
const History: FC<{ shift: Shift; planner: Planner }> = ({ shift, planner }) => {
  const { db, locale, site } = planner;
  const say = shiftWords(locale);
  const all = publicationsOfShift(db, shift.id);
  const names = actorNames(db);
  if (all.length === 0) return <Empty title={say('neverPublished')}>{say('neverPublishedMeans')}</Empty>;
  return (
    <Card title={say('history')}>
      <Table
        caption={say('history')}
        rows={all}
        columns={[
          { head: say('published'), cell: ({ at }) => formatInstant(at, planner.zone, locale) },
          { head: say('by'), cell: ({ by }) => names(by) ?? by },
          { head: say('when'), cell: ({ draft }) => spanText(draft, site?.zone ?? 'UTC', locale) },
          {
            head: say('warnings'),
            cell: ({ warnings, reason }) =>
              warnings === null
                ? '—'
                : say('acknowledgedBy', {
                    count: (JSON.parse(warnings) as RestWarning[]).length,
                    reason,
                  }),
          },
        ]}
      />
    </Card>
  );
};

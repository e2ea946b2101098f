/** One shift in the console: making it, changing it, who works it, calling it off. */
import type { FC } from 'hono/jsx';
import { actorNames } from '../employer/member.ts';
import { siteOf } from '../employer/site.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { newId } from '../kernel/id.ts';
import { addDays, formatInstant, parseCivilDate, payPeriodOf } from '../kernel/time.ts';
import { ApiForm, Badge, Card, Empty, Facts, Field, FixedField, Notice, Table } from '../web/components.tsx';
import { page } from '../web/page.tsx';
import type { RestWarning } from './rest-rules.ts';
import { type Draft, isPending, plannedShift, type Shift } from './shift.ts';
import { stateFor } from './shift-board.ts';
import { shiftBreaks } from './shift-breaks.ts';
import { hasSeen } from './shift-change.ts';
import { SameDraft, ShiftForm, wantedOf } from './shift-form.tsx';
import { linkTo, type Planner, plannerOf, ShiftPage, StateBadge } from './shift-parts.tsx';
import { publicationsOfShift } from './shift-publication.ts';
import { templatesOf, timesOfTemplate } from './shift-template.ts';
import { breaksText, shiftWords, spanText } from './shift-words.ts';

export const shiftEditPages = router<CellEnv>();

shiftEditPages.get('/shifts/new', (c) => {
  const planner = plannerOf(c);
  const { db, locale, site, base } = planner;
  const say = shiftWords(locale);
  const day = parseCivilDate(c.req.query('day') ?? '') ?? planner.monday;
  const engagementId = c.req.query('engagement');
  const here = `${base}/new?site=${site?.id ?? ''}&day=${day}${engagementId ? `&engagement=${engagementId}` : ''}`;
  const templates = site ? templatesOf(db, site.id) : [];
  const template = templates.find(({ id }) => id === c.req.query('template'));
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
                  <Field name="reason" label={say('reason')} hint={say('reasonHint')} required />
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

/** The console's templates of shifts, and the rosters made of them. */
import type { FC } from 'hono/jsx';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import type { Locale } from '../kernel/refusal.ts';
import { addDays, civilDate, civilDateAt, formatCivilDate } from '../kernel/time.ts';
import {
  ApiForm,
  Card,
  ChoicesField,
  Empty,
  Field,
  FixedField,
  Notice,
  SelectField,
  Table,
  When,
} from '../web/components.tsx';
import { page } from '../web/page.tsx';
import { nextStretch, type Roster, type RosterLine, rostersOf } from './roster.ts';
import { engagementsAtSite, isLiveAtSite } from './shift-eligibility.ts';
import { linkTo, type Planner, plannerOf, RuleFields, ShiftPage, TimeFields } from './shift-parts.tsx';
import { type ShiftTemplate, templateOf, templatesOf } from './shift-template.ts';
import { breaksText, shiftWords } from './shift-words.ts';

export const rosterPages = router<CellEnv>();

rosterPages.get('/shifts/templates', (c) => {
  const planner = plannerOf(c);
  const { db, org, locale, site } = planner;
  const say = shiftWords(locale);
  const templates = site ? templatesOf(db, site.id) : [];
  return page(
    c,
    <ShiftPage
      c={c}
      planner={planner}
      title={say('templates')}
      lead={say('noTemplatesMeans')}
      tab="templates"
      choose
    >
      {templates.length > 0 ? <Templates list={templates} planner={planner} /> : null}
      {site ? (
        <Card title={say('addTemplate')}>
          <ApiForm action={`/api/orgs/${org}/shift-templates/{id}`} submit={say('addTemplate')}>
            <FixedField name="siteId" value={site.id} />
            <Field name="name" label={say('templateName')} required autocomplete="off" />
            <TimeFields locale={locale} zone={site.zone} />
            <RuleFields locale={locale} />
          </ApiForm>
        </Card>
      ) : null}
    </ShiftPage>,
  );
});

const Templates: FC<{ list: readonly ShiftTemplate[]; planner: Planner }> = ({
  list,
  planner: { org, locale },
}) => {
  const say = shiftWords(locale);
  const rules = ({ breaks }: ShiftTemplate) =>
    breaks === null ? say('breaksOfSite') : breaksText(breaks, locale) || say('noBreaks');
  return (
    <Table
      caption={say('templates')}
      rows={list}
      columns={[
        { head: say('templateName'), cell: ({ name }) => name },
        { head: say('when'), cell: ({ startTime, endTime }) => `${startTime}–${endTime}` },
        { head: say('breaks'), cell: rules },
        {
          head: '',
          cell: ({ id }) => (
            <ApiForm
              action={`/api/orgs/${org}/shift-templates/${id}/end`}
              submit={say('endTemplate')}
              tone="plain"
              confirm={say('endTemplateAsk')}
            />
          ),
        },
      ]}
    />
  );
};

rosterPages.get('/shifts/rosters', (c) => {
  const planner = plannerOf(c);
  const { db, locale, site } = planner;
  const say = shiftWords(locale);
  const templates = site ? templatesOf(db, site.id) : [];
  const rosters = site ? rostersOf(db, site.id) : [];
  return page(
    c,
    <ShiftPage
      c={c}
      planner={planner}
      title={say('rosters')}
      lead={say('noRostersMeans')}
      tab="rosters"
      choose
    >
      {rosters.map((roster) => (
        <RosterCard roster={roster} planner={planner} />
      ))}
      {templates.length === 0 ? (
        <Empty title={say('noTemplates')} href={linkTo(planner, '/templates')} action={say('addTemplate')}>
          {say('rosterNeedsTemplate')}
        </Empty>
      ) : (
        <RosterForm templates={templates} planner={planner} />
      )}
    </ShiftPage>,
  );
});

const RosterCard: FC<{ roster: ReturnType<typeof rostersOf>[number]; planner: Planner }> = ({
  roster,
  planner: { db, org, locale, at, zone, site },
}) => {
  const say = shiftWords(locale);
  const { startsOn, endsOn } = nextStretch(civilDateAt(at, site?.zone ?? zone), roster.madeUntil);
  const until = roster.endsOn ? ` – ${roster.endsOn}` : '';
  return (
    <Card
      title={roster.name}
      actions={
        <ApiForm
          action={`/api/orgs/${org}/rosters/${roster.id}/end`}
          submit={say('endRoster')}
          tone="plain"
          confirm={say('endRosterAsk')}
        />
      }
    >
      <p class="aside">
        {[
          `${roster.startsOn}${until}`,
          repeatText(roster, locale),
          roster.madeUntil ? say('madeUntil', { day: roster.madeUntil }) : say('noneMade'),
        ].join(' · ')}
      </p>
      <Table
        caption={roster.name}
        rows={roster.lines}
        columns={[
          { head: say('lineOf'), cell: ({ week }) => say('inWeek', { week }) },
          { head: say('weekdays'), cell: ({ weekdays }) => weekdaysText(weekdays, locale) },
          { head: say('shift'), cell: ({ templateId }) => templateName(templateOf(db, templateId)) },
          {
            head: say('people'),
            cell: ({ engagementIds }) =>
              engagementIds.map((id) => workerNameOf(db, engagementOf(db, id)?.workerId ?? '')).join(' · ') ||
              '—',
          },
          { head: say('openPlaces'), cell: ({ openPlaces }) => String(openPlaces), numeric: true },
        ]}
      />
      <ApiForm action={`/api/orgs/${org}/rosters/${roster.id}/drafts/{id}`} submit={say('rosterDrafts')}>
        <Field name="startsOn" label={say('rosterFrom')} kind="date" value={startsOn} required />
        <Field
          name="endsOn"
          label={say('lastDay')}
          kind="date"
          value={endsOn}
          hint={say('rosterDraftsHint')}
          required
        />
      </ApiForm>
    </Card>
  );
};

const repeatText = ({ everyWeeks }: Roster, locale: Locale) =>
  everyWeeks === 1
    ? shiftWords(locale)('everyWeek')
    : shiftWords(locale)('everyNWeeks', { count: everyWeeks });

const templateName = (template: ShiftTemplate | undefined) =>
  template ? `${template.name} ${template.startTime}–${template.endTime}` : '—';

// Any Monday will do: only the names of the weekdays are wanted.
const monday = civilDate('2026-11-02');
const weekdayName = (weekday: number, locale: Locale) =>
  formatCivilDate(addDays(monday, weekday - 1), locale, 'ccc');
const weekdaysText = (weekdays: RosterLine['weekdays'], locale: Locale) =>
  [...weekdays]
    .sort()
    .map((weekday) => weekdayName(weekday, locale))
    .join(' ');

const RosterForm: FC<{ templates: readonly ShiftTemplate[]; planner: Planner }> = ({
  templates,
  planner,
}) => {
  const { org, locale, site } = planner;
  const say = shiftWords(locale);
  const counts = ['one', 'two', 'three', 'four'];
  return (
    <Card title={say('addRoster')}>
      <ApiForm action={`/api/orgs/${org}/rosters/{id}`} submit={say('addRoster')}>
        <FixedField name="siteId" value={site?.id ?? ''} />
        <Field name="name" label={say('rosterName')} required autocomplete="off" />
        <Field name="startsOn" label={say('rosterFrom')} kind="date" value={planner.monday} required />
        <Field name="endsOn" label={say('rosterUntil')} kind="date" />
        <Field name="everyWeeks" label={say('everyWeeks')} kind="number" value={1} required />
        <SelectField
          name="lineCount"
          label={say('lines')}
          choice
          value="one"
          options={counts.map((count, index) => [count, String(index + 1)] as const)}
        />
        {counts.map((count, index) => (
          <When field="lineCount" is={counts.slice(index).join('|')} now={count === 'one'}>
            <LineFields index={index} templates={templates} planner={planner} />
          </When>
        ))}
      </ApiForm>
    </Card>
  );
};

const LineFields: FC<{ index: number; templates: readonly ShiftTemplate[]; planner: Planner }> = ({
  index,
  templates,
  planner: { db, locale, site, at, zone },
}) => {
  const say = shiftWords(locale);
  const name = `lines.${index}`;
  const today = civilDateAt(at, site?.zone ?? zone);
  const people = site
    ? engagementsAtSite(db, site.id).filter((one) => isLiveAtSite(db, one, site.id, today))
    : [];
  return (
    <>
      <SelectField
        name={`${name}.templateId`}
        label={`${say('shift')} ${index + 1}`}
        options={templates.map((one) => [one.id, templateName(one)] as const)}
      />
      <Field
        name={`${name}.week`}
        label={say('lineOf')}
        kind="number"
        value={1}
        hint={say('lineOfHint')}
        required
      />
      <Field name={`${name}.openPlaces`} label={say('openPlaces')} kind="number" value={0} required />
      <div class="weekday-choices field-wide">
        <ChoicesField
          name={`${name}.weekdays`}
          label={say('weekdays')}
          options={[1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), weekdayName(day, locale)] as const)}
          chosen={['1', '2', '3', '4', '5']}
        />
      </div>
      {people.length > 0 ? (
        <div class="people-choices field-wide">
          <ChoicesField
            name={`${name}.engagementIds`}
            label={say('people')}
            options={people.map(
              (one) => [one.id, `${workerNameOf(db, one.workerId)} · ${one.roleTitle}`] as const,
            )}
          />
        </div>
      ) : (
        <Notice>{say('nobodyEngaged')}</Notice>
      )}
    </>
  );
};

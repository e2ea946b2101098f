/** The form of a shift: its day and times, who works it, and what else the planner says of it. */
import type { FC } from 'hono/jsx';
import { sitesOf } from '../employer/site.ts';
import type { Engagement } from '../engagement/engagement.ts';
import { workerNameOf } from '../identity/name.ts';
import { addDays, type CivilDate, payPeriodOf } from '../kernel/time.ts';
import { ApiForm, ChoicesField, Field, FixedField, LongField, Notice } from '../web/components.tsx';
import { capacityOf, type Draft, type ShiftTimes } from './shift.ts';
import { engagementsAtSite, isLiveAtSite } from './shift-eligibility.ts';
import { linkTo, type Planner, RuleFields, TimeFields } from './shift-parts.tsx';
import { shiftWords } from './shift-words.ts';

/** What the form of a shift is filled with. */
export interface Wanted {
  readonly day: CivilDate;
  readonly times: Partial<ShiftTimes>;
  readonly engagementIds: readonly string[];
  readonly openPlaces: number;
  readonly siteIds: readonly string[];
  readonly note: string;
}

export const wantedOf = (draft: Draft, engagementIds: readonly string[]): Wanted => ({
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

export const ShiftForm: FC<{ planner: Planner; action: string; wanted: Wanted }> = ({
  planner,
  action,
  wanted,
}) => {
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

/** All of a draft as it stands, for another day or anew. */
export const SameDraft: FC<{ draft: Draft; day?: CivilDate; engagementIds: readonly string[] }> = ({
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

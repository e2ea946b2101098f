/** What the console's pages of shifts share: where one is, a shift at a glance, and the fields of its times and breaks. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { type Site, sitesOf } from '../employer/site.ts';
import { requireRole, type Standing, supervises } from '../employer/standing.ts';
import type { BreakRule } from '../hours/breaks.ts';
import type { CellRequest } from '../http/env.ts';
import type { Locale } from '../kernel/refusal.ts';
import { type CivilDate, civilDateAt, parseCivilDate, payPeriodOf } from '../kernel/time.ts';
import { Badge, CheckField, Empty, Field, FixedField, SelectField, When } from '../web/components.tsx';
import { ConsolePage } from '../web/page.tsx';
import type { ShiftTimes } from './shift.ts';
import type { ChipState } from './shift-board.ts';
import { clockSpan, shiftWords } from './shift-words.ts';

export interface Planner extends Reader {
  readonly standing: Standing;
  /** Those the reader plans for. */
  readonly sites: readonly Site[];
  readonly site: Site | undefined;
  /** The Monday of the week looked at. */
  readonly monday: CivilDate;
  readonly base: string;
}

/** Who plans, for which site and week of the address. */
export function plannerOf(c: CellRequest): Planner {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor');
  const reader = readerOf(c);
  const sites = sitesOf(reader.db).filter((site) => supervises(standing, site.id));
  const site = sites.find(({ id }) => id === c.req.query('site')) ?? sites[0];
  const asked = parseCivilDate(c.req.query('week') ?? '') ?? parseCivilDate(c.req.query('day') ?? '');
  const day = asked ?? civilDateAt(reader.at, site?.zone ?? reader.zone);
  const monday = payPeriodOf('weekly', day).startsOn;
  return { ...reader, standing, sites, site, monday, base: `/orgs/${reader.org}/shifts` };
}

export function linkTo({ base, site, monday }: Planner, path = '', week = monday): string {
  return `${base}${path}?site=${site?.id ?? ''}&week=${week}`;
}

export type ShiftTab = 'week' | 'publish' | 'swaps' | 'templates' | 'rosters';
const tabs: readonly ShiftTab[] = ['week', 'publish', 'swaps', 'templates', 'rosters'];

/** A page of planning, with the ways to the others; without a site it says what is missing. */
export const ShiftPage: FC<
  PropsWithChildren<{
    c: CellRequest;
    planner: Planner;
    title: string;
    lead?: string;
    tab?: ShiftTab;
    /** What waits behind a way: drafts to publish, swaps to decide. */
    waiting?: Partial<Record<ShiftTab, number>>;
    choose?: boolean;
    actions?: unknown;
  }>
> = ({ c, planner, title, lead, tab, waiting = {}, choose, actions, children }) => {
  const { locale, site } = planner;
  const say = shiftWords(locale);
  return (
    <ConsolePage
      locale={locale}
      title={title}
      {...(lead ? { lead } : {})}
      frame={consoleFrame(c)}
      section="shifts"
      styles={['shifts']}
      actions={site ? (actions as never) : null}
    >
      {site ? (
        <>
          <nav class="pills" aria-label={say('shifts')}>
            {tabs.map((one) => (
              <a
                href={linkTo(planner, one === 'week' ? '' : `/${one}`)}
                {...(one === tab ? { 'aria-current': 'page' } : {})}
              >
                {waiting[one] ? `${say(one)} (${waiting[one]})` : say(one)}
              </a>
            ))}
          </nav>
          {choose && planner.sites.length > 1 ? <SiteChooser planner={planner} /> : null}
          {children}
        </>
      ) : (
        <NoSite planner={planner} />
      )}
    </ConsolePage>
  );
};

const SiteChooser: FC<{ planner: Planner }> = ({ planner: { locale, sites, site, monday } }) => {
  const say = shiftWords(locale);
  return (
    <form class="filter" method="get">
      <input type="hidden" name="week" value={monday} />
      <SelectField
        name="site"
        label={say('site')}
        value={site?.id ?? ''}
        options={sites.map(({ id, name }) => [id, name] as const)}
      />
      <button type="submit" class="button button-plain">
        {say('show')}
      </button>
    </form>
  );
};

const NoSite: FC<{ planner: Planner }> = ({ planner: { org, locale, standing } }) => {
  const say = shiftWords(locale);
  const mayAdd = standing.roles.some(({ role }) => role === 'owner' || role === 'hr');
  return mayAdd ? (
    <Empty title={say('noSite')} href={`/orgs/${org}/sites`} action={say('toSites')}>
      {say('noSiteMeans')}
    </Empty>
  ) : (
    <Empty title={say('noSite')}>{say('noSiteForYou')}</Empty>
  );
};

export const StateBadge: FC<{ state: ChipState; locale: Locale }> = ({ state, locale }) => {
  const say = shiftWords(locale);
  const looks = {
    published: ['good', 'published'],
    draft: ['info', 'draft'],
    changed: ['warn', 'changedDraft'],
    leaving: ['warn', 'comesOff'],
    cancelled: ['quiet', 'cancelled'],
  } as const;
  const [tone, word] = looks[state];
  return <Badge tone={tone}>{say(word)}</Badge>;
};

export { clockSpan };

const minutes = (seconds: number | null | undefined) =>
  seconds === null || seconds === undefined ? {} : { value: Math.round(seconds / 60) };

/** Start and end by the clock. */
export const TimeFields: FC<{ locale: Locale; zone: string; times?: Partial<ShiftTimes> | undefined }> = ({
  locale,
  zone,
  times = {},
}) => {
  const say = shiftWords(locale);
  return (
    <>
      <Field
        name="startTime"
        label={say('startTime')}
        kind="time"
        hint={say('zoneHint', { zone })}
        value={times.startTime ?? ''}
        required
      />
      <Field
        name="endTime"
        label={say('endTime')}
        kind="time"
        hint={say('endTimeHint')}
        value={times.endTime ?? ''}
        required
      />
    </>
  );
};

/** Breaks and limits; where nothing is said the site's count. */
export const RuleFields: FC<{ locale: Locale; times?: Partial<ShiftTimes> | undefined }> = ({
  locale,
  times = {},
}) => {
  const say = shiftWords(locale);
  const { breaks } = times;
  const count =
    breaks === undefined ? 'site' : breaks.length === 0 ? 'none' : breaks.length === 1 ? 'one' : 'two';
  return (
    <>
      <SelectField
        name="breakCount"
        label={say('breaks')}
        choice
        value={count}
        options={[
          ['site', say('breaksOfSite')],
          ['none', say('noBreaks')],
          ['one', say('oneBreak')],
          ['two', say('twoBreaks')],
        ]}
      />
      <Field
        name="earlySeconds"
        label={say('early')}
        kind="minutes"
        hint={say('limitHint')}
        {...minutes(times.earlySeconds)}
      />
      <Field
        name="lateSeconds"
        label={say('late')}
        kind="minutes"
        hint={say('limitHint')}
        {...minutes(times.lateSeconds)}
      />
      <When field="breakCount" is="none" now={count === 'none'}>
        <FixedField name="breaks" value={[]} />
      </When>
      <When field="breakCount" is="one|two" now={count === 'one' || count === 'two'}>
        <BreakFields index={0} locale={locale} rule={breaks?.[0]} />
      </When>
      <When field="breakCount" is="two" now={count === 'two'}>
        <BreakFields index={1} locale={locale} rule={breaks?.[1]} />
      </When>
    </>
  );
};

const BreakFields: FC<{ index: number; locale: Locale; rule: BreakRule | undefined }> = ({
  index,
  locale,
  rule,
}) => {
  const say = shiftWords(locale);
  const name = `breaks.${index}`;
  return (
    <>
      <Field
        name={`${name}.afterSeconds`}
        label={say('breakAfter')}
        kind="minutes"
        required
        {...minutes(rule?.afterSeconds ?? 14_400)}
      />
      <Field
        name={`${name}.seconds`}
        label={say('breakLength')}
        kind="minutes"
        required
        {...minutes(rule?.seconds ?? 1800)}
      />
      <CheckField name={`${name}.paid`} label={say('breakPaid')} checked={rule?.paid ?? false} />
      <CheckField
        name={`${name}.automatic`}
        label={say('breakAutomatic')}
        hint={say('breakAutomaticHint')}
        checked={rule?.automatic ?? true}
      />
    </>
  );
};

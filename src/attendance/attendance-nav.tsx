/** The pages of attendance beside each other, as many as the reader may open. */
import type { FC } from 'hono/jsx';
import type { Site } from '../employer/site.ts';
import { hasRole, type Standing } from '../employer/standing.ts';
import type { Locale } from '../kernel/refusal.ts';
import { timesheetWords } from '../timesheet/timesheet-words.ts';
import { SelectField } from '../web/components.tsx';
import { attendanceWords } from './attendance-words.ts';

const places = [
  ['now', '/attendance', ['owner', 'hr', 'supervisor', 'approver']],
  ['exceptions', '/attendance/exceptions', ['owner', 'hr', 'supervisor', 'approver']],
  ['grid', '/grid', ['owner', 'hr', 'supervisor', 'approver']],
  ['downloads', '/downloads', ['owner', 'hr', 'supervisor']],
  ['imports', '/imports', ['owner', 'hr']],
] as const;
export type AttendancePlace = (typeof places)[number][0];

export const AttendanceNav: FC<{
  org: string;
  standing: Standing;
  locale: Locale;
  here: AttendancePlace;
}> = ({ org, standing, locale, here }) => {
  const say = attendanceWords(locale);
  return (
    <nav class="pills" aria-label={say('now')}>
      {places
        .filter(([, , roles]) => hasRole(standing, ...roles))
        .map(([name, path]) => (
          <a href={`/orgs/${org}${path}`} {...(name === here ? { 'aria-current': 'page' } : {})}>
            {say(name)}
          </a>
        ))}
    </nav>
  );
};

/** One of the sites that the reader sees; nothing to choose where there is one. */
export const SiteFilter: FC<{ sites: readonly Site[]; siteId: string | undefined; locale: Locale }> = ({
  sites,
  siteId,
  locale,
}) =>
  sites.length > 1 ? (
    <form class="filter" method="get">
      <SelectField
        name="site"
        label={timesheetWords(locale)('site')}
        value={siteId ?? ''}
        options={[['', attendanceWords(locale)('all')], ...sites.map(({ id, name }) => [id, name] as const)]}
      />
      <button type="submit" class="button button-plain">
        {timesheetWords(locale)('filter')}
      </button>
    </form>
  ) : null;

/** The pages of attendance beside each other, as many as the reader may open. */
import type { FC } from 'hono/jsx';
import { hasRole, type Standing } from '../employer/standing.ts';
import type { Locale } from '../kernel/refusal.ts';
import { attendanceWords } from './attendance-words.ts';

const places = [
  ['now', '/attendance', ['owner', 'hr', 'supervisor', 'approver']],
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

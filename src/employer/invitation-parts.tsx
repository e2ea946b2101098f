/** How roles and the state of a link are shown, wherever they are. */
import type { FC } from 'hono/jsx';
import type { MemberRole } from '../../db/cell.ts';
import type { Locale } from '../kernel/refusal.ts';
import { Badge } from '../web/components.tsx';
import type { InvitationState } from './invitation.ts';
import { invitationWords } from './invitation-words.ts';

export const LinkState: FC<{ state: InvitationState; locale: Locale }> = ({ state: { why }, locale }) => {
  const say = invitationWords(locale);
  return why ? (
    <Badge tone={why === 'full' ? 'info' : 'quiet'}>{say(`why${why}`)}</Badge>
  ) : (
    <Badge tone="good">{say('open')}</Badge>
  );
};

/** `Supervisor · North dock`. */
export function roleText(
  locale: Locale,
  { role, place }: { role: MemberRole; place: string | null | undefined },
): string {
  const name = invitationWords(locale)(role);
  return place ? `${name} · ${place}` : name;
}

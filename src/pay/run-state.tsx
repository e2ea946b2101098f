/** How far a run has come, as a badge. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { Badge } from '../web/components.tsx';
import type { RunView } from './pay-run.ts';
import { payWords } from './words.ts';

export const RunState: FC<{ view: RunView; locale: Locale }> = ({ view, locale }) => {
  const say = payWords(locale);
  if (view.approval) {
    return (
      <>
        <Badge tone="good">{say(view.payment ? 'statePaid' : 'stateApproved')}</Badge>
        {view.approval.fourEyes ? null : <Badge tone="warn">{say('approvedByOne')}</Badge>}
      </>
    );
  }
  return view.calculation ? (
    <Badge tone="info">{say('stateCalculated')}</Badge>
  ) : (
    <Badge>{say('stateOpen')}</Badge>
  );
};

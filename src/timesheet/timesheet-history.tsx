/** What happened to a timesheet, one sentence a step with who and when: for the worker as for the console. */
import type { FC } from 'hono/jsx';
import { punchOf, zoneOfPunch } from '../clock/punch.ts';
import { type Reader, shownAt } from '../employer/reader.ts';
import { hoursText } from '../hours/hours-text.ts';
import { nameBehind } from '../identity/name.ts';
import { formatInstant } from '../kernel/time.ts';
import { ruleOf } from './auto-approval.ts';
import { historyWords } from './correction-words.ts';
import type { Timesheet } from './timesheet.ts';
import { type HistoryStep, historyOf } from './timesheet-state.ts';

export const History: FC<{ sheet: Timesheet; reader: Reader }> = ({ sheet, reader }) => {
  const steps = historyOf(reader.db, sheet.engagement.id, sheet.period.startsOn);
  const wasPaid = steps.some(({ what }) => what === 'locked' || what === 'paid');
  const reopened = steps.some(({ what }) => what === 'reopened');
  return (
    <ol class="history">
      {steps.map((step) => (
        <li data-what={step.what}>
          <span>{stepText(step, reader)}</span>
          <small>{shownAt(reader, step.at)}</small>
        </li>
      ))}
      {wasPaid && reopened ? (
        <li data-what="note">
          <span>{historyWords(reader.locale)('afterPaid')}</span>
        </li>
      ) : null}
    </ol>
  );
};

export function stepText(step: HistoryStep, reader: Reader): string {
  const say = historyWords(reader.locale);
  const name = step.by === 'system' ? say('system') : nameBehind(reader.db, step.by);
  switch (step.what) {
    case 'submitted':
      return step.note ? say('submittedNote', { name, note: step.note }) : say('submitted', { name });
    case 'approved':
      return approvedText(step, name, reader);
    case 'locked':
      return say('locked', { name });
    case 'paid':
      return say('paid', { name, on: step.paidOn });
    case 'reopened':
      return reopenedText(step, name, reader);
  }
}

function approvedText(step: HistoryStep & { what: 'approved' }, name: string, { locale }: Reader): string {
  const say = historyWords(locale);
  const rule = ruleOf(step.rule);
  const clock = hoursText(step.seconds);
  if (!rule) return say('approved', { name, clock });
  const tolerance = hoursText(rule.toleranceSeconds);
  return say('approved-near-plan', { clock, difference: hoursText(rule.differenceSeconds), tolerance });
}

function reopenedText(
  step: HistoryStep & { what: 'reopened' },
  name: string,
  { db, locale }: Reader,
): string {
  const say = historyWords(locale);
  const { reason } = step;
  if (step.correctionId !== null) return say('reopened-correction', { name, reason });
  const punch = step.punchId === null ? undefined : punchOf(db, step.punchId);
  if (!punch) return say('reopened', { name, reason });
  const when = formatInstant(punch.effectiveAt, zoneOfPunch(db, punch), locale);
  return say('reopened-punch', { when });
}

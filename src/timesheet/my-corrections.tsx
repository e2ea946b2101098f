/** What the employer corrected in a worker's hours: to be accepted or disputed, and what was said of it by either side. */
import type { FC } from 'hono/jsx';
import type { Reader } from '../employer/reader.ts';
import { nameBehind } from '../identity/name.ts';
import { civilDateAt, formatInstant } from '../kernel/time.ts';
import { ApiForm, Badge, Field, Group, Row } from '../web/components.tsx';
import { type CorrectionView, correctionsOf } from './correction.ts';
import { zoneOfSite } from './correction-parts.tsx';
import { correctionWords } from './correction-words.ts';
import type { Timesheet } from './timesheet.ts';
import { timesheetWords } from './timesheet-words.ts';

/** `李娜 added: clock-out 2026-11-03 17:00`. */
function correctedText({ correction, punch }: CorrectionView, reader: Reader): string {
  const say = timesheetWords(reader.locale);
  return say(correction.kind === 'add' ? 'correctedAdd' : 'correctedVoid', {
    name: nameBehind(reader.db, correction.by),
    kind: punch ? say(punch.kind) : '',
    at: punch ? formatInstant(punch.effectiveAt, zoneOfSite(reader, punch.siteId), reader.locale) : '',
  });
}

/** It counts already; the worker says whether it is right. */
export const Answer: FC<{ view: CorrectionView; reader: Reader }> = ({ view, reader }) => {
  const { locale, org } = reader;
  const say = timesheetWords(locale);
  const action = `/api/orgs/${org}/corrections/${view.correction.id}/answer`;
  return (
    <Group title={say('waiting')}>
      <Row label={correctedText(view, reader)} sub={view.correction.reason} />
      <ApiForm action={action} submit={say('accept')}>
        <Field name="answer" label="" kind="hidden" value="accepted" />
      </ApiForm>
      <ApiForm action={action} submit={say('dispute')} tone="warn">
        <Field name="answer" label="" kind="hidden" value="disputed" />
        <Field name="reason" label={say('disputeWhy')} required />
      </ApiForm>
    </Group>
  );
};

/** Of this period, both words of each; disputed ones first. */
export const MyCorrections: FC<{ sheet: Timesheet; reader: Reader }> = ({ sheet, reader }) => {
  const say = timesheetWords(reader.locale);
  const { startsOn, endsOn } = sheet.period;
  const isDisputed = ({ answer }: CorrectionView) => Number(answer?.answer === 'disputed');
  const said = correctionsOf(reader.db, sheet.engagement.id)
    .filter(({ correction, answer }) => answer !== null || correction.requestId !== null)
    .filter(({ punch }) => {
      const day = punch && civilDateAt(punch.effectiveAt, zoneOfSite(reader, punch.siteId));
      return day !== undefined && day >= startsOn && day <= endsOn;
    })
    .sort((a, b) => isDisputed(b) - isDisputed(a));
  if (said.length === 0) return null;
  return (
    <Group title={say('corrections')}>
      {said.map((view) => (
        <div class="picture-cell">
          <BothWords view={view} reader={reader} />
        </div>
      ))}
    </Group>
  );
};

const BothWords: FC<{ view: CorrectionView; reader: Reader }> = ({ view, reader }) => {
  const { correction, answer } = view;
  const say = correctionWords(reader.locale);
  const sheetSay = timesheetWords(reader.locale);
  const disputed = answer?.answer === 'disputed';
  return (
    <div class="two-sides">
      <section>
        <h3>{say('saidSupervisor')}</h3>
        <p>{correctedText(view, reader)}</p>
        <blockquote>{correction.reason}</blockquote>
      </section>
      <section>
        <h3>{say('saidYou')}</h3>
        <p>
          <Badge tone={disputed ? 'bad' : 'good'}>
            {sheetSay(answer === null ? 'wasAsked' : disputed ? 'disputedState' : 'accepted')}
          </Badge>
        </p>
        {answer?.reason ? <blockquote>{answer.reason}</blockquote> : null}
      </section>
    </div>
  );
};

/** What a run's page shows first: what should be looked at, how far a calculation has come, and who waits. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import type { Reader } from '../employer/reader.ts';
import { engagementOf } from '../engagement/engagement.ts';
import { workerNameOf } from '../identity/name.ts';
import { minor } from '../kernel/money.ts';
import type { Db } from '../store/commit.ts';
import { ApiForm, Badge, Card, Field, Notice, SelectField } from '../web/components.tsx';
import { engagedIn, type RunBoard } from './board.ts';
import type { CalculationProgress } from './calculation.ts';
import type { Check } from './checks.ts';
import { leftOutOf } from './pay-run.ts';
import { apiOf, moneyOf } from './reader.tsx';
import type { LeftOut } from './run-fold.ts';
import { clockText } from './why.ts';
import { payWords } from './words.ts';

export const Checks: FC<{ board: RunBoard; reader: Reader }> = ({ board, reader }) => {
  const say = payWords(reader.locale);
  const { checks, more, calculation, run, stale, underWay } = board;
  return (
    <Card title={say('checks')}>
      {stale ? <Notice tone="warn">{say('stale')}</Notice> : null}
      {underWay ? <UnderWay progress={underWay} reader={reader} /> : null}
      {checks.length === 0 ? (
        <p>{say('allGood')}</p>
      ) : (
        <ul class="checks">
          {checks.map((check) => (
            <li>
              <Badge tone={check.blocking ? 'bad' : 'warn'}>{say(check.blocking ? 'stops' : 'look')}</Badge>{' '}
              <CheckLine check={check} reader={reader} />
            </li>
          ))}
          {Object.entries(more).map(([kind, count]) => (
            <li>
              <Badge tone="warn">{say('look')}</Badge>{' '}
              <span>
                {say('moreOfKind', { count: String(count), kind: say(`short-${kind as Check['kind']}`) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Recalculate
        reader={reader}
        runId={run.id}
        leftOut={leftOutOf(calculation)}
        submit={say(calculation ? 'calculateAgain' : 'calculate')}
        tone={calculation && !stale ? 'plain' : 'primary'}
      />
      {calculation ? <LeaveOut board={board} reader={reader} /> : null}
    </Card>
  );
};

/** A calculation anew with these engagements left out; `children` ask for one more. */
const Recalculate: FC<
  PropsWithChildren<{
    reader: Reader;
    runId: string;
    leftOut: readonly LeftOut[];
    submit: string;
    tone: 'primary' | 'plain' | 'warn';
  }>
> = ({ reader, runId, leftOut, submit, tone, children }) => (
  <ApiForm action={`${apiOf(reader)}/pay-runs/${runId}/calculations/{id}`} submit={submit} tone={tone}>
    {leftOut.map(({ engagementId, reason }, index) => (
      <>
        <Field name={`leftOut.${index}.engagementId`} label="" kind="hidden" value={engagementId} />
        <Field name={`leftOut.${index}.reason`} label="" kind="hidden" value={reason} />
      </>
    ))}
    {children}
  </ApiForm>
);

/** Who waits for the next run, and why; and a form to let one more wait. */
const LeaveOut: FC<{ board: RunBoard; reader: Reader }> = ({ board, reader }) => {
  const say = payWords(reader.locale);
  const { run, calculation } = board;
  const leftOut = leftOutOf(calculation);
  const engaged = calculation ? engagedIn(reader.db, calculation.id) : [];
  const options = engaged.map((id) => [id, engagedText(reader.db, id)] as const);
  const again = { reader, runId: run.id };
  return (
    <>
      {leftOut.map((one) => (
        <div class="decide">
          <span>{say('waits', { name: engagedText(reader.db, one.engagementId), reason: one.reason })}</span>
          <Recalculate
            {...again}
            leftOut={leftOut.filter((other) => other !== one)}
            submit={say('bringBack')}
            tone="plain"
          />
        </div>
      ))}
      {options.length > 0 ? (
        <details>
          <summary>{say('leaveOut')}</summary>
          <p>{say('leaveOutMeans')}</p>
          <Recalculate {...again} leftOut={leftOut} submit={say('leaveOut')} tone="warn">
            <SelectField
              name={`leftOut.${leftOut.length}.engagementId`}
              label={say('whom')}
              options={options}
              required
            />
            <Field name={`leftOut.${leftOut.length}.reason`} label={say('leaveOutReason')} required />
          </Recalculate>
        </details>
      ) : null}
    </>
  );
};

function engagedText(db: Db, engagementId: string): string {
  const engagement = engagementOf(db, engagementId);
  return engagement ? `${workerNameOf(db, engagement.workerId)} · ${engagement.project}` : engagementId;
}

const CheckLine: FC<{ check: Check; reader: Reader }> = ({ check, reader }) => {
  const text = payWords(reader.locale)(check.kind, {
    // Isolated (FSI … PDI): an Arabic name must not turn the numbers beside it around.
    name: check.workerName ? `\u2068${check.workerName}\u2069` : '',
    clock: clockText(check.seconds ?? 0),
    startsOn: check.startsOn ?? '',
    amount: moneyOf(reader)(minor(check.amountMinor ?? 0)),
    before: moneyOf(reader)(minor(check.beforeMinor ?? 0)),
  });
  const sheet =
    check.engagementId && check.startsOn ? `/timesheets/${check.engagementId}/${check.startsOn}` : undefined;
  const path = sheet ?? (check.workerId ? `/people/${check.workerId}` : undefined);
  return path ? <a href={`/orgs/${reader.org}${path}`}>{text}</a> : <span>{text}</span>;
};

/** While a large run is calculated, the page asks every other second. */
const UnderWay: FC<{ progress: CalculationProgress; reader: Reader }> = ({ progress, reader }) => {
  const say = payWords(reader.locale);
  const { workers, of } = progress;
  const text = say('calculating', { workers: String(workers), of: String(of) });
  return (
    <>
      <p class="as-of" role="status" data-live="2" data-stale={say('notLive')}>
        {text}
      </p>
      <progress class="progress" value={workers} max={Math.max(1, of)} aria-label={text} />
    </>
  );
};

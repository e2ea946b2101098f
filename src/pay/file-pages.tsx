/** The files of a run: one page a format, with its problems before anything is written. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellContext, CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { refuse } from '../kernel/refusal.ts';
import { type CivilDate, parseCivilDate } from '../kernel/time.ts';
import { ApiForm, Card, Field, Notice } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import {
  FormatList,
  type FormatState,
  ProblemList,
  SourceLine,
  WrittenParts,
  wordingOf,
} from './file-parts.tsx';
import { fileWords } from './file-words.ts';
import { type Examination, examine, type PayFile, payFilesOf } from './pay-file.ts';
import { contentOf } from './pay-file-content.ts';
import { formatOf, formatsOf } from './pay-file-formats.ts';
import { apiOf } from './reader.tsx';

export const filePages = router<CellEnv>();

/** Formats that pay on a day of the bank's. */
const datedFormats: readonly string[] = ['pain-001', 'nacha'];

filePages.get('/pay-runs/:id/files/:format', async (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = fileWords(reader.locale);
  const { cell } = c.env;
  const content = contentOf(reader.db, cell.keys, c.req.param('id'));
  const executeOn = parseCivilDate(c.req.query('executeOn') ?? '') ?? content.run.paysOn;
  const choice = { format: c.req.param('format'), executeOn };
  const format = formatOf(reader.db, cell.keys, choice) ?? refuse('not-found');
  const examination = await examine(content, format, cell, c.var.at);
  const files = payFilesOf(reader.db, content.run.id).filter((file) => file.format === format.id);
  const { run } = content;
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={wordingOf(format.name, reader)}
      lead={`${run.startsOn} – ${run.endsOn}`}
      frame={consoleFrame(c)}
      section="payRuns"
      actions={
        <a class="button button-plain" href={`/orgs/${reader.org}/pay-runs/${run.id}`}>
          {say('toRun')}
        </a>
      }
    >
      <SourceLine format={format} reader={reader} />
      <Card title={say('problems')}>
        {datedFormats.includes(format.id) ? (
          <ExecutionDay executeOn={executeOn} paysOn={run.paysOn} reader={reader} />
        ) : null}
        <ProblemList examination={examination} reader={reader} />
      </Card>
      <Write
        action={`${apiOf(reader)}/pay-runs/${run.id}/files/${format.id}`}
        executeOn={executeOn === run.paysOn ? undefined : executeOn}
        examination={examination}
        again={files.length > 0}
        reader={reader}
      />
      <Written files={files} reader={reader} />
    </ConsolePage>,
  );
});

const ExecutionDay: FC<{ executeOn: CivilDate; paysOn: CivilDate; reader: Reader }> = ({
  executeOn,
  paysOn,
  reader,
}) => {
  const say = fileWords(reader.locale);
  return (
    <form method="get" class="inline-form">
      <Field
        name="executeOn"
        label={say('executeOn')}
        hint={say('executeHint', { day: paysOn })}
        kind="date"
        value={executeOn}
        required
      />
      <button type="submit" class="button button-plain">
        {say('checkDay')}
      </button>
    </form>
  );
};

const Write: FC<{
  action: string;
  executeOn: CivilDate | undefined;
  examination: Examination;
  again: boolean;
  reader: Reader;
}> = ({ action, executeOn, examination, again, reader }) => {
  const say = fileWords(reader.locale);
  return (
    <Card title={say(again ? 'writeAgain' : 'write')}>
      {examination.stopping > 0 ? (
        <Notice tone="bad">{say('stopped')}</Notice>
      ) : (
        <>
          {again ? <p>{say('writeMeans')}</p> : null}
          <ApiForm
            action={action}
            submit={say(again ? 'writeAgain' : 'write')}
            tone={again ? 'plain' : 'primary'}
          >
            {executeOn ? <Field name="executeOn" label="" kind="hidden" value={executeOn} /> : null}
          </ApiForm>
        </>
      )}
    </Card>
  );
};

const Written: FC<{ files: readonly PayFile[]; reader: Reader }> = ({ files, reader }) => {
  const say = fileWords(reader.locale);
  const newest = files[0];
  if (!newest) return null;
  const isNewest = ({ inputs }: PayFile) => inputs === newest.inputs;
  const older = files.filter((file) => !isNewest(file));
  return (
    <Card title={say('parts')}>
      <WrittenParts files={files.filter(isNewest)} reader={reader} />
      {older.length > 0 ? (
        <details>
          <summary>{say('superseded')}</summary>
          <p>{say('supersededMeans')}</p>
          <WrittenParts files={older} reader={reader} />
        </details>
      ) : null}
    </Card>
  );
};

/** Beyond it, looking at every format would keep the reader waiting: each is then looked at on its own page. */
const workersLookedAt = 200;

export async function formatStates(
  cell: CellContext,
  runId: string,
  workers: number,
  reader: Reader,
): Promise<FormatState[]> {
  const content = contentOf(reader.db, cell.keys, runId);
  const files = payFilesOf(reader.db, runId);
  const formats = formatsOf(reader.db, cell.keys, content.run.paysOn);
  const isShort = workers <= workersLookedAt;
  const held = isShort ? { ...content, payments: [...content.payments], days: [...content.days] } : content;
  const states: FormatState[] = [];
  for (const format of formats) {
    const mine = files.filter((file) => file.format === format.id);
    const examination =
      isShort && mine.length === 0 ? await examine(held, format, cell, reader.at) : undefined;
    states.push({ format, files: mine, ...(examination ? { examination } : {}) });
  }
  return states;
}

export const RunFiles: FC<{ runId: string; states: readonly FormatState[]; reader: Reader }> = ({
  runId,
  states,
  reader,
}) => {
  const say = fileWords(reader.locale);
  const lists = { runId, states, reader };
  return (
    <>
      <FormatList {...lists} group="bank" />
      <FormatList {...lists} group="payroll" />
      <p>
        <a href={`/orgs/${reader.org}/pay-file-formats`}>{say('toFormats')}</a>
      </p>
    </>
  );
};

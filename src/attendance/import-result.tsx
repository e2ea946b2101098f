/** What became of an import: how far it is, what it left out, and the way back. */
import type { FC } from 'hono/jsx';
import type { Reader } from '../employer/reader.ts';
import { ApiForm, Card, Field, Notice, Stats } from '../web/components.tsx';
import { type ImportView, importView, problemsOf, problemsShownMax } from './import.ts';
import { Problems } from './import-problems.tsx';
import { importWords } from './import-words.ts';

export const Made: FC<{ reader: Reader; id: string; heads: readonly string[] }> = ({ reader, id, heads }) => {
  const { db, org, locale } = reader;
  const say = importWords(locale);
  const view = importView(db, id);
  const { progress, made } = view;
  const problems = problemsOf(db, id);
  return (
    <>
      <Running view={view} reader={reader} />
      <Stats
        items={[
          { label: say('fresh'), value: String(progress.recorded), tone: 'good' },
          { label: say('known'), value: String(progress.skipped) },
          {
            label: say('refusedRows'),
            value: String(progress.refused),
            ...(progress.refused > 0 ? { tone: 'bad' as const } : {}),
          },
          { label: say('rows'), value: String(made.rows) },
        ]}
      />
      {problems.length > 0 ? (
        <Card title={say('problems')}>
          <p>{say('problemsMeans')}</p>
          {problems.length > problemsShownMax ? (
            <p class="aside">{say('problemsMore', { count: problemsShownMax })}</p>
          ) : null}
          <Problems problems={problems.slice(0, problemsShownMax)} heads={heads} locale={locale} />
        </Card>
      ) : null}
      {progress.done && !view.undo && progress.recorded > 0 ? (
        <Card title={say('undo')}>
          <ApiForm
            action={`/api/orgs/${org}/punch-imports/${id}/undo`}
            submit={say('undo')}
            tone="warn"
            confirm={say('undoConfirm')}
          >
            <Field name="reason" label={say('why')} required />
          </ApiForm>
        </Card>
      ) : null}
    </>
  );
};

/** While rows come in, the page asks every other second. */
const Running: FC<{ view: ImportView; reader: Reader }> = ({ view, reader }) => {
  const say = importWords(reader.locale);
  const { progress, made, undo, undone } = view;
  const isUnderWay = !progress.done || (undone !== undefined && !undone.done);
  return (
    <>
      {isUnderWay ? (
        <p class="as-of" role="status" data-live="2" data-stale={say('stale')}>
          {say('running')} {say('progress', { upTo: progress.upTo, rows: made.rows })}
        </p>
      ) : null}
      {isUnderWay ? (
        <progress class="progress" value={progress.upTo} max={made.rows} aria-label={say('running')} />
      ) : null}
      {undo && undone ? (
        <Notice tone="warn" title={say('undone')}>
          {undone.done
            ? say('undoneMeans', { count: undone.recorded, reason: undo.reason })
            : say('undoing', { count: undone.recorded })}{' '}
          {undone.refused > 0 ? say('approvedKept', { count: undone.refused }) : null}
        </Notice>
      ) : null}
    </>
  );
};

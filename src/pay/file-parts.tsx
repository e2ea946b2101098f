/** What pages of pay files are made of: the list of a run's formats, problems, and the parts that were written. */
import type { FC } from 'hono/jsx';
import { actorNames } from '../employer/member.ts';
import { type Reader, shownAt } from '../employer/reader.ts';
import { Badge, Notice, Table } from '../web/components.tsx';
import { fileWords, problemText } from './file-words.ts';
import type { FormatGroup, PayFormat, Problem } from './files/format.ts';
import { downloadsOf, type Examination, type PayFile } from './pay-file.ts';
import { apiOf, moneyOf } from './reader.tsx';

export interface FormatState {
  readonly format: PayFormat;
  /** Newest first. */
  readonly files: readonly PayFile[];
  /** Unknown where looking would take long. */
  readonly examination?: Examination;
}

export const wordingOf = ({ en, zh }: { en: string; zh: string }, { locale }: Reader) =>
  locale === 'en' ? en : zh;

export const FormatList: FC<{
  runId: string;
  group: FormatGroup;
  states: readonly FormatState[];
  reader: Reader;
}> = ({ runId, group, states, reader }) => {
  const say = fileWords(reader.locale);
  const rows = states.filter(({ format }) => format.group === group);
  if (rows.length === 0) return null;
  return (
    <Table
      caption={say(group)}
      rows={rows}
      columns={[
        {
          head: say(group),
          cell: ({ format }) => (
            <a href={`/orgs/${reader.org}/pay-runs/${runId}/files/${format.id}`}>
              {wordingOf(format.name, reader)}
            </a>
          ),
        },
        { head: say('state'), cell: (state) => <StateBadges state={state} reader={reader} /> },
        {
          head: say('source'),
          cell: ({ format }) => (format.source ? say(format.source.confidence) : '—'),
        },
      ]}
    />
  );
};

const StateBadges: FC<{ state: FormatState; reader: Reader }> = ({ state, reader }) => {
  const say = fileWords(reader.locale);
  const { files, examination } = state;
  if (files.length > 0) {
    const isTaken = files.some(({ id }) => downloadsOf(reader.db, id).length > 0);
    return <Badge tone="good">{say(isTaken ? 'taken' : 'written')}</Badge>;
  }
  if (!examination) return <Badge>{say('toCheck')}</Badge>;
  const { stopping, warning } = examination;
  if (stopping > 0) return <Badge tone="bad">{say('stopping', { count: stopping })}</Badge>;
  return warning > 0 ? (
    <Badge tone="warn">{say('looking', { count: warning })}</Badge>
  ) : (
    <Badge tone="info">{say('ready')}</Badge>
  );
};

export const ProblemList: FC<{ examination: Examination; reader: Reader }> = ({ examination, reader }) => {
  const say = fileWords(reader.locale);
  const { problems, stopping, warning } = examination;
  if (problems.length === 0) return <p>{say('noProblems')}</p>;
  const more = stopping + warning - problems.length;
  return (
    <>
      <ul class="checks">
        {problems.map((problem) => (
          <li>
            <Badge tone={problem.stops ? 'bad' : 'warn'}>{say(problem.stops ? 'stops' : 'look')}</Badge>{' '}
            <span>
              <Whose problem={problem} reader={reader} />: {problemText(problem, reader.locale)}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p>{say('moreProblems', { count: more })}</p> : null}
    </>
  );
};

const Whose: FC<{ problem: Problem; reader: Reader }> = ({ problem: { workerId, name }, reader }) =>
  workerId ? (
    <a href={`/orgs/${reader.org}/people/${workerId}`}>
      <bdi>{name}</bdi>
    </a>
  ) : (
    <span>{fileWords(reader.locale)('wholeFile')}</span>
  );

/** The parts of one writing, with who took them. */
export const WrittenParts: FC<{ files: readonly PayFile[]; reader: Reader }> = ({ files, reader }) => {
  const say = fileWords(reader.locale);
  const nameOf = actorNames(reader.db);
  const money = moneyOf(reader);
  return (
    <>
      {files.map((file) => {
        const downloads = downloadsOf(reader.db, file.id);
        const writer = nameOf(file.by) ?? file.by;
        return (
          <div class="pay-file">
            <a
              class="button button-primary"
              href={`${apiOf(reader)}/pay-runs/${file.runId}/files/${file.format}?part=${file.part}&id=${file.id}`}
              download
            >
              {say('download')}
              {file.parts > 1 ? ` · ${say('part', { part: file.part, parts: file.parts })}` : ''}
            </a>
            <p>
              {file.name} ·{' '}
              {say('holds', { rows: file.rows, amount: money(file.amountMinor), size: sizeText(file.bytes) })}
              <br />
              <small>{say('digest', { digest: file.digest })}</small>
            </p>
            <ul>
              <li>{say('writtenBy', { name: writer, at: shownAt(reader, file.at) })}</li>
              {downloads.length === 0 ? <li>{say('nobodyTook')}</li> : null}
              {downloads.map(({ byName, at }) => (
                <li>{say('downloadedBy', { name: byName, at: shownAt(reader, at) })}</li>
              ))}
            </ul>
          </div>
        );
      })}
    </>
  );
};

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const SourceLine: FC<{ format: PayFormat; reader: Reader }> = ({ format, reader }) => {
  const say = fileWords(reader.locale);
  if (!format.source) return null;
  const { text, confidence, verifiedOn } = format.source;
  return (
    <Notice tone={confidence === 'high' ? 'info' : 'warn'} title={`${say('source')}: ${say(confidence)}`}>
      {wordingOf(text, reader)} ({say('verifiedOn', { on: verifiedOn })})
    </Notice>
  );
};

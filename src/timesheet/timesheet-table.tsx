/** Timesheets as rows: with what to look at and what to do, or clean ones to approve in one go. */
import type { FC } from 'hono/jsx';
import { hoursText } from '../hours/hours-text.ts';
import { civilDateAt, daysBetween } from '../kernel/time.ts';
import { Badge, Card, type Column, Table } from '../web/components.tsx';
import { waitsSince } from './reminder.ts';
import { isOver, type Timesheet } from './timesheet.ts';
import { Approve, type MemberReader, mayApprove, sheetHref } from './timesheet-member.tsx';
import { exceptionTone, StateBadge } from './timesheet-parts.tsx';
import { exceptionWords, timesheetWords } from './timesheet-words.ts';

export type Named = Timesheet & { readonly workerName: string };

/** Whole days since somebody could have approved it. */
export function waitingDays(sheet: Timesheet, { db, zone, today }: MemberReader): number {
  return Math.max(0, daysBetween(civilDateAt(waitsSince(db, sheet), zone), today));
}

const columnsOf = (reader: MemberReader): Column<Named>[] => {
  const say = timesheetWords(reader.locale);
  return [
    { head: say('worker'), cell: (sheet) => <a href={sheetHref(reader, sheet)}>{sheet.workerName}</a> },
    {
      head: say('state'),
      cell: (sheet) => (
        <>
          <StateBadge sheet={sheet} locale={reader.locale} />
          <Age sheet={sheet} reader={reader} />
        </>
      ),
    },
    { head: say('exceptions'), cell: (sheet) => <ExceptionKinds sheet={sheet} reader={reader} /> },
    { head: say('hours'), cell: ({ seconds }) => hoursText(seconds), numeric: true },
    { head: say('days'), cell: ({ entries }) => String(entries.length), numeric: true },
    { head: say('role'), cell: ({ engagement }) => engagement.roleTitle },
  ];
};

const Age: FC<{ sheet: Timesheet; reader: MemberReader }> = ({ sheet, reader }) => {
  if (sheet.approval || sheet.entries.length === 0 || !isOver(reader.db, sheet, reader.at)) return null;
  const days = waitingDays(sheet, reader);
  return days > 0 ? (
    <small class="aside"> {timesheetWords(reader.locale)('forDays', { count: days })}</small>
  ) : null;
};

export const SheetTable: FC<{ sheets: readonly Named[]; reader: MemberReader; caption: string }> = ({
  sheets,
  reader,
  caption,
}) => (
  <Table
    caption={caption}
    columns={[
      ...columnsOf(reader),
      {
        head: '',
        cell: (sheet: Named) =>
          mayApprove(sheet, reader) ? <Approve sheet={sheet} reader={reader} short /> : null,
      },
    ]}
    rows={sheets}
    total={[timesheetWords(reader.locale)('total'), '', '', hoursOf(sheets), '', '', '']}
  />
);

export const hoursOf = (sheets: readonly Named[]) =>
  hoursText(sheets.reduce((total, { seconds }) => total + seconds, 0));

/** Each says what to do; the link leads to where it is done. */
const ExceptionKinds: FC<{ sheet: Timesheet; reader: MemberReader }> = ({ sheet, reader }) => {
  const say = exceptionWords(reader.locale);
  const byKind = new Map(sheet.exceptions.map((one) => [one.kind, one]));
  return (
    <span class="badges is-wrapping">
      {[...byKind.values()].map((one) => (
        <a href={`${sheetHref(reader, sheet)}#exceptions`}>
          <Badge tone={exceptionTone(one)}>{say(one.kind)}</Badge>
        </a>
      ))}
    </span>
  );
};

/** Clean hours, each by the digest that is shown; the client module `bulk` sends the chosen ones and shows each answer. */
export const Bulk: FC<{ sheets: readonly Named[]; reader: MemberReader }> = ({ sheets, reader }) => {
  const say = timesheetWords(reader.locale);
  const { org } = reader;
  const [first] = sheets;
  const period = `payPeriod=${first?.engagement.payPeriod}&startsOn=${first?.period.startsOn}`;
  const sheetsHref = `/orgs/${org}/timesheets?${period}`;
  const columns: Column<Named>[] = [
    {
      head: say('choose'),
      cell: ({ engagement, period, digest, workerName }) => (
        <input
          type="checkbox"
          class="bulk-choice"
          checked
          aria-label={`${workerName} · ${engagement.roleTitle}`}
          data-engagement={engagement.id}
          data-starts-on={period.startsOn}
          data-digest={digest}
        />
      ),
    },
    // On a phone what is approved, whose and how much, stands before what scrolls away.
    ...(['worker', 'hours', 'days', 'state', 'role'] as const).flatMap((name) =>
      columnsOf(reader).filter(({ head }) => head === say(name)),
    ),
    { head: '', cell: ({ engagement }) => <span role="status" data-result={engagement.id} /> },
  ];
  return (
    <Card title={`${say('clean')} (${sheets.length})`}>
      <p>{say('cleanMeans')}</p>
      <form
        class="bulk"
        data-bulk={`/api/orgs/${org}/timesheet-approvals/`}
        data-say-approved={say('approved')}
        data-say-submit={say('approveMany', { count: '{{count}}' })}
      >
        <Table
          caption={say('clean')}
          columns={columns}
          rows={sheets}
          total={[say('total'), '', hoursOf(sheets), '', '', '', '']}
        />
        <p class="form-problem" role="alert" hidden />
        <p hidden data-again>
          <a href={sheetsHref}>{say('lookAgain')}</a>
        </p>
        <button type="submit" class="button button-primary">
          {say('approveMany', { count: sheets.length })}
        </button>
      </form>
    </Card>
  );
};

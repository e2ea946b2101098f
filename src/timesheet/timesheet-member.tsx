/** What the console's pages of timesheets share: who looks, what they may approve, and the form for it. */
import type { FC } from 'hono/jsx';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireRole, type Standing } from '../employer/standing.ts';
import { isTrouble } from '../hours/exceptions.ts';
import type { CellRequest } from '../http/env.ts';
import { newId } from '../kernel/id.ts';
import { ApiForm, Field } from '../web/components.tsx';
import { isOver, type Timesheet } from './timesheet.ts';
import { timesheetWords } from './timesheet-words.ts';

export interface MemberReader extends Reader {
  readonly standing: Standing;
}

export const memberReader = (c: CellRequest): MemberReader => ({
  standing: requireRole(c, 'owner', 'hr', 'supervisor', 'approver'),
  ...readerOf(c),
});

export const blockingOf = (sheet: Timesheet) => sheet.exceptions.filter(({ blocking }) => blocking).length;

export const troublesOf = (sheet: Timesheet) => sheet.exceptions.filter(isTrouble);

export const toMendOf = (sheet: Timesheet) => troublesOf(sheet).filter(({ blocking }) => blocking).length;

export function mayApprove(sheet: Timesheet, { db, standing, at }: MemberReader): boolean {
  return (
    !sheet.approval &&
    sheet.entries.length > 0 &&
    blockingOf(sheet) === 0 &&
    sheet.engagement.workerId !== standing.workerId &&
    isOver(db, sheet, at)
  );
}

export const sheetApi = ({ org }: Reader, { engagement, period }: Timesheet) =>
  `/api/orgs/${org}/engagements/${engagement.id}/timesheets/${period.startsOn}`;

export const sheetHref = ({ org }: Reader, { engagement, period }: Timesheet) =>
  `/orgs/${org}/timesheets/${engagement.id}/${period.startsOn}`;

export const Approve: FC<{ sheet: Timesheet; reader: MemberReader; short?: boolean }> = ({
  sheet,
  reader,
  short = false,
}) => (
  <ApiForm
    action={`${sheetApi(reader, sheet)}/approval`}
    submit={timesheetWords(reader.locale)(short ? 'approveOne' : 'approve')}
  >
    <Field name="id" label="" kind="hidden" value={newId()} />
    <Field name="digest" label="" kind="hidden" value={sheet.digest} />
  </ApiForm>
);

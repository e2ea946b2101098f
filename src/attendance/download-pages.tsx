/** The console's page of downloads: which days, whose, in which format. */
import { consoleFrame } from '../employer/frame.ts';
import { readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { refuse } from '../kernel/refusal.ts';
import { payPeriodOf } from '../kernel/time.ts';
import { timesheetWords } from '../timesheet/timesheet-words.ts';
import { engagementsOn } from '../timesheet/worked.ts';
import { Card, Field, SelectField } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { watchedSites } from './attendance.ts';
import { AttendanceNav } from './attendance-nav.tsx';
import { attendanceWords } from './attendance-words.ts';
import { downloadFormats, downloadKinds } from './download-columns.ts';
import { answerDownload, zDownload } from './download-routes.ts';
import { downloadWords } from './download-words.ts';

export const downloadPages = router<CellEnv>();

downloadPages.get('/downloads', (c) => {
  const standing = requireRole(c, 'owner', 'hr', 'supervisor');
  const { org, db, locale, today } = readerOf(c);
  const say = downloadWords(locale);
  const month = payPeriodOf('monthly', today);
  const workers = new Map(
    engagementsOn(db, standing, { startsOn: month.startsOn, endsOn: today }, {}).map(
      ({ engagement, workerName }) => [engagement.workerId, workerName],
    ),
  );
  const asked = (name: string) => c.req.query(name);
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('downloads')}
      lead={say('downloadsLead')}
      frame={consoleFrame(c)}
      section="attendance"
    >
      <AttendanceNav org={org} standing={standing} locale={locale} here="downloads" />
      <Card>
        <form method="get" action={`/orgs/${org}/downloads/file`} class="mapping">
          <SelectField
            name="what"
            label={say('what')}
            value={asked('what') ?? 'entries'}
            options={downloadKinds.map((kind) => [kind, say(kind)] as const)}
          />
          <SelectField
            name="format"
            label={say('format')}
            value="xlsx"
            options={downloadFormats.map((format) => [format, say(format)] as const)}
          />
          <Field
            name="startsOn"
            label={say('startsOn')}
            kind="date"
            value={asked('startsOn') ?? month.startsOn}
            required
          />
          <Field name="endsOn" label={say('endsOn')} kind="date" value={asked('endsOn') ?? today} required />
          <SelectField
            name="site"
            label={timesheetWords(locale)('site')}
            value={asked('site') ?? ''}
            options={[
              ['', attendanceWords(locale)('all')],
              ...watchedSites(db, standing).map(({ id, name }) => [id, name] as const),
            ]}
          />
          <SelectField
            name="worker"
            label={timesheetWords(locale)('worker')}
            value={asked('worker') ?? ''}
            options={[['', say('allWorkers')], ...workers]}
          />
          <button type="submit" class="button button-primary">
            {say('download')}
          </button>
        </form>
      </Card>
      <p class="aside">{say('noCoordinates')}</p>
    </ConsolePage>,
  );
});

downloadPages.get('/downloads/file', (c) => {
  const asked = zDownload.safeParse(c.req.query());
  if (!asked.success)
    refuse(
      'body-invalid',
      {},
      asked.error.issues.map(({ path }) => ({ pointer: `/${path.join('/')}`, detail: '' })),
    );
  return answerDownload(c, asked.data);
});

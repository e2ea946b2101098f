/** Pieces and days on a worker's hours and on a supervisor's timesheet. */
import type { FC } from 'hono/jsx';
import { quantityText, type WorkUnit } from '../hours/units.ts';
import { nameBehind } from '../identity/name.ts';
import type { Locale } from '../kernel/refusal.ts';
import { formatCivilDate } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import {
  ApiForm,
  Badge,
  Card,
  type Column,
  Field,
  Group,
  Row,
  SelectField,
  Table,
} from '../web/components.tsx';
import { type UnitReportView, unitReportsOf } from './reported-units.ts';
import type { Timesheet } from './timesheet.ts';
import { unitWords } from './unit-words.ts';

interface Shown {
  readonly db: Db;
  readonly org: string;
  readonly locale: Locale;
}

const tones = { confirmed: 'good', refused: 'bad', withdrawn: 'quiet' } as const;

const StateOfReport: FC<{ view: UnitReportView; locale: Locale }> = ({ view: { decision }, locale }) => {
  const say = unitWords(locale);
  return decision ? (
    <>
      <Badge tone={tones[decision.decision]}>{say(decision.decision)}</Badge> {decision.reason}
    </>
  ) : (
    <Badge tone="warn">{say('waits')}</Badge>
  );
};

const ReportForm: FC<{ sheet: Timesheet; shown: Shown }> = ({ sheet, shown: { org, locale } }) => {
  const say = unitWords(locale);
  const units: readonly WorkUnit[] = ['piece', 'day'];
  return (
    <ApiForm action={`/api/orgs/${org}/unit-reports/{id}`} submit={say('report')}>
      <Field name="engagementId" label="" kind="hidden" value={sheet.engagement.id} />
      <Field name="day" label={say('on')} kind="date" required />
      <SelectField
        name="unit"
        label={say('unit')}
        options={units.map((unit) => [unit, say(unit)] as const)}
      />
      <Field name="quantity" label={say('quantity')} kind="decimal" hint={say('quantityHint')} required />
      <Field name="note" label={say('note')} />
    </ApiForm>
  );
};

const Decide: FC<{
  view: UnitReportView;
  decision: 'confirmed' | 'refused' | 'withdrawn';
  shown: Shown;
}> = ({ view, decision, shown: { org, locale } }) => {
  const say = unitWords(locale);
  const verb = ({ confirmed: 'confirm', refused: 'refuse', withdrawn: 'withdraw' } as const)[decision];
  return (
    <ApiForm
      action={`/api/orgs/${org}/unit-decisions/{id}`}
      submit={say(verb)}
      {...(decision === 'confirmed' ? {} : { tone: 'warn' as const })}
    >
      <Field name="reportId" label="" kind="hidden" value={view.report.id} />
      <Field name="decision" label="" kind="hidden" value={decision} />
      {decision === 'refused' ? <Field name="reason" label={say('reason')} required /> : null}
    </ApiForm>
  );
};

/** For the worker: what was reported, and a form that stays folded for those who are paid by the hour. */
export const MyUnits: FC<{ sheet: Timesheet; shown: Shown }> = ({ sheet, shown }) => {
  const { db, locale } = shown;
  const say = unitWords(locale);
  const reports = unitReportsOf(db, sheet.engagement.id, sheet.period);
  if (sheet.approval && reports.length === 0) return null;
  return (
    <Group title={say('title')} note={say('reportMeans')}>
      {reports.map((view) => (
        <>
          <Row
            label={`${formatCivilDate(view.report.day, locale)} · ${say(view.report.unit)}`}
            sub={view.report.note}
            value={
              <>
                {quantityText(view.report.quantityHundredths)} <StateOfReport view={view} locale={locale} />
              </>
            }
          />
          {view.decision || sheet.approval ? null : <Decide view={view} decision="withdrawn" shown={shown} />}
        </>
      ))}
      {sheet.approval ? null : (
        <details class="cell-details">
          <summary class="cell weui-cell">
            <span class="cell-label weui-cell__bd">{say('report')}</span>
          </summary>
          <ReportForm sheet={sheet} shown={shown} />
        </details>
      )}
    </Group>
  );
};

/** For the supervisor: reports with what to decide of each, and a form for those who cannot report themselves. */
export const UnitReports: FC<{ sheet: Timesheet; mayDecide: boolean; shown: Shown }> = ({
  sheet,
  mayDecide,
  shown,
}) => {
  const { db, locale } = shown;
  const say = unitWords(locale);
  const reports = unitReportsOf(db, sheet.engagement.id, sheet.period);
  const columns: Column<UnitReportView>[] = [
    { head: say('on'), cell: ({ report }) => formatCivilDate(report.day, locale) },
    { head: say('unit'), cell: ({ report }) => say(report.unit) },
    { head: say('quantity'), cell: ({ report }) => quantityText(report.quantityHundredths), numeric: true },
    { head: say('from'), cell: ({ report }) => `${nameBehind(db, report.by)} ${report.note}` },
    { head: say('state'), cell: (view) => <StateOfReport view={view} locale={locale} /> },
    {
      head: '',
      cell: (view) =>
        mayDecide && view.decision?.decision !== 'withdrawn' ? (
          <>
            {view.decision?.decision === 'confirmed' ? null : (
              <Decide view={view} decision="confirmed" shown={shown} />
            )}
            {view.decision?.decision === 'refused' ? null : (
              <details>
                <summary>{say('refuse')}</summary>
                <Decide view={view} decision="refused" shown={shown} />
              </details>
            )}
          </>
        ) : null,
    },
  ];
  return (
    <Card title={say('title')}>
      {reports.length > 0 ? (
        <Table caption={say('title')} columns={columns} rows={reports} />
      ) : (
        <p class="aside">{say('noneMeans')}</p>
      )}
      {mayDecide ? (
        <details class="fold">
          <summary>{say('reportFor')}</summary>
          <ReportForm sheet={sheet} shown={shown} />
        </details>
      ) : null}
    </Card>
  );
};

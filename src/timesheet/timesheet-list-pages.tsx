/** The console's timesheets of a period: what needs a person first, the clean ones to approve in one go, then the rest. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { siteOf } from '../employer/site.ts';
import { hasRole } from '../employer/standing.ts';
import { siteIdsOf } from '../engagement/engagement.ts';
import { minutesText } from '../hours/hours-text.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { addDays, type CivilDate, type PayPeriodKind, parseCivilDate, payPeriodOf } from '../kernel/time.ts';
import { collectInTurns } from '../store/turns.ts';
import { Card, Empty, Notice, SelectField, Stats } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { requestsToDecide } from './correction-request.ts';
import { correctionWords } from './correction-words.ts';
import { periodsInUse, timesheetChunks } from './timesheet-list.ts';
import { type MemberReader, mayApprove, memberReader, toMendOf, troublesOf } from './timesheet-member.tsx';
import { timesheetStates } from './timesheet-state.ts';
import { Bulk, type Named, SheetTable, waitingDays } from './timesheet-table.tsx';
import { timesheetWords } from './timesheet-words.ts';

export const timesheetListPages = router<CellEnv>();

const kinds: readonly PayPeriodKind[] = ['weekly', 'semi-monthly', 'monthly'];

timesheetListPages.get('/timesheets', async (c) => {
  const reader = memberReader(c);
  const { db, org, locale, standing } = reader;
  const say = timesheetWords(locale);
  const inUse = periodsInUse(db, standing, c.var.at);
  const payPeriod =
    kinds.find((kind) => kind === c.req.query('payPeriod')) ?? inUse[0]?.payPeriod ?? 'monthly';
  const chosen =
    parseCivilDate(c.req.query('startsOn') ?? '') ??
    inUse.find((one) => one.payPeriod === payPeriod)?.startsOn;
  const period = payPeriodOf(payPeriod, chosen ?? reader.today);
  const site = c.req.query('site') ?? '';
  const state = c.req.query('state') ?? '';
  const all = await collectInTurns(timesheetChunks(db, standing, payPeriod, period.startsOn, c.var.at));
  const shown = all
    .filter((sheet) => site === '' || siteIdsOf(db, sheet.engagement.id).includes(site))
    .filter((sheet) => state === '' || sheet.state === state);
  const link = (startsOn: CivilDate, kind = payPeriod) =>
    `/orgs/${org}/timesheets?payPeriod=${kind}&startsOn=${startsOn}`;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={`${say('timesheets')} · ${period.startsOn} – ${period.endsOn}`}
      lead={say('timesheetsLead')}
      frame={consoleFrame(c)}
      section="timesheets"
      scripts={['bulk']}
      actions={
        <>
          <a
            class="button button-plain"
            href={link(payPeriodOf(payPeriod, addDays(period.startsOn, -1)).startsOn)}
          >
            ‹ {say('previousPeriod')}
          </a>{' '}
          <a class="button button-plain" href={link(addDays(period.endsOn, 1))}>
            {say('nextPeriod')} ›
          </a>
        </>
      }
    >
      {inUse.length > 1 ? (
        <nav class="pills" aria-label={say('period')}>
          {inUse.map((one) => (
            <a
              href={link(one.startsOn, one.payPeriod)}
              {...(one.payPeriod === payPeriod ? { 'aria-current': 'page' } : {})}
            >
              {say(one.payPeriod)}
            </a>
          ))}
        </nav>
      ) : null}
      <Requests reader={reader} />
      <Counts sheets={all} reader={reader} />
      <Filter
        reader={reader}
        sheets={all}
        payPeriod={payPeriod}
        startsOn={period.startsOn}
        site={site}
        state={state}
      />
      {shown.length > 0 ? (
        <Sections sheets={shown} reader={reader} />
      ) : (
        <Empty title={say('noSheets')}>{say('noSheetsMeans')}</Empty>
      )}
    </ConsolePage>,
  );
});

/** Corrections that workers ask for come before their hours are approved. */
const Requests: FC<{ reader: MemberReader }> = ({ reader: { db, org, locale, standing, at } }) => {
  const waiting = hasRole(standing, 'owner', 'hr', 'supervisor') ? requestsToDecide(db, standing, at) : [];
  if (waiting.length === 0) return null;
  const say = correctionWords(locale);
  return (
    <Notice tone="warn" title={say('requests')}>
      <a href={`/orgs/${org}/corrections`}>{say('askedFor', { count: waiting.length })}</a>
    </Notice>
  );
};

const Counts: FC<{ sheets: readonly Named[]; reader: MemberReader }> = ({ sheets, reader }) => {
  const say = timesheetWords(reader.locale);
  const toMend = sheets.filter((sheet) => !sheet.approval && toMendOf(sheet) > 0).length;
  const toApprove = sheets.filter((sheet) => mayApprove(sheet, reader));
  const approved = sheets.filter(({ approval }) => approval).length;
  const oldest = Math.max(0, ...toApprove.map((sheet) => waitingDays(sheet, reader)));
  return (
    <Stats
      items={[
        { label: say('toMend'), value: String(toMend), ...(toMend > 0 ? { tone: 'bad' as const } : {}) },
        {
          label: oldest > 0 ? say('toApproveSince', { count: oldest }) : say('toApprove'),
          value: String(toApprove.length),
          ...(oldest > 0 ? { tone: 'warn' as const } : {}),
        },
        { label: say('approved'), value: String(approved), tone: 'good' },
        {
          label: say('totalHours'),
          value: minutesText(sheets.reduce((total, { seconds }) => total + seconds, 0)),
        },
      ]}
    />
  );
};

const Filter: FC<{
  reader: MemberReader;
  sheets: readonly Named[];
  payPeriod: string;
  startsOn: string;
  site: string;
  state: string;
}> = ({ reader, sheets, payPeriod, startsOn, site, state }) => {
  const say = timesheetWords(reader.locale);
  const ids = new Set(sheets.flatMap(({ engagement }) => siteIdsOf(reader.db, engagement.id)));
  const options = [...ids].map((id) => [id, siteOf(reader.db, id)?.name ?? id] as const);
  const states = timesheetStates.map((one) => [one, say(one)] as const);
  return (
    <form class="filter" method="get">
      <input type="hidden" name="payPeriod" value={payPeriod} />
      <input type="hidden" name="startsOn" value={startsOn} />
      <SelectField name="site" label={say('bySite')} value={site} options={[['', say('all')], ...options]} />
      <SelectField
        name="state"
        label={say('byState')}
        value={state}
        options={[['', say('all')], ...states]}
      />
      <button type="submit" class="button button-plain">
        {say('filter')}
      </button>
    </form>
  );
};

const Sections: FC<{ sheets: readonly Named[]; reader: MemberReader }> = ({ sheets, reader }) => {
  const say = timesheetWords(reader.locale);
  const needsLook = (sheet: Named) =>
    sheet.changedSinceApproval || (!sheet.approval && troublesOf(sheet).length > 0);
  const look = sheets.filter(needsLook).sort((a, b) => toMendOf(b) - toMendOf(a));
  const clean = sheets.filter((sheet) => !needsLook(sheet) && mayApprove(sheet, reader));
  const rest = sheets.filter((sheet) => !look.includes(sheet) && !clean.includes(sheet));
  return (
    <>
      {look.length > 0 ? (
        <Card title={`${say('lookFirst')} (${look.length})`}>
          <SheetTable sheets={look} reader={reader} caption={say('lookFirst')} />
        </Card>
      ) : null}
      {clean.length > 0 ? <Bulk sheets={clean} reader={reader} /> : null}
      {rest.length > 0 ? (
        <Card title={look.length + clean.length > 0 ? say('others') : say('timesheets')}>
          <SheetTable sheets={rest} reader={reader} caption={say('others')} />
        </Card>
      ) : null}
    </>
  );
};

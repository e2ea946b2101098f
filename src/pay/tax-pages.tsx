/** The console's page of sheets for the tax authority, by month of payment and by quarter. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellContext, CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { CivilDate } from '../kernel/time.ts';
import { ApiForm, Badge, Card, Empty, Notice, SelectField } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { wordingOf } from './file-parts.tsx';
import { fileWords, taxProblemText } from './file-words.ts';
import {
  incomesOf,
  type TaxIncome,
  type TaxSheetKind,
  taxProblems,
  taxSheetKinds,
  taxSheetLayouts,
} from './files/tax-client.ts';
import { downloadsOf } from './pay-file.ts';
import { apiOf, moneyOf } from './reader.tsx';
import { spanOf, type TaxFile, taxFilesOf, taxIncomes, totalOf } from './tax-file.ts';

export const taxPages = router<CellEnv>();

taxPages.get('/tax-files', (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const say = fileWords(reader.locale);
  const asked = c.req.query('period') ?? '';
  const period = spanOf(asked) ? asked : reader.today.slice(0, 7);
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={say('taxFiles')}
      lead={say('taxLead')}
      frame={consoleFrame(c)}
      section="payRuns"
    >
      <Periods period={period} reader={reader} />
      <Sheets cell={c.env.cell} period={period} reader={reader} />
    </ConsolePage>,
  );
});

const Periods: FC<{ period: string; reader: Reader }> = ({ period, reader }) => {
  const say = fileWords(reader.locale);
  return (
    <Card>
      <form method="get" class="inline-form">
        <SelectField
          name="period"
          label={say('period')}
          value={period}
          options={periodsUpTo(reader.today, period).map((one) => [one, one] as const)}
        />
        <button type="submit" class="button button-plain">
          {say('show')}
        </button>
      </form>
      <p>{say('taxMeans')}</p>
    </Card>
  );
};

/** The last thirteen months with the quarter that each ends, newest first; and the one that was asked for. */
function periodsUpTo(today: CivilDate, asked: string): string[] {
  const periods = new Set<string>();
  for (let back = 0; back < 13; back += 1) {
    const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - back;
    const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
    periods.add(`${year}-${String(month).padStart(2, '0')}`);
    periods.add(`${year}-Q${Math.ceil(month / 3)}`);
  }
  return [...periods.add(asked)];
}

const Sheets: FC<{ cell: CellContext; period: string; reader: Reader }> = ({ cell, period, reader }) => {
  const say = fileWords(reader.locale);
  const incomes = taxIncomes(reader.db, cell.keys, period);
  if (incomes.length === 0) return <Empty title={period}>{say('nothingPaid')}</Empty>;
  const files = taxFilesOf(reader.db, period);
  const isQuarter = period.includes('Q');
  const kinds = taxSheetKinds.filter((kind) => (kind === 'platform-report') === isQuarter);
  return (
    <>
      {kinds
        .filter((kind) => incomesOf(kind, incomes).length > 0)
        .map((kind) => (
          <Sheet
            kind={kind}
            period={period}
            incomes={incomes}
            files={files.filter((file) => file.kind === kind)}
            reader={reader}
          />
        ))}
    </>
  );
};

const Sheet: FC<{
  kind: TaxSheetKind;
  period: string;
  incomes: readonly TaxIncome[];
  files: readonly TaxFile[];
  reader: Reader;
}> = ({ kind, period, incomes, files, reader }) => {
  const say = fileWords(reader.locale);
  const money = moneyOf(reader);
  const mine = incomesOf(kind, incomes);
  const problems = taxProblems(kind, incomes);
  const sheet = taxSheetLayouts.find((one) => one.kind === kind);
  const { gross, withheld } = totalOf(mine);
  return (
    <Card title={say(kind)}>
      <p>{say('taxTotals', { count: mine.length, gross: money(gross), withheld: money(withheld) })}</p>
      {sheet ? (
        <p>
          <small>
            {say('source')}: {wordingOf(sheet.source, reader)} ({say(sheet.confidence)})
          </small>
        </p>
      ) : null}
      {problems.length > 0 ? (
        <ul class="checks">
          {problems.slice(0, 50).map((problem) => (
            <li>
              <Badge tone="bad">{say('stops')}</Badge>{' '}
              <a href={`/orgs/${reader.org}/people/${problem.workerId}`}>
                {problem.name}: {taxProblemText(problem, reader.locale)}
              </a>
            </li>
          ))}
        </ul>
      ) : (
        <ApiForm action={`${apiOf(reader)}/tax-files/${period}/${kind}`} submit={say('write')} tone="plain" />
      )}
      {problems.length > 0 ? <Notice tone="bad">{say('stopped')}</Notice> : null}
      {files.map((file) => (
        <div class="pay-file">
          <a class="button button-primary" href={`${apiOf(reader)}/tax-files/${file.id}`} download>
            {say('download')}
          </a>
          <p>
            {file.name} · {say('people', { count: file.rows })} · {shownAt(reader, file.at)}
            <br />
            <small>{say('digest', { digest: file.digest })}</small>
          </p>
          <ul>
            {downloadsOf(reader.db, file.id).map(({ byName, at }) => (
              <li>{say('downloadedBy', { name: byName, at: shownAt(reader, at) })}</li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  );
};

/** The worker's own pages: pay so far, and payslips for good. */
import type { Child, FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireWorker } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { minor } from '../kernel/money.ts';
import { formatCivilDate, type Instant } from '../kernel/time.ts';
import { Empty, Group, Notice, Row } from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';
import { earnedSoFar, nextPayDay, type Payslip, payslipOf, payslipsOf, waitingPayOf } from './payslip.ts';
import { LineList, moneyOf } from './reader.tsx';
import { clockText } from './why.ts';
import { payWords } from './words.ts';

export const myPayPages = router<CellEnv>();

myPayPages.get('/me/pay', (c) => {
  const { workerId } = requireWorker(c);
  const reader = readerOf(c);
  const say = payWords(reader.locale);
  const slips = payslipsOf(reader.db, workerId);
  const next = nextPayDay(reader.db, c.var.at);
  const waiting = waitingPayOf(reader.db, workerId);
  return page(
    c,
    <WorkerPage locale={reader.locale} title={say('myPay')} org={reader.org} tab="pay">
      <SoFar workerId={workerId} reader={reader} at={c.var.at} />
      {next ? (
        <Group>
          <Row label={say('nextPayDay')} value={formatCivilDate(next, reader.locale)} />
        </Group>
      ) : null}
      {waiting.length > 0 ? (
        <Group title={say('waitsForNext')}>
          {waiting.map(({ startsOn, endsOn, reason }) => (
            <Row label={`${startsOn} – ${endsOn}`} sub={reason} />
          ))}
        </Group>
      ) : null}
      {slips.length > 0 ? (
        <Group>
          <Row label={say('myPayments')} href={`/orgs/${reader.org}/me/payments`} />
        </Group>
      ) : null}
      {slips.length > 0 ? (
        <Group title={say('payslips')}>
          {slips.map((slip) => (
            <SlipRow slip={slip} reader={reader} />
          ))}
        </Group>
      ) : (
        <Empty title={say('noPayslips')}>{say('noPayslipsMeans')}</Empty>
      )}
    </WorkerPage>,
  );
});

const SoFar: FC<{ workerId: string; reader: Reader; at: Instant }> = ({ workerId, reader, at }) => {
  const say = payWords(reader.locale);
  const money = moneyOf(reader);
  const earned = earnedSoFar(reader.db, workerId, at);
  return (
    <Group title={say('soFar')} note={say('soFarMeans')}>
      {earned.length === 0 ? <Row label={say('nothingYet')} /> : null}
      {earned.flatMap((one): Child[] => [
        <Row label={`${one.startsOn} – ${one.endsOn}`} value={clockText(one.seconds)} />,
        <Row label={say('openAmount')} value={money(one.openMinor)} />,
        <Row label={say('approvedAmount')} value={money(one.approvedMinor)} />,
      ])}
    </Group>
  );
};

const SlipRow: FC<{ slip: Payslip; reader: Reader }> = ({ slip, reader }) => (
  <Row
    href={`/orgs/${reader.org}/me/pay/${slip.run.id}`}
    label={formatCivilDate(slip.run.paysOn, reader.locale)}
    sub={`${slip.run.startsOn} – ${slip.run.endsOn}`}
    value={moneyOf(reader)(slip.netMinor)}
  />
);

myPayPages.get('/me/pay/:id', (c) => {
  const { workerId } = requireWorker(c);
  const reader = readerOf(c);
  const say = payWords(reader.locale);
  const money = moneyOf(reader);
  const slip = payslipOf(reader.db, workerId, c.req.param('id'));
  const { country, name } = employerOf(reader.db);
  return page(
    c,
    <WorkerPage
      locale={reader.locale}
      title={say('payslip')}
      org={reader.org}
      tab="pay"
      back={`/orgs/${reader.org}/me/pay`}
    >
      <Group>
        <Row label={say('employer')} value={name} />
        <Row label={say('period')} value={`${slip.run.startsOn} – ${slip.run.endsOn}`} />
        <Row label={say('paysOn')} value={formatCivilDate(slip.run.paysOn, reader.locale)} />
      </Group>
      <Group>
        <LineList lines={slip.lines} reader={reader} />
      </Group>
      <Group>
        <Row label={say('gross')} value={money(slip.grossMinor)} />
        <Row label={say('withheld')} value={money(minor(-slip.withheldMinor))} />
        {slip.deductedMinor === 0 ? null : (
          <Row label={say('deducted')} value={money(minor(-slip.deductedMinor))} />
        )}
        {slip.reimbursedMinor === 0 ? null : (
          <Row label={say('reimbursed')} value={money(slip.reimbursedMinor)} />
        )}
        <Row label={<strong>{say('net')}</strong>} value={<strong>{money(slip.netMinor)}</strong>} />
      </Group>
      <p>
        <a class="button button-plain" href={`/api/orgs/${reader.org}/me/payslips/${slip.run.id}/pdf`}>
          {say('payslipPdf')}
        </a>
      </p>
      {slip.approval.fourEyes ? null : <Notice tone="warn">{say('approvedByOne')}</Notice>}
      {slip.lines.some(({ kind }) => kind === 'withholding') ? null : (
        <Notice>{say('nothingWithheld', { country })}</Notice>
      )}
    </WorkerPage>,
  );
});

/** The console's page about sealing: the queue, what is wrong and how to mend it, and the certificates. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf, shownAt } from '../employer/reader.ts';
import { hasRole, requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { instantOf } from '../kernel/time.ts';
import { ApiForm, Badge, Card, Empty, Field, LongField, Notice, Stats, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { lastAnchor } from './anchor.ts';
import { type CertificateState, type CertificateView, certificatesOf } from './seal-certificate.ts';
import { type SealingCounts, type ShownTrouble, sealingCounts, shownTroubles } from './sealing.ts';
import type { Problem } from './trouble.ts';
import { sealWords } from './words.ts';

export const sealingPages = router<CellEnv>();

sealingPages.get('/sealing', (c) => {
  const standing = requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const { cell } = c.env;
  const say = sealWords(reader.locale);
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={say('title')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="contracts"
    >
      <Queue counts={sealingCounts(reader.db)} reader={reader} hasAuthority={hasAuthority(cell.timestamps)} />
      <Troubles troubles={shownTroubles(reader.db)} reader={reader} />
      <Certificates
        views={certificatesOf(reader.db, reader.at)}
        reader={reader}
        isOwner={hasRole(standing, 'owner')}
      />
      <Anchored reader={reader} hasAuthority={hasAuthority(cell.timestamps)} />
    </ConsolePage>,
  );
});

const hasAuthority = (authorities: readonly unknown[] = []) => authorities.length > 0;

const Queue: FC<{ counts: SealingCounts; reader: Reader; hasAuthority: boolean }> = ({
  counts,
  reader,
  hasAuthority: isStamped,
}) => {
  const say = sealWords(reader.locale);
  const tone = counts.waiting > 0 ? { tone: 'warn' as const } : {};
  return (
    <Stats
      items={[
        { label: say('waiting'), value: String(counts.waiting), ...tone },
        { label: say('sealed'), value: String(counts.sealed) },
        ...(isStamped ? [{ label: say('unstamped'), value: String(counts.unstamped) }] : []),
      ]}
    />
  );
};

const Troubles: FC<{ troubles: readonly ShownTrouble[]; reader: Reader }> = ({ troubles, reader }) => {
  const { org, locale } = reader;
  const say = sealWords(locale);
  const [first] = troubles;
  if (!first) return <Empty title={say('allWell')}>{say('allWellMeans')}</Empty>;
  return (
    <Card title={say('troubles')}>
      <Table
        caption={say('troubles')}
        rows={troubles}
        columns={[
          {
            head: say('what'),
            cell: ({ trouble, workerName }) =>
              trouble.step === 'authority' ? (
                say('authority', { url: trouble.id })
              ) : (
                <a href={`/orgs/${org}/contracts/${trouble.id}`}>{say('contract', { name: workerName })}</a>
              ),
          },
          {
            head: say('why'),
            cell: ({ trouble }) => say(trouble.problem as Problem, { detail: trouble.detail }),
          },
          { head: say('tries'), cell: ({ trouble }) => String(trouble.failures) },
          { head: say('next'), cell: ({ trouble }) => shownAt(reader, trouble.nextAt) },
        ]}
      />
      <ApiForm
        action={`/api/orgs/${org}/contracts/${first.trouble.step === 'authority' ? org : first.trouble.id}/sealing`}
        next={`/orgs/${org}/sealing`}
        submit={say('again')}
      />
    </Card>
  );
};

const tones: Record<CertificateState, 'good' | 'bad' | 'warn'> = {
  'in-force': 'good',
  expired: 'bad',
  revoked: 'bad',
  'not-yet': 'warn',
};

const Certificates: FC<{ views: readonly CertificateView[]; reader: Reader; isOwner: boolean }> = ({
  views,
  reader,
  isOwner,
}) => {
  const { org, locale } = reader;
  const say = sealWords(locale);
  const [current] = views;
  return (
    <Card title={say('certificates')} id="certificates">
      <p>{say('certificatesMean')}</p>
      {views.length === 0 ? (
        <p>{say('none')}</p>
      ) : (
        <Table
          caption={say('certificates')}
          rows={views}
          columns={[
            { head: say('subject'), cell: ({ certificate }) => certificate.subjectName },
            {
              head: say('issuer'),
              cell: ({ certificate, row }) => (row.kind === 'own' ? say('own') : certificate.issuerName),
            },
            { head: say('until'), cell: ({ row }) => shownAt(reader, instantOf(Date.parse(row.expiresAt))) },
            {
              head: say('state'),
              cell: (view) =>
                view === current || view.state !== 'in-force' ? (
                  <Badge tone={tones[view.state]}>{say(view.state)}</Badge>
                ) : (
                  <Badge tone="quiet">{say('earlier')}</Badge>
                ),
            },
          ]}
        />
      )}
      {isOwner ? <ChangeCertificate org={org} reader={reader} {...(current ? { current } : {})} /> : null}
    </Card>
  );
};

const ChangeCertificate: FC<{ org: string; reader: Reader; current?: CertificateView }> = ({
  org,
  reader,
  current,
}) => {
  const say = sealWords(reader.locale);
  const next = `/orgs/${org}/sealing#certificates`;
  return (
    <>
      <details class="fold">
        <summary>{say('import')}</summary>
        <p>{say('importMeans')}</p>
        <ApiForm action={`/api/orgs/${org}/seal-certificates/{id}`} next={next} submit={say('import')}>
          <LongField name="certificates" label={say('pem')} hint={say('pemHint')} rows={6} required />
          <LongField name="key" label={say('key')} hint={say('keyHint')} rows={4} required />
        </ApiForm>
      </details>
      {current && current.state === 'in-force' ? (
        <details class="fold">
          <summary>{say('revoke')}</summary>
          <ApiForm
            action={`/api/orgs/${org}/seal-certificates/${current.row.id}/revocation`}
            next={next}
            submit={say('revoke')}
            tone="warn"
            confirm={say('revokeConfirm')}
          >
            <Field name="reason" label={say('revokeReason')} required />
          </ApiForm>
        </details>
      ) : null}
      {current && (current.row.kind === 'imported' || current.state !== 'in-force') ? (
        <ApiForm
          action={`/api/orgs/${org}/seal-certificates/{id}/own`}
          next={next}
          submit={say('make')}
          tone="plain"
        />
      ) : null}
    </>
  );
};

const Anchored: FC<{ reader: Reader; hasAuthority: boolean }> = ({ reader, hasAuthority: isStamped }) => {
  const say = sealWords(reader.locale);
  const last = lastAnchor(reader.db);
  const at = last ? shownAt(reader, last.stampedAt) : '';
  return (
    <Notice tone={last ? 'good' : 'info'} title={say('anchored')}>
      {last ? say('anchoredAt', { seq: last.seq, at }) : say(isStamped ? 'notAnchored' : 'noAuthority')}
    </Notice>
  );
};

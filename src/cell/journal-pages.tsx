/** The journal's page: the newest entries, and whether the whole of it holds. */

import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { actorNames } from '../employer/member.ts';
import { readerOf, shownAt } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import type { Locale } from '../kernel/refusal.ts';
import type { Db } from '../store/commit.ts';
import { entriesBefore, type JournalVerdict, verifyJournal } from '../store/journal.ts';
import { Card, Notice, Table } from '../web/components.tsx';
import type { Say } from '../web/i18n.ts';
import { ConsolePage, page } from '../web/page.tsx';
import { kindWords } from './journal-kinds.ts';
import { journalWords } from './journal-words.ts';

const perPage = 100;
type JournalSay = ReturnType<typeof journalWords>;
type Words = JournalSay extends Say<infer K> ? K : never;

export const journalPages = router<CellEnv>();

journalPages.get('/journal', (c) => {
  requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const { org, db, locale } = reader;
  const say = journalWords(locale);
  const before = Number(c.req.query('before') ?? Number.NaN);
  const entries = entriesBefore(db, Number.isSafeInteger(before) ? before : Number.MAX_SAFE_INTEGER, perPage);
  const verdict = c.req.query('verify') === undefined ? undefined : verifyJournal(db);
  const nameOf = actorText(db, say);
  const last = entries.at(-1)?.seq ?? 0;
  const here = `/orgs/${org}/journal`;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('title')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="journal"
      actions={
        <a class="button button-primary" href={`${here}?verify`}>
          {say('verify')}
        </a>
      }
    >
      {verdict ? <Verdict locale={locale} verdict={verdict} /> : null}
      <Card>
        <Table
          caption={say('title')}
          rows={entries}
          columns={[
            { head: say('seq'), cell: ({ seq }) => seq, numeric: true },
            { head: say('at'), cell: ({ at }) => shownAt(reader, at, 'yyyy-MM-dd HH:mm:ss') },
            { head: say('actor'), cell: ({ actor }) => nameOf(actor) },
            { head: say('kind'), cell: ({ kind }) => kindWords(locale)(kind) },
            { head: say('subject'), cell: ({ subject }) => <code>{subject.slice(-8)}</code> },
            { head: say('hash'), cell: ({ hash }) => <code>{hash.slice(0, 12)}</code> },
          ]}
        />
        <Turning here={here} last={last} isNewest={!Number.isSafeInteger(before)} locale={locale} />
      </Card>
    </ConsolePage>,
  );
});

const Turning: FC<{ here: string; last: number; isNewest: boolean; locale: Locale }> = ({
  here,
  last,
  isNewest,
  locale,
}) => {
  const say = journalWords(locale);
  if (isNewest && last <= 1) return null;
  return (
    <nav class="pills" aria-label={say('pages')}>
      {isNewest ? null : <a href={here}>{say('newest')}</a>}
      {last > 1 ? <a href={`${here}?before=${last}`}>{say('older')}</a> : null}
    </nav>
  );
};

const Verdict: FC<{ locale: Locale; verdict: JournalVerdict }> = ({ locale, verdict }) => {
  const say = journalWords(locale);
  if (verdict.ok)
    return (
      <Notice tone="good" title={say('holds')}>
        {say('holdsMeans', { seq: verdict.head.seq, hash: verdict.head.hash })}
      </Notice>
    );
  const kind = verdict.kind ? kindWords(locale)(verdict.kind) : '';
  return (
    <Notice tone="bad" title={say('broken')}>
      {say('brokenAt', { seq: verdict.seq, why: say(faults[verdict.why], { kind }) })}
    </Notice>
  );
};

const faults: Readonly<Record<Exclude<JournalVerdict, { ok: true }>['why'], Words>> = {
  gap: 'gap',
  hash: 'hashDiffers',
  'row-missing': 'rowMissing',
  'row-changed': 'rowChanged',
  'row-unjournaled': 'rowUnjournaled',
};

/** People by their name here; the operator and the service, who have none here, by what they are. */
function actorText(db: Db, say: JournalSay): (actor: string) => string {
  const nameOf = actorNames(db);
  return (actor) => {
    if (actor === 'system') return say('system');
    if (actor.startsWith('kiosk:')) return say('kiosk');
    return nameOf(actor) ?? (actor.startsWith('operator:') ? say('operator') : actor);
  };
}

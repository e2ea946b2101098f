/** The supervisor's page for clocking a crew: who is here, one tap, and what came of it. */
import type { FC } from 'hono/jsx';
import type { PunchKind } from '../clock/arrival.ts';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import type { Site } from '../employer/site.ts';
import { BackToSite } from '../employer/site-gate.tsx';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { formatInstant } from '../kernel/time.ts';
import { ApiForm, Card, Empty, Field, Notice } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { type CrewClocked, type CrewMember, crewOf, crewPunchOf } from './crew.ts';
import { crewWords } from './crew-words.ts';
import { requireSupervisor } from './supervising.ts';

export const crewPages = router<CellEnv>();

crewPages.get('/sites/:id/crew', (c) => {
  const { standing, site } = requireSupervisor(c, c.req.param('id'));
  const reader = readerOf(c);
  const say = crewWords(reader.locale);
  const kind: PunchKind = c.req.query('kind') === 'out' ? 'out' : 'in';
  const crew = crewOf(reader.db, site, reader.at).filter(({ workerId }) => workerId !== standing.workerId);
  const done = crewPunchOf(reader.db, c.req.query('done') ?? '');
  const here = `/orgs/${reader.org}/sites/${site.id}/crew`;
  return page(
    c,
    <ConsolePage
      locale={reader.locale}
      title={`${say('title')} · ${site.name}`}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="sites"
      actions={<BackToSite org={reader.org} site={site} />}
      scripts={['crew']}
    >
      {done?.siteId === site.id ? (
        <Done done={done} crew={crewOf(reader.db, site, reader.at)} reader={reader} />
      ) : null}
      <nav class="pills" aria-label={say('title')}>
        {(['in', 'out'] as const).map((one) => (
          <a href={`${here}?kind=${one}`} {...(one === kind ? { 'aria-current': 'page' } : {})}>
            {say(one)}
          </a>
        ))}
      </nav>
      <Choose kind={kind} crew={crew} site={site} reader={reader} />
    </ConsolePage>,
  );
});

const Choose: FC<{ kind: PunchKind; crew: readonly CrewMember[]; site: Site; reader: Reader }> = ({
  kind,
  crew,
  site,
  reader,
}) => {
  const say = crewWords(reader.locale);
  const choices = crew.filter(({ atWork }) => atWork === (kind === 'out'));
  if (crew.length === 0)
    return (
      <Empty title={say('nobodyEngaged')} href={`/orgs/${reader.org}/people`} action={say('people')}>
        {say('nobodyEngagedMeans')}
      </Empty>
    );
  if (choices.length === 0)
    return (
      <Empty title={say(kind === 'in' ? 'nobodyIn' : 'nobodyOut')}>
        {say(kind === 'in' ? 'nobodyInMeans' : 'nobodyOutMeans')}
      </Empty>
    );
  return (
    <Card>
      <ApiForm
        action={`/api/orgs/${reader.org}/crew-punches/{id}`}
        next={`/orgs/${reader.org}/sites/${site.id}/crew?kind=${kind}&done={id}`}
        submit={say(kind === 'in' ? 'sendIn' : 'sendOut')}
        id="crew"
      >
        <Field name="siteId" label="" kind="hidden" value={site.id} />
        <Field name="kind" label="" kind="hidden" value={kind} />
        <div class="crew-tools">
          <label class="field">
            <span class="field-label">{say('search')}</span>
            <input class="form-control" type="search" data-crew-search autocomplete="off" />
          </label>
          <button type="button" class="button button-plain" data-crew-all>
            {say('all')}
          </button>
          <button type="button" class="button button-plain" data-crew-none>
            {say('none')}
          </button>
        </div>
        <fieldset class="field field-choices crew">
          <legend class="field-label is-required">
            {say('people')} · <output data-crew-count data-say={say('chosen', { count: '#' })} />
          </legend>
          {choices.map((member) => (
            <label class="choice" data-crew-name={member.name.toLowerCase()}>
              <input type="checkbox" name="engagementIds" value={member.engagementId} data-kind="list" />
              <span>
                {member.name}
                <small>{`${member.roleTitle} · ${lastText(member, site, reader)}`}</small>
              </span>
            </label>
          ))}
          <span class="field-problem" data-problem="engagementIds" />
        </fieldset>
        <Field name="note" label={say('note')} hint={say('noteHint')} value={say('noteUsual')} required />
      </ApiForm>
    </Card>
  );
};

function lastText({ last, atWork }: CrewMember, site: Site, { locale }: Reader): string {
  const say = crewWords(locale);
  if (!last) return say('never');
  const at = formatInstant(last.effectiveAt, site.zone, locale, 'MM-dd HH:mm');
  return say(atWork ? 'since' : 'last', { at });
}

const Done: FC<{ done: CrewClocked; crew: readonly CrewMember[]; reader: Reader }> = ({
  done,
  crew,
  reader,
}) => {
  const say = crewWords(reader.locale);
  const names = new Map(crew.map(({ engagementId, name }) => [engagementId, name]));
  return (
    <>
      <Notice tone="good" title={say('done', { count: done.clocked.length })}>
        <p>{done.clocked.map(({ engagementId }) => names.get(engagementId) ?? '—').join(' · ')}</p>
        {say('doneMeans')}
      </Notice>
      {done.skipped.length > 0 ? (
        <Notice tone="warn" title={say('left')}>
          <ul class="crew-left">
            {done.skipped.map(({ engagementId, why }) => (
              <li>{`${names.get(engagementId) ?? '—'}: ${say(why)}`}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </>
  );
};

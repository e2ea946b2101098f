/** The worker's shifts: what has changed, what is next, what can be claimed, swaps, and the calendar link. */
import type { FC } from 'hono/jsx';
import { type Reader, readerOf } from '../employer/reader.ts';
import { siteOf } from '../employer/site.ts';
import { requireWorker } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellContext, CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { type Locale, refuse, sentence } from '../kernel/refusal.ts';
import {
  ApiForm,
  Badge,
  Empty,
  Field,
  FixedField,
  Group,
  Notice,
  Row,
  SelectField,
} from '../web/components.tsx';
import { page, WorkerPage } from '../web/page.tsx';
import { type MyShift, myNextShifts } from './my-shifts.ts';
import type { RestRuleCode } from './rest-rules.ts';
import { shiftBreaks } from './shift-breaks.ts';
import { changesFor, type SeenFacts, type ShiftChange, seenAtOnceMax } from './shift-change.ts';
import { type OpenShift, openShiftsFor } from './shift-claim.ts';
import type { Obstacle } from './shift-eligibility.ts';
import { feedOfWorker, feedUrl } from './shift-feed.ts';
import { ableColleagues, returnsFrom, type SwapView, swapsOfWorker } from './shift-swap.ts';
import { swapText, swapTones } from './shift-swap-text.ts';
import { breaksText, ruleName, shiftWords, spanText } from './shift-words.ts';

export const myShiftsPages = router<CellEnv>();

interface WorkerReader extends Reader {
  readonly workerId: string;
  readonly cell: CellContext;
}

myShiftsPages.get('/me/shifts', (c) => {
  const { workerId } = requireWorker(c);
  const reader: WorkerReader = { ...readerOf(c), workerId, cell: c.env.cell };
  const { org, db, locale, at } = reader;
  const say = shiftWords(locale);
  const changes = changesFor(db, workerId, at);
  const next = myNextShifts(db, workerId, at);
  const open = openShiftsFor(db, workerId, at);
  const swaps = swapsOfWorker(db, workerId, at);
  return page(
    c,
    <WorkerPage
      locale={locale}
      title={say('myShifts')}
      org={org}
      tab="home"
      back={`/orgs/${org}/me`}
      styles={['shifts']}
    >
      {changes.length > 0 ? (
        <Group title={say('changes')}>
          {changes.length > 1 ? <SeenAll changes={changes} reader={reader} /> : null}
          {changes.map((change) => (
            <Change change={change} reader={reader} tone={changes.length > 1 ? 'plain' : 'primary'} />
          ))}
        </Group>
      ) : null}
      {next.length > 0 ? (
        <Group title={say('nextShifts')}>
          {next.map((shift) => (
            <Next shift={shift} reader={reader} />
          ))}
        </Group>
      ) : (
        <Empty title={say('noNext')}>{say('noNextMeans')}</Empty>
      )}
      {open.length > 0 ? (
        <Group title={say('openShifts')}>
          {open.map((one) => (
            <Open one={one} reader={reader} />
          ))}
        </Group>
      ) : null}
      {swaps.length > 0 ? (
        <Group title={say('mySwaps')}>
          {swaps.map((view) => (
            <Swap view={view} reader={reader} />
          ))}
        </Group>
      ) : null}
      <Calendar reader={reader} />
    </WorkerPage>,
  );
});

/** A new week is one thing to confirm, not seven. */
const SeenAll: FC<{ changes: readonly ShiftChange[]; reader: WorkerReader }> = ({
  changes,
  reader: { org, locale },
}) => {
  const shifts = changes
    .slice(0, seenAtOnceMax)
    .map(({ shiftId, engagement, digest }) => ({ shiftId, engagementId: engagement.id, digest }));
  return (
    <section class="shift-card">
      <ApiForm
        action={`/api/orgs/${org}/me/seen-shifts/{id}`}
        submit={shiftWords(locale)('confirmAllSeen', { count: shifts.length })}
      >
        <FixedField name="shifts" value={shifts} />
      </ApiForm>
    </section>
  );
};

const Change: FC<{ change: ShiftChange; reader: WorkerReader; tone: 'primary' | 'plain' }> = ({
  change,
  reader,
  tone,
}) => {
  const { org, locale } = reader;
  const say = shiftWords(locale);
  const { before, after, reason, shiftId, engagement, digest } = change;
  const title = before && after ? 'isChanged' : after ? 'onlyNow' : 'noLonger';
  return (
    <section class="shift-card">
      <Badge tone={after ? (before ? 'warn' : 'info') : 'bad'}>{say(title)}</Badge>
      <dl class="diff">
        {before ? (
          <div>
            <dt>{say('before')}</dt>
            <dd class="is-before">{factsText(before, reader)}</dd>
          </div>
        ) : null}
        {after ? (
          <div>
            <dt>{say('after')}</dt>
            <dd>{factsText(after, reader)}</dd>
          </div>
        ) : null}
        {reason ? (
          <div>
            <dt>{say('reason')}</dt>
            <dd>{reason}</dd>
          </div>
        ) : null}
      </dl>
      <ApiForm
        action={`/api/orgs/${org}/me/shift-acknowledgements/{id}`}
        submit={say('confirmSeen')}
        tone={tone}
      >
        <FixedField name="shiftId" value={shiftId} />
        <FixedField name="engagementId" value={engagement.id} />
        <FixedField name="digest" value={digest} />
      </ApiForm>
    </section>
  );
};

function factsText(facts: SeenFacts, { db, locale }: Reader): string {
  const site = siteOf(db, facts.siteId);
  const breaks = facts.breaks ? breaksText(facts.breaks, locale) : '';
  return [spanText(facts, site?.zone ?? 'UTC', locale), site?.name ?? '', breaks, facts.note]
    .filter((text) => text !== '')
    .join(' · ');
}

const Next: FC<{ shift: MyShift; reader: WorkerReader }> = ({ shift, reader }) => {
  const { org, db, locale, at } = reader;
  const say = shiftWords(locale);
  const engagement = engagementOf(db, shift.engagementId);
  const places = shift.siteIds.map((id) => siteOf(db, id)?.name ?? '');
  return (
    <section class="shift-card">
      <h3>{spanText(shift, shift.zone, locale)}</h3>
      <p>{[shift.siteName, engagement?.roleTitle ?? ''].join(' · ')}</p>
      {shift.breaks.length > 0 ? <p>{breaksText(shift.breaks, locale)}</p> : null}
      {places.length > 1 ? <p>{say('mayClockAt', { sites: places.join(' · ') })}</p> : null}
      {shift.note ? <p>{shift.note}</p> : null}
      {shift.startsAt > at ? (
        <a class="shift-offer" href={`/orgs/${org}/me/shifts/${shift.assignmentId}/swap`}>
          {say('offerSwap')}
        </a>
      ) : null}
    </section>
  );
};

/** To whom one's shift may be given, and for which of theirs. */
myShiftsPages.get('/me/shifts/:assignmentId{[0-9a-f-]{36}}/swap', (c) => {
  const { workerId } = requireWorker(c);
  const reader = readerOf(c);
  const { org, db, locale, at } = reader;
  const say = shiftWords(locale);
  const assignmentId = c.req.param('assignmentId');
  const shift = myNextShifts(db, workerId, at).find((one) => one.assignmentId === assignmentId);
  const mine = shift && engagementOf(db, shift.engagementId);
  if (!shift || !mine || shift.startsAt <= at) refuse('not-found');
  const able = ableColleagues(db, mine, shift.id, at);
  const returns = returnsFrom(db, mine, shift.id, at);
  const form = { action: `/api/orgs/${org}/me/shift-swaps/{id}`, next: `/orgs/${org}/me/shifts` };
  return page(
    c,
    <WorkerPage
      locale={locale}
      title={say('offerSwap')}
      org={org}
      tab="home"
      back={`/orgs/${org}/me/shifts`}
      styles={['shifts']}
    >
      <Group title={say('shift')} note={say('offerMeans')}>
        <Row label={spanText(shift, shift.zone, locale)} sub={shift.siteName} />
      </Group>
      {able.length + returns.length === 0 ? (
        <Empty title={say('noColleagues')}>{say('noColleaguesMeans')}</Empty>
      ) : null}
      {able.length > 0 ? (
        <Group title={say('give')}>
          <ApiForm {...form} submit={say('offer')}>
            <FixedField name="assignmentId" value={assignmentId} />
            <SelectField
              name="engagementId"
              label={say('offerTo')}
              options={able.map(({ id, workerId: other }) => [id, workerNameOf(db, other)] as const)}
            />
            <Field name="note" label={say('offerNote')} />
          </ApiForm>
        </Group>
      ) : null}
      {returns.length > 0 ? (
        <Group title={say('exchange')}>
          {returns.map((one) => (
            <section class="shift-card">
              <h3>{spanText(one.published, one.zone, locale)}</h3>
              <p>{workerNameOf(db, one.engagement.workerId)}</p>
              <ApiForm {...form} submit={say('askFor')} tone="plain">
                <FixedField name="assignmentId" value={assignmentId} />
                <FixedField name="engagementId" value={one.engagement.id} />
                <FixedField name="returnAssignmentId" value={one.assignmentId} />
              </ApiForm>
            </section>
          ))}
        </Group>
      ) : null}
    </WorkerPage>,
  );
});

const Open: FC<{ one: OpenShift; reader: WorkerReader }> = ({ one, reader: { org, db, locale } }) => {
  const say = shiftWords(locale);
  const { published, engagement, placesLeft, obstacle } = one;
  const site = siteOf(db, published.siteId);
  const breaks = breaksText(shiftBreaks(db, published), locale);
  return (
    <section class="shift-card">
      <h3>{spanText(published, site?.zone ?? 'UTC', locale)}</h3>
      <p>{[site?.name ?? '', engagement.roleTitle, say('placesLeft', { count: placesLeft })].join(' · ')}</p>
      {breaks ? <p>{breaks}</p> : null}
      {published.note ? <p>{published.note}</p> : null}
      {obstacle ? (
        <Notice tone="warn">{obstacleText(obstacle, locale)}</Notice>
      ) : (
        <ApiForm action={`/api/orgs/${org}/me/shift-claims/{id}`} submit={say('claim')}>
          <FixedField name="shiftId" value={published.shiftId} />
          <FixedField name="engagementId" value={engagement.id} />
        </ApiForm>
      )}
    </section>
  );
};

/** To the worker whom it keeps from a shift: about themselves, and the rule by its name. */
function obstacleText({ slug, values }: Obstacle, locale: Locale): string {
  const say = shiftWords(locale);
  if (slug === 'shift-overlaps') return say('overlapsYours', { when: String(values.when) });
  if (slug === 'rest-rule-broken')
    return say('restRule', { rule: ruleName(values.rule as RestRuleCode, locale) });
  return sentence(slug, locale, values);
}

const Swap: FC<{ view: SwapView; reader: WorkerReader }> = ({
  view,
  reader: { org, db, locale, workerId },
}) => {
  const say = shiftWords(locale);
  const path = `/api/orgs/${org}/me/shift-swaps/${view.swap.id}`;
  const asked = view.to.engagement.workerId === workerId;
  const open = view.state === 'proposed' || view.state === 'agreed';
  return (
    <section class="shift-card">
      <Badge tone={swapTones[view.state]}>{say(view.state)}</Badge>
      <p>{swapText(db, view, locale)}</p>
      {view.swap.note ? <p>{view.swap.note}</p> : null}
      {view.decision?.reason ? <p>{view.decision.reason}</p> : null}
      {asked && view.state === 'proposed' ? (
        <div class="button-pair">
          <ApiForm action={`${path}/answer`} submit={say('agree')}>
            <FixedField name="answer" value="agreed" />
          </ApiForm>
          <ApiForm action={`${path}/answer`} submit={say('decline')} tone="plain">
            <FixedField name="answer" value="declined" />
          </ApiForm>
        </div>
      ) : null}
      {!asked && open ? (
        <ApiForm action={`${path}/withdrawal`} submit={say('withdraw')} tone="plain" />
      ) : null}
    </section>
  );
};

const Calendar: FC<{ reader: WorkerReader }> = ({ reader: { org, db, locale, workerId, cell } }) => {
  const say = shiftWords(locale);
  const feed = feedOfWorker(db, workerId);
  return (
    <Group title={say('calendar')} note={say('calendarMeans')}>
      <section class="shift-card">
        {feed ? (
          <>
            <code class="feed-link" id="feed-link">
              {feedUrl(cell, feed.id)}
            </code>
            <button type="button" class="button button-primary" data-copy="#feed-link">
              {say('copyLink')}
            </button>
          </>
        ) : null}
        <ApiForm
          action={`/api/orgs/${org}/me/shift-feeds/{id}`}
          submit={say(feed ? 'calendarRenew' : 'calendarMake')}
          tone={feed ? 'plain' : 'primary'}
          {...(feed ? { confirm: say('calendarRenewAsk') } : {})}
        />
      </section>
    </Group>
  );
};

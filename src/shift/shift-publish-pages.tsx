/** Publishing a week: what changes for whom, what stops it, and what rest rules say, before anybody is told. */
import type { FC } from 'hono/jsx';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { sentence } from '../kernel/refusal.ts';
import { addDays } from '../kernel/time.ts';
import { ApiForm, Badge, Card, Empty, FixedField, LongField, Notice, Table } from '../web/components.tsx';
import { page } from '../web/page.tsx';
import type { RestWarning } from './rest-rules.ts';
import { isPending, type Shift, saysTheSameTo, shiftsOfSite, staffingOf } from './shift.ts';
import { shiftBreaks } from './shift-breaks.ts';
import { linkTo, type Planner, plannerOf, ShiftPage } from './shift-parts.tsx';
import { type PublicationReview, reviewDrafts, staffAfter } from './shift-publication.ts';
import { breaksText, shiftWords, sourceText, spanText, warningText } from './shift-words.ts';

export const shiftPublishPages = router<CellEnv>();

shiftPublishPages.get('/shifts/publish', (c) => {
  const planner = plannerOf(c);
  const { db, locale, site, monday, at } = planner;
  const say = shiftWords(locale);
  const pending = site
    ? shiftsOfSite(db, site.id, monday, addDays(monday, 6)).filter(
        (shift) => isPending(shift) && shift.draft.endsAt > at,
      )
    : [];
  const review = reviewDrafts(db, pending);
  return page(
    c,
    <ShiftPage
      c={c}
      planner={planner}
      title={`${say('publish')} · ${monday.slice(5)} – ${addDays(monday, 6).slice(5)}`}
      lead={say('publishLead')}
      tab="publish"
      waiting={{ publish: pending.length }}
      choose
    >
      {pending.length === 0 ? (
        <Empty title={say('nothingToPublish')} href={linkTo(planner)} action={say('backToWeek')}>
          {say('nothingToPublishMeans')}
        </Empty>
      ) : (
        <>
          <Card title={say('toPublish')}>
            <Changes pending={pending} planner={planner} />
          </Card>
          {review.obstacles.length > 0 ? (
            <Obstacles review={review} pending={pending} planner={planner} />
          ) : (
            <Publish review={review} pending={pending} planner={planner} />
          )}
        </>
      )}
    </ShiftPage>,
  );
});

const Changes: FC<{ pending: readonly Shift[]; planner: Planner }> = ({ pending, planner }) => {
  const { locale, base } = planner;
  const say = shiftWords(locale);
  return (
    <Table
      caption={say('toPublish')}
      rows={pending}
      columns={[
        {
          head: say('state'),
          cell: (shift) => (
            <Badge tone={shift.published ? 'warn' : 'info'}>
              {say(shift.published ? 'isChanged' : 'isNew')}
            </Badge>
          ),
        },
        {
          head: say('when'),
          cell: (shift) => (
            <a href={`${base}/${shift.id}`}>
              <Wording shift={shift} planner={planner} />
            </a>
          ),
        },
        { head: say('who'), cell: (shift) => <Staff shift={shift} planner={planner} /> },
        { head: say('openPlaces'), cell: ({ draft }) => String(draft.openPlaces), numeric: true },
      ]}
    />
  );
};

/** Before and after, where something was published. */
const Wording: FC<{ shift: Shift; planner: Planner }> = ({ shift, planner: { db, locale, site } }) => {
  const zone = site?.zone ?? 'UTC';
  const { draft, published } = shift;
  const text = (one: typeof draft) =>
    [spanText(one, zone, locale), breaksText(shiftBreaks(db, one), locale), one.note]
      .filter((part) => part !== '')
      .join(' · ');
  if (!published || saysTheSameTo(shift)) return <>{text(draft)}</>;
  return (
    <>
      <del>{text(published)}</del>
      <br />
      <ins>{text(draft)}</ins>
    </>
  );
};

const Staff: FC<{ shift: Shift; planner: Planner }> = ({ shift, planner: { db, locale } }) => {
  const say = shiftWords(locale);
  const { added, removed } = staffingOf(shift.draft);
  const name = (id: string) => workerNameOf(db, engagementOf(db, id)?.workerId ?? '');
  const kept = staffAfter(shift).filter((id) => !added.includes(id));
  return (
    <span class="badges is-wrapping">
      {kept.map((id) => (
        <Badge>{name(id)}</Badge>
      ))}
      {added.map((id) => (
        <Badge tone="good">+ {name(id)}</Badge>
      ))}
      {removed.map((id) => (
        <Badge tone="bad">
          − {name(id)} ({say('comesOff')})
        </Badge>
      ))}
    </span>
  );
};

const Obstacles: FC<{ review: PublicationReview; pending: readonly Shift[]; planner: Planner }> = ({
  review,
  pending,
  planner: { base, locale, site },
}) => {
  const say = shiftWords(locale);
  return (
    <Notice tone="bad" title={say('obstacles')}>
      <ul class="checks">
        {review.obstacles.map(({ shiftId, slug, values }) => {
          const shift = pending.find(({ id }) => id === shiftId);
          return (
            <li>
              <a href={`${base}/${shiftId}`}>
                {shift ? spanText(shift.draft, site?.zone ?? 'UTC', locale) : shiftId}
              </a>
              : {sentence(slug, locale, values)}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
};

const Publish: FC<{ review: PublicationReview; pending: readonly Shift[]; planner: Planner }> = ({
  review: { warnings, digest },
  pending,
  planner,
}) => {
  const { org, locale } = planner;
  const say = shiftWords(locale);
  return (
    <Card title={say('warnings')}>
      {warnings.length > 0 ? (
        <Warnings list={warnings} planner={planner} />
      ) : (
        <Notice tone="good">{say('warningsNone')}</Notice>
      )}
      <ApiForm
        action={`/api/orgs/${org}/shift-publications/{id}`}
        next={linkTo(planner)}
        submit={say('publishDo', { count: pending.length })}
        {...(warnings.length > 0 ? { confirm: say('warningsRead') } : {})}
      >
        <FixedField name="draftIds" value={pending.map(({ draft }) => draft.id)} />
        {warnings.length > 0 ? (
          <>
            <FixedField name="acknowledges" value={digest} />
            <div class="field-wide">
              <LongField name="reason" label={say('whyPublish')} rows={2} required />
            </div>
          </>
        ) : null}
      </ApiForm>
    </Card>
  );
};

const Warnings: FC<{ list: readonly RestWarning[]; planner: Planner }> = ({
  list,
  planner: { db, locale },
}) => (
  <ul class="checks">
    {list.map((one) => (
      <li>
        {warningText(one, workerNameOf(db, one.workerId), locale)}
        <br />
        <small class="aside">{sourceText(one, locale)}</small>
      </li>
    ))}
  </ul>
);

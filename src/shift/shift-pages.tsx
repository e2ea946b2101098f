/** The console's week of a site: who works when, what is open, what is not published yet. */
import type { FC } from 'hono/jsx';
import { hoursText } from '../hours/hours-text.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { addDays, type CivilDate, civilDateAt, formatCivilDate } from '../kernel/time.ts';
import { Notice, Stats } from '../web/components.tsx';
import { page } from '../web/page.tsx';
import { capacityOf } from './shift.ts';
import { type BoardRow, type Chip, type WeekBoard, weekBoard } from './shift-board.ts';
import { clockSpan, linkTo, type Planner, plannerOf, ShiftPage } from './shift-parts.tsx';
import { swapsToDecide } from './shift-swap.ts';
import { shiftWords } from './shift-words.ts';

export const shiftPages = router<CellEnv>();

shiftPages.get('/shifts', (c) => {
  const planner = plannerOf(c);
  const { db, locale, site, monday } = planner;
  const say = shiftWords(locale);
  const board = site && weekBoard(db, site, monday);
  const swaps = site ? swapsToDecide(db, site.id, c.var.at).length : 0;
  return page(
    c,
    <ShiftPage
      c={c}
      planner={planner}
      title={`${say('shifts')} · ${monday.slice(5)} – ${addDays(monday, 6).slice(5)}`}
      lead={say('shiftsLead')}
      tab="week"
      waiting={{ publish: board?.pending.length ?? 0, swaps }}
      choose
      actions={
        <>
          <a class="button button-plain" href={linkTo(planner, '', addDays(monday, -7))}>
            ‹ {say('previousWeek')}
          </a>
          <a class="button button-plain" href={linkTo(planner, '', addDays(monday, 7))}>
            {say('nextWeek')} ›
          </a>
          <a class="button button-primary" href={`${linkTo(planner, '/new')}&day=${firstDay(planner)}`}>
            {say('addShift')}
          </a>
        </>
      }
    >
      {site && board ? (
        <>
          <Summary board={board} planner={planner} swaps={swaps} />
          {board.rows.length === 0 ? (
            <Notice title={say('nobodyEngaged')}>{say('nobodyEngagedMeans')}</Notice>
          ) : null}
          <WeekTable board={board} planner={planner} />
          <WeekDays board={board} planner={planner} />
        </>
      ) : null}
    </ShiftPage>,
  );
});

/** Today in the week that it lies in, else its Monday. */
function firstDay({ at, site, monday, zone }: Planner): CivilDate {
  const today = civilDateAt(at, site?.zone ?? zone);
  return today >= monday && today <= addDays(monday, 6) ? today : monday;
}

const Summary: FC<{ board: WeekBoard; planner: Planner; swaps: number }> = ({ board, planner, swaps }) => {
  const say = shiftWords(planner.locale);
  const { pending } = board;
  return (
    <Stats
      items={[
        { label: say('plannedHours'), value: hoursText(board.seconds) },
        {
          label: say('toPublish'),
          value: String(pending.length),
          href: linkTo(planner, '/publish'),
          ...(pending.length > 0 ? { tone: 'warn' as const } : {}),
        },
        { label: say('openPlacesLeft'), value: String(board.placesLeft) },
        { label: say('swapsWaiting'), value: String(swaps), href: linkTo(planner, '/swaps') },
      ]}
    />
  );
};

const addHref = (planner: Planner, day: CivilDate, row?: BoardRow) =>
  `${linkTo(planner, '/new')}&day=${day}${row ? `&engagement=${row.engagement.id}` : ''}`;

const WeekTable: FC<{ board: WeekBoard; planner: Planner }> = ({ board, planner }) => {
  const { locale, at, site } = planner;
  const say = shiftWords(locale);
  const today = civilDateAt(at, site?.zone ?? planner.zone);
  return (
    <section class="table-scroll week-table" tabindex={0} aria-label={say('week')}>
      <table class="table week-board">
        <caption class="visually-hidden">{say('week')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('worker')}</th>
            {board.days.map((day) => (
              <th scope="col" class={day === today ? 'is-today' : ''}>
                {formatCivilDate(day, locale, 'ccc d')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.rows.map((row) => (
            <tr>
              <th scope="row">
                {row.name}
                <small>
                  {row.engagement.roleTitle} · {hoursText(row.seconds)}
                </small>
              </th>
              {row.cells.map((chips, index) => (
                <Cell chips={chips} day={board.days[index] as CivilDate} row={row} planner={planner} />
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{say('openRow')}</th>
            {board.open.map((chips, index) => (
              <Cell chips={chips} day={board.days[index] as CivilDate} planner={planner} />
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
};

const Cell: FC<{ chips: readonly Chip[]; day: CivilDate; row?: BoardRow; planner: Planner }> = ({
  chips,
  day,
  row,
  planner,
}) => {
  const say = shiftWords(planner.locale);
  const who = row?.name ?? say('openRow');
  return (
    <td>
      {chips.map((chip) => (
        <ShiftChip chip={chip} open={row === undefined} planner={planner} />
      ))}
      <a
        class="shift-add"
        href={addHref(planner, day, row)}
        aria-label={say('addFor', { who, day: formatCivilDate(day, planner.locale, 'MM-dd ccc') })}
      >
        +
      </a>
    </td>
  );
};

const ShiftChip: FC<{ chip: Chip; open: boolean; planner: Planner; name?: string }> = ({
  chip: { shift, state },
  open,
  planner,
  name,
}) => {
  const { base, locale, site } = planner;
  const say = shiftWords(locale);
  const { draft, assignments, published } = shift;
  const left = capacityOf(published ?? draft) - (published ? assignments.length : draft.engagementIds.length);
  const words = {
    draft: 'draft',
    changed: 'changedDraft',
    leaving: 'comesOff',
    cancelled: 'cancelled',
  } as const;
  const said = state === 'published' ? '' : say(words[state]);
  const places = open ? say('placesLeft', { count: Math.max(0, left) }) : '';
  return (
    <a class={`shift-chip is-${state}`} href={`${base}/${shift.id}`}>
      <span>
        {name ? `${name} · ` : ''}
        {clockSpan(draft, site?.zone ?? 'UTC')}
      </span>
      <small>{[places, said].filter((text) => text !== '').join(' · ')}</small>
    </a>
  );
};

/** The same, day by day, for a narrow screen. */
const WeekDays: FC<{ board: WeekBoard; planner: Planner }> = ({ board, planner }) => {
  const { locale } = planner;
  const say = shiftWords(locale);
  return (
    <div class="week-days">
      {board.days.map((day, index) => {
        const named = board.rows.flatMap((row) => (row.cells[index] ?? []).map((chip) => ({ row, chip })));
        const open = board.open[index] ?? [];
        return (
          <section>
            <div class="week-day-head">
              <h2>{formatCivilDate(day, locale, 'MM-dd ccc')}</h2>
              <a class="button button-plain" href={addHref(planner, day)}>
                {say('add')}
                <span class="visually-hidden"> {formatCivilDate(day, locale, 'MM-dd ccc')}</span>
              </a>
            </div>
            {named.map(({ row, chip }) => (
              <ShiftChip chip={chip} open={false} planner={planner} name={row.name} />
            ))}
            {open.map((chip) => (
              <ShiftChip chip={chip} open planner={planner} name={say('openRow')} />
            ))}
            {named.length + open.length === 0 ? <p class="aside">{say('noShifts')}</p> : null}
          </section>
        );
      })}
    </div>
  );
};

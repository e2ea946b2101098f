/** Swaps that two workers want, for a planner to decide. */
import type { FC } from 'hono/jsx';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { workerNameOf } from '../identity/name.ts';
import { ApiForm, Badge, Card, Empty, Field, FixedField, Table } from '../web/components.tsx';
import { page } from '../web/page.tsx';
import { type Planner, plannerOf, ShiftPage } from './shift-parts.tsx';
import { type SwapView, swapsAtSite } from './shift-swap.ts';
import { swapText, swapTones } from './shift-swap-text.ts';
import { shiftWords } from './shift-words.ts';

export const shiftSwapPages = router<CellEnv>();

shiftSwapPages.get('/shifts/swaps', (c) => {
  const planner = plannerOf(c);
  const { db, locale, site } = planner;
  const say = shiftWords(locale);
  const all = site ? swapsAtSite(db, site.id, c.var.at) : [];
  const waiting = all.filter(({ state }) => state === 'agreed');
  const rest = all.filter(({ state }) => state !== 'agreed');
  return page(
    c,
    <ShiftPage
      c={c}
      planner={planner}
      title={say('swaps')}
      lead={say('noSwapsMeans')}
      tab="swaps"
      waiting={{ swaps: waiting.length }}
      choose
    >
      {waiting.length === 0 ? <Empty title={say('noSwaps')}>{say('noSwapsMeans')}</Empty> : null}
      {waiting.map((view) => (
        <Waiting view={view} planner={planner} />
      ))}
      {rest.length > 0 ? (
        <Card title={say('settled')}>
          <Table
            caption={say('settled')}
            rows={rest}
            columns={[
              { head: say('swaps'), cell: (view) => swapText(db, view, locale) },
              {
                head: say('state'),
                cell: ({ state }) => <Badge tone={swapTones[state]}>{say(state)}</Badge>,
              },
              { head: say('reason'), cell: ({ decision }) => decision?.reason ?? '' },
            ]}
          />
        </Card>
      ) : null}
    </ShiftPage>,
  );
});

const Waiting: FC<{ view: SwapView; planner: Planner }> = ({
  view,
  planner: { db, org, locale, standing },
}) => {
  const say = shiftWords(locale);
  const action = `/api/orgs/${org}/shift-swaps/${view.swap.id}/decision`;
  const own = [view.from, view.to].some(({ engagement }) => engagement.workerId === standing.workerId);
  return (
    <Card
      title={`${workerNameOf(db, view.from.engagement.workerId)} → ${workerNameOf(db, view.to.engagement.workerId)}`}
    >
      <p>{swapText(db, view, locale)}</p>
      {view.swap.note ? <p class="aside">{view.swap.note}</p> : null}
      {own ? (
        <p class="aside">{say('ownSwap')}</p>
      ) : (
        <>
          <ApiForm action={action} submit={say('approveSwap')}>
            <FixedField name="decision" value="approved" />
          </ApiForm>
          <ApiForm action={action} submit={say('refuseSwap')} tone="warn">
            <FixedField name="decision" value="refused" />
            <Field name="reason" label={say('reason')} hint={say('reasonHint')} required />
          </ApiForm>
        </>
      )}
    </Card>
  );
};

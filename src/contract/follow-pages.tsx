/** The office's page for what follows a contract: a change, a renewal, its end, secrecy. Each is a contract of its own that both sign. */
import { consoleFrame } from '../employer/frame.ts';
import { readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import { engagementOf } from '../engagement/engagement.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { refuse } from '../kernel/refusal.ts';
import { addDays } from '../kernel/time.ts';
import type { TemplateKind } from '../template/template.ts';
import { Card, Field, Notice } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { contractOf, type Relation } from './contract.ts';
import { factsOfContract } from './contract-state.ts';
import { followWords } from './follow-words.ts';
import { TemplateForm } from './offer-form.tsx';

export const followPages = router<CellEnv>();

const ways = {
  amend: { relation: 'amends', kind: 'amendment' },
  renew: { relation: 'renews', kind: 'contract' },
  end: { relation: 'terminates', kind: 'termination' },
  secrecy: { relation: 'amends', kind: 'confidentiality' },
} as const satisfies Record<string, { relation: Relation; kind: TemplateKind }>;
type Way = keyof typeof ways;

followPages.get('/contracts/:id/follow', (c) => {
  requireRole(c, 'owner', 'hr');
  const { org, db, locale, today } = readerOf(c);
  const id = c.req.param('id');
  const contract = contractOf(db, id) ?? refuse('not-found');
  const engagement = engagementOf(db, contract.engagementId) ?? refuse('not-found');
  const facts = factsOfContract(db, id);
  const binds = facts?.completedAt && !facts.supersededOn && !facts.terminatedOn;
  const say = followWords(locale);
  const way = (Object.keys(ways) as Way[]).find((one) => one === c.req.query('way')) ?? 'amend';
  const { relation, kind } = ways[way];
  const here = `/orgs/${org}/contracts/${id}/follow?way=`;
  // A renewal begins where the contract ends; everything else as soon as both have signed.
  const from = way === 'renew' && contract.validUntil ? addDays(contract.validUntil, 1) : today;
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('title')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="contracts"
    >
      <nav class="pills" aria-label={say('title')}>
        {(Object.keys(ways) as Way[]).map((one) => (
          <a href={`${here}${one}`} {...(one === way ? { 'aria-current': 'page' } : {})}>
            {say(one)}
          </a>
        ))}
      </nav>
      {binds ? (
        <Card title={say(way)}>
          <p>{say(`${way}-means`)}</p>
          <TemplateForm
            engagement={engagement}
            cell={c.env.cell}
            locale={locale}
            kind={kind}
            chosen={c.req.query('template')}
            choose={(template) => `${here}${way}&template=${template}`}
            submit={say('offer')}
          >
            <Field name="relation" label="" kind="hidden" value={relation} />
            <Field name="followsId" label="" kind="hidden" value={id} />
            <Field name="validFrom" label={say(`${way}-from`)} kind="date" value={from} required />
            {way === 'renew' ? (
              <Field name="validUntil" label={say('until')} hint={say('untilHint')} kind="date" />
            ) : null}
          </TemplateForm>
        </Card>
      ) : (
        <Notice tone="warn">{say('notInForce')}</Notice>
      )}
      <p>
        <a href={`/orgs/${org}/contracts/${id}`}>{say('back')}</a>
      </p>
    </ConsolePage>,
  );
});

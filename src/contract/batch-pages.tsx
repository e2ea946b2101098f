/** The console's page for signing many contracts with one word of a key. */
import type { FC } from 'hono/jsx';
import { consoleFrame } from '../employer/frame.ts';
import { type Reader, readerOf } from '../employer/reader.ts';
import { requireRole } from '../employer/standing.ts';
import type { CellEnv } from '../http/env.ts';
import { router } from '../http/problem.ts';
import { CheckField, Empty, Table } from '../web/components.tsx';
import { ConsolePage, page } from '../web/page.tsx';
import { batchMax } from './batch-signature.ts';
import { batchWords } from './batch-words.ts';
import { kindText, validityText } from './contract-badge.tsx';
import { contractList } from './contract-list.ts';
import type { ContractView } from './contract-view.ts';
import { consentText } from './signing-record.ts';
import { fitsSlot } from './slot.ts';

export const batchPages = router<CellEnv>();

batchPages.get('/contracts/batch', (c) => {
  const standing = requireRole(c, 'owner', 'hr');
  const reader = readerOf(c);
  const { org, db, locale } = reader;
  const say = batchWords(locale);
  const views = contractList(db, reader.at, { shelf: 'mine', size: batchMax }).views.filter(
    ({ open, contract }) =>
      open.some((slot) => slot.role === 'employer' && fitsSlot(standing, slot, contract)),
  );
  return page(
    c,
    <ConsolePage
      locale={locale}
      title={say('title')}
      lead={say('lead')}
      frame={consoleFrame(c)}
      section="contracts"
      scripts={['contract-batch']}
    >
      {views.length > 0 ? (
        <Batch views={views} reader={reader} />
      ) : (
        <Empty title={say('none')} href={`/orgs/${org}/contracts`} action={say('toContracts')}>
          {say('noneMeans')}
        </Empty>
      )}
    </ConsolePage>,
  );
});

const Batch: FC<{ views: readonly ContractView[]; reader: Reader }> = ({ views, reader }) => {
  const { org, locale } = reader;
  const say = batchWords(locale);
  return (
    <form
      class="bulk"
      data-batch
      data-api={`/api/orgs/${org}`}
      data-next={`/orgs/${org}/contracts`}
      data-say-submit={say('submit', { count: '{{count}}' })}
      data-say-reading={say('reading', { done: '{{done}}', all: '{{all}}' })}
      data-say-signing={say('signing')}
      data-say-signed={say('signed')}
      data-say-differs={say('differs')}
    >
      <Table
        caption={say('title')}
        rows={views}
        columns={[
          {
            head: say('choose'),
            cell: ({ contract, workerName }) => (
              <input
                type="checkbox"
                class="bulk-choice"
                checked
                data-contract={contract.id}
                aria-label={workerName}
              />
            ),
          },
          {
            head: say('worker'),
            cell: ({ contract, workerName }) => (
              <a href={`/orgs/${org}/contracts/${contract.id}`} target="_blank" rel="noopener">
                {workerName}
              </a>
            ),
          },
          { head: say('kind'), cell: (view) => kindText(view, locale) },
          { head: say('validity'), cell: (view) => validityText(view, locale) },
          { head: say('result'), cell: ({ contract }) => <span role="status" data-result={contract.id} /> },
        ]}
      />
      <CheckField name="consent" label={locale === 'en' ? consentText.en : consentText.zh} required />
      <p class="form-problem" role="alert" hidden />
      <p role="status" data-progress />
      <button type="submit" class="button button-primary" disabled>
        {say('submit', { count: views.length })}
      </button>
    </form>
  );
};

/** Who reads a page of pay, and what every such page draws alike. */
import type { FC } from 'hono/jsx';
import type { Reader } from '../employer/reader.ts';
import { formatMoney, type Minor } from '../kernel/money.ts';
import type { RunLine } from './calculate.ts';
import { explain, lineName } from './why.ts';
import { WhyView } from './why-view.tsx';

/** What every part of these pages needs to say a number or a name. */
export const moneyOf =
  ({ currency, locale }: Reader) =>
  (amount: Minor) =>
    formatMoney(amount, currency, locale);
export const apiOf = ({ org }: Reader) => `/api/orgs/${org}`;

/** Each line opens to its reasons. */
export const LineList: FC<{ lines: readonly RunLine[]; reader: Reader }> = ({ lines, reader }) => {
  const { db, locale, currency, zone } = reader;
  return (
    <>
      {lines.map((line) => {
        const why = explain(db, line, locale);
        const about = why.rule?.name ?? [why.roleTitle, why.project].filter(Boolean).join(' · ');
        return (
          <details class="pay-line">
            <summary>
              <span>
                {lineName(line, locale)} · {about}
              </span>{' '}
              <strong class="numeric">{formatMoney(line.amountMinor, currency, locale)}</strong>
            </summary>
            <WhyView why={why} locale={locale} currency={currency} zone={zone} />
          </details>
        );
      })}
    </>
  );
};

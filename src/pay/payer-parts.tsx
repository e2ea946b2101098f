/** Where the employer pays from: what is known, and a form for each scheme of its currency. */
import type { FC } from 'hono/jsx';
import { employerOf } from '../employer/employer.ts';
import { type Reader, shownAt } from '../employer/reader.ts';
import { ApiForm, Card, CheckField, Field } from '../web/components.tsx';
import { fileWords } from './file-words.ts';
import { type PayerScheme, payerAccountOf } from './payer-account.ts';
import { apiOf } from './reader.tsx';

/** Money in yuan moves inland; dollars by ACH, or by a message of ISO 20022 as every other currency. */
const schemesOf = (currency: string): readonly PayerScheme[] =>
  currency === 'CNY' ? ['mainland'] : currency === 'USD' ? ['nacha', 'sepa'] : ['sepa'];

export const PayerCards: FC<{ isOwner: boolean; reader: Reader }> = ({ isOwner, reader }) => {
  const say = fileWords(reader.locale);
  return (
    <>
      {schemesOf(employerOf(reader.db).currency).map((scheme) => {
        const known = payerAccountOf(reader.db, scheme);
        const state = known
          ? say('payerKnown', { masked: known.masked, at: shownAt(reader, known.at) })
          : say('payerNone');
        return (
          <Card title={`${say('payers')} · ${say(scheme)}`} id={`payer-${scheme}`}>
            <p>{say('payersMeans')}</p>
            <p>
              <strong>{state}</strong>
            </p>
            {isOwner ? (
              <details {...(known ? {} : { open: true })}>
                <summary>{say(known ? 'edit' : 'giveAccount')}</summary>
                <PayerForm scheme={scheme} reader={reader} />
              </details>
            ) : (
              <p>{say('payerOwner')}</p>
            )}
          </Card>
        );
      })}
    </>
  );
};

const PayerForm: FC<{ scheme: PayerScheme; reader: Reader }> = ({ scheme, reader }) => {
  const say = fileWords(reader.locale);
  return (
    <ApiForm action={`${apiOf(reader)}/payer-accounts/{id}`} submit={say('give')}>
      <Field name="scheme" label="" kind="hidden" value={scheme} />
      {scheme === 'sepa' ? <SepaFields reader={reader} /> : null}
      {scheme === 'nacha' ? <NachaFields reader={reader} /> : null}
      {scheme === 'mainland' ? <MainlandFields reader={reader} /> : null}
    </ApiForm>
  );
};

type Fields = FC<{ reader: Reader }>;

const SepaFields: Fields = ({ reader }) => {
  const say = fileWords(reader.locale);
  return (
    <>
      <Field name="name" label={say('payerName')} value={employerOf(reader.db).name} required />
      <Field name="iban" label={say('iban')} required />
      <Field name="bic" label={say('bic')} />
      <Field name="customerId" label={say('customerId')} />
      <p>{say('addressMeans')}</p>
      <Field name="street" label={say('street')} />
      <Field name="building" label={say('building')} />
      <Field name="postCode" label={say('postCode')} />
      <Field name="town" label={say('town')} />
      <Field name="country" label={say('country')} placeholder={employerOf(reader.db).country} />
      <CheckField name="batchBooking" label={say('batchBooking')} checked />
    </>
  );
};

const NachaFields: Fields = ({ reader }) => {
  const say = fileWords(reader.locale);
  return (
    <>
      <Field name="destinationRouting" label={say('destinationRouting')} inputmode="numeric" required />
      <Field name="destinationName" label={say('destinationName')} required />
      <Field name="originId" label={say('originId')} required />
      <Field name="companyName" label={say('companyName')} required />
      <Field name="companyId" label={say('companyId')} required />
      <Field name="odfiRouting" label={say('odfiRouting')} inputmode="numeric" required />
    </>
  );
};

const MainlandFields: Fields = ({ reader }) => {
  const say = fileWords(reader.locale);
  return (
    <>
      <Field name="accountName" label={say('accountName')} value={employerOf(reader.db).name} required />
      <Field name="accountNumber" label={say('accountNumber')} inputmode="numeric" required />
      <Field name="bankName" label={say('bankName')} required />
      <Field name="agreementNumber" label={say('agreementNumber')} />
    </>
  );
};

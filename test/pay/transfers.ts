/** What transfers are written from in tests: payments of made-up people, into accounts of published examples. */
import fc from 'fast-check';
import { minor, zero } from '../../src/kernel/money.ts';
import { endToEndId } from '../../src/pay/end-to-end-id.ts';
import type { PayeeAccount, PayFileContent, Payment } from '../../src/pay/files/content.ts';
import type { NachaPayer } from '../../src/pay/files/nacha.ts';
import type { SepaPayer } from '../../src/pay/files/pain-001.ts';
import { accountOf, content } from './file-content.ts';

export const sepaPayer: SepaPayer = {
  name: 'Hafen & Söhne Logistik GmbH',
  iban: 'DE89370400440532013000',
  bic: 'COBADEFFXXX',
  customerId: null,
  address: {
    street: 'Kaistraße',
    building: '7',
    postCode: '20457',
    town: 'Hamburg',
    country: 'DE',
    lines: [],
  },
  batchBooking: true,
};
export const nachaPayer: NachaPayer = {
  destinationRouting: '021000021',
  destinationName: 'JPMORGAN CHASE',
  originId: '1123456789',
  companyName: 'Harbour Logistics',
  companyId: '1123456789',
  odfiRouting: '021000021',
};

export function paymentTo(
  number: number,
  account: PayeeAccount,
  amount: number,
  more: Partial<Payment> = {},
): Payment {
  const workerId = `0192f000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  return {
    number,
    workerId,
    endToEndId: endToEndId({ runId: content.run.id, workerId, attempt: 1 }),
    name: account.holderName,
    documentKind: 'passport',
    documentNumber: `P${number}`,
    account,
    grossMinor: minor(amount),
    withheldMinor: zero,
    deductedMinor: zero,
    netMinor: minor(amount),
    regularSeconds: 3600,
    overtimeSeconds: 0,
    outsideNumbers: {},
    ...more,
  };
}

export const withPayments = (currency: string, payments: readonly Payment[]): PayFileContent => ({
  ...content,
  employer: { ...content.employer, currency },
  payments,
});

export const euros = withPayments('EUR', [
  paymentTo(1, accountOf('Max Mustermann', 'FR1420041010050500013M02606'), 123_456),
  paymentTo(2, { ...accountOf('José Ñuñez & Fils', 'GB82WEST12345698765432'), bic: 'WESTGB22' }, 1),
  paymentTo(3, accountOf('Zero Net', 'DE89370400440532013000'), 0),
  paymentTo(4, accountOf('Γιώργος Παπαδόπουλος', 'DE75512108001245126199'), 99_999_999_999),
]);

export const inAmerica = (holderName: string, number: string, routingNumber = '076401251'): PayeeAccount => ({
  ...accountOf(holderName, number),
  routingNumber,
  accountType: 'checking',
});

export const dollars = withPayments('USD', [
  paymentTo(1, inAmerica('Ada Lovelace', '123456789'), 123_456),
  paymentTo(2, { ...inAmerica('Maria de los Ángeles Hernández', '00012-345'), accountType: 'savings' }, 1),
  paymentTo(3, inAmerica('Zero Net', '5555'), 0),
  paymentTo(4, inAmerica('Grace Hopper', '12345678901234567', '021000021'), 9_999_999_999),
]);

export const anyAmounts = fc.array(fc.integer({ min: 0, max: 9_999_999_999 }), {
  minLength: 1,
  maxLength: 40,
});
/** Names of any script, short enough for every format. */
export const anyNames = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });

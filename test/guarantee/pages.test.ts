/** The page of guarantees never says "insured" of a promise, and says who is and was covered until when. */
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { addWorker, done, engage, openPayroll, type Payroll, slugOf, work } from '../pay/payroll.ts';

let payroll: Payroll;
const promise = {
  kind: 'day-cover',
  name: 'Day promise',
  standsFor: 'employer',
  limitMinor: 10_000_000,
  terms: 'Costs of treatment.\nCall the office.',
  effectiveOn: '2026-10-01',
};
const insured = {
  ...promise,
  name: 'Day insurance',
  standsFor: 'insurer',
  insurerName: '平安 <P&C>',
  policyNumber: 'P-2026-77',
  expiresOn: '2026-12-31',
};

beforeEach(async () => {
  payroll = await openPayroll();
});

async function look(locale = 'en', personId = payroll.hr) {
  const answer = await payroll.cell.as(personId)('GET', `/orgs/${payroll.cell.org}/guarantees`, undefined, {
    cookie: `locale=${locale}`,
  });
  return { status: answer.status, text: await answer.text() };
}
const make = (policy: object, id = newId()) =>
  payroll.cell.as(payroll.owner)('PUT', `/guarantee-policies/${id}`, policy);

test('without a policy it says that nobody is covered, and offers to add one', async () => {
  const { text } = await look();
  expect(text).toContain('Nobody is covered at present');
  expect(text).toContain(`data-action="/api/orgs/${payroll.cell.org}/guarantee-policies/{id}"`);
  expect((await look('zh-CN')).text).toContain('目前没有生效的保障');
});

test('an insurer is named with its number; a promise is called a promise and no insurance', async () => {
  await done(make(promise));
  expect((await look()).text).toContain('The employer’s own promise');
  expect((await look()).text).not.toContain('Insured by');
  await done(make(insured));
  const { text } = await look();
  expect(text).toContain('Insured by 平安 &lt;P&amp;C&gt;');
  expect(text).toContain('P-2026-77');
  expect(text).toContain('¥100,000.00');
  expect(text).toContain('2026-10-01 – 2026-12-31');
  expect(await slugOf(make({ ...insured, policyNumber: undefined }))).toBe('insurer-unnamed');
});

test('who is covered now, and when and why each cover ended', async () => {
  await done(make(promise));
  const [first, second] = [await addWorker(payroll, '李小明'), await addWorker(payroll, '韩梅梅')];
  const [one, two] = [await engage(payroll, first), await engage(payroll, second)];
  await work(payroll, first, one, '2026-10-30T01:00:00.000Z', '2026-10-30T09:30:00.000Z');
  const { cell, siteId } = payroll;
  await done(
    cell.as(second.personId)('PUT', `/punches/${newId()}`, {
      engagementId: two,
      siteId,
      kind: 'in',
      deviceAt: cell.at(),
      position: { lat: 31.2304, lng: 121.4737, accuracyMetres: 10, datum: 'wgs84' },
    }),
  );
  const { text } = await look();
  const now = text.slice(text.indexOf('Covered now'), text.indexOf('Past covers'));
  expect(now).toContain('韩梅梅');
  expect(now).not.toContain('李小明');
  const past = text.slice(text.lastIndexOf('Past covers'));
  expect(past).toContain('10-30 17:30');
  expect(past).toContain('Clock-out');
});

test('an ended policy stays to be read, without a way to end it again', async () => {
  const id = newId();
  await done(make(promise, id));
  expect((await look()).text).toContain(`/guarantee-policies/${id}/end"`);
  await done(payroll.cell.as(payroll.hr)('PUT', `/guarantee-policies/${id}/end`, { reason: 'x' }));
  const { text } = await look();
  expect(text).not.toContain(`/guarantee-policies/${id}/end"`);
  expect(text).toContain('Day promise');
  expect(text).toContain('Nobody is covered at present');
});

/** The settings: what is registered, where the licence stands and why, and who changed the second approver when. */
import { beforeEach, expect, test } from 'vitest';
import { joinAsMember } from '../../src/employer/member.ts';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import { openTestCell, type TestCell } from '../support/cell.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7]);
const [owner, hr] = [newId(), newId()];
let cell: TestCell;

beforeEach(async () => {
  cell = await openTestCell();
  await cell.as(owner)('PUT', '', company);
  await cell.store.commit((tx) =>
    joinAsMember(tx, { personId: hr, displayName: 'Hannah' }, [{ role: 'hr' }], 'system', cell.at()),
  );
});

async function look(personId = owner, locale = 'en') {
  const answer = await cell.as(personId)('GET', `/orgs/${cell.org}/settings`, undefined, {
    cookie: `locale=${locale}`,
  });
  return { status: answer.status, text: await answer.text() };
}

async function give(): Promise<string> {
  const fileId = await cell.context.files.put(png);
  const licenceId = newId();
  expect((await cell.as(owner)('PUT', `/licences/${licenceId}`, { fileId })).status).toBe(200);
  return licenceId;
}

function review(licenceId: string, decision: 'accepted' | 'refused', reason: string) {
  cell.forward(60);
  const operator = cell.asActor({ kind: 'operator', personId: newId() });
  return operator('PUT', `/reviews/${newId()}`, { licenceId, decision, reason });
}

test('only owners open the settings', async () => {
  expect((await look()).status).toBe(200);
  const refused = await look(hr);
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('role-required');
});

test('the employer stands there as it was registered', async () => {
  const { text } = await look();
  for (const part of [company.name, company.registrationCode, company.address, 'Ordinary company', 'China'])
    expect(text).toContain(part);
  expect((await look(owner, 'zh-CN')).text).toContain('普通企业');
});

test('a licence is missing, waits, is refused with a reason, is handed in again and accepted', async () => {
  expect((await look()).text).toContain('Not handed in');
  const first = await give();
  const waiting = (await look()).text;
  expect(waiting).toContain('With the operator');
  expect(waiting).toContain(`<img src="/api/orgs/${cell.org}/licence/document"`);
  await review(first, 'refused', 'The seal cannot be read');
  const refused = (await look()).text;
  expect(refused).toContain('Refused');
  expect(refused).toContain('The seal cannot be read');
  cell.forward(60);
  const second = await give();
  expect((await look()).text).toContain('With the operator');
  await review(second, 'accepted', 'as in the register');
  const accepted = (await look()).text;
  expect(accepted).toContain('Accepted');
  expect(accepted).toContain('A new licence has to be accepted again.');
  expect(accepted).not.toContain('Unverified employer');
});

test('the second approver is on until somebody says why it should be off, and the history keeps both', async () => {
  const before = (await look()).text;
  expect(before).toContain('Never changed');
  expect(before).toContain('name="value" data-kind="hidden" value="off"');
  const change = (value: string, reason: string) =>
    cell.as(owner)('PUT', `/settings/${newId()}`, { name: 'second-approver', value, reason });
  expect((await change('off', 'I am alone <here>')).status).toBe(200);
  cell.forward(60);
  expect((await change('on', 'Hannah has joined')).status).toBe(200);
  const { text } = await look();
  expect(text.indexOf('Hannah has joined')).toBeLessThan(text.indexOf('I am alone &lt;here&gt;'));
  expect(text).toContain('李娜');
  expect(text).toContain('name="value" data-kind="hidden" value="off"');
});

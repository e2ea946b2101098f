/** The people page: who is where on the way to work, who waits, which links are out, and who runs the place. */
import { describe, expect, test } from 'vitest';
import { nextStep } from '../../src/contract/roster.ts';
import { newId } from '../../src/kernel/id.ts';
import { gatherCrew, openCrew } from '../journey/crew.ts';
import { openHouse, origin } from '../journey/house.ts';

async function open() {
  const house = await openHouse('2026-11-02T01:00:00Z');
  const { setupToken } = house.service.secrets;
  return { house, crew: await openCrew({ send: house.send, origin, setupToken, today: '2026-11-02' }) };
}
const rowOf = (text: string, name: string) =>
  text.split('<tr>').find((row) => row.includes(name)) ?? `no row of ${name}`;

test('before anybody works here, the page says how to begin', async () => {
  const { crew } = await open();
  const { text } = await crew.owner.page(`${crew.console}/people`);
  expect(text).toContain('还没有劳动者');
  expect(text).toContain(`href="${crew.console}/people?show=invitations"`);
});

test('each worker shows the one next step, as a link where it is the employer’s', async () => {
  const { crew } = await open();
  const people = await gatherCrew(crew);
  const { text } = await crew.owner.page(`${crew.console}/people`);
  expect(rowOf(text, '张三')).toContain('待劳动者提交身份信息');
  expect(rowOf(text, '阿依古丽')).toContain(`/reviews?claim=${people.claimId}`);
  expect(rowOf(text, 'O’Brien')).toContain('已退回');
  expect(rowOf(text, '韩梅梅')).toContain(`/people/${people.accepted.workerId}#engage`);
  expect(rowOf(text, '李雷')).toContain(`/people/${people.engaged.workerId}#offer`);
  expect(rowOf(text, '王小明')).toContain(`/contracts/${people.contractId}`);
  expect(rowOf(text, '王小明')).toContain('已填写');
  const todo = await crew.owner.page(`${crew.console}/people?only=todo`);
  expect(todo.text).not.toContain('张三');
  expect(rowOf(todo.text, '李雷')).toContain('发出合同');
});

test('who waits is admitted or refused from the page, and then waits no more', async () => {
  const { crew } = await open();
  const asking = await crew.invite({ label: '微信群', approvalRequired: true });
  const [one, other] = [await crew.join('赵六', asking), await crew.join('钱七', asking)];
  const before = await crew.owner.page(`${crew.console}/people`);
  expect(before.text).toContain('等待加入审批 · 2');
  expect(before.text).toContain(`data-action="${crew.api}/admissions/${one.useId}"`);
  await crew.owner.ok('PUT', `${crew.api}/admissions/${one.useId}`, {});
  await crew.owner.ok('PUT', `${crew.api}/admissions/${other.useId}/refusal`, { reason: '名额已满' });
  const after = await crew.owner.page(`${crew.console}/people`);
  expect(after.text).not.toContain('等待加入审批');
  expect(rowOf(after.text, '赵六')).toContain('待劳动者提交身份信息');
  const link = await crew.owner.page(`${crew.console}/invitations/${asking.id}`);
  expect(rowOf(link.text, '钱七')).toContain('名额已满');
  expect(rowOf(link.text, '赵六')).toContain('已加入');
});

describe('an invitation', () => {
  test('is for one person unless said otherwise', async () => {
    const { crew } = await open();
    const id = newId();
    const body = { kind: 'worker', label: '张三', expiresAt: '2026-12-01T00:00:00Z' };
    await crew.owner.ok('PUT', `${crew.api}/invitations/${id}`, body);
    const { text } = await crew.owner.page(`${crew.console}/people?show=invitations`);
    expect(rowOf(text, `/invitations/${id}`)).toContain('0 / 1');
  });

  test('shows its code, link and use, and neither code nor link once it is closed', async () => {
    const { crew } = await open();
    const link = await crew.invite({ cap: 2 });
    const path = `${crew.console}/invitations/${link.id}`;
    const url = `${origin}/join/${crew.org}/${link.token}`;
    const shown = await crew.owner.page(path);
    expect(shown.text).toContain(url);
    expect(shown.text).toContain('aria-label="邀请链接二维码"');
    expect(shown.text).toContain('该用工方尚未核验');
    await crew.owner.ok('PUT', `${crew.api}/invitations/${link.id}/revocation`, {});
    const closed = await crew.owner.page(path, 'en');
    expect(closed.text).not.toContain(link.token);
    expect(closed.text).not.toContain('QR code of');
    expect(closed.text).toContain('Closed');
  });

  test('of a member gives roles, so only an owner sees the link', async () => {
    const { crew } = await open();
    const link = await crew.invite({ kind: 'member', label: '王人事', cap: 1, roles: [{ role: 'hr' }] });
    const { person: hr } = await crew.join('王人事', link);
    const path = `${crew.console}/invitations/${link.id}`;
    expect((await crew.owner.page(path)).text).toContain('人事');
    expect((await hr.page(path)).status).toBe(403);
    const list = await hr.page(`${crew.console}/people?show=invitations`);
    expect(list.text).toContain('王人事');
    expect(list.text).not.toContain(link.id + '"');
    expect(list.text).not.toContain('邀请管理成员');
  });
});

test('an owner gives and takes roles; HR sees the team and no forms', async () => {
  const { crew } = await open();
  const { person: hr } = await crew.join(
    '王人事',
    await crew.invite({ kind: 'member', label: 'HR', cap: 1, roles: [{ role: 'hr' }] }),
  );
  const path = `${crew.console}/people?show=members`;
  const { text } = await crew.owner.page(path);
  expect(rowOf(text, '王人事')).toContain('收回: 人事');
  expect(text).toContain('松江仓');
  expect(text).toContain('顺达物流');
  const seen = await hr.page(path, 'en');
  expect(seen.text).toContain('李娜');
  expect(seen.text).not.toContain('/grants/');
});

test('workers, supervisors and strangers do not see people', async () => {
  const { crew } = await open();
  const { person: worker } = await crew.join('张三', await crew.invite());
  const roles = [{ role: 'supervisor', siteId: crew.siteId }];
  const { person: supervisor } = await crew.join('孙主管', await crew.invite({ kind: 'member', roles }));
  expect((await worker.page(`${crew.console}/people`)).status).toBe(404);
  expect((await supervisor.page(`${crew.console}/people`)).status).toBe(403);
});

test('the next step is the first that is missing, and nothing is asked of who has left', () => {
  const engagement = { id: 'e', workerId: 'w', roleTitle: 'x', state: 'live' as const };
  const facts = { identity: 'accepted', engagement, contract: undefined, hasAccount: false } as const;
  const contract = { id: 'c', waitsForUs: true };
  expect(nextStep({ ...facts, identity: 'none' })).toBe('wait-identity');
  expect(nextStep(facts)).toBe('offer-contract');
  expect(nextStep({ ...facts, contract: { ...contract, state: 'declined' } })).toBe('offer-contract');
  expect(nextStep({ ...facts, contract: { ...contract, state: 'partly-signed' } })).toBe('sign-contract');
  const theirs = { ...contract, waitsForUs: false, state: 'offered' as const };
  expect(nextStep({ ...facts, contract: theirs })).toBe('wait-signature');
  expect(nextStep({ ...facts, contract: { ...contract, state: 'sealed' } })).toBe('wait-account');
  expect(nextStep({ ...facts, contract: { ...contract, state: 'sealed' }, hasAccount: true })).toBe('ready');
  expect(nextStep({ ...facts, engagement: { ...engagement, state: 'ended' } })).toBe('left');
});

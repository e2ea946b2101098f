/** The console's contracts: what waits for the employer stands first, and nobody signs for both sides. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openCrew, residentId, type Worker } from '../journey/crew.ts';
import { openHouse, origin } from '../journey/house.ts';

async function open() {
  const house = await openHouse('2026-11-02T01:00:00Z');
  const { setupToken } = house.service.secrets;
  const crew = await openCrew({ send: house.send, origin, setupToken, today: '2026-11-02' });
  const group = await crew.invite();
  const offered = async (worker: Worker, sequence = '123') => {
    const documentNumber = residentId('310101', '19900307', sequence);
    await crew.review(await crew.identify(worker, { documentNumber }));
    return crew.offer(await crew.engage(worker));
  };
  const look = async (path: string, locale: 'zh-CN' | 'en' = 'zh-CN') =>
    (await crew.owner.page(`${crew.console}/contracts${path}`, locale)).text;
  return { crew, group, offered, look };
}

test('before the first offer the page says where one is made', async () => {
  const { look, crew } = await open();
  expect(await look('')).toContain('还没有合同');
  expect(await look('')).toContain(`href="${crew.console}/people"`);
});

test('what waits for the employer stands first; each state has its shelf', async () => {
  const { crew, group, offered, look } = await open();
  const [signed, unsigned] = [await crew.join('王小明', group), await crew.join('韩梅梅', group)];
  const mine = await offered(signed);
  const theirs = await offered(unsigned, '456');
  expect(await look('')).not.toContain('等待我方签署 ·');
  await signed.person.sign(crew.org, mine, 'worker');
  const text = await look('');
  expect(text).toContain('等待我方签署 · 1');
  expect(text).toContain('夜班分拣员 · 已于 2026-11-02 09:00 签署');
  expect(text.indexOf(mine)).toBeLessThan(text.indexOf(theirs));
  const shelf = await look('?state=theirs');
  expect(shelf).toContain(theirs);
  expect(shelf).not.toContain(mine);
  expect(await look('?state=stuck', 'en')).toContain('None here');
});

test('the employer’s turn comes after the worker’s, and not before', async () => {
  const { crew, group, offered, look } = await open();
  const worker = await crew.join('王小明', group);
  const id = await offered(worker);
  const before = await look(`/${id}`);
  expect(before).toContain('须由劳动者先签署');
  expect(before).not.toContain('data-sign');
  expect(
    (await crew.owner.call('PUT', `${crew.api}/contracts/${id}/nonces/${newId()}`, { role: 'employer' })).body
      .slug,
  ).toBe('not-your-turn');
  await worker.person.sign(crew.org, id, 'worker');
  const after = await look(`/${id}`);
  expect(after).toContain('data-role="employer"');
  expect(after).toContain('代表 上海晨光劳务有限公司 签署');
  expect(after).toContain(`/contracts/${id}/document?revision=offer`);
  expect((await crew.owner.sign(crew.org, id, 'employer')).status).toBe(200);
  expect(await look(`/${id}`)).not.toContain('data-sign');
});

test('a declined contract says why, and leads to another offer', async () => {
  const { crew, group, offered, look } = await open();
  const worker = await crew.join('王小明', group);
  const id = await offered(worker);
  await worker.person.ok('PUT', `${crew.api}/contracts/${id}/decline`, { reason: '时薪不对' });
  const text = await look(`/${id}`);
  expect(text).toContain('已拒签：时薪不对');
  expect(text).toContain(`/people/${worker.workerId}#offer`);
});

test('a member’s own contract is somebody else’s to sign', async () => {
  const { crew, group, offered } = await open();
  const link = await crew.invite({ kind: 'member', label: 'HR', roles: [{ role: 'hr' }] });
  const hr = await crew.join('赵人事', link);
  const use = `${crew.api}/invitations/by-token/${group.token}/uses/${newId()}`;
  const { workerId } = (await hr.person.ok('PUT', use, { displayName: '赵人事' })) as unknown as {
    workerId: string;
  };
  const id = await offered({ ...hr, workerId });
  await hr.person.sign(crew.org, id, 'worker');
  const list = (await hr.person.page(`${crew.console}/contracts`)).text;
  expect(list).toContain('您本人的合同，须由他人签署');
  const text = (await hr.person.page(`${crew.console}/contracts/${id}`)).text;
  expect(text).toContain('须由他人代表企业签署');
  expect(text).not.toContain('data-sign');
});

test('workers read theirs elsewhere; strangers’ contracts are not there', async () => {
  const { crew, group, offered } = await open();
  const worker = await crew.join('王小明', group);
  const id = await offered(worker);
  expect((await worker.person.page(`${crew.console}/contracts/${id}`)).status).toBe(404);
  expect((await worker.person.page(`${crew.console}/contracts`)).status).toBe(404);
  expect((await crew.owner.page(`${crew.console}/contracts/${newId()}`)).status).toBe(404);
});

/** The reviewer's page: the oldest claim first, what should make one look twice, and nothing in full that was not asked for. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openCrew, residentId } from '../journey/crew.ts';
import { openHouse, origin } from '../journey/house.ts';

async function open() {
  const house = await openHouse('2026-11-02T01:00:00Z');
  const { setupToken } = house.service.secrets;
  const crew = await openCrew({ send: house.send, origin, setupToken, today: '2026-11-02' });
  const group = await crew.invite();
  const claim = async (name: string, change: object = {}) => {
    const worker = await crew.join(name, group);
    return { worker, claimId: await crew.identify(worker, change) };
  };
  const look = async (query = '', locale: 'zh-CN' | 'en' = 'zh-CN') =>
    (await crew.owner.page(`${crew.console}/reviews${query}`, locale)).text;
  return { house, crew, claim, look };
}

test('with nothing to review, the page says where claims come from', async () => {
  const { look } = await open();
  expect(await look()).toContain('没有待审核的身份');
});

test('the oldest claim is shown first, with its photos and the number masked; a decision leads to the next', async () => {
  const { crew, claim, look, house } = await open();
  const first = await claim('王小明');
  house.moveTo('2026-11-02T02:00:00Z');
  const second = await claim('韩梅梅', { documentNumber: residentId('320102', '19920815', '208') });
  const text = await look();
  expect(text).toContain('审核 王小明');
  for (const side of ['front', 'back', 'face'])
    expect(text).toContain(`src="${crew.api}/identity-claims/${first.claimId}/photos/${side}"`);
  expect(text).toContain('310101********');
  expect(text).not.toContain(residentId('310101', '19900307', '123'));
  expect(text).toContain(`data-next="${crew.console}/reviews"`);
  await crew.review(first.claimId);
  expect(await look()).toContain('审核 韩梅梅');
  expect(await look()).toContain('照片与本人一致');
  await crew.review(second.claimId, 'refused', '照片模糊');
  const after = await look();
  expect(after).toContain('没有待审核的身份');
  expect(after).toContain('照片模糊');
});

test('a document that somebody else here stated, and an age under 18, are warned of', async () => {
  const { crew, claim, look } = await open();
  const young = { documentNumber: residentId('310101', '20090601', '321') };
  const first = await claim('小张', young);
  const second = await claim('小李', young);
  const text = await look(`?claim=${second.claimId}`);
  expect(text).toContain('该证件已被他人在此提交');
  expect(text).toContain(`${crew.console}/people/${first.worker.workerId}`);
  expect(text).toContain('未满十八周岁');
  expect(text).toContain('17 周岁');
});

test('whoever was refused before is shown with the reason when they state it again', async () => {
  const { crew, claim, look } = await open();
  const { worker, claimId } = await claim('王小明');
  await crew.review(claimId, 'refused', '照片模糊，请重新拍摄');
  await crew.identify(worker);
  expect(await look()).toContain('此前曾退回：照片模糊，请重新拍摄');
});

test('a decided claim shows its photos only when asked, because each look is journaled', async () => {
  const { crew, claim, look } = await open();
  const { claimId } = await claim('王小明');
  await crew.review(claimId);
  expect(await look(`?claim=${claimId}`)).not.toContain('/photos/');
  expect(await look(`?claim=${claimId}`)).not.toContain('/review"');
  expect(await look(`?claim=${claimId}&photos`)).toContain('/photos/front');
});

test('nobody is offered to decide on themselves', async () => {
  const { crew } = await open();
  const link = await crew.invite({ kind: 'member', label: 'HR', roles: [{ role: 'hr' }] });
  const both = await crew.join('赵人事', link);
  const use = (await crew.invite()).token;
  await both.person.ok('PUT', `${crew.api}/invitations/by-token/${use}/uses/${newId()}`, {
    displayName: '赵人事',
  });
  const claimId = await crew.identify(both);
  const { text } = await both.person.page(`${crew.console}/reviews`);
  expect(text).toContain('须由他人审核');
  expect(text).not.toContain(`/identity-claims/${claimId}/review"`);
});

test('the page speaks English; workers and supervisors do not see it', async () => {
  const { crew, claim, look } = await open();
  const { worker } = await claim('王小明');
  expect(await look('', 'en')).toContain('Show the full number');
  expect((await worker.person.page(`${crew.console}/reviews`)).status).toBe(404);
  const roles = [{ role: 'supervisor', siteId: crew.siteId }];
  const { person } = await crew.join('孙', await crew.invite({ kind: 'member', roles }));
  expect((await person.page(`${crew.console}/reviews`)).status).toBe(403);
});

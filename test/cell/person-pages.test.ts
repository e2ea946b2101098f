/** One worker's page: what every room knows of a person, and the forms for what comes next. */
import { expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { openCrew, residentId } from '../journey/crew.ts';
import { openHouse, origin } from '../journey/house.ts';

async function open() {
  const house = await openHouse('2026-11-02T01:00:00Z');
  const { setupToken } = house.service.secrets;
  const crew = await openCrew({ send: house.send, origin, setupToken, today: '2026-11-02' });
  const worker = await crew.join('王小明', await crew.invite());
  const path = `${crew.console}/people/${worker.workerId}`;
  const look = async (locale: 'zh-CN' | 'en' = 'zh-CN') => (await crew.owner.page(path, locale)).text;
  const identify = async (change: object = {}) => {
    const claimId = await crew.identify(worker, change);
    await crew.review(claimId);
    return claimId;
  };
  return { house, crew, worker, path, look, identify };
}

test('somebody new shows what is missing and the form that engages them', async () => {
  const { look, worker, crew } = await open();
  const text = await look();
  expect(text).toContain('待劳动者提交身份信息');
  expect(text).toContain('尚未填写，生成发薪文件前须填写');
  expect(text).toContain(`data-action="${crew.api}/engagements/{id}"`);
  expect(text).toContain(`value="${worker.workerId}"`);
  expect(text).toContain('时薪（CNY）');
  // The only site there is needs no choosing.
  expect(text).toMatch(new RegExp(`value="${crew.siteId}" data-kind="list" checked`));
});

test('the document’s number is masked, and the decision says who and why', async () => {
  const { look, identify } = await open();
  const claimId = await identify();
  const text = await look();
  expect(text).toContain('310101********');
  expect(text).not.toContain(residentId('310101', '19900307', '123'));
  expect(text).toMatch(/李娜，2026-11-02 09:00：照片与本人一致/);
  expect(text).toContain(`/reviews?claim=${claimId}`);
  expect(text).not.toContain('未满十八周岁');
});

test('somebody under 18 is marked', async () => {
  const { look, identify } = await open();
  await identify({ documentNumber: residentId('310101', '20090601', '321') });
  expect(await look('en')).toContain('Under 18');
});

test('a contract is offered from the page with fields that are filled in; what is empty is named beside its field', async () => {
  const { look, identify, crew, worker } = await open();
  await identify();
  const engagementId = await crew.engage(worker);
  const text = await look();
  expect(text).toContain('¥28.00 每小时');
  expect(text).toContain('name="values.taskDescription"');
  expect(text).toContain('夜班分拣员: the tasks of “双十一”');
  const values = { taskDescription: 'x', acceptance: 'x', schedule: 'x', settlementDays: '5' };
  const refused = await crew.owner.call('PUT', `${crew.api}/contracts/${newId()}`, {
    engagementId,
    template: 'service-agreement',
    values,
  });
  expect(refused.body.slug).toBe('field-missing');
  const { errors } = refused.body as unknown as { errors: { pointer: string }[] };
  expect(errors.map(({ pointer }) => pointer)).toContain('/values/workerAddress');
  const id = await crew.offer(engagementId);
  const after = await look();
  expect(after).toContain(`/contracts/${id}`);
  expect(after).toContain('待劳动者签署');
  expect(after).not.toContain('name="values.taskDescription"');
});

test('an offer is filled with what this worker was told last, and never with another’s address', async () => {
  const { look, identify, crew, worker } = await open();
  await identify();
  const first = await crew.offer(await crew.engage(worker));
  await worker.person.ok('PUT', `${crew.api}/contracts/${first}/decline`, { reason: '地址有误' });
  expect(await look()).toContain('上海市松江区新松江路1号');
  const other = await crew.join('李雷', await crew.invite());
  await crew.review(await crew.identify(other, { documentNumber: residentId('330106', '19930103', '515') }));
  await crew.engage(other);
  const { text } = await crew.owner.page(`${crew.console}/people/${other.workerId}`);
  expect(text).not.toContain('上海市松江区新松江路1号');
  expect(text).toContain('hr@example.com');
});

test('employment is offered a labour contract, with questions of its own', async () => {
  const { look, identify, crew, worker } = await open();
  await identify();
  await crew.engage(worker, { relationship: 'labour' });
  const text = await look();
  expect(text).toContain('name="template" data-kind="hidden" value="fixed-term-labour"');
  expect(text).toContain('data-when="values.probation=yes"');
  expect(text).not.toContain('name="values.acceptance"');
});

test('an engagement that ended asks for nothing more', async () => {
  const { look, identify, crew, worker, house } = await open();
  await identify();
  const engagementId = await crew.engage(worker);
  expect(await look()).toContain(`/engagements/${engagementId}/end`);
  await crew.owner.ok('PUT', `${crew.api}/engagements/${engagementId}/end`, {
    endsOn: '2026-11-03',
    reason: '项目结束',
  });
  house.moveTo('2026-11-05T01:00:00Z');
  const text = await look();
  expect(text).toContain('已结束');
  expect(text).not.toContain(`/engagements/${engagementId}/end`);
  expect(text).toContain('另建用工关系');
});

test('nobody else’s cell and no worker sees it', async () => {
  const { crew, worker, path } = await open();
  expect((await worker.person.page(path)).status).toBe(404);
  expect((await crew.owner.page(`${crew.console}/people/${newId()}`)).status).toBe(404);
});

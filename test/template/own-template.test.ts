/** An employer's own templates: copied, saved as versions that never change, used in their newest version, retired. */
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { shipped } from '../../src/template/shipped.ts';
import { asked, offer, openScene, type Scene } from '../contract/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});

const source = (shipped[0]?.text ?? '').replace(/^(id|version): .*\n/gm, '');
const saved = async (
  templateId: string,
  text: string,
  { after = 0, versionId = newId(), who = scene.owner, copiedFrom = 'service-agreement' } = {},
) => {
  const answer = await scene.cell.as(who)('PUT', `/templates/${templateId}/versions/${versionId}`, {
    after,
    copiedFrom,
    text,
  });
  return {
    status: answer.status,
    body: (await answer.json()) as {
      slug?: string;
      title?: string;
      number?: number;
      errors?: { detail: string }[];
    },
  };
};
const offered = async (template: string, values: object = asked) => {
  const id = newId();
  const answer = await scene.cell.as(scene.owner)('PUT', `/contracts/${id}`, {
    engagementId: scene.engagementId,
    template,
    values,
  });
  const body = (await answer.json()) as { slug?: string };
  const read = await scene.cell.as(scene.owner)('GET', `/contracts/${id}`);
  return { status: answer.status, slug: body.slug, text: await read.text() };
};

test('a copy is offered in its newest version, and what was offered before keeps its words', async () => {
  const id = newId();
  expect((await saved(id, source)).body.number).toBe(1);
  const first = await offered(id);
  expect(first.status).toBe(200);
  expect(first.text).toContain('任何一方可提前一日通知解除');
  const changed = source.replace('任何一方可提前一日通知解除', '任何一方可提前三日通知解除');
  expect((await saved(id, changed, { after: 1 })).body.number).toBe(2);
  const second = await offered(id);
  expect(second.text).toContain('任何一方可提前三日通知解除');
  const versions = await scene.cell.as(scene.owner)('GET', `/templates/${id}`);
  const shown = (await versions.json()) as { versions: { number: number }[]; version: string; text: string };
  expect(shown.versions.map(({ number }) => number)).toEqual([2, 1]);
  expect(shown.version).toBe('2');
  expect(shown.text).toBe(changed);
});

test('saving again is the same save; the same id with another text is refused', async () => {
  const [id, versionId] = [newId(), newId()];
  expect((await saved(id, source, { versionId })).body.number).toBe(1);
  expect((await saved(id, source, { versionId })).body.number).toBe(1);
  expect((await saved(id, `${source} `.replace('小时', '时'), { versionId })).body.slug).toBe('id-reused');
});

test('two people who changed the same version: the second is told', async () => {
  const id = newId();
  await saved(id, source);
  await saved(id, source.replace('先行协商', '先友好协商'), { after: 1 });
  expect((await saved(id, source.replace('先行协商', '先当面协商'), { after: 1 })).body.slug).toBe(
    'template-outdated',
  );
});

test('a faulty text is not saved, and each fault says its line', async () => {
  const faulty = await saved(newId(), source.replace('{{roleTitle}}', '{{role}}'));
  expect(faulty.body.slug).toBe('template-faulty');
  expect(faulty.body.errors?.[0]?.detail).toMatch(/第 \d+ 行：.*role/);
  expect((await saved(newId(), '长'.repeat(200_000))).body.slug).toBe('template-faulty');
  const lawless = await saved(newId(), source.replace('law: disputes\n', ''));
  expect(lawless.body.title).toContain('《民法典》第四百七十条');
});

test('a retired template is offered no longer, and its contracts stay', async () => {
  const id = newId();
  await saved(id, source);
  const { status } = await offered(id);
  expect(status).toBe(200);
  const retire = () => scene.cell.as(scene.owner)('PUT', `/templates/${id}/retirement`, {});
  expect((await retire()).status).toBe(200);
  expect((await retire()).status).toBe(200);
  expect((await offered(id)).slug).toBe('template-retired');
  expect((await saved(id, source, { after: 1 })).body.slug).toBe('template-retired');
});

test('only owner and HR see templates; a copy is of something that ships', async () => {
  expect((await scene.cell.as(scene.worker)('GET', '/templates')).status).toBe(404);
  expect((await saved(newId(), source, { who: scene.worker })).status).toBe(404);
  expect((await saved(newId(), source, { copiedFrom: 'nothing' })).body.slug).toBe('not-found');
  expect((await scene.cell.as(scene.owner)('PUT', `/templates/${newId()}/retirement`, {})).status).toBe(404);
});

test('the shelf lists what ships and what is ours, with the questions of each', async () => {
  const id = newId();
  await saved(id, source);
  const shelf = (await (await scene.cell.as(scene.owner)('GET', '/templates')).json()) as {
    own: { id: string; copiedFrom: string }[];
    shipped: { id: string; fields: { name: string }[] }[];
  };
  expect(shelf.own).toMatchObject([{ id, copiedFrom: 'service-agreement 2026-11-21' }]);
  expect(shelf.shipped).toHaveLength(8);
  expect(shelf.shipped[1]?.fields.map(({ name }) => name)).toContain('hoursADay');
});

test('a contract is offered only by a template of its relationship and kind', async () => {
  expect((await offered('fixed-term-labour')).slug).toBe('template-unfit');
  expect((await offered('amendment')).slug).toBe('template-unfit');
  expect((await offered(newId())).slug).toBe('template-unfit');
  expect((await offer(scene)).status).toBe(200);
});

test('the console shows the shelf, a template as it would read, and the editor with what the law asks', async () => {
  const open = async (path: string) => {
    const answer = await scene.cell.as(scene.owner)(
      'GET',
      `/orgs/${scene.cell.org}/templates${path}`,
      undefined,
      {
        accept: 'text/html',
        cookie: 'locale=zh-CN',
      },
    );
    expect(answer.status).toBe(200);
    return answer.text();
  };
  expect(await open('')).toContain('还没有。复制下方任一模板');
  const labour = await open('/fixed-term-labour');
  expect(labour).toContain('《劳动合同法》第十七条第一款第九项');
  expect(labour).toContain('示例供应链有限公司');
  expect(await open('/service-agreement/copy')).toContain('保存为第 1 版');
  const id = newId();
  await saved(id, source);
  expect(await open(`/${id}`)).toContain('保存为第 2 版');
  expect(await open(`/${id}?version=1`)).not.toContain('data-template-editor');
});

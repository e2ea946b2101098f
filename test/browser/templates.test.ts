/** The template editor: what is wrong stands beside the text as it is typed, with a way to its line; what is right can be read and saved. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeSerious, closeBrowser, newDesk, newPhone, overflow, screenshot } from './support/browser.ts';
import { openScene, type Scene, signedIn } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(async () => {
  await scene.close();
  await closeBrowser();
});

test('a copy is edited, mended and saved at a desk; on a phone it is readable, too', async () => {
  const { origin } = scene.product;
  const console = `${origin}/orgs/${scene.org}`;
  const desk = await newDesk({ origin, locale: 'zh-CN' });
  await signedIn(desk.context, origin, scene.owner);
  const { page } = desk;
  await page.goto(`${console}/templates`);
  await screenshot(page, 'templates-shelf-desk');
  expect(await axeSerious(page)).toEqual([]);
  await page.goto(`${console}/templates/part-time-labour/copy`);
  const text = page.locator('textarea[name=text]');
  const problems = page.locator('[data-template-problems]');
  await problems.getByText('没有问题').waitFor();
  const whole = await text.inputValue();
  await text.fill(
    whole
      .replace('岗位：{{roleTitle}}。', '岗位：{{role}}。')

      .replace('max: 24\n', 'max: many\n'),
  );
  await problems.getByText('3 处须修改').waitFor();
  await screenshot(page, 'templates-problems-desk');
  await problems.getByRole('button').first().click();
  const marked = await page.evaluate<string>(
    'document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)',
  );
  expect(marked).not.toBe('');
  expect(marked).not.toContain('\n');
  await text.fill(whole.replace('law: ending\n', ''));
  await problems.getByText('《劳动合同法》第七十一条').waitFor();
  await text.fill(
    whole.replace('任何一方都可以随时通知对方终止用工', '任何一方都可以随时书面通知对方终止用工'),
  );
  await problems.getByText('没有问题').waitFor();
  await page.locator('[data-template-preview]').getByText('随时书面通知').waitFor();
  await screenshot(page, 'templates-editor-desk');
  expect(await overflow(page)).toBe(0);
  await page.getByRole('button', { name: '保存为第 1 版' }).click();
  await page.getByRole('button', { name: '保存为第 2 版' }).waitFor();
  expect(await axeSerious(page)).toEqual([]);
  const saved = new URL(page.url()).pathname;
  expect(desk.troubles).toEqual([]);
  await desk.context.close();

  const phone = await newPhone({ origin, locale: 'en', dark: true });
  await signedIn(phone.context, origin, scene.owner);
  for (const [name, path] of [
    ['shelf', `/orgs/${scene.org}/templates`],
    ['read', `/orgs/${scene.org}/templates/amendment`],
    ['editor', saved],
  ] as const) {
    await phone.page.goto(`${origin}${path}`);
    if (name === 'editor') await phone.page.getByText('No problems').waitFor();
    await screenshot(phone.page, `templates-${name}-phone`);
    expect(await overflow(phone.page), name).toBe(0);
    expect(await axeSerious(phone.page), name).toEqual([]);
  }
  expect(phone.troubles).toEqual([]);
  await phone.context.close();
});

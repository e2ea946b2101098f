/** Offers from a table: a look that writes nothing, each row its own answer, carried on after a crash, never twice. */
import { beforeEach, expect, test } from 'vitest';
import { bulkOfferSteps, contracts } from '../../db/cell.ts';
import { bulkOffersDue } from '../../src/contract/bulk-run.ts';
import { coverWords } from '../../src/guarantee/words-for-contract.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { asked, openScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});

const call = (method: string, path: string, body?: object) => scene.cell.as(scene.owner)(method, path, body);
const said = async <T>(answer: Response | Promise<Response>) => (await (await answer).json()) as T;
const names = Object.keys(asked) as (keyof typeof asked)[];
/** As an office would fill it in: heads in its own order. */
const table = (...rows: (Partial<typeof asked> & { engagementId: string })[]) =>
  [
    ['engagementId', ...names].join(','),
    ...rows.map((row) => [row.engagementId, ...names.map((name) => row[name] ?? '')].join(',')),
  ].join('\n');

function put(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  const url = `http://localhost:8787/api/orgs/${scene.cell.org}${path}`;
  const actor = { kind: 'person', personId: scene.owner, signedInBy: 'A' } as const;
  return scene.cell.send(new Request(url, { method: 'PUT', body: bytes }), actor);
}

async function upload(text: string, id = newId()): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const path = `/bulk-offers/${id}/files/${sha256(bytes)}?name=offers.csv&template=service-agreement`;
  const answer = await put(path, bytes);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return id;
}
const look = (id: string) =>
  said<{ fresh: number; known: number; faults: { row: number; text: { en: string } }[] }>(
    call('PUT', `/bulk-offers/${id}/dry-run`, {}),
  );
const carryOn = () => bulkOffersDue(scene.cell.context, coverWords, scene.cell.at());
const offers = () => scene.cell.store.db.select().from(contracts).all();

test('the form names who has no contract, and what it asks can be filled in and read back', async () => {
  const form = await (await call('GET', '/bulk-offers/form/service-agreement')).text();
  expect(form).toContain(scene.engagementId);
  expect(form).toContain('王小明');
  for (const name of names) expect(form).toContain(`[${name}]`);
  const filled = form
    .trim()
    .split('\r\n')
    .map((line, index) => (index === 0 ? line : line.replace(/,(?=,|$)/g, ',仓库 warehouse')))
    .join('\r\n');
  const id = await upload(filled);
  const { fresh, faults } = await look(id);
  expect({ fresh, faults: faults.map(({ text }) => text.en) }).toEqual({ fresh: 1, faults: [] });
});

test('a look writes nothing and says of each row what is wrong', async () => {
  const id = await upload(
    table(
      { engagementId: scene.engagementId, ...asked },
      { engagementId: scene.engagementId, ...asked },
      { engagementId: newId(), ...asked },
    ),
  );
  const { fresh, faults } = await look(id);
  expect(fresh).toBe(1);
  expect(faults.map(({ row, text }) => `${row} ${text.en}`)).toEqual([
    '3 An earlier row is for the same engagement.',
    '4 There is nothing here that you can see.',
  ]);
  expect(offers()).toEqual([]);
});

test('a row that lacks what the law asks is left out with the reason; the others are offered, once', async () => {
  const id = await upload(
    table({ engagementId: newId(), ...asked }, { engagementId: scene.engagementId, ...asked }),
  );
  const made = await call('PUT', `/bulk-offers/${id}`, {});
  expect(made.status).toBe(200);
  await carryOn();
  await carryOn();
  expect(offers()).toHaveLength(1);
  expect(await said(call('GET', `/bulk-offers/${id}`))).toMatchObject({
    upTo: 2,
    offered: 1,
    faults: [{ row: 2 }],
  });
  expect((await call('PUT', `/bulk-offers/${id}`, {})).status).toBe(200);
});

test('after a crash between an offer and its step the row is known, and not offered again', async () => {
  const id = await upload(table({ engagementId: scene.engagementId, ...asked }));
  await call('PUT', `/bulk-offers/${id}`, {});
  await carryOn();
  await scene.cell.store.commit((tx) => {
    tx.delete(bulkOfferSteps).run();
  });
  await carryOn();
  expect(offers()).toHaveLength(1);
  expect(await said(call('GET', `/bulk-offers/${id}`))).toMatchObject({ upTo: 1, offered: 1, faults: [] });
});

test('a table that names nobody is refused, and so is a template that a table cannot answer', async () => {
  const send = (text: string, template: string) => {
    const bytes = new TextEncoder().encode(text);
    const path = `/bulk-offers/${newId()}/files/${sha256(bytes)}?name=a.csv&template=${template}`;
    return said<{ slug: string }>(put(path, bytes));
  };
  expect((await send('name,role\nWu,Loader', 'service-agreement')).slug).toBe('import-mapping-lacks');
  expect((await send(table(), 'amendment')).slug).toBe('template-unfit');
});

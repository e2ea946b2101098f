import { expect, test } from 'vitest';
import { directoryMigrations, migrate } from '../../db/migrate.ts';
import { newId } from '../../src/kernel/id.ts';
import { instantOf } from '../../src/kernel/time.ts';
import { localDirectory } from '../../src/people/directory.ts';
import { openNodeStore } from '../../src/store/node.ts';

async function openDirectory() {
  let now = Date.parse('2026-11-02T00:00:00.000Z');
  const clock = () => instantOf(now);
  const store = openNodeStore(':memory:', { strictParameters: true });
  await migrate(store, directoryMigrations, clock());
  const directory = localDirectory(store, clock);
  const forward = (seconds: number) => {
    now += seconds * 1000;
  };
  const issue = (id = newId()) =>
    directory
      .call('handle', 'issueCode', { id, handleHash: 'handle', codeHash: 'right', knownOnly: false })
      .then(() => id);
  const spend = (id: string, codeHash: string) =>
    directory.call('handle', 'spendCode', { id, handleHash: 'handle', codeHash });
  return { forward, issue, spend };
}

test('a code is good once, and its address stays with one person', async () => {
  const { forward, issue, spend } = await openDirectory();
  const id = await issue();
  const { personId } = await spend(id, 'right');
  await expect(spend(id, 'right')).rejects.toMatchObject({ slug: 'code-expired' });
  forward(61);
  expect((await spend(await issue(), 'right')).personId).toBe(personId);
});

test('five wrong tries end a code, even for the right one', async () => {
  const { issue, spend } = await openDirectory();
  const id = await issue();
  for (let n = 0; n < 5; n += 1)
    await expect(spend(id, 'wrong')).rejects.toMatchObject({ slug: 'code-wrong' });
  await expect(spend(id, 'right')).rejects.toMatchObject({ slug: 'code-expired' });
});

test('a code ends after five minutes', async () => {
  const { forward, issue, spend } = await openDirectory();
  const id = await issue();
  forward(301);
  await expect(spend(id, 'right')).rejects.toMatchObject({ slug: 'code-expired' });
});

test('an address gets one code a minute and five an hour', async () => {
  const { forward, issue } = await openDirectory();
  await issue();
  await expect(issue()).rejects.toMatchObject({ slug: 'too-many-attempts' });
  for (let n = 0; n < 4; n += 1) {
    forward(61);
    await issue();
  }
  forward(61);
  await expect(issue()).rejects.toMatchObject({ slug: 'too-many-attempts' });
});

/** A notice goes to the proved e-mail address of its person, in their language, and once. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { directoryMigrations, migrate } from '../../db/migrate.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Instant } from '../../src/kernel/time.ts';
import { sealedAddress } from '../../src/people/address.ts';
import { directoryPort, localDirectory } from '../../src/people/directory.ts';
import type { PersonMessage } from '../../src/provider/providers.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { keptMessages } from '../support/messages.ts';

async function open() {
  const clock = () => '2026-11-02T00:00:00.000Z' as Instant;
  const store = openNodeStore(':memory:', { strictParameters: true });
  await migrate(store, directoryMigrations, clock());
  const directory = localDirectory(store, clock);
  const addressKey = randomBytes(32);
  const kept = keptMessages();
  const post = { messages: kept.messages, addressKey, publicUrl: 'https://work.example' };
  const port = directoryPort(directory, async () => post);
  const personId = newId();
  await directory.call(personId, 'ensureAccount', { personId, displayName: '张三', locale: 'zh-CN' });
  const prove = (channel: 'sms' | 'email', address: string) =>
    directory.call(personId, 'putAddress', sealedAddress(addressKey, { personId, channel, address }));
  const message: PersonMessage = {
    id: 'contract.turn',
    personId,
    link: '/orgs/x/me/contracts/y',
    texts: {
      'zh-CN': { title: '有合同待您签署', body: '请先阅读。' },
      en: { title: 'To sign', body: 'Read.' },
    },
  };
  return { store, port, prove, message, ...kept };
}

test('to the newest proved address, in the person’s language, with the way to the page', async () => {
  const { port, prove, message, sent } = await open();
  await prove('email', 'old@example.com');
  await prove('email', 'zhang@example.com');
  await port.notify(message);
  expect(sent).toEqual([
    {
      to: { channel: 'email', address: 'zhang@example.com' },
      locale: 'zh-CN',
      template: 'notice',
      values: {
        subject: '有合同待您签署',
        body: '请先阅读。\n\nhttps://work.example/orgs/x/me/contracts/y',
      },
    },
  ]);
});

test('once, however often its sender asks; a channel that failed is asked again', async () => {
  const { port, prove, message, sent, failNextMessages } = await open();
  await prove('email', 'zhang@example.com');
  failNextMessages(1);
  await expect(port.notify(message)).rejects.toThrow('the channel is down');
  await Promise.all([port.notify(message), port.notify(message)]);
  await port.notify(message);
  expect(sent.length).toBe(1);
});

test('to nobody without an e-mail address, and no address lies open in the directory', async () => {
  const { store, port, prove, message, sent } = await open();
  await port.notify(message);
  await prove('sms', '+8613800000000');
  await port.notify(message);
  expect(sent).toEqual([]);
  const rows = JSON.stringify(store.sqlite.prepare('SELECT * FROM addresses').all());
  expect(rows).not.toContain('13800000000');
  expect(rows).toContain('138****0000');
});

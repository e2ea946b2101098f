/** `verify` of a data folder looks at the files, too: a journal that holds is no contract that can be read. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyPath } from '../../src/cell/node-verify.ts';
import { parseConfig } from '../../src/config.ts';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { openService } from '../../src/node-service.ts';
import { company } from '../journey/facts.ts';
import { Person } from '../support/person.ts';
import { freshFolder } from './folder.ts';

const origin = 'http://localhost:8787';
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7]);

test('a file that a row names is missed when it is gone, and when a byte of it changed', async () => {
  const folder = freshFolder();
  const { front } = await import('../../src/app.ts');
  const config = parseConfig({ PORT: '0', DATA_DIR: folder, PUBLIC_URL: origin });
  const service = await openService(config, { publicFolder: 'dist/public' });
  const token = service.secrets.setupToken;
  const send = async (request: Request) => front.fetch(request, service.context);
  const owner = await new Person(send, origin, 'Li Na').signUp({ kind: 'setup', token });
  const api = `/api/orgs/${newId()}`;
  await owner.ok('PUT', api, { token, ...company });
  const sent = await owner.putFile(`${api}/files/${sha256(png)}`, png);
  const { fileId } = (await sent.json()) as { fileId: string };
  await owner.ok('PUT', `${api}/licences/${newId()}`, { fileId });
  await service.close();

  const said = async () => (await verifyPath(folder)).map(({ ok, says }) => ({ ok, says }));
  expect(await said()).toMatchObject([{ ok: true, says: expect.stringContaining('files: 1 whole') }]);
  const files = join(folder, 'files', api.slice('/api/orgs/'.length), fileId.slice(0, 2));
  expect(readdirSync(files)).toEqual([fileId]);
  writeFileSync(join(files, fileId), 'changed');
  expect(await said()).toMatchObject([{ ok: false, says: expect.stringContaining('is damaged') }]);
  rmSync(join(files, fileId));
  expect(await said()).toMatchObject([{ ok: false, says: expect.stringContaining('is missing') }]);
});

/** The pages are drawn in workerd as on Node: what they take from the runtime (zones, names of countries, files) is there. */
import { expect, test } from 'vitest';
import { sha256 } from '../../src/kernel/digest.ts';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import { openHouse, origin } from './house.ts';

test('every page of the office, the operator and the account is drawn, in both languages', async () => {
  const { setupToken, person, send } = await openHouse();
  const owner = await person('Li Na').signUp({ kind: 'setup', token: setupToken });
  const org = newId();
  const api = `/api/orgs/${org}`;
  await owner.ok('PUT', api, { token: setupToken, ...company });
  const siteId = newId();
  const fence = { lat: 31.2404, lng: 121.4937, datum: 'gcj02', radiusMetres: 350 };
  await owner.ok('PUT', `${api}/sites/${siteId}`, { name: 'Quay 7', address: '7 Quay Road', fence });
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7]);
  const { fileId } = (await (await owner.putFile(`${api}/files/${sha256(png)}`, png)).json()) as {
    fileId: string;
  };
  await owner.ok('PUT', `${api}/licences/${newId()}`, { fileId });
  const base = `/orgs/${org}`;
  const pages = {
    [base]: 'Overview',
    [`${base}/sites`]: 'Quay 7',
    [`${base}/sites/new`]: 'Asia/Shanghai',
    [`${base}/sites/${siteId}`]: '31.240400',
    [`${base}/guarantees`]: 'Nobody is covered',
    [`${base}/settings`]: 'China',
    [`${base}/attendance`]: 'appears by itself',
    [`${base}/attendance/exceptions`]: 'Nothing to resolve',
    [`${base}/grid`]: 'Nobody in this month',
    [`${base}/downloads`]: 'Positions are left out',
    [`${base}/imports`]: 'Nothing was imported yet',
    [`${base}/journal?verify`]: 'The journal holds',
    '/operator': '9144030071526726XG',
    [`/operator/orgs/${org}`]: 'Accept the licence',
    '/account': 'Added ',
    '/docs': 'swagger-ui-bundle.js',
  };
  for (const locale of ['en', 'zh-CN']) {
    const cookie = `${await owner.cookie()}; locale=${locale}`;
    for (const [path, part] of Object.entries(pages)) {
      const answer = await send(new Request(origin + path, { headers: { cookie, accept: 'text/html' } }));
      expect(answer.status, path).toBe(200);
      const text = await answer.text();
      if (locale === 'en') expect(text, path).toContain(part);
    }
  }
});

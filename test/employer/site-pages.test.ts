/** The pages of sites: who sees which, what the map is given, and that a circle once drawn stays readable. */
import { beforeEach, expect, test } from 'vitest';
import { joinAsMember } from '../../src/employer/member.ts';
import { newId } from '../../src/kernel/id.ts';
import { company } from '../journey/facts.ts';
import { openTestCell, type TestCell } from '../support/cell.ts';

const fence = { lat: 31.2304, lng: 121.4737, datum: 'gcj02', radiusMetres: 200 };
const [owner, supervisor] = [newId(), newId()];
let cell: TestCell;
let siteId: string;
let clientId: string;

beforeEach(async () => {
  cell = await openTestCell({ context: { tileUrl: 'https://tiles.example/{z}/{x}/{y}.png' } });
  await put(owner, '', company);
  [siteId, clientId] = [newId(), newId()];
});

async function put(personId: string, path: string, body: object): Promise<Response> {
  return cell.as(personId)('PUT', path, body);
}

async function look(personId: string, path: string, locale = 'en') {
  const answer = await cell.as(personId)('GET', `/orgs/${cell.org}${path}`, undefined, {
    cookie: `locale=${locale}`,
  });
  return { status: answer.status, text: await answer.text() };
}

async function addSite(id: string, name: string, more: object = {}) {
  expect((await put(owner, `/sites/${id}`, { name, address: 'Quay', fence, ...more })).status).toBe(200);
}

test('before there is a site, the page leads to adding one', async () => {
  const { text } = await look(owner, '/sites');
  expect(text).toContain('No site yet');
  expect(text).toContain(`href="/orgs/${cell.org}/sites/new"`);
  expect((await look(owner, '/sites', 'zh-CN')).text).toContain('还没有工作地点');
});

test('the map gets every fence in WGS-84, whatever its numbers were given in, and the configured tiles', async () => {
  await put(owner, `/clients/${clientId}`, { name: 'Harbour <Co>' });
  await addSite(siteId, 'Quay 7', { clientId });
  const { text } = await look(owner, '/sites');
  const places = JSON.parse(/data-places="([^"]+)"/.exec(text)?.[1]?.replace(/&quot;/g, '"') ?? '[]');
  expect(places).toEqual([
    expect.objectContaining({
      name: 'Quay 7',
      shapes: [expect.objectContaining({ kind: 'circle', radiusMetres: 200 })],
      href: `/orgs/${cell.org}/sites/${siteId}`,
    }),
  ]);
  expect(Math.abs(places[0].shapes[0].lng - 121.4737)).toBeGreaterThan(0.003);
  expect(text).toContain('data-tiles="https://tiles.example/{z}/{x}/{y}.png"');
  expect(text).toContain('Harbour &lt;Co&gt;');
});

test('a supervisor sees the sites of their grants, without forms; another site is not there', async () => {
  const other = newId();
  await addSite(siteId, 'Quay 7');
  await addSite(other, 'Quay 8');
  await cell.store.commit((tx) =>
    joinAsMember(
      tx,
      { personId: supervisor, displayName: 'Sun' },
      [{ role: 'supervisor', siteId }],
      'system',
      cell.at(),
    ),
  );
  const { text } = await look(supervisor, '/sites');
  expect(text).toContain('Quay 7');
  expect(text).not.toContain('Quay 8');
  expect(text).not.toContain('data-action');
  expect((await look(supervisor, `/sites/${siteId}`)).text).not.toContain('data-action');
  expect((await look(supervisor, `/sites/${other}`)).status).toBe(404);
  expect((await look(supervisor, '/sites/new')).status).toBe(403);
  expect((await look(newId(), '/sites')).status).toBe(404);
});

test('the form for a new site offers clients and zones, and names the datum of its numbers', async () => {
  await put(owner, `/clients/${clientId}`, { name: 'Harbour' });
  const { text } = await look(owner, '/sites/new');
  expect(text).toContain(`data-action="/api/orgs/${cell.org}/sites/{id}"`);
  expect(text).toContain(`<option value="${clientId}">Harbour</option>`);
  expect(text).toContain('<option value="Asia/Shanghai" selected="">');
  expect(text).toContain('<option value="gcj02" selected="">');
  for (const name of ['lat', 'lng', 'radiusMetres'].map((one) => `fence.shapes.0.${one}`))
    expect(text).toContain(`name="${name}"`);
});

test('a fence drawn anew counts from then on, and the one before stays in the history', async () => {
  await addSite(siteId, 'Quay 7');
  cell.forward(3600);
  const drawn = await put(owner, `/sites/${siteId}/geofences/${newId()}`, { ...fence, radiusMetres: 90 });
  expect(drawn.status).toBe(200);
  const { text } = await look(owner, `/sites/${siteId}`);
  expect(text).toContain('circle of 90 m');
  expect(text).toContain('李娜');
  expect(text.indexOf('2026-11-02 09:00')).toBeLessThan(text.lastIndexOf('2026-11-02 08:00'));
  expect(text).toContain(`data-action="/api/orgs/${cell.org}/sites/${siteId}/geofences/{id}"`);
  expect((await look(owner, `/sites/${siteId}`, 'zh-CN')).text).toContain('历次范围');
});

test('the form of a fence holds every shape as it was drawn, and blanks for further ones', async () => {
  const corners = [
    [31.23, 121.47],
    [31.23, 121.48],
    [31.24, 121.48],
  ];
  const { radiusMetres, ...point } = { lat: 31.2304, lng: 121.4737, radiusMetres: 200 };
  const shapes = [
    { kind: 'polygon', points: corners },
    { kind: 'circle', ...point, radiusMetres },
  ];
  const fence = { datum: 'bd09', shapes };
  await put(owner, `/sites/${siteId}`, { name: 'Quay 7', address: 'Quay', fence });
  const { text } = await look(owner, `/sites/${siteId}`);
  expect(text).toContain('31.23, 121.47\n31.23, 121.48\n31.24, 121.48</textarea>');
  expect(text).toContain('name="shapes.1.radiusMetres" type="text" data-kind="number" value="200"');
  expect(text).toContain('name="shapes.#.points"');
  expect(text).toContain('<option value="bd09" selected="">');
  expect(text).toContain('area with 3 corners, circle of 200 m');
  expect(text).toContain('Area with 3 corners, the first at 31.230000, 121.470000');
});

/** Which way imports point. A room that reaches up or sideways cannot be read alone, tested alone or moved. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

/** Each room, and the rooms it may import. */
const outside = ['kernel', 'store', 'http', 'provider', 'web'];
const people = [...outside, 'employer', 'notice', 'identity'];
const work = [...people, 'engagement', 'hours', 'shift', 'clock', 'timesheet'];
const mayImport: Record<string, readonly string[]> = {
  kernel: [],
  store: ['kernel'],
  provider: ['kernel'],
  http: ['kernel', 'store', 'provider'],
  web: ['kernel', 'http'],
  people: outside,
  employer: outside,
  notice: [...outside, 'employer'],
  identity: [...outside, 'employer', 'notice'],
  engagement: people,
  hours: ['kernel'],
  shift: [...people, 'engagement', 'hours', 'contract'],
  clock: [...people, 'engagement', 'hours', 'shift'],
  timesheet: [...people, 'engagement', 'hours', 'shift', 'clock'],
  attendance: work,
  billing: [...work, 'document'],
  template: [...people, 'engagement'],
  document: ['kernel', 'provider', 'employer', 'template'],
  contract: [...people, 'engagement', 'template', 'document'],
  seal: [...people, 'engagement', 'template', 'document', 'contract'],
  card: [...people, 'engagement', 'contract'],
  gate: [...work, 'card'],
  guarantee: [...people, 'clock'],
  earning: [...work, 'guarantee'],
  pay: [...work, 'document', 'contract', 'card', 'guarantee', 'earning'],
  disbursement: [...work, 'document', 'contract', 'card', 'guarantee', 'earning', 'pay'],
};
const runtimeFiles = /\/(node|edge)(-[\w-]+)?\.tsx?$/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const imports = filesBelow('src')
  .filter((file) => !file.startsWith('src/web/client/'))
  .flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /^(?:import|export|\})(?:.*?from| ?\(?)\s*['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]/gm,
      ),
    ].map((match) => {
      const target = match[1] ?? match[2] ?? '';
      return { file, target: target.startsWith('.') ? normalize(join(dirname(file), target)) : target };
    }),
  );

const room = (path: string) => /^src\/([^/.]+)\//.exec(path)?.[1];

test('every room imports only rooms below it', () => {
  const wrong = imports.filter(({ file, target }) => {
    const from = room(file);
    const to = room(target);
    const allowed = from === undefined ? undefined : mayImport[from];
    if (!allowed || to === from) return false;
    return target.startsWith('src/') && (to === undefined || !allowed.includes(to));
  });
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

test('a room’s noun files know no HTTP framework and no runtime, so that a rule can be read and tested as data in, data out', () => {
  const nounFile =
    /^src\/(employer|identity|work|template|document|contract|seal|card|gate|guarantee|earning|pay|disbursement)\/(?!.*(routes|pages|section|words|frame|standing)).*\.ts$/;
  const wrong = imports.filter(
    ({ file, target }) =>
      nounFile.test(file) && (/^hono(\/|$)/.test(target) || /^(cloudflare:|better-sqlite3)/.test(target)),
  );
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

test('routes and pages hold no queries', () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      /(routes|pages)\.tsx?$/.test(file) && /^src\/[a-z]+\//.test(file) && target.startsWith('drizzle-orm'),
  );
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

test('each outside library that could be replaced has one importer', () => {
  const single = [
    'luxon',
    'better-sqlite3',
    'uqr',
    'fflate',
    'papaparse',
    'saxes',
    'nodemailer',
    'canonicalize',
    'uuid',
    'i18next',
  ];
  for (const library of single) {
    const importers = new Set(
      imports
        .filter(
          ({ file, target }) =>
            (target === library || target.startsWith(`${library}/`)) && !runtimeFiles.test(`/${file}`),
        )
        .map(({ file }) => file),
    );
    expect(importers.size, `${library}: ${[...importers].join(', ')}`).toBeLessThanOrEqual(1);
  }
});

test('only the room of documents knows the libraries that draw them', () => {
  const importers = imports
    .filter(({ target }) => /^@cantoo\//.test(target))
    .filter(({ file }) => room(file) !== 'document');
  expect(importers.map(({ file }) => file)).toEqual([]);
});

test('each library that pages load has one importer, too', () => {
  for (const library of ['leaflet', 'uplot', 'pdfjs-dist', 'idb-keyval', 'qr']) {
    const importers = filesBelow('src/web/client').filter((file) =>
      new RegExp(`(from|import) '${library}[/']`).test(readFileSync(file, 'utf8')),
    );
    expect(importers.length, `${library}: ${importers.join(', ')}`).toBeLessThanOrEqual(1);
  }
});

test('a position is read in one place only, at a punch', () => {
  const callers = filesBelow('src/web/client').filter((file) =>
    /geolocation/.test(readFileSync(file, 'utf8')),
  );
  expect(
    callers.map((file) => relative('src/web/client', file)).filter((name) => name !== 'lib/position.ts'),
  ).toEqual([]);
});

/** The demo, with fewer people: its month is lived through the API, and its files are what the manifest says. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyPath } from '../../src/cell/node-verify.ts';
import { instantOf } from '../../src/kernel/time.ts';
import { cast } from './cast.ts';
import { FolderNotOurs, refuseForeignFolder, writeOutputs } from './outputs.ts';
import { silent } from './progress.ts';
import { lastMonth, type Story, tellStory } from './story.ts';

const now = instantOf(Date.parse('2026-11-21T03:00:00Z'));
const few = ['tashi-tsering', 'ouyang-tingting', 'liu-yang', 'kim-myongsu'];

const folders = mkdtempSync(join(tmpdir(), 'workcard-demo-'));
let story: Story;
beforeAll(async () => {
  story = await tellStory({
    progress: silent,
    publicFolder: 'dist/public',
    dataDir: join(folders, 'data'),
    now,
    parts: cast.filter(({ slug }) => few.includes(slug)),
  });
}, 120_000);
afterAll(async () => {
  await story.close();
  rmSync(folders, { recursive: true });
});

test('a month is lived, paid and written out, and every file is as its manifest says', async () => {
  const folder = join(folders, 'out');
  const listed = await writeOutputs(story, folder, () => {});
  const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: { file: string; sha256: string; what: string }[];
  };
  expect(files).toEqual(listed);
  for (const { file, sha256, what } of files) {
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
      file,
    ).toBe(sha256);
    expect(what, file).not.toBe('');
  }
  const kinds = [
    /^contracts\/\d\d-[a-z-]+\.pdf$/,
    /^cards\/.+\.jwt$/,
    /^keys\.json$/,
    /^timesheets\/.+\.json$/,
    /^pay\/weekly-.+\/explanations\.en\.txt$/,
    /^pay\/monthly-.+\/pay-file\.csv$/,
    /^pay\/monthly-.+\/pay-file\.xlsx$/,
    /^payslips\/.+\.json$/,
    /^journal\/journal\.jsonl$/,
    /^README\.txt$/,
  ];
  for (const kind of kinds)
    expect(
      files.some(({ file }) => kind.test(file)),
      `${kind}`,
    ).toBe(true);
  // Cards, receipts and the journal with its rows hold, with nothing but the folder.
  expect((await verifyPath(folder)).filter(({ ok }) => !ok)).toEqual([]);
  for (const file of files
    .filter((one) => one.file.startsWith('contracts/offered/'))
    .map((one) => one.file)) {
    const offered = readFileSync(join(folder, file));
    const sealed = readFileSync(join(folder, file.replace('offered/', '')));
    expect(sealed.subarray(0, offered.length).equals(offered), file).toBe(true);
  }
  expect(await toldIn(story)).toEqual({
    weekly: ['correction', 'earning', 'withholding'],
    unapproved: ['金明洙'],
    grades: ['A', 'B'],
  });
  // The same folder may be written again; one with anything else may not.
  await writeOutputs(story, folder, () => {});
  await expect(refuseForeignFolder('src')).rejects.toThrow(FolderNotOurs);
}, 120_000);

/** The disputed hours paid as a correction, those still in dispute unpaid, and both grades of signer. */
async function toldIn({ scene }: Story) {
  const { api, runs, staff } = scene;
  const kindsOf = async (run: { id: string }) => {
    const { lines } = (await staff.hr.ok('GET', `${api}/pay-runs/${run.id}`)) as unknown as {
      lines: { kind: string }[];
    };
    return lines.map(({ kind }) => kind);
  };
  const weekly = await Promise.all(runs.filter(({ payPeriod }) => payPeriod === 'weekly').map(kindsOf));
  const monthly = runs.find(({ payPeriod }) => payPeriod === 'monthly');
  const paid = (await Promise.all(
    scene.workers
      .filter(({ part }) => part.payPeriod === 'monthly')
      .map(async ({ part, person }) => ({
        name: part.legalName,
        slips: JSON.stringify(await person.ok('GET', `${api}/me/payslips`)).includes(monthly?.id ?? '?'),
      })),
  )) as { name: string; slips: boolean }[];
  const { contracts } = (await staff.hr.ok('GET', `${api}/contracts`)) as unknown as {
    contracts: { signatures: { grade: string }[] }[];
  };
  const grades = contracts.flatMap(({ signatures }) => signatures.map(({ grade }) => grade));
  return {
    weekly: [...new Set(weekly.flat())].sort(),
    unapproved: paid.filter(({ slips }) => !slips).map(({ name }) => name),
    grades: [...new Set(grades)].sort(),
  };
}

test('the demo lives on to the moment it is served, and a link of its terminal signs in once', async () => {
  await story.liveOn(now);
  const { owner } = story.scene.staff;
  let used = 0;
  const link = story.door.linkFor(owner.personId, `/orgs/${story.scene.org}`, () => {
    used += 1;
  });
  const entered = await fetch(link, { redirect: 'manual' });
  expect(entered.status).toBe(303);
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const me = await fetch(`${story.door.origin}/api/me`, { headers: { cookie } });
  expect(await me.json()).toMatchObject({ personId: owner.personId });
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(410);
  expect(used).toBe(1);
}, 120_000);

test('the month told is the last one whose payday is over', () => {
  const monthAt = (at: string) => lastMonth(instantOf(Date.parse(at))).startsOn;
  expect(monthAt('2026-11-21T03:00:00Z')).toBe('2026-10-01');
  expect(monthAt('2026-11-01T03:00:00Z')).toBe('2026-09-01');
  expect(monthAt('2026-11-02T03:00:00Z')).toBe('2026-09-01');
  expect(monthAt('2026-11-02T05:00:00Z')).toBe('2026-10-01');
  expect(monthAt('2027-01-15T03:00:00Z')).toBe('2026-12-01');
});

test('nothing of the product knows the demo', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join('src', file));
  const knowing = files.filter((file) => /from '.*\/test\/|test\/demo/.test(readFileSync(file, 'utf8')));
  expect(knowing).toEqual([]);
});

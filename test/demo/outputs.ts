/** The month's real outputs as files: what a stranger may check with tools that are not ours. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addDays, type CivilRange, payPeriodOf } from '../../src/kernel/time.ts';
import { Database } from '../../src/store/sqlite.ts';
import { readme } from './guide.ts';
import { answerOf } from './people.ts';
import type { Count } from './progress.ts';
import type { Run, Worker } from './scene.ts';
import type { Story } from './story.ts';

/** A folder that holds something else than an earlier demo. */
export class FolderNotOurs extends Error {
  override readonly name = 'FolderNotOurs';
}

interface Listed {
  readonly file: string;
  readonly sha256: string;
  readonly what: string;
}

/** Whether a folder is new, empty, or an earlier demo's. */
export async function refuseForeignFolder(folder: string): Promise<void> {
  if (!existsSync(folder) || existsSync(join(folder, 'manifest.json'))) return;
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  if (found.every((entry) => entry.isDirectory())) return;
  throw new FolderNotOurs(`${folder} holds files of something else. Name another folder.`);
}

/** Takes away what an earlier demo's manifest lists, and nothing else. */
async function clearFolder(folder: string): Promise<void> {
  await refuseForeignFolder(folder);
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) return;
  const { files } = JSON.parse(await readFile(manifest, 'utf8')) as { files: Listed[] };
  for (const { file } of files) await rm(join(folder, file), { force: true });
  await rm(manifest);
}

class Folder {
  readonly listed: Listed[] = [];

  constructor(
    readonly path: string,
    readonly count: Count,
  ) {}

  async add(file: string, content: string | Uint8Array, what: string): Promise<void> {
    const path = join(this.path, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.listed.push({ file, sha256, what });
    this.count(this.listed.length);
  }

  json(file: string, value: unknown, what: string): Promise<void> {
    return this.add(file, `${JSON.stringify(value, null, 2)}\n`, what);
  }
}

export async function writeOutputs(story: Story, path: string, count: Count): Promise<readonly Listed[]> {
  await clearFolder(path);
  const folder = new Folder(path, count);
  await folder.add('README.txt', readme(story), 'how to read and check these files');
  await writeKeys(story, folder);
  for (const worker of story.scene.workers) {
    await writeContract(story, folder, worker);
    await writeCard(story, folder, worker);
    await writePayslips(story, folder, worker);
  }
  await writeTimesheets(story, folder);
  for (const run of story.scene.runs) await writeRun(story, folder, run);
  await writeJournal(story, folder);
  await writeFile(
    join(path, 'manifest.json'),
    `${JSON.stringify({ madeAt: story.scene.clock.now(), files: folder.listed }, null, 2)}\n`,
  );
  return folder.listed;
}

async function writeKeys({ scene, service }: Story, folder: Folder): Promise<void> {
  const keys = await scene.staff.hr.ok('GET', `${scene.api}/keys`);
  await folder.json('keys.json', keys, 'public keys (JWK, Ed25519) that sign work cards and receipts');
  await folder.add(
    'authority.pem',
    service.secrets.authority.certificatePem,
    'certificate of the authority that issued the seal in the contracts',
  );
}

const numbered = ({ order, part }: Worker) => `${String(order).padStart(2, '0')}-${part.slug}`;

async function writeContract({ scene }: Story, folder: Folder, worker: Worker): Promise<void> {
  const path = `${scene.api}/contracts/${worker.contractId}`;
  const [sealed, offered] = await Promise.all([
    worker.person.bytes(`${path}/document`),
    worker.person.bytes(`${path}/document?revision=offer`),
  ]);
  const { legalName, enrolled } = worker.part;
  const how = enrolled ? 'an enrolled phone key (grade B)' : 'a passkey (grade A)';
  await folder.add(
    `contracts/${numbered(worker)}.pdf`,
    sealed,
    `sealed contract of ${legalName}, who signed with ${how}`,
  );
  await folder.add(
    `contracts/offered/${numbered(worker)}.pdf`,
    offered,
    `the bytes that ${legalName} read and signed: the sealed file begins with them`,
  );
}

async function writeCard({ scene }: Story, folder: Folder, worker: Worker): Promise<void> {
  const card = await answerOf<{ token: string; valid: boolean; why?: string }>(
    worker.person.ok('GET', `${scene.api}/me/card`),
  );
  const state = card.valid ? 'valid' : card.why;
  await folder.add(
    `cards/${numbered(worker)}.jwt`,
    `${card.token}\n`,
    `work card of ${worker.part.legalName} (${state} when written)`,
  );
  const receipt = scene.receipts.find(({ worker: of }) => of === worker)?.token;
  if (receipt)
    await folder.add(
      `receipts/${numbered(worker)}.jws`,
      `${receipt}\n`,
      `signed receipt of the first clock-in of ${worker.part.legalName}`,
    );
}

async function writePayslips({ scene }: Story, folder: Folder, worker: Worker): Promise<void> {
  const { payslips } = await answerOf<{ payslips: { runId: string; startsOn: string }[] }>(
    worker.person.ok('GET', `${scene.api}/me/payslips`),
  );
  for (const { runId, startsOn } of payslips) {
    const slip = await worker.person.ok('GET', `${scene.api}/me/payslips/${runId}`);
    await folder.json(
      `payslips/${numbered(worker)}.${startsOn}.json`,
      slip,
      `payslip of ${worker.part.legalName} for the period from ${startsOn}, each line with its reason`,
    );
  }
}

interface Sheet {
  readonly state: string;
  readonly seconds: number;
  readonly entries: readonly { readonly day: string; readonly intervals: readonly Interval[] }[];
  readonly exceptions: readonly { readonly kind: string; readonly day: string }[];
}
interface Interval {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly seconds: number;
}

async function writeTimesheets({ scene, month }: Story, folder: Folder): Promise<void> {
  const rows = [['worker', 'period', 'state', 'day', 'in (UTC)', 'out (UTC)', 'seconds', 'exceptions']];
  for (const worker of scene.workers) {
    for (const { startsOn } of periodsOf(worker, month)) {
      const path = `${scene.api}/engagements/${worker.engagementId}/timesheets/${startsOn}`;
      const sheet = await answerOf<Sheet>(scene.staff.hr.ok('GET', path));
      if (sheet.entries.length === 0) continue;
      const { legalName } = worker.part;
      await folder.json(
        `timesheets/${numbered(worker)}.${startsOn}.json`,
        sheet,
        `timesheet of ${legalName} from ${startsOn}, ${sheet.state}${noted(sheet)}`,
      );
      for (const { day, intervals } of sheet.entries)
        for (const { startsAt, endsAt, seconds } of intervals) {
          const odd = sheet.exceptions.filter((one) => one.day === day).map(({ kind }) => kind);
          rows.push([legalName, startsOn, sheet.state, day, startsAt, endsAt, `${seconds}`, odd.join(' ')]);
        }
    }
  }
  const csv = `\ufeff${rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n')}\r\n`;
  await folder.add('timesheets/timesheets.csv', csv, 'all timesheets of the month, an interval a line');
}

function noted({ exceptions }: Sheet): string {
  const kinds = [...new Set(exceptions.map(({ kind }) => kind))];
  return kinds.length > 0 ? `, with ${kinds.join(', ')}` : '';
}

function periodsOf({ part }: Worker, month: CivilRange): CivilRange[] {
  const periods: CivilRange[] = [];
  for (let day = month.startsOn; day <= month.endsOn; ) {
    const period = payPeriodOf(part.payPeriod, day);
    periods.push(period);
    day = addDays(period.endsOn, 1);
  }
  return periods;
}

async function writeRun(story: Story, folder: Folder, run: Run): Promise<void> {
  const { api, staff } = story.scene;
  const path = `${api}/pay-runs/${run.id}`;
  const name = `pay/${run.payPeriod}-${run.startsOn}`;
  const period = `${run.payPeriod} pay run of ${run.startsOn} to ${run.endsOn}`;
  const board = await answerOf<{ lines: { line: number }[]; files: { format: string; name: string }[] }>(
    staff.hr.ok('GET', path),
  );
  await folder.json(`${name}/run.json`, board, `${period}: totals, lines, digest, approval`);
  const explained: Record<'en' | 'zh-CN', Why[]> = { en: [], 'zh-CN': [] };
  for (const { line } of board.lines)
    for (const locale of ['en', 'zh-CN'] as const)
      explained[locale].push(await whyIn(story, `${path}/lines/${line}/why`, locale));
  await folder.json(
    `${name}/explanations.json`,
    explained.en,
    `${period}: why each line is what it is, down to the punches`,
  );
  for (const [locale, file] of [
    ['en', 'explanations.en.txt'],
    ['zh-CN', 'explanations.zh.txt'],
  ] as const)
    await folder.add(`${name}/${file}`, asText(explained[locale]), `${period}: the same in sentences`);
  for (const { format, name: title } of board.files) {
    const bytes = await staff.hr.bytes(`${path}/files/${format}`);
    await folder.add(`${name}/pay-file.${format}`, bytes, `${period}: pay file, called “${title}”`);
  }
}

interface Why {
  readonly line: number;
  readonly kind: string;
  readonly workerName: string;
  readonly project: string;
  readonly formula: readonly string[];
  readonly approval: { readonly byName: string; readonly at: string } | null;
  readonly rule: { readonly name: string; readonly source: string } | null;
}

/** Read as a browser reads it, in either language. */
async function whyIn({ scene }: Story, path: string, locale: string): Promise<Why> {
  const { hr } = scene.staff;
  const answer = await scene.send(
    new Request(`${scene.origin}${path}`, {
      headers: { cookie: await hr.cookie(), 'accept-language': locale },
    }),
  );
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as Why;
}

function asText(lines: readonly Why[]): string {
  return lines
    .map((why) => {
      const approval = why.approval ? [`✓ ${why.approval.byName} ${why.approval.at}`] : [];
      const rule = why.rule ? [`§ ${why.rule.name} (${why.rule.source})`] : [];
      return [`${why.line}. ${why.workerName} · ${why.project}`, ...why.formula, ...approval, ...rule].join(
        '\n   ',
      );
    })
    .join('\n\n')
    .concat('\n');
}

async function writeJournal({ scene, dataDir }: Story, folder: Folder): Promise<void> {
  const { api, org, staff } = scene;
  const lines: string[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: { entries: object[]; next?: number } = await answerOf(
      staff.owner.ok('GET', `${api}/journal?limit=500&after=${after}`),
    );
    lines.push(...page.entries.map((entry) => JSON.stringify(entry)));
    after = page.next;
  }
  await folder.add(
    'journal/journal.jsonl',
    `${lines.join('\n')}\n`,
    `the employer's journal: ${lines.length} entries, each hashed over the one before`,
  );
  const verdict = await staff.owner.ok('GET', `${api}/journal/verification`);
  await folder.json('journal/verification.json', verdict, 'what the service says of the whole chain');
  const copy = await copyOf(join(dataDir, 'cells', `${org}.sqlite`), join(folder.path, 'journal'));
  await folder.add(
    'journal/employer.sqlite',
    copy,
    'the employer’s database: the rows that the journal digests, its secrets sealed under a key that is not here',
  );
}

/** By SQLite's own online backup, without a log beside it. */
async function copyOf(file: string, beside: string): Promise<Uint8Array> {
  const target = join(beside, 'employer.sqlite');
  await rm(target, { force: true });
  const source = new Database(file, { readonly: true });
  try {
    await source.backup(target);
  } finally {
    source.close();
  }
  const copy = new Database(target);
  copy.pragma('journal_mode = DELETE');
  copy.close();
  return readFile(target);
}

/** Checks what we made, with nothing but the files: journals, manifests, sealed contracts, and signed tokens. */
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { z } from 'zod';
import { verifyCoarsening } from '../clock/coarsening.ts';
import { verifyPunches } from '../clock/verify-punches.ts';
import { employerOf } from '../employer/employer.ts';
import { decode, readSigned } from '../kernel/signing.ts';
import { hasRun } from '../pay/pay-run.ts';
import { verifyRun } from '../pay/verify-run.ts';
import { verifyAnchors } from '../seal/anchor.ts';
import { verifySealedContract } from '../seal/verify.ts';
import { sentenceOf } from '../seal/verify-words.ts';
import type { Db } from '../store/commit.ts';
import { verifyJournal } from '../store/journal.ts';
import { Database } from '../store/sqlite.ts';
import { verifyFiles } from './node-verify-files.ts';

export interface Finding {
  readonly file: string;
  readonly ok: boolean;
  /** What was found, in a sentence. */
  readonly says: string;
}

export const zManifest = z.looseObject({
  files: z.array(z.looseObject({ file: z.string(), sha256: z.string(), what: z.string().optional() })),
});
const zKey = z.looseObject({ kty: z.literal('OKP'), x: z.string() });
const zKeys = z.union([
  z.looseObject({ keys: z.array(zKey) }).transform(({ keys }) => keys),
  zKey.transform((key) => [key]),
]);

/** A file of ours, or a folder: a data folder, a backup, or what a manifest lists. `keysFile`: public keys for tokens, or the authority's certificate for a contract. */
export async function verifyPath(path: string, keysFile?: string): Promise<readonly Finding[]> {
  if (!existsSync(path)) return [{ file: path, ok: false, says: 'there is no such file' }];
  if (!statSync(path).isDirectory())
    return path.endsWith('.pdf') ? verifyContractFile(path, keysFile) : [await verifyFile(path, keysFile)];
  const listed = existsSync(join(path, 'manifest.json')) ? verifyManifest(path) : [];
  const inside = filesBelow(path).filter((file) => isChecked(file));
  const named = (name: string) => filesBelow(path).find((file) => basename(file) === name);
  const [keys, authority] = [keysFile ?? named('keys.json'), named('authority.pem')];
  const found: Finding[] = [...listed];
  for (const file of inside) found.push(await verifyFile(file, file.endsWith('.pdf') ? authority : keys));
  if (found.length === 0) return [{ file: path, ok: false, says: 'nothing here can be checked' }];
  return found.map((finding) => ({ ...finding, file: relative(path, finding.file) || finding.file }));
}

function isChecked(file: string): boolean {
  if (file.endsWith('.pdf')) return readFileSync(file).includes('/ByteRange');
  return (file.endsWith('.sqlite') && basename(file) !== 'directory.sqlite') || /\.(jwt|jws)$/.test(file);
}

async function verifyFile(file: string, keysFile: string | undefined): Promise<Finding> {
  if (file.endsWith('.sqlite')) return verifyCellFile(file);
  if (file.endsWith('.pdf')) return inOneLine(await verifyContractFile(file, keysFile));
  if (basename(file) === 'manifest.json') {
    const found = verifyManifest(join(file, '..'));
    const bad = found.find(({ ok }) => !ok);
    return bad ?? { file, ok: true, says: `${found.length} files are as listed` };
  }
  const text = readFileSync(file, 'utf8').trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return verifyToken(file, text, keysFile);
  return { file, ok: false, says: 'this kind of file has no check here' };
}

/** `authority`: a certificate in PEM. The last lines say what the file does not prove, which is no failure. */
async function verifyContractFile(file: string, authority?: string): Promise<readonly Finding[]> {
  const trusted = authority && new X509Certificate(readFileSync(authority)).raw;
  const options = trusted ? { authorityDigest: createHash('sha256').update(trusted).digest('hex') } : {};
  const found = await verifySealedContract(new Uint8Array(readFileSync(file)), options);
  return [
    ...found.checks.map((check) => ({
      file,
      ok: check.ok,
      says: `${check.what}: ${sentenceOf(check, 'en')}`,
    })),
    ...(found.ok ? [{ file, ok: true, says: `verdict: ${sentenceOf(found.verdict, 'en')}` }] : []),
    ...found.notProven.map((said) => ({ file, ok: true, says: `not proven: ${sentenceOf(said, 'en')}` })),
  ];
}

/** What does not hold, else that all does. */
function inOneLine(found: readonly Finding[]): Finding {
  const bad = found.filter(({ ok }) => !ok);
  const file = found[0]?.file ?? '';
  return bad.length > 0
    ? { file, ok: false, says: bad.map(({ says }) => says).join('; ') }
    : { file, ok: true, says: found.find(({ says }) => says.startsWith('verdict'))?.says ?? '' };
}

/** A kept run, calculated again from the databases below a path: a data folder, an export, or one employer's file. */
export async function verifyRunIn(path: string, runId: string): Promise<readonly Finding[]> {
  if (!existsSync(path)) return [{ file: path, ok: false, says: 'there is no such file' }];
  const files = statSync(path).isDirectory()
    ? filesBelow(path).filter((file) => file.endsWith('.sqlite') && basename(file) !== 'directory.sqlite')
    : [path];
  for (const file of files) {
    const sqlite = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const db = drizzle({ client: sqlite }) as unknown as Db;
      if (!hasRun(db, runId)) continue;
      const { ok, workers, digest, differences } = await verifyRun(db, runId);
      return ok
        ? [{ file, ok, says: `run ${runId}: ${workers} workers calculated again, digest ${digest}` }]
        : differences.map((says) => ({ file, ok, says }));
    } finally {
      sqlite.close();
    }
  }
  return [{ file: path, ok: false, says: `no database here has a run ${runId}` }];
}

async function verifyCellFile(file: string): Promise<Finding> {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const whole = sqlite.pragma('quick_check', { simple: true });
    if (whole !== 'ok') return { file, ok: false, says: `the database is damaged: ${String(whole)}` };
    const db = drizzle({ client: sqlite }) as unknown as Db;
    const verdict = verifyJournal(db);
    if (!verdict.ok)
      return { file, ok: false, says: `entry ${verdict.seq} (${verdict.kind ?? '?'}): ${verdict.why}` };
    const punched = verifyPunches(db, employerOf(db).id);
    if (!punched.ok) return { file, ok: false, says: `punch ${punched.punchId}: ${punched.why}` };
    const coarse = verifyCoarsening(db);
    if (!coarse.ok)
      return {
        file,
        ok: false,
        says: `punch ${coarse.punchId}: its position was erased and no rule says why`,
      };
    const anchored = await verifyAnchors(db, employerOf(db).id);
    if (!anchored.ok) return { file, ok: false, says: `the anchor of entry ${anchored.seq} does not hold` };
    const kept = verifyFiles(db, file);
    if (kept && kept.faults.length > 0) return { file, ok: false, says: kept.faults.join('; ') };
    const held = `${verdict.head.seq} journal entries and their rows hold; head ${verdict.head.hash}`;
    const seen = kept ? `; files: ${kept.files} ${kept.opened ? 'whole' : 'there, unopened'}` : '';
    const signed = `; ${punched.signed} punches are as their phones signed them`;
    const rounded =
      coarse.positions > 0 ? `; ${coarse.positions} positions ${coarse.rules.join(', and ')}` : '';
    const since = anchored.last
      ? `; an authority saw all up to entry ${anchored.last.seq} on ${anchored.last.stampedAt}`
      : '; no authority outside has seen the journal';
    return { file, ok: true, says: held + signed + rounded + since + seen };
  } catch (error) {
    return { file, ok: false, says: error instanceof Error ? error.message : String(error) };
  } finally {
    sqlite.close();
  }
}

/** Digests may be hexadecimal or base64url. */
function verifyManifest(folder: string): Finding[] {
  const manifest = zManifest.safeParse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  if (!manifest.success)
    return [{ file: join(folder, 'manifest.json'), ok: false, says: 'no manifest of ours' }];
  return manifest.data.files.map(({ file, sha256 }) => {
    const path = join(folder, file);
    if (!existsSync(path)) return { file: path, ok: false, says: 'is listed and missing' };
    const digest = createHash('sha256').update(readFileSync(path)).digest();
    const ok = sha256 === digest.toString('hex') || sha256 === digest.toString('base64url');
    return { file: path, ok, says: ok ? 'is as listed' : 'differs from the manifest' };
  });
}

function verifyToken(file: string, token: string, keysFile: string | undefined): Finding {
  if (!keysFile) return { file, ok: false, says: 'a token needs --keys FILE with the public keys' };
  const keys = zKeys.safeParse(JSON.parse(readFileSync(keysFile, 'utf8')));
  if (!keys.success) return { file, ok: false, says: `${keysFile} holds no public keys` };
  const typ = String(decode(token.split('.')[0] ?? '')?.typ ?? '');
  const said = keys.data.map((key) => readSigned(token, typ, key)).find((payload) => payload !== undefined);
  if (!said || !typ.startsWith('workcard-')) return { file, ok: false, says: 'none of the keys signed this' };
  return { file, ok: true, says: `${typ} signed by the employer: ${JSON.stringify(said)}` };
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

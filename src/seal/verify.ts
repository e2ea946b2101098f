/**
 * What a sealed contract proves by itself: who signed which bytes with what key, and that nothing has changed since. It
 * needs the file's bytes and nothing else, and runs the same on the server, on the command line and in browsers.
 */
import * as z from 'zod/mini';
import { evidenceIn, showsTheSame } from '../document/reading.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { type Bytes, webSha256 } from '../kernel/web-digest.ts';
import { type Proof, provenBy } from './assertion.ts';
import { lastOf } from './der.ts';
import { type Seal, type SealFound, sealsOfFile } from './pades.ts';
import type { Said, SentenceKey } from './verify-words.ts';

export interface ContractCheck extends Said {
  readonly what:
    | 'seal'
    | 'whole'
    | 'authority'
    | 'timestamp'
    | 'evidence'
    | 'document'
    | 'pages'
    | 'signature'
    | 'order'
    | 'journal';
  readonly ok: boolean;
}
export interface Verdict {
  readonly ok: boolean;
  readonly checks: readonly ContractCheck[];
  readonly verdict: Said;
  /** What the file does not prove, whatever holds. */
  readonly notProven: readonly Said[];
}

const zText = z.string();
const zRecord = z.looseObject({
  purpose: z.literal('workcard/contract-signature'),
  version: z.literal(2),
  org: zText,
  employer: zText,
  contract: zText,
  documentDigest: zText,
  consentDigest: zText,
  signer: zText,
  signerName: zText,
  role: zText,
  nonce: zText,
  time: zText,
  witness: z.optional(z.looseObject({ name: zText })),
});
const zSignature = z.looseObject({
  id: zText,
  role: zText,
  grade: z.enum(['A', 'B', 'C']),
  record: zRecord,
  proof: z.looseObject({ kind: zText }),
  at: zText,
});
const zEntry = z.looseObject({
  seq: z.number(),
  at: zText,
  actor: zText,
  kind: zText,
  subject: zText,
  digest: zText,
  hash: zText,
  previous: zText,
});
const zEvidence = z.looseObject({
  format: z.literal('workcard/contract-evidence'),
  version: z.literal(1),
  contract: zText,
  document: z.looseObject({ digest: zText, bytes: z.number(), algorithm: z.literal('SHA-256') }),
  consent: z.looseObject({}),
  certificate: z.looseObject({ digest: zText, kind: z.enum(['own', 'imported']) }),
  signatures: z.array(zSignature),
  journal: z.array(zEntry),
});
type Evidence = z.infer<typeof zEvidence>;
type Signature = z.infer<typeof zSignature>;

/** `authorityDigest`: SHA-256 of the certificate of whom the reader trusts, hexadecimal; a file cannot vouch for its own authority. */
export async function verifySealedContract(
  bytes: Bytes,
  options: { readonly authorityDigest?: string } = {},
): Promise<Verdict> {
  const found = await sealsOfFile(bytes).catch(() => []);
  const seal = found.find((one) => one.seal?.kind === 'seal')?.seal;
  const evidence = await evidenceOf(bytes);
  const outside = sealChecks(found, bytes.length, options.authorityDigest, evidence);
  const inside = evidence
    ? await insideChecks(bytes, evidence, seal)
    : { checks: [no('evidence', 'evidenceNone')], notProven: [], grade: '' };
  const checks = [...outside, ...inside.checks];
  const failed = checks.filter(({ ok }) => !ok).length;
  return {
    ok: failed === 0,
    checks,
    verdict:
      failed === 0
        ? { say: 'verdictHolds', values: { grade: inside.grade } }
        : { say: 'verdictFails', values: { count: failed, of: checks.length } },
    notProven: [...unprovenOutside(found, seal, options.authorityDigest), ...inside.notProven],
  };
}

type What = ContractCheck['what'];
type Values = Said['values'];
const check = (ok: boolean) => (what: What, say: SentenceKey, values?: Values) => ({
  what,
  ok,
  say,
  ...(values ? { values } : {}),
});
const [yes, no] = [check(true), check(false)];

/** To the second, in UTC. */
const shown = (at: Date | string) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** What the seals and timestamps say, without looking into the file. */
export function sealChecks(
  found: readonly SealFound[],
  length: number,
  trusted?: string,
  evidence?: Evidence,
): ContractCheck[] {
  const seal = found.find((one) => one.seal?.kind === 'seal')?.seal;
  return [
    sealCheck(found),
    wholeCheck(found, length),
    authorityCheck(seal, trusted, evidence),
    ...timestampChecks(found),
  ];
}

function sealCheck(found: readonly SealFound[]): ContractCheck {
  const [seal, ...more] = found.flatMap((one) => (one.seal?.kind === 'seal' ? [one.seal] : []));
  if (!seal) return no('seal', 'sealNone');
  return seal.holds && more.length === 0
    ? yes('seal', 'sealHolds', { subject: seal.subject, at: shown(seal.at) })
    : no('seal', 'sealBroken');
}

/** Every signature holds over its part of the file, and the last one's part is all of it. */
function wholeCheck(found: readonly SealFound[], length: number): ContractCheck {
  if (lastOf(found)?.end !== length) return no('whole', 'wholeAdded');
  return found.every(({ seal }) => seal?.holds) ? yes('whole', 'wholeHolds') : no('whole', 'wholeBroken');
}

function authorityCheck(seal: Seal | undefined, trusted: string | undefined, evidence?: Evidence) {
  if (!seal?.isIssued) return no('authority', 'authorityNot');
  const values = { issuer: seal.issuer, digest: seal.authorityDigest };
  if (evidence && evidence.certificate.digest !== seal.certificateDigest)
    return no('authority', 'authorityAnother');
  // An imported certificate is vouched for by whoever issued it, not by the deployment.
  if (trusted === undefined || evidence?.certificate.kind === 'imported')
    return yes('authority', 'authorityNamed', values);
  return seal.authorityDigest === trusted
    ? yes('authority', 'authorityTrusted', values)
    : no('authority', 'authorityOther', values);
}

function timestampChecks(found: readonly SealFound[]): ContractCheck[] {
  const sealed = found.find(({ seal }) => seal?.kind === 'seal')?.seal;
  return found.flatMap(({ seal }) => {
    if (seal?.kind !== 'timestamp') return [];
    const { subject, issuer, at, reachesRoot } = seal;
    if (!seal.holds || (reachesRoot && !seal.isIssued)) return [no('timestamp', 'timeBroken')];
    if (sealed && seal.at.getTime() + clockSlackMs < sealed.at.getTime())
      return [no('timestamp', 'timeBefore')];
    const digest = seal.authorityDigest;
    return [
      yes('timestamp', reachesRoot ? 'timeHolds' : 'timeAlone', { subject, issuer, at: shown(at), digest }),
    ];
  });
}

/** Two honest clocks differ a little. */
const clockSlackMs = 300_000;

function unprovenOutside(found: readonly SealFound[], seal: Seal | undefined, trusted?: string): Said[] {
  const isStamped = found.some((one) => one.seal?.kind === 'timestamp');
  if (!seal) return [];
  return [
    ...(trusted === undefined || trusted === seal.authorityDigest
      ? [{ say: 'notOwnAuthority', values: { issuer: seal.issuer } } as const]
      : []),
    { say: 'notRevoked' },
    ...(isStamped ? [] : [{ say: 'notTime' } as const]),
  ];
}

async function evidenceOf(bytes: Bytes): Promise<Evidence | undefined> {
  const text = await evidenceIn(bytes).catch(() => undefined);
  try {
    return zEvidence.safeParse(JSON.parse(text ?? 'null')).data;
  } catch {
    return undefined;
  }
}

async function insideChecks(bytes: Bytes, evidence: Evidence, seal: Seal | undefined) {
  const { signatures } = evidence;
  const consentDigest = await webSha256(canonicalJson(evidence.consent));
  const signed = await Promise.all(
    signatures.map((signature) => signatureCheck(evidence, signature, consentDigest, seal)),
  );
  const missing = (['worker', 'employer'] as const)
    .filter((role) => !signatures.some((one) => one.role === role))
    .map((role) => no('signature', 'signerMissing', { role }));
  return {
    grade: lastOf(signatures.map(({ grade }) => grade).sort()) ?? '',
    checks: [
      yes('evidence', 'evidenceThere', { contract: evidence.contract, count: signatures.length }),
      await documentCheck(bytes, evidence),
      await pagesCheck(bytes, evidence),
      ...signed.map((one) => one.check),
      ...missing,
      orderCheck(signatures, seal),
      await journalCheck(evidence),
    ],
    notProven: signed.flatMap((one) => one.notProven),
  };
}

async function documentCheck(bytes: Bytes, { document }: Evidence): Promise<ContractCheck> {
  const signed = bytes.slice(0, document.bytes);
  const isWhole = new TextDecoder('latin1').decode(signed.slice(-8)).trimEnd().endsWith('%%EOF');
  const isSame = signed.length === document.bytes && (await webSha256(signed)) === document.digest;
  return isWhole && isSame
    ? yes('document', 'documentHolds', { bytes: document.bytes, digest: document.digest })
    : no('document', 'documentOther');
}

async function pagesCheck(bytes: Bytes, { document }: Evidence): Promise<ContractCheck> {
  const same = await showsTheSame(bytes.slice(0, document.bytes), bytes).catch(() => false);
  return same ? yes('pages', 'pagesSame') : no('pages', 'pagesOther');
}

/** Over this document, by the key that lies beside it, for the employer whose seal it is. */
async function signatureCheck(
  evidence: Evidence,
  signature: Signature,
  consentDigest: string,
  seal: Seal | undefined,
): Promise<{ check: ContractCheck; notProven: readonly Said[] }> {
  const { record, proof, grade } = signature;
  const name = record.signerName;
  const failed = (say: SentenceKey, values: Values = {}) => ({
    check: no('signature', say, { name, role: record.role, ...values }),
    notProven: [],
  });
  const isAbout =
    record.role === signature.role &&
    record.contract === evidence.contract &&
    record.documentDigest === evidence.document.digest &&
    record.consentDigest === consentDigest;
  if (!isAbout) return failed('signerOther');
  const isOwn = evidence.certificate.kind === 'own';
  if (record.role === 'employer' && isOwn && seal && seal.subject !== record.employer)
    return failed('signerEmployer', { employer: record.employer, subject: seal.subject });
  const proven = await provenBy(record, proof as Proof);
  // With a witness the key is the witness's: it proves no more than a code does.
  const witness = record.witness?.name;
  const proved = witness ? 'C' : proven.holds && proven.by === 'passkey' ? 'A' : 'B';
  if (!proven.holds || proved !== grade) return failed('signerUnproven');
  const origin = String(proof.origin ?? '');
  const size = proven.batchSize ?? 1;
  const values = { name, role: record.role, at: shown(signature.at), origin, grade, size };
  const say = proven.batchSize === undefined ? (`signed${grade}` as const) : 'signedBatch';
  return {
    check: yes('signature', say, { ...values, witness: witness ?? '' }),
    notProven: [
      ...(proven.isSynced ? [{ say: 'notDevice', values: { name: witness ?? name } } as const] : []),
      witness ? { say: 'notKey', values: { name, witness } } : { say: 'notPerson', values: { name } },
    ],
  };
}

/** Each asked before they signed, nobody with another's nonce, all before the seal, for one employer. */
function orderCheck(signatures: readonly Signature[], seal: Seal | undefined): ContractCheck {
  const distinct = (values: readonly string[]) => new Set(values).size;
  // A seal names whole seconds.
  const sealedMs = seal ? seal.at.getTime() + 1000 : Number.POSITIVE_INFINITY;
  const isOrdered =
    signatures.every(({ record, at }) => record.time <= at && Date.parse(at) <= sealedMs) &&
    distinct(signatures.map(({ record }) => record.org)) <= 1 &&
    distinct(signatures.map(({ record }) => record.nonce)) === signatures.length;
  return isOrdered ? yes('order', 'orderHolds') : no('order', 'orderBroken');
}

/** Entries are hashed over the one before; each signature's row is the one whose digest was journaled. */
async function journalCheck({ journal, signatures }: Evidence): Promise<ContractCheck> {
  const whole = await Promise.all(
    journal.map(async ({ previous, hash, seq, at, actor, kind, subject, digest }, index) => {
      const before = journal[index - 1];
      const follows = !before || before.seq < seq;
      const isNext = before?.seq === seq - 1;
      const text = `${previous}\n${canonicalJson({ seq, at, actor, kind, subject, digest })}`;
      return follows && (!isNext || before.hash === previous) && (await webSha256(text)) === hash;
    }),
  );
  const journaled = await Promise.all(
    signatures.map(async ({ record, proof, ...row }) => {
      const entry = journal.find(({ kind, subject }) => kind === 'contract-signed' && subject === row.id);
      const digest = await webSha256(
        canonicalJson({ ...row, record: canonicalJson(record), proof: canonicalJson(proof) }),
      );
      return entry?.digest === digest;
    }),
  );
  return [...whole, ...journaled].every((holds) => holds)
    ? yes('journal', 'journalHolds', { count: journal.length })
    : no('journal', 'journalBroken');
}

/** What a sealed contract proves by itself: who signed which bytes with what key, and that nothing has changed since. */
import { z } from 'zod';
import { slotRole } from '../../db/cell.ts';
import { gradeOf, isProven, type SignatureProof, type SigningRecord } from '../contract/signing-record.ts';
import { evidenceIn, showsTheSame } from '../document/reading.ts';
import { canonicalJson, digestOf, sha256 } from '../kernel/digest.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { SignerKey } from '../provider/providers.ts';
import { type Seal, sealOfFile } from './pades.ts';

type SignerRole = 'worker' | 'employer';
export interface ContractCheck {
  readonly what: 'seal' | 'authority' | 'evidence' | 'document' | 'pages' | SignerRole | 'order';
  readonly ok: boolean;
  /** A sentence: what was found, or what is wrong. */
  readonly detail: string;
}

const zInstant = z.iso.datetime().transform((text) => text as Instant);
const zRecord = z.strictObject({
  purpose: z.literal('workcard/contract-signature'),
  version: z.literal(2),
  org: z.string(),
  employer: z.string(),
  contract: z.string(),
  documentDigest: z.string(),
  consentDigest: z.string(),
  signer: z.string(),
  signerName: z.string(),
  role: z.enum(slotRole),
  slot: z.string(),
  nonce: z.string(),
  time: zInstant,
  code: z
    .strictObject({ id: z.string(), channel: z.string(), sentTo: z.string(), typedAt: zInstant })
    .optional(),
  witness: z.strictObject({ person: z.string(), name: z.string() }).optional(),
}) satisfies z.ZodType<SigningRecord>;
const zProof = z.looseObject({
  kind: z.enum(['passkey', 'device']),
  key: z.looseObject({ grade: z.enum(['A', 'B']), publicKey: z.string() }),
  origin: z.string(),
  rpId: z.string(),
});
const zEvidence = z.looseObject({
  format: z.literal('workcard/contract-evidence'),
  version: z.literal(1),
  contract: z.string(),
  document: z.looseObject({ digest: z.string(), bytes: z.number().int(), algorithm: z.literal('SHA-256') }),
  consent: z.looseObject({}),
  signatures: z.array(
    z.looseObject({
      role: z.enum(slotRole),
      grade: z.enum(['A', 'B', 'C']),
      record: zRecord,
      proof: zProof,
      receivedAt: zInstant,
    }),
  ),
});
type Evidence = z.infer<typeof zEvidence>;

/**
 * Checks a file with nothing but its bytes, outermost first; each check says what it found. A file cannot vouch for its
 * own authority: `authorityDigest` (SHA-256 of its certificate, hexadecimal) is whom the reader trusts; without it the
 * authority is named for them to compare.
 */
export async function verifySealedContract(
  bytes: Uint8Array,
  authorityDigest?: string,
): Promise<readonly ContractCheck[]> {
  const found = sealOfFile(bytes);
  const sealed = [
    sealCheck(found?.coversWhole ?? false, found?.seal),
    authorityCheck(found?.seal, authorityDigest),
  ];
  const evidence = await evidenceOf(bytes);
  if (!evidence) return [...sealed, no('evidence', 'no evidence of ours is attached, or it cannot be read')];
  const { signatures } = evidence;
  const evident = yes(
    'evidence',
    `is attached, for contract ${evidence.contract} with ${signatures.length} signatures`,
  );
  return [
    ...sealed,
    evident,
    documentCheck(bytes, evidence),
    await pagesCheck(bytes, evidence),
    await partyCheck(evidence, 'worker'),
    await partyCheck(evidence, 'employer', found?.seal),
    orderCheck(evidence, found?.seal),
  ];
}

type What = ContractCheck['what'];
const yes = (what: What, detail: string): ContractCheck => ({ what, ok: true, detail });
const no = (what: What, detail: string): ContractCheck => ({ what, ok: false, detail });

function sealCheck(coversWhole: boolean, seal: Seal | undefined): ContractCheck {
  if (!seal) return no('seal', 'there is no seal that can be read');
  if (!coversWhole) return no('seal', 'does not cover the whole file: something was added or taken away');
  return seal.holds
    ? yes('seal', `of ${seal.subject}, set ${seal.sealedAt}, covers the whole file and holds`)
    : no('seal', 'does not hold: the file was changed after it was sealed');
}

function authorityCheck(seal: Seal | undefined, expected: string | undefined): ContractCheck {
  if (!seal?.isIssued)
    return no(
      'authority',
      'the seal’s certificate was not issued by the authority beside it, or not in force',
    );
  if (expected !== undefined)
    return seal.authorityDigest === expected
      ? yes('authority', `the seal’s certificate was issued by ${seal.issuer}, whom you trust`)
      : no(
          'authority',
          `the seal’s certificate was issued by another authority that calls itself ${seal.issuer}`,
        );
  return yes(
    'authority',
    `the seal’s certificate was issued by ${seal.issuer}; compare its SHA-256 with the deployment’s: ${seal.authorityDigest}`,
  );
}

async function evidenceOf(bytes: Uint8Array): Promise<Evidence | undefined> {
  const text = await evidenceIn(bytes).catch(() => undefined);
  try {
    return zEvidence.safeParse(JSON.parse(text ?? 'null')).data;
  } catch {
    return undefined;
  }
}

function documentCheck(bytes: Uint8Array, { document }: Evidence): ContractCheck {
  const signed = bytes.subarray(0, document.bytes);
  const isWhole = new TextDecoder('latin1').decode(signed.subarray(-8)).trimEnd().endsWith('%%EOF');
  return isWhole && signed.length === document.bytes && sha256(signed) === document.digest
    ? yes('document', `the first ${document.bytes} bytes are what was signed, SHA-256 ${document.digest}`)
    : no('document', 'the file does not begin with the bytes that were signed');
}

async function pagesCheck(bytes: Uint8Array, { document }: Evidence): Promise<ContractCheck> {
  const same = await showsTheSame(bytes.subarray(0, document.bytes), bytes).catch(() => false);
  return same
    ? yes('pages', 'a reader shows the pages that were signed, and appended ones after them')
    : no('pages', 'a reader does not show the pages that were signed');
}

/** One signature of the role, over this document, by the key that lies beside it. */
async function partyCheck(evidence: Evidence, role: SignerRole, seal?: Seal): Promise<ContractCheck> {
  const [signature, ...more] = evidence.signatures.filter((one) => one.role === role);
  if (!signature) return no(role, 'did not sign');
  const { record, proof, grade, receivedAt } = signature;
  const isAbout =
    more.length === 0 &&
    record.role === role &&
    record.contract === evidence.contract &&
    record.documentDigest === evidence.document.digest &&
    record.consentDigest === digestOf(evidence.consent);
  if (!isAbout) return no(role, 'signed another document, another consent or in another role');
  if (role === 'employer' && seal && seal.subject !== record.employer)
    return no(role, `signed for ${record.employer}, and the seal is of ${seal.subject}`);
  const key = proof.key as unknown as SignerKey;
  const rp = { publicUrl: proof.origin, rpId: proof.rpId };
  const holds =
    gradeOf(record, key) === grade &&
    (await isProven(rp, record, proof as unknown as SignatureProof, key).catch(() => false));
  const how = {
    A: 'a passkey, unlocked by its holder',
    B: 'an enrolled phone key',
    C: 'a code, before a witness',
  }[grade];
  return holds
    ? yes(
        role,
        `${record.signerName} signed at ${receivedAt} with ${how} (grade ${grade}); record SHA-256 ${sha256(canonicalJson(record))}`,
      )
    : no(role, `the proof of ${record.signerName} does not fit what they are said to have signed`);
}

/** Each record before its signature, the worker before the employer, all before the seal, for one employer. */
function orderCheck({ signatures }: Evidence, seal: Seal | undefined): ContractCheck {
  const [worker, employer] = (['worker', 'employer'] as const).map((role) =>
    signatures.find((one) => one.role === role),
  );
  const times = [worker, employer].flatMap((one) => (one ? [one.receivedAt] : []));
  // A seal names whole seconds.
  const all = [...times, ...(seal ? [addSeconds(seal.sealedAt, 1)] : [])];
  const isOrdered =
    all.every((time, index) => index === 0 || (all[index - 1] as Instant) <= time) &&
    signatures.every(({ record, receivedAt }) => record.time <= receivedAt) &&
    worker?.record.org === employer?.record.org;
  return isOrdered
    ? yes('order', 'the worker signed first, then the employer, then came the seal')
    : no('order', 'the signatures and the seal do not follow each other');
}

/** Sealing, in tick: append the evidence, then the employer's PAdES seal; store; record. Each step may be repeated after a crash. */
import { CryptoKeySigner, PDF } from '@libpdf/core';
import { desc } from 'drizzle-orm';
import { journal, sealCertificates } from '../../db/cell.ts';
import {
  type Contract,
  contractsToSeal,
  type Signature,
  sealOf,
  signaturesOf,
} from '../contract/contract.ts';
import { consentText, identitySummary } from '../contract/signature.ts';
import { appendEvidence } from '../document/document.ts';
import { employerOf } from '../employer/employer.ts';
import type { CellContext } from '../http/env.ts';
import { canonicalJson, openText, sealText, sha256 } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { epochMs, formatInstant, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { entriesOf, record } from '../store/journal.ts';
import { derOf, importPrivateKey, makeSealCertificate } from './authority.ts';

/** What else happens in the commit that records a seal, e.g. the work card. */
export type OnSealed = (tx: Tx, contract: Contract, at: Instant) => void;

/** Seals what both have signed. A contract that fails stays signed, is tried again, and holds up no other. */
export async function contractsDue(
  cell: CellContext,
  onSealed: readonly OnSealed[],
  at: Instant,
): Promise<void> {
  const failures: unknown[] = [];
  for (const contract of contractsToSeal(cell.store.db)) {
    try {
      await sealContract(cell, contract, onSealed, at);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} contracts could not be sealed`);
}

async function sealContract(
  cell: CellContext,
  contract: Contract,
  onSealed: readonly OnSealed[],
  at: Instant,
): Promise<void> {
  const offered = await cell.files.get(contract.fileId);
  if (!offered || sha256(offered) !== contract.documentDigest)
    throw new Error(`the offered bytes of ${contract.id} are not those that were signed`);
  const signatures = signaturesOf(cell.store.db, contract.id);
  const evidence = canonicalJson(evidenceOf(cell.store.db, contract, signatures));
  const lines = evidenceLines(cell.store.db, contract, signatures);
  const appended = await appendEvidence(
    offered,
    { contractId: contract.id, lines, evidence, at },
    cell.assets,
  );
  const seal = await sealCertificateOf(cell, at);
  const signer = new CryptoKeySigner(
    (await importPrivateKey(seal.privateKeyPem)) as never,
    derOf(seal.certificatePem),
    'EC',
    'ECDSA',
    [derOf(cell.authority.certificatePem)],
  );
  const pdf = await PDF.load(appended);
  const { bytes } = await pdf.sign({
    signer,
    reason: 'Sealed by the employer after both parties signed',
    location: employerOf(cell.store.db).name,
    signingTime: new Date(epochMs(at)),
    fieldName: 'EmployerSeal',
  });
  const fileId = await cell.files.put(bytes);
  await cell.store.commit((tx) => {
    if (sealOf(tx, contract.id)) return;
    record(
      tx,
      'contract-sealed',
      {
        id: contract.id,
        fileId,
        sealedDigest: sha256(bytes),
        certificate: sha256(derOf(seal.certificatePem)),
        at,
        by: 'system',
      },
      'system',
      at,
    );
    for (const hook of onSealed) hook(tx, contract, at);
  });
}

function evidenceOf(db: Db, contract: Contract, signatures: readonly Signature[]) {
  return {
    format: 'workcard/contract-evidence',
    version: 1,
    contract: contract.id,
    template: { id: contract.template, version: contract.templateVersion },
    document: { digest: contract.documentDigest, bytes: contract.documentBytes, algorithm: 'SHA-256' },
    employerVerified: contract.employerVerified,
    consent: consentText,
    identity: identitySummary(db, contract),
    signatures: signatures.map(({ role, grade, record: said, proof, at }) => ({
      role,
      grade,
      record: JSON.parse(said) as unknown,
      proof: JSON.parse(proof) as unknown,
      receivedAt: at,
    })),
    journal: [contract.id, ...signatures.map(({ id }) => id)]
      .flatMap((subject) => entriesOf(db, subject))
      .filter(({ kind }) => kind !== 'contract-sealed'),
    journalHead: db
      .select({ seq: journal.seq, hash: journal.hash })
      .from(journal)
      .orderBy(desc(journal.seq))
      .limit(1)
      .get(),
  };
}

const grades = {
  A: ['通行密钥（须本人解锁）', 'a passkey, unlocked by its holder'],
  B: ['已登记的手机密钥', 'an enrolled phone key'],
  C: ['验证码并由见证人见证', 'a code, before a witness'],
} as const;

function evidenceLines(db: Db, contract: Contract, signatures: readonly Signature[]) {
  const zone = employerOf(db).zone;
  const identity = identitySummary(db, contract);
  const when = (at: Instant) => `${formatInstant(at, zone, 'zh-CN', 'yyyy-MM-dd HH:mm:ss')} ${zone}`;
  return [
    {
      zh: `签署的文件：本文件前 ${contract.documentBytes} 字节，SHA-256 ${contract.documentDigest}`,
      en: `What was signed: the first ${contract.documentBytes} bytes of this file, SHA-256 ${contract.documentDigest}`,
    },
    {
      zh: `乙方身份：${identity.legalName}，${identity.documentMasked}，用工方人工核验于 ${identity.reviewedAt ? when(identity.reviewedAt) : ''}`,
      en: `Party B’s identity: ${identity.legalName}, ${identity.documentMasked}, compared by hand by the employer’s reviewer at ${identity.reviewedAt ? when(identity.reviewedAt) : ''}`,
    },
    ...signatures.map((signature) => ({
      zh: `${signature.role === 'worker' ? '乙方' : '甲方'}签署：${signature.signerName}，${when(signature.at)}，以${grades[signature.grade][0]}签署（等级 ${signature.grade}）。签署记录 SHA-256 ${sha256(signature.record)}`,
      en: `${signature.role === 'worker' ? 'Party B' : 'Party A'} signed: ${signature.signerName}, ${when(signature.at)}, with ${grades[signature.grade][1]} (grade ${signature.grade}). Record SHA-256 ${sha256(signature.record)}`,
    })),
    { zh: `同意内容：${consentText.zh}`, en: `Consent: ${consentText.en}` },
    {
      zh: '完整证明（签署记录、密钥、登记过程、日志）见附件 evidence.json。',
      en: 'The whole proof (records, keys, their enrolment, journal) is attached as evidence.json.',
    },
    {
      zh: '未证明事项：封印证书由本部署自有的机构签发，非公共认证机构；时间为本服务的时钟。',
      en: 'Not proven: the seal’s certificate is issued by this deployment’s own authority, not a public one; times are of this service’s clock.',
    },
  ];
}

/** The employer's certificate, made when first needed and again before it ends. The key lies sealed in the cell. */
async function sealCertificateOf(
  cell: CellContext,
  at: Instant,
): Promise<{ certificatePem: string; privateKeyPem: string }> {
  const known = cell.store.db.select().from(sealCertificates).orderBy(desc(sealCertificates.at)).get();
  if (known && known.expiresAt > at)
    return {
      certificatePem: known.certificate,
      privateKeyPem: openText(cell.keys.field, known.keySealed, `seal_certificates ${known.id}`),
    };
  const employer = employerOf(cell.store.db);
  const made = await makeSealCertificate(cell.authority, employer, at);
  const id = newId();
  await cell.store.commit((tx) => {
    const row = {
      id,
      certificate: made.certificatePem,
      keySealed: sealText(cell.keys.field, made.privateKeyPem, `seal_certificates ${id}`),
      expiresAt: made.expiresAt,
      at,
      by: 'system',
    };
    record(tx, 'seal-certificate-made', row, 'system', at);
  });
  return made;
}

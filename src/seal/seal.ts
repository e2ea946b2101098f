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
  verifyUrlOf,
} from '../contract/contract.ts';
import { consentText, identitySummary } from '../contract/signature.ts';
import { appendEvidence, type EvidencePage } from '../document/document.ts';
import { employerOf } from '../employer/employer.ts';
import { verifiedEmployerOf } from '../employer/verified-employer.ts';
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
  const appended = await appendEvidence(
    offered,
    evidencePage(cell, contract, signatures, evidence, at),
    cell.renderer,
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
  A: {
    how: { zh: '通行密钥，须由本人解锁', en: 'A passkey, unlocked by its holder' },
    means: {
      zh: '使用本人账户通行密钥的人，当时解锁设备并签署了本文件。',
      en: 'Whoever holds this account’s passkey unlocked it at that moment and signed this very document.',
    },
  },
  B: {
    how: { zh: '已登记的手机密钥', en: 'An enrolled phone key' },
    means: {
      zh: '持有所登记手机的人签署了本文件，签署时未再次验证本人。',
      en: 'Whoever held the enrolled phone signed this very document; they were not asked to unlock a key.',
    },
  },
  C: {
    how: { zh: '验证码，由见证人当面见证', en: 'A one-time code, before a witness' },
    means: {
      zh: '收到验证码的人在见证人面前签署了本文件，不依赖任何密钥。',
      en: 'Whoever received the code signed this very document before a witness; no key of theirs is involved.',
    },
  },
} as const;

function evidencePage(
  cell: CellContext,
  contract: Contract,
  signatures: readonly Signature[],
  evidence: string,
  at: Instant,
): EvidencePage {
  const { db } = cell.store;
  const { zone, name } = employerOf(db);
  const when = (instant: Instant) =>
    `${formatInstant(instant, zone, 'zh-CN', 'yyyy-MM-dd HH:mm:ss')} ${zone}`;
  const identity = identitySummary(db, contract);
  const reviewed = identity.reviewedAt ? when(identity.reviewedAt) : '';
  const verified = verifiedEmployerOf(db);
  return {
    contractId: contract.id,
    verifyUrl: verifyUrlOf(cell, contract.id),
    signed: { bytes: contract.documentBytes, pages: contract.pages, digest: contract.documentDigest },
    signers: signatures.map((signature) => ({
      party: signature.role === 'worker' ? { zh: '乙方', en: 'Party B' } : { zh: '甲方', en: 'Party A' },
      name: signature.signerName,
      identity:
        signature.role === 'worker'
          ? {
              zh: `${identity.legalName}，证件 ${identity.documentMasked}，由甲方人工比对并于 ${reviewed} 通过`,
              en: `${identity.legalName}, document ${identity.documentMasked}, compared by hand by Party A and accepted at ${reviewed}`,
            }
          : {
              zh: `代表 ${name} 签署，由其账户登记`,
              en: `Signs for ${name}, as registered with its account`,
            },
      at: when(signature.at),
      grade: signature.grade,
      ...grades[signature.grade],
      recordDigest: sha256(signature.record),
    })),
    consent: consentText,
    seal: {
      zh: `${name}在双方签署后封印本文件（PAdES），证书由本部署自有的机构签发。`,
      en: `${name} seals this file after both have signed (PAdES), with a certificate of this deployment’s own authority.`,
    },
    notProven: [
      {
        zh: '封印证书不由公共认证机构签发。',
        en: 'The seal’s certificate is not issued by a public authority.',
      },
      {
        zh: '时间为本服务的时钟，未经第三方证实。',
        en: 'Times are of this service’s clock, confirmed by no third party.',
      },
      {
        zh: '图章与手写笔迹仅为图示，不是证明。',
        en: 'The drawn seal and drawn signatures are pictures and prove nothing.',
      },
    ],
    check: [
      {
        zh: '完整证明（签署记录、密钥、登记过程、日志）见本文件附件 evidence.json。',
        en: 'The whole proof (records, keys, their enrolment, journal) is attached to this file as evidence.json.',
      },
    ],
    marks: verified ? [{ kind: 'seal', slot: 'employer', employer: verified }] : [],
    evidence,
    at,
  };
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

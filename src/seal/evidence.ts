/** The evidence of a contract: what a machine checks, attached as canonical JSON, and what a judge reads, as sentences. */
import { desc, lt } from 'drizzle-orm';
import { journal } from '../../db/cell.ts';
import { type Contract, type Signature, verifyUrlOf } from '../contract/contract.ts';
import { consentText, identitySummary } from '../contract/signature.ts';
import type { EvidencePage } from '../document/document.ts';
import type { Strokes } from '../document/mark.ts';
import { employerOf } from '../employer/employer.ts';
import { verifiedEmployerOf } from '../employer/verified-employer.ts';
import type { CellContext } from '../http/env.ts';
import { sha256 } from '../kernel/digest.ts';
import { formatInstant, type Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { entriesOf, type JournalEntry, journalHead } from '../store/journal.ts';

/** Attached as JSON. `certificate`: what the seal will be set with, so that another seal is noticed. */
export function evidenceOf(
  db: Db,
  contract: Contract,
  signatures: readonly Signature[],
  certificate: { readonly digest: string; readonly kind: string },
) {
  return {
    format: 'workcard/contract-evidence',
    version: 1,
    contract: contract.id,
    template: { id: contract.template, version: contract.templateVersion },
    document: { digest: contract.documentDigest, bytes: contract.documentBytes, algorithm: 'SHA-256' },
    employerVerified: contract.employerVerified,
    consent: consentText,
    identity: identitySummary(db, contract),
    certificate: { digest: certificate.digest, kind: certificate.kind },
    // Whole rows, so that their digests can be compared with those in the journal.
    signatures: signatures.map((row) => ({
      ...row,
      record: JSON.parse(row.record) as unknown,
      proof: JSON.parse(row.proof) as unknown,
    })),
    journal: [contract.id, ...signatures.map(({ id }) => id)]
      .flatMap((subject) => entriesOf(db, subject))
      .filter(({ kind }) => kind !== 'contract-sealed')
      .sort((a, b) => a.seq - b.seq)
      .map((entry) => ({ ...entry, previous: previousHash(db, entry) })),
    journalHead: journalHead(db),
  };
}

/** Names that signers drew. */
const drawnMarks = (signatures: readonly Signature[]) =>
  signatures.flatMap(({ role, signerName: name, drawing }) =>
    drawing
      ? [{ kind: 'signature' as const, slot: role, name, strokes: JSON.parse(drawing) as Strokes }]
      : [],
  );

/** What an entry's own hash is over, beside itself. */
function previousHash(db: Db, { seq }: JournalEntry): string {
  const before = db
    .select({ hash: journal.hash })
    .from(journal)
    .where(lt(journal.seq, seq))
    .orderBy(desc(journal.seq))
    .limit(1)
    .get();
  return before?.hash ?? sha256('');
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

/** What a judge reads behind the contract. */
export function evidencePage(
  cell: CellContext,
  contract: Contract,
  signatures: readonly Signature[],
  evidence: string,
  kind: 'own' | 'imported',
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
    seal: sealedBy(name, kind),
    notProven: [
      ...(kind === 'own'
        ? [
            {
              zh: '封印证书不由公共认证机构签发。',
              en: 'The seal’s certificate is not issued by a public authority.',
            },
          ]
        : []),
      {
        zh: '时间为本服务的时钟；其后如附时间戳，由该机构另行证明。',
        en: 'Times are of this service’s clock; a timestamp behind the seal, if any, is its authority’s own word.',
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
    marks: [
      ...(verified ? [{ kind: 'seal' as const, slot: 'employer', employer: verified }] : []),
      ...drawnMarks(signatures),
    ],
    evidence,
    at,
  };
}

function sealedBy(name: string, kind: 'own' | 'imported') {
  return kind === 'own'
    ? {
        zh: `${name}在各方签署后封印本文件（PAdES），证书由本部署自有的机构签发。`,
        en: `${name} seals this file after all have signed (PAdES), with a certificate of this deployment’s own authority.`,
      }
    : {
        zh: `${name}在各方签署后封印本文件（PAdES），证书由外部机构签发。`,
        en: `${name} seals this file after all have signed (PAdES), with a certificate of an outside authority.`,
      };
}

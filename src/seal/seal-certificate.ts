/** The certificate that an employer seals with: its own, made by the deployment, or one imported; and whether it may still seal. */
import { CryptoKeySigner } from '@libpdf/core';
import { desc, eq } from 'drizzle-orm';
import { sealCertificateRevocations, sealCertificates } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellContext } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { openText, sealText } from '../kernel/digest.ts';
import { newId } from '../kernel/id.ts';
import { refuse } from '../kernel/refusal.ts';
import { epochMs, type Instant, instantOf } from '../kernel/time.ts';
import type { Bytes } from '../kernel/web-digest.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import {
  derOf,
  dersOf,
  importPrivateKey,
  makeRevocationList,
  makeSealCertificate,
  pemOfCertificate,
} from './authority.ts';
import { chainFrom } from './cms.ts';
import { SealingTrouble } from './trouble.ts';
import { type Certificate, certificateOf, fingerprintOf, isSignedBy, isWholeChain } from './x509.ts';

export type SealCertificateRow = typeof sealCertificates.$inferSelect;
export type CertificateState = 'in-force' | 'not-yet' | 'expired' | 'revoked';

export interface CertificateView {
  readonly row: SealCertificateRow;
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly state: CertificateState;
  readonly revoked?: { readonly reason: string; readonly at: Instant };
}

/** Newest first: the first is the one that seals. */
export function certificatesOf(db: Db, at: Instant): CertificateView[] {
  return db
    .select()
    .from(sealCertificates)
    .leftJoin(sealCertificateRevocations, eq(sealCertificateRevocations.id, sealCertificates.id))
    .orderBy(desc(sealCertificates.at), desc(sealCertificates.id))
    .all()
    .map(({ seal_certificates: row, seal_certificate_revocations: revoked }) => {
      const certificate = readCertificate(derOf(row.certificate));
      return {
        row,
        certificate,
        chain: dersOf(row.chain).map(readCertificate),
        state: revoked ? 'revoked' : stateOf(certificate, at),
        ...(revoked ? { revoked } : {}),
      };
    });
}

function readCertificate(der: Bytes): Certificate {
  const read = certificateOf(der);
  if (!read) throw new Error('a kept certificate cannot be read');
  return read;
}

export function stateOf(certificate: Certificate, at: Instant): CertificateState {
  const now = epochMs(at);
  if (now < certificate.notBefore.getTime()) return 'not-yet';
  return certificate.notAfter.getTime() < now ? 'expired' : 'in-force';
}

export interface Sealer {
  readonly signer: CryptoKeySigner;
  readonly kind: SealCertificateRow['kind'];
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/**
 * What seals now. The employer's own certificate is made when first needed and again when it ends; an imported or a
 * revoked one is never replaced in silence: then it throws a `SealingTrouble` until somebody decides.
 */
export async function sealerOf(cell: CellContext, at: Instant): Promise<Sealer> {
  const [known] = certificatesOf(cell.store.db, at);
  const isOver = known?.row.kind === 'own' && known.state === 'expired';
  if (!known || isOver) {
    await makeOwnCertificate(cell, newId(), 'system', at);
    return sealerOf(cell, at);
  }
  if (known.state !== 'in-force')
    throw new SealingTrouble(`certificate-${known.state}`, known.certificate.subjectName);
  const { row, certificate, chain } = known;
  const pem = openText(cell.keys.field, row.keySealed, `seal_certificates ${row.id}`);
  return {
    kind: row.kind,
    digest: await fingerprintOf(certificate),
    signer: new CryptoKeySigner(
      (await importPrivateKey(pem, algorithmOf(certificate))) as never,
      certificate.bytes,
      certificate.keyKind,
      certificate.keyKind === 'RSA' ? 'RSASSA-PKCS1-v1_5' : 'ECDSA',
      chain.map(({ bytes }) => bytes),
    ),
  };
}

function algorithmOf({ curve }: Certificate): { name: string; namedCurve?: string; hash?: string } {
  return curve ? { name: 'ECDSA', namedCurve: curve.name } : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
}

/** Under the deployment's authority. A repetition makes no second one. */
export async function makeOwnCertificate(
  cell: CellContext,
  id: string,
  by: string,
  at: Instant,
): Promise<void> {
  if (cell.store.db.select().from(sealCertificates).where(eq(sealCertificates.id, id)).get()) return;
  const { name, registrationCode } = employerOf(cell.store.db);
  const revocationsUrl = `${cell.publicUrl}/api/orgs/${cell.org}/seal-certificates/revoked.crl`;
  const made = await makeSealCertificate(cell.authority, { name, registrationCode, revocationsUrl }, at);
  await cell.store.commit((tx) => {
    if (tx.select().from(sealCertificates).where(eq(sealCertificates.id, id)).get()) return;
    const row = {
      id,
      kind: 'own' as const,
      certificate: made.certificatePem,
      chain: cell.authority.certificatePem,
      keySealed: sealText(cell.keys.field, made.privateKeyPem, `seal_certificates ${id}`),
      expiresAt: made.expiresAt,
      at,
      by,
    };
    record(tx, 'seal-certificate-made', row, by, at);
  });
}

/**
 * Takes a certificate, its issuers up to a root, and its key, all as PEM. Refuses `certificate-unfit` and says why: the
 * chain must be whole and in force, the key must fit, and it must be for signing documents.
 */
export async function importCertificate(
  cell: CellContext,
  actor: Actor,
  input: { readonly id: string; readonly certificates: string; readonly key: string },
  at: Instant,
): Promise<void> {
  const read = await readBundle(input, at);
  const known = cell.store.db.select().from(sealCertificates).where(eq(sealCertificates.id, input.id)).get();
  if (known) {
    if (known.certificate !== read.certificate) refuse('id-reused');
    return;
  }
  await cell.store.commit((tx) => {
    if (tx.select().from(sealCertificates).where(eq(sealCertificates.id, input.id)).get()) return;
    const row = {
      id: input.id,
      kind: 'imported' as const,
      certificate: read.certificate,
      chain: read.chain,
      keySealed: sealText(cell.keys.field, input.key, `seal_certificates ${input.id}`),
      expiresAt: instantOf(read.notAfter.getTime()),
      at,
      by: actorText(actor),
    };
    record(tx, 'seal-certificate-made', row, row.by, at);
  });
  cell.wake();
}

const unfit = (why: string, pointer: string): never =>
  refuse('certificate-unfit', { why }, [{ pointer, detail: why }]);

async function readBundle(input: { certificates: string; key: string }, at: Instant) {
  const read = certificatesIn(input.certificates);
  const [first, ...others] = read;
  if (!first) return unfit('no certificate can be read', '/certificates');
  const chain = chainFrom(first, others);
  if (first.isAuthority || !first.maySignDocuments)
    return unfit('the first certificate is not for signing documents', '/certificates');
  const state = stateOf(first, at);
  if (state === 'expired') return unfit('the certificate has expired', '/certificates');
  if (state === 'not-yet') return unfit('the certificate is not in force yet', '/certificates');
  if (!(await isWholeChain(chain, new Date(epochMs(at)))))
    return unfit('its issuers up to the root are missing, or not in force', '/certificates');
  if (!(await isKeyOf(first, input.key).catch(() => false)))
    return unfit('the key does not belong to the certificate', '/key');
  return {
    certificate: pemOfCertificate(first.bytes),
    chain: chain
      .slice(1)
      .map(({ bytes }) => pemOfCertificate(bytes))
      .join('\n'),
    notAfter: first.notAfter,
  };
}

function certificatesIn(pem: string): Certificate[] {
  try {
    return dersOf(pem).flatMap((der) => certificateOf(der) ?? []);
  } catch {
    // The reader of PEM and of ASN.1 throws at what it cannot read.
    return [];
  }
}

async function isKeyOf(certificate: Certificate, pem: string): Promise<boolean> {
  const key = await importPrivateKey(pem, algorithmOf(certificate));
  const probe = new TextEncoder().encode('workcard/seal-certificate') as Bytes;
  const keyType = certificate.keyKind;
  const scheme = keyType === 'RSA' ? 'RSASSA-PKCS1-v1_5' : 'ECDSA';
  const signer = new CryptoKeySigner(key as never, certificate.bytes, keyType, scheme);
  const signature = await signer.sign(probe, 'SHA-256');
  return isSignedBy(certificate, { key: keyType, digest: 'SHA-256' }, probe, signature);
}

/** Nothing is sealed with it any more; what it sealed before stays sealed. Repeated, it is the same. */
export function revokeCertificate(
  tx: Tx,
  actor: Actor,
  input: { readonly id: string; readonly reason: string },
  at: Instant,
): void {
  if (!tx.select().from(sealCertificates).where(eq(sealCertificates.id, input.id)).get()) refuse('not-found');
  const row = { ...input, at, by: actorText(actor) };
  const known = tx
    .select()
    .from(sealCertificateRevocations)
    .where(eq(sealCertificateRevocations.id, input.id))
    .get();
  if (known) return void sameOr(known, row);
  record(tx, 'seal-certificate-revoked', row, row.by, at);
}

/** Of the employer's own certificates; an imported one's issuer publishes its own. */
export function revocationListOf(cell: CellContext, at: Instant): Promise<Bytes> {
  const revoked = certificatesOf(cell.store.db, at).flatMap(({ row, revoked: said }) =>
    said && row.kind === 'own' ? [{ certificatePem: row.certificate, at: said.at }] : [],
  );
  return makeRevocationList(cell.authority, revoked, at);
}

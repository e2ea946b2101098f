/** A contract's rows as they lie in the database, for rules that only read them. */
import type { contractSignatures, contracts } from '../../db/cell.ts';
import type { SignerRole } from '../../src/contract/slot.ts';
import { newId } from '../../src/kernel/id.ts';
import { civilDate, type Instant } from '../../src/kernel/time.ts';

export function contractRow(
  at: Instant,
  change: Partial<typeof contracts.$inferSelect> = {},
): typeof contracts.$inferSelect {
  return {
    id: newId(),
    engagementId: newId(),
    workerId: newId(),
    template: 'service-agreement',
    templateVersion: '1',
    title: '{"en":"Service agreement","zh":"劳务协议"}',
    fieldsSealed: '',
    fileId: '',
    documentDigest: '',
    documentBytes: 1,
    pages: 1,
    language: 'zh-CN',
    validFrom: civilDate('2026-10-01'),
    validUntil: null,
    relation: null,
    followsId: null,
    signBy: null,
    slotsDigest: '',
    employerVerified: false,
    identityReviewId: newId(),
    at,
    by: 'system',
    ...change,
  };
}

export function signatureRow(
  at: Instant,
  contractId: string,
  role: SignerRole,
  slotId = newId(),
): typeof contractSignatures.$inferSelect {
  return {
    id: newId(),
    contractId,
    slotId,
    role,
    personId: newId(),
    signerName: 'x',
    grade: 'A',
    nonce: newId(),
    record: '{}',
    proof: '{}',
    reading: null,
    drawing: null,
    at,
    by: 'system',
  };
}

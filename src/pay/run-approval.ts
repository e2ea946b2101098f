/** Who says that a run may be paid: what they saw and signed, whether it still holds, and the hours that it holds from then on. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { payRunApprovals, payRunHolds, payRunNonces, payRunWorkers } from '../../db/cell.ts';
import { nonceLifeSeconds, provenKey } from '../contract/signature.ts';
import type { KeyProof } from '../contract/signing-record.ts';
import { employerOf, needsSecondApprover } from '../employer/employer.ts';
import { memberNameOf } from '../employer/member.ts';
import { standingOf } from '../employer/standing.ts';
import type { CellContext } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { canonicalJson } from '../kernel/digest.ts';
import type { Minor } from '../kernel/money.ts';
import { refuse } from '../kernel/refusal.ts';
import { addSeconds, type Instant } from '../kernel/time.ts';
import type { Db, Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { lockTimesheets } from '../timesheet/timesheet-decision.ts';
import { calculationUnderWay, inSteps } from './calculation.ts';
import { blockersOf } from './checks.ts';
import {
  approvalOfRun,
  type Calculation,
  lastCalculation,
  type RunApproval,
  runOf,
  scopeOf,
} from './pay-run.ts';
import { approvalIdsOf, workersAfter } from './run-facts.ts';
import { isStale } from './staleness.ts';

type Person = Actor & { kind: 'person' };

/** What is signed: its canonical JSON (RFC 8785) is the message of a device key, its SHA-256 the challenge of a passkey. */
export interface ApprovalRecord {
  readonly purpose: 'workcard/pay-run-approval';
  readonly version: 1;
  readonly org: string;
  readonly employer: string;
  readonly run: string;
  readonly calculation: string;
  readonly calculationDigest: string;
  readonly currency: string;
  readonly workers: number;
  readonly grossMinor: Minor;
  readonly withheldMinor: Minor;
  readonly netMinor: Minor;
  readonly approver: string;
  readonly approverName: string;
  readonly nonce: string;
  readonly time: Instant;
}

export interface ApprovalInput {
  readonly runId: string;
  readonly calculationId: string;
  readonly digest: string;
}

/** What the approver is about to sign; the nonce is theirs, for this calculation alone. The same again is the same. */
export function openApproval(
  tx: Tx,
  actor: Person,
  input: ApprovalInput & { nonce: string },
  at: Instant,
): ApprovalRecord {
  const { nonce, ...seen } = input;
  // Approved already, and no answer came: what was signed then is what is shown again.
  const approved = repeatedApproval(tx, actor, seen);
  if (approved) return JSON.parse(approved.record) as ApprovalRecord;
  const calculation = signable(tx, actor, seen);
  const known = nonceOf(tx, nonce);
  if (known && (known.calculationId !== seen.calculationId || known.personId !== actor.personId))
    refuse('id-reused');
  const issuedAt = known?.issuedAt ?? at;
  if (!known)
    tx.insert(payRunNonces)
      .values({ id: nonce, calculationId: seen.calculationId, personId: actor.personId, issuedAt })
      .run();
  return recordOf(tx, actor, calculation, nonce, issuedAt);
}

function nonceOf(db: Db, id: string) {
  return db.select().from(payRunNonces).where(eq(payRunNonces.id, id)).get();
}

function recordOf(
  db: Db,
  actor: Person,
  calculation: Calculation,
  nonce: string,
  time: Instant,
): ApprovalRecord {
  const { id: org, name: employer, currency } = employerOf(db);
  const { workers, grossMinor, withheldMinor, netMinor } = calculation;
  return {
    purpose: 'workcard/pay-run-approval',
    version: 1,
    org,
    employer,
    run: calculation.runId,
    calculation: calculation.id,
    calculationDigest: calculation.digest,
    currency,
    workers,
    grossMinor,
    withheldMinor,
    netMinor,
    approver: actor.personId,
    approverName: memberNameOf(db, actorText(actor)),
    nonce,
    time,
  };
}

/**
 * Approves what the approver looked at and signed: the last calculation, by its digest, while the facts that it read are
 * the same. By somebody who neither opened nor calculated the run and is not paid by it, unless the employer's setting
 * lets one person do all; then the run and its files say so. Refuses, by name, while somebody who is owed money has no
 * account or a day no rate. Said again by the same person, it is the same approval.
 */
export async function approveRun(
  cell: CellContext,
  actor: Person,
  input: ApprovalInput & { readonly nonce: string; readonly proof: KeyProof },
  at: Instant,
): Promise<RunApproval> {
  const { nonce, proof, ...seen } = input;
  const { db } = cell.store;
  const before = repeatedApproval(db, actor, seen);
  if (before) return before;
  const calculation = signable(db, actor, seen);
  const issued = nonceOf(db, nonce);
  if (issued?.calculationId !== calculation.id || issued.personId !== actor.personId)
    refuse('signature-refused');
  if (addSeconds(issued.issuedAt, nonceLifeSeconds) < at) refuse('nonce-spent');
  const said = recordOf(db, actor, calculation, nonce, issued.issuedAt);
  const key = await provenKey(cell, actor.personId, canonicalJson(said), proof);
  const kept = { key, proof, origin: cell.publicUrl, rpId: cell.rpId };
  const approval = await cell.store.commit((tx) => {
    const same = repeatedApproval(tx, actor, seen);
    if (same) return same;
    const { fourEyes } = allowed(tx, actor, signable(tx, actor, seen));
    const by = actorText(actor);
    const row: RunApproval = {
      id: seen.runId,
      calculationId: seen.calculationId,
      digest: seen.digest,
      fourEyes,
      grade: key.grade,
      record: canonicalJson(said),
      proof: canonicalJson(kept),
      at,
      by,
    };
    record(tx, 'pay-run-approved', row, by, at);
    holdStep(tx, row, at);
    return row;
  });
  cell.wake();
  return approval;
}

function repeatedApproval(
  db: Db,
  actor: Person,
  { runId, calculationId, digest }: ApprovalInput,
): RunApproval | undefined {
  const known = approvalOfRun(db, runId);
  if (!known) return undefined;
  const isSame =
    known.calculationId === calculationId && known.digest === digest && known.by === actorText(actor);
  return isSame ? known : refuse('run-approved');
}

/** The calculation that was seen, if it is the run's last, and whoever asks may approve it. */
function signable(db: Db, actor: Person, seen: ApprovalInput): Calculation {
  const run = runOf(db, seen.runId);
  if (approvalOfRun(db, run.id)) refuse('run-approved');
  const calculation = lastCalculation(db, run.id);
  const isSame = calculation?.id === seen.calculationId && calculation.digest === seen.digest;
  if (!calculation || !isSame || calculationUnderWay(db, run.id)) refuse('run-changed');
  allowed(db, actor, calculation);
  return calculation;
}

function allowed(db: Db, actor: Person, calculation: Calculation): { fourEyes: boolean } {
  if (isStale(db, calculation)) refuse('run-changed');
  if (calculation.workers === 0) refuse('run-empty');
  refuseWhatBlocks(db, calculation.id);
  const by = actorText(actor);
  const isOther = by !== runOf(db, calculation.runId).by && by !== calculation.by;
  const isPaid = isPaidBy(db, calculation.id, actor);
  if (needsSecondApprover(db)) {
    if (isPaid) refuse('own-pay');
    if (!isOther) refuse('second-approver-needed');
  }
  return { fourEyes: isOther && !isPaid };
}

function isPaidBy(db: Db, calculationId: string, actor: Actor): boolean {
  const { workerId } = standingOf(db, actor);
  return workerId !== undefined && workerRowOf(db, calculationId, workerId) !== undefined;
}

function workerRowOf(db: Db, calculationId: string, workerId: string) {
  return db
    .select()
    .from(payRunWorkers)
    .where(and(eq(payRunWorkers.calculationId, calculationId), eq(payRunWorkers.workerId, workerId)))
    .get();
}

function refuseWhatBlocks(db: Db, calculationId: string): void {
  const { checks } = blockersOf(db, calculationId);
  const names = (kind: string) =>
    [...new Set(checks.filter((check) => check.kind === kind).map((check) => check.workerName))].join(', ');
  const withoutTerms = names('pay-terms-missing');
  if (withoutTerms) refuse('pay-terms-missing', { names: withoutTerms });
  const withoutAccount = names('account-missing');
  if (withoutAccount) refuse('account-missing', { names: withoutAccount });
}

// ---- the hours that an approved run holds

const workersPerStep = 60;

/** Marks the hours of approved runs as held, a few workers a commit. */
export async function holdsDue(cell: CellContext, at: Instant): Promise<void> {
  for (const approval of notHeld(cell.store.db))
    if (!(await inSteps(cell, (tx) => holdStep(tx, approval, at)))) return cell.wake();
}

function notHeld(db: Db): RunApproval[] {
  return db
    .select({ approval: payRunApprovals })
    .from(payRunApprovals)
    .leftJoin(payRunHolds, and(eq(payRunHolds.runId, payRunApprovals.id), eq(payRunHolds.done, true)))
    .where(isNull(payRunHolds.runId))
    .all()
    .map(({ approval }) => approval);
}

/** Hours that come to nothing to pay are held, too: the run has looked at them. Answers whether these were the last. */
function holdStep(tx: Tx, approval: RunApproval, at: Instant): boolean {
  const last = tx
    .select()
    .from(payRunHolds)
    .where(eq(payRunHolds.runId, approval.id))
    .orderBy(sql`${payRunHolds.step} DESC`)
    .limit(1)
    .get();
  if (last?.done) return true;
  const calculation = lastCalculation(tx, approval.id);
  if (!calculation) return true;
  const scope = scopeOf(tx, calculation);
  const workers = workersAfter(tx, scope, last?.upTo ?? '', workersPerStep);
  lockTimesheets(tx, approvalIdsOf(tx, scope, workers), approval.id, approval.by, at);
  const done = workers.length < workersPerStep;
  tx.insert(payRunHolds)
    .values({
      runId: approval.id,
      step: (last?.step ?? 0) + 1,
      upTo: workers.at(-1) ?? last?.upTo ?? '',
      done,
      at,
    })
    .run();
  return done;
}

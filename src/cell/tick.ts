/** The work of a cell that nobody waits for: seals, cards, ends of cover, messages to the directory. Every part may run twice. */

import { importsDue } from '../attendance/import-run.ts';
import { issueCard } from '../card/work-card.ts';
import { coarsenDue, nextCoarsening } from '../clock/coarsening.ts';
import { bulkOffersDue } from '../contract/bulk-run.ts';
import { nextReminder, remindersDue } from '../contract/contract-notices.ts';
import { nextPayout, payoutsDue } from '../disbursement/payout.ts';
import { releasesDue } from '../disbursement/release.ts';
import { deletePhotosDue, nextPhotoDeletion } from '../gate/photo-deletion.ts';
import { coversDue, nextCoverEnd } from '../guarantee/cover.ts';
import { coverWords } from '../guarantee/words-for-contract.ts';
import type { CellContext } from '../http/env.ts';
import { signingKeyOf } from '../kernel/signing.ts';
import type { Instant } from '../kernel/time.ts';
import { calculationsDue } from '../pay/calculation.ts';
import { holdsDue } from '../pay/run-approval.ts';
import type { DirectoryPort } from '../provider/providers.ts';
import { contractsDue, type OnSealed } from '../seal/seal.ts';
import { anchorDue, nextAnchor, stampsDue } from '../seal/stamp.ts';
import { nextTry } from '../seal/trouble.ts';
import { deliverDue, nextDueAt, type Receivers } from '../store/outbox.ts';
import { approvalsDue, nextPeriodEnd } from '../timesheet/auto-approval.ts';

type Due = (cell: CellContext, at: Instant) => Promise<unknown>;

const parts: readonly (readonly [name: string, due: Due])[] = [
  ['contracts', (cell, at) => contractsDue(cell, [cardOfSealed(cell)], at)],
  ['reminders', (cell, at) => remindersDue(cell.store, at)],
  ['covers', (cell, at) => coversDue(cell.store, at)],
  ['positions', (cell, at) => coarsenDue(cell.store, at)],
  ['photos', deletePhotosDue],
  ['imports', importsDue],
  ['offers', (cell, at) => bulkOffersDue(cell, coverWords, at)],
  ['approvals', (cell, at) => approvalsDue(cell.store, at)],
  ['calculations', calculationsDue],
  ['holds', holdsDue],
  ['payments', (cell, at) => releasesDue(cell.store, at)],
  ['payouts', payoutsDue],
  // Whoever asks others over the network comes last.
  ['timestamps', stampsDue],
  ['anchor', anchorDue],
  ['outbox', (cell, at) => deliverDue(cell.store, receiversOf(cell.directory), at)],
];

function cardOfSealed(cell: CellContext): OnSealed {
  return (tx, contract, at) => issueCard(tx, cell.org, signingKeyOf(cell.keys.signing), contract.id, at);
}

function receiversOf(directory: DirectoryPort): Receivers {
  return {
    membership: (membership: Parameters<DirectoryPort['putMembership']>[0]) =>
      directory.putMembership(membership),
    notice: (message: Parameters<DirectoryPort['notify']>[0]) => directory.notify(message),
    org: (org: Parameters<DirectoryPort['putOrg']>[0]) => directory.putOrg(org),
  };
}

export interface Ticked {
  /** When to come again; undefined when nothing waits. */
  readonly nextAt?: Instant;
  /** Some part failed: come again sooner, and later each time. */
  readonly failed: boolean;
}

/** Runs what is due. A part that fails is logged, tried again, and holds up no other. */
export async function tickCell(cell: CellContext, at: Instant): Promise<Ticked> {
  let failed = false;
  let more = false;
  for (const [name, due] of parts) {
    try {
      const done = await due(cell, at);
      more ||= hasMore(done);
    } catch (error) {
      failed = true;
      const causes = causesOf(error);
      console.error(
        JSON.stringify({ level: 'error', org: cell.org, tick: name, error: String(error), causes }),
      );
    }
  }
  const { db } = cell.store;
  const [nextAt] = [
    nextReminder(db),
    nextCoverEnd(db),
    nextPeriodEnd(db, at),
    nextCoarsening(db, at),
    nextPhotoDeletion(db),
    nextPayout(db),
    nextDueAt(cell.store),
    nextTry(db),
    nextAnchor(cell),
    more ? at : undefined,
  ]
    .filter((time) => time !== undefined)
    .sort();
  return { failed, ...(nextAt ? { nextAt } : {}) };
}

/** A part that works in slices says when it left some for the next time. */
function hasMore(done: unknown): boolean {
  return (done as { more?: boolean } | undefined)?.more === true;
}

/** How long to wait after the nth failure in a row: 15 seconds, doubling to an hour. */
export function retrySeconds(failures: number): number {
  return Math.min(3600, 15 * 2 ** Math.max(0, failures - 1));
}

function causesOf(error: unknown): readonly string[] {
  return error instanceof AggregateError ? error.errors.map((cause: unknown) => String(cause)) : [];
}

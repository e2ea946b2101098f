/** Many timesheets approved in one go: each by the digest that was seen, each in its own commit, so that one no stops no other. */
import type { Standing } from '../employer/standing.ts';
import type { Actor } from '../kernel/actor.ts';
import { idOf } from '../kernel/id.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Store } from '../store/commit.ts';
import { commitEach } from '../store/commit-each.ts';
import { approveTimesheet } from './timesheet-decision.ts';

export interface SeenSheet {
  readonly engagementId: string;
  readonly startsOn: CivilDate;
  /** Of the hours as they were shown. */
  readonly digest: string;
}
export interface SheetResult extends SeenSheet {
  /** Null: approved. */
  readonly refusal: Refusal | null;
}

/** Approvals are named after the request, so that a repetition answers the same and approves nothing that was reopened since. */
export async function approveTimesheets(
  store: Store,
  actor: Actor,
  standing: Standing,
  request: { readonly id: string; readonly sheets: readonly SeenSheet[] },
  at: Instant,
): Promise<SheetResult[]> {
  const refusals = await commitEach(store, request.sheets, (tx, sheet) => {
    const id = idOf(`${request.id} ${sheet.engagementId} ${sheet.startsOn}`);
    approveTimesheet(tx, actor, standing, { id, ...sheet }, at);
  });
  return request.sheets.map((sheet, index) => ({ ...sheet, refusal: refusals[index] ?? null }));
}

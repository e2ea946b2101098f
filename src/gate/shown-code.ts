/** A site's code as its screens show it: the digits, until when they hold, and what their QR code opens. */
import { workKeysOf } from '../clock/keys.ts';
import { siteCodeAt } from '../clock/site-code.ts';
import type { CellContext } from '../http/env.ts';
import type { Instant } from '../kernel/time.ts';

export function shownCode(cell: CellContext, siteId: string, at: Instant) {
  const shown = siteCodeAt(workKeysOf(cell.keys).siteCode, siteId, at);
  // In the fragment, so that no server's log on the way keeps it.
  const url = `${cell.publicUrl}/orgs/${cell.org}/me#site-code=${shown.code}&site=${siteId}`;
  return { at, ...shown, url };
}

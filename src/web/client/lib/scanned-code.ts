/** The code that a site's screen shows: it comes with the address when the screen was scanned by the phone's camera. */

/** The screen shows the next one by then. */
const freshMs = 60_000;
let scanned: { readonly code: string; readonly siteId?: string; readonly atMs: number } | undefined;

/** Takes `#site-code=123456` (and `&site=ID`) out of the address, so that a reload or a shared link does not carry it on. */
export function takeScannedCode(): void {
  const said = new URLSearchParams(location.hash.slice(1));
  const code = said.get('site-code') ?? '';
  if (!isSiteCode(code)) return;
  const siteId = said.get('site');
  scanned = { code, atMs: performance.now(), ...(siteId ? { siteId } : {}) };
  history.replaceState(null, '', location.pathname + location.search);
}

/** The scanned code, while it can still be right. */
export function scannedCode(): { readonly code: string; readonly siteId?: string } | undefined {
  return scanned && performance.now() - scanned.atMs < freshMs ? scanned : undefined;
}

export function isSiteCode(text: string): boolean {
  return /^\d{6}$/.test(text);
}

/** Full-width digits of Chinese keyboards, and the gap in the middle that people type. */
export function siteCodeOf(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/\D/g, '');
  return isSiteCode(plain) ? plain : undefined;
}

export function proofOf(code: string): string {
  return `site-code:${code}`;
}

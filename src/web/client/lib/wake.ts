/** Keeps a screen from going dark while its page is shown. Rejects where the browser cannot. */
interface WakeLocks {
  readonly wakeLock?: { request(kind: 'screen'): Promise<unknown> };
}

export async function keepAwake(): Promise<void> {
  const { wakeLock } = navigator as unknown as WakeLocks;
  if (!wakeLock) throw new Error('no wake lock');
  // The lock ends whenever the page is hidden, and is asked for again when it is back.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) wakeLock.request('screen').catch(() => undefined);
  });
  await wakeLock.request('screen');
}

/** When to try again: on coming back, on being looked at, and ever less often in between, at least every half minute. */
import { sendAll, sendWaiting } from './send-waiting.ts';

const firstMs = 1000;
const slowestMs = 30_000;
/** So often another tab may be at it: the fifth time is a minute later. */
const patience = 5;

/** `changed` hears of each attempt that ended. Answers a function that tries at once. */
export function keepSending(changed: (settled: readonly string[]) => Promise<void>): () => Promise<void> {
  let waitMs = firstMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trying: Promise<void> | undefined;
  let inVain = 0;

  async function attempt(): Promise<void> {
    clearTimeout(timer);
    // Undefined: another tab or the service worker is at it, and this page shows what comes of it.
    const delivery = await (inVain < patience ? sendWaiting() : sendAll()).catch(() => undefined);
    inVain = delivery ? 0 : inVain + 1;
    await changed(delivery?.settled ?? []);
    if (delivery?.left === 0) waitMs = firstMs;
    else {
      timer = setTimeout(tryNow, waitMs);
      waitMs = Math.min(slowestMs, waitMs * 2);
    }
  }

  function tryNow(): Promise<void> {
    trying ??= attempt().finally(() => {
      trying = undefined;
    });
    return trying;
  }

  function tryAfresh(): void {
    waitMs = firstMs;
    void tryNow();
  }

  window.addEventListener('online', tryAfresh);
  window.addEventListener('pageshow', tryAfresh);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) tryAfresh();
  });
  return async () => {
    // What was kept while an attempt was under way was not part of it.
    await trying;
    waitMs = firstMs;
    await tryNow();
  };
}

/** Lets the browser wake the service worker when the network is back, where browsers can (Background Sync). */
export async function askForSync(): Promise<void> {
  const ready = await navigator.serviceWorker?.getRegistration();
  const { sync } = (ready ?? {}) as { sync?: { register(tag: string): Promise<void> } };
  await sync?.register('punches').catch(() => undefined);
}

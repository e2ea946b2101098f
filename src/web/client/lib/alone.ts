/**
 * One tab at a time, where the browser can see to it. Safari before 15.4 cannot, and a tab that the phone has put to
 * sleep may never let go: so nobody waits for long, and what must not happen twice is checked where it is written, too.
 */

interface Locks {
  request<T>(
    name: string,
    options: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal },
    work: (lock: unknown) => Promise<T>,
  ): Promise<T>;
}

const locks = (navigator as { readonly locks?: Locks }).locks;
const busy = new Set<string>();
/** Somebody stands at a gate and has tapped. */
const patienceMs = 2000;

/** Waits for its turn, but not for long. */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!locks) return work();
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), patienceMs);
  let begun = false;
  const mine = () => {
    begun = true;
    clearTimeout(timer);
    return work();
  };
  return locks.request(name, { signal: abort.signal }, mine).catch((error: unknown) => {
    if (begun) throw error;
    return work();
  });
}

/** Does nothing, and answers undefined, while somebody else is at it. */
export async function aloneOrNot<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
  if (locks) return locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : undefined));
  if (busy.has(name)) return undefined;
  busy.add(name);
  try {
    return await work();
  } finally {
    busy.delete(name);
  }
}

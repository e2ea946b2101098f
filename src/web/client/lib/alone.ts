/** One tab at a time. Safari before 15.4 has no locks: what must not happen twice is checked where it is written, too. */

interface Locks {
  request<T>(
    name: string,
    options: { readonly ifAvailable?: boolean },
    work: (lock: unknown) => Promise<T>,
  ): Promise<T>;
}

const locks = (navigator as { readonly locks?: Locks }).locks;
const busy = new Set<string>();

/** Waits for its turn. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  return locks ? locks.request(name, {}, work) : work();
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

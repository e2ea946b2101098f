/** What this browser keeps for us, in IndexedDB. One entry is read and what follows from it written in one transaction. */
import { createStore, entries, get, set, values } from 'idb-keyval';

/** Key and new value; undefined takes the entry away. */
export type Change = readonly [key: string, value: unknown];

export interface Shelf {
  /** False where nothing outlives the page: private windows, very old browsers. */
  readonly lasting: boolean;
  get<T>(key: string): Promise<T | undefined>;
  set(key: string, value: unknown): Promise<void>;
  values<T>(): Promise<T[]>;
  entries(): Promise<[string, unknown][]>;
  /** All the changes or none; answers whether `make` gave any. `make` must not wait for anything. */
  change<T>(key: string, make: (before: T | undefined) => readonly Change[]): Promise<boolean>;
}

/** Each shelf is a database of its own. */
export function shelfOf(database: string, shelf: string): Shelf {
  const store = createStore(database, shelf);
  return {
    lasting: true,
    get: (key) => get(key, store),
    set: (key, value) => set(key, value, store),
    values: () => values(store),
    entries: () => entries(store),
    change: (key, make) =>
      // Strict: a punch that was shown as kept is on the disk, not on its way there.
      store('readonly', ({ transaction }) => {
        const strict = transaction.db.transaction(shelf, 'readwrite', { durability: 'strict' });
        return changed(strict.objectStore(shelf), key, make);
      }),
  };
}

function changed<T>(
  store: IDBObjectStore,
  key: string,
  make: (before: T | undefined) => readonly Change[],
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let some = false;
    const asked = store.get(key);
    asked.onsuccess = () => {
      for (const [name, value] of make(asked.result as T | undefined)) {
        some = true;
        if (value === undefined) store.delete(name);
        else store.put(value, name);
      }
    };
    store.transaction.oncomplete = () => resolve(some);
    store.transaction.onabort = () => reject(store.transaction.error ?? asked.error);
  });
}

/** The same for as long as the page lives. */
export function passingShelf(): Shelf {
  const kept = new Map<string, unknown>();
  return {
    lasting: false,
    get: async <T>(key: string) => kept.get(key) as T | undefined,
    set: async (key, value) => void kept.set(key, value),
    values: async <T>() => Array.from(kept.values()) as T[],
    entries: async () => Array.from(kept),
    change: async <T>(key: string, make: (before: T | undefined) => readonly Change[]) => {
      const changes = make(kept.get(key) as T | undefined);
      for (const [name, value] of changes) {
        if (value === undefined) kept.delete(name);
        else kept.set(name, value);
      }
      return changes.length > 0;
    },
  };
}

/** The lasting one where this browser has it, else the passing one. */
export async function bestShelf(database: string, name: string): Promise<Shelf> {
  try {
    const shelf = shelfOf(database, name);
    await shelf.set('probe', 1);
    return shelf;
  } catch {
    return passingShelf();
  }
}

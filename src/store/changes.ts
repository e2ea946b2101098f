/** Says that a database has changed, to whoever listens in this process. It says never what: who hears it looks. */
export interface Changes {
  /** `heard` is called after each commit that holds, and once with `true` when the database closes. Answers how to stop. */
  listen(heard: (closing: boolean) => void): () => void;
}

export interface Signal extends Changes {
  tell(closing?: boolean): void;
}

export function openSignal(): Signal {
  const listeners = new Set<(closing: boolean) => void>();
  return {
    listen(heard) {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    tell(closing = false) {
      for (const heard of [...listeners]) heard(closing);
    },
  };
}

/** The same write again is the same write; the same id with anything else is refused. */
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';

/** As `sameOr`, for what is decided once: other words, or somebody else's, come too late. */
export function sameDecision<T extends object>(known: T, repeated: Partial<Record<keyof T, unknown>>): T {
  return saysTheSame(known, repeated) ? known : refuse('already-decided');
}

/** `known` when the repetition says the same (its own time aside) by the same actor, else the refusal `id-reused`. */
export function sameOr<T extends object>(known: T, repeated: Partial<Record<keyof T, unknown>>): T {
  return saysTheSame(known, repeated) ? known : refuse('id-reused');
}

function saysTheSame(known: object, repeated: object): boolean {
  const without = (row: object) => {
    const { at: _, ...said } = row as { at?: unknown };
    return canonicalJson(said);
  };
  return without(known) === without(repeated);
}

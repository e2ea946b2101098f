/** The same write again is the same write; the same id with anything else is refused. */
import { canonicalJson } from '../kernel/digest.ts';
import { refuse } from '../kernel/refusal.ts';

/** `known` when the repetition says the same (its own time aside) by the same actor, else the refusal `id-reused`. */
export function sameOr<T extends object>(known: T, repeated: Partial<Record<keyof T, unknown>>): T {
  const without = (row: object) => {
    const { at: _, ...said } = row as { at?: unknown };
    return canonicalJson(said);
  };
  if (without(known) !== without(repeated)) refuse('id-reused');
  return known;
}

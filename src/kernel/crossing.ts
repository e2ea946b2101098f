/** An answer on its way to another object or thread, where a thrown refusal would arrive as a mere error. */
import { Refusal, type RefusalPointer, type RefusalSlug, type RefusalValues } from './refusal.ts';

export type Crossing<T> =
  | { readonly value: T }
  | { readonly refusal: { slug: RefusalSlug; values: RefusalValues; pointers: readonly RefusalPointer[] } };

/** What to send. Anything but a refusal is still thrown. */
export async function crossing<T>(answer: () => T | Promise<T>): Promise<Crossing<T>> {
  try {
    return { value: await answer() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: { slug: error.slug, values: error.values, pointers: error.pointers } };
  }
}

/** The answer of a crossing; a refusal is thrown on this side again. */
export function arrived<T>(crossed: Crossing<unknown>): T {
  if ('refusal' in crossed) {
    const { slug, values, pointers } = crossed.refusal;
    throw new Refusal(slug, values, pointers);
  }
  return crossed.value as T;
}

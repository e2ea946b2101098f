/** Who is calling, as the front found out; what they may do here is for the cell to say. */

/** A: passkey. B: enrolled device key. C: one-time code. */
export type SignerGrade = 'A' | 'B' | 'C';

export type Actor =
  | { readonly kind: 'visitor' }
  | { readonly kind: 'person'; readonly personId: string; readonly signedInBy: SignerGrade }
  /** A person whom the deployment trusts to accept employers' licences. */
  | { readonly kind: 'operator'; readonly personId: string }
  | { readonly kind: 'system' };

/** As written in the journal. */
export function actorText(actor: Actor): string {
  return actor.kind === 'person' || actor.kind === 'operator'
    ? `${actor.kind}:${actor.personId}`
    : actor.kind;
}

/** What lets a stranger make an account: the terminal's token, a registration link, or an employer's invitation. */
import { z } from '@hono/zod-openapi';
import { zId } from '../http/schema.ts';
import { keyedHash, sameSecret } from '../kernel/digest.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { askCell, type FrontContext } from './context.ts';

export const zGate = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('setup'), token: z.string().max(100) }),
    z.strictObject({ kind: z.literal('registration'), token: z.string().max(100) }),
    z.strictObject({ kind: z.literal('invitation'), org: zId, token: z.string().max(100) }),
  ])
  .openapi('Gate');
export type Gate = z.infer<typeof zGate>;

/** Refuses `registration-closed` or `link-expired`. The invitation's own rules (cap, approval) are the cell's, at its use. */
export async function passGate(front: FrontContext, gate: Gate): Promise<void> {
  if (gate.kind === 'invitation') {
    const invitation = await askCell<{ open: boolean }>(
      front,
      gate.org,
      `/invitations/by-token/${encodeURIComponent(gate.token)}`,
      { kind: 'visitor' },
    );
    if (!invitation?.open) refuse('link-expired');
    return;
  }
  if (gate.kind === 'setup') {
    if (!sameSecret(gate.token, front.secrets.setupToken)) refuse('registration-closed');
    if (await front.directory.call('deployment', 'hasOperator', {})) refuse('registration-closed');
    return;
  }
  const registration = await front.directory.call('deployment', 'registrationOf', {
    tokenHash: registrationHash(front, gate.token),
  });
  if (!registration || registration.usedBy !== null) refuse('registration-closed');
}

/** For pages: what a form behind a closed gate would only be told when it is sent. */
export function isGateOpen(front: FrontContext, gate: Gate): Promise<boolean> {
  return passGate(front, gate).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false;
      throw error;
    },
  );
}

export function registrationHash(front: FrontContext, token: string): string {
  return keyedHash(front.secrets.pepper, `registration ${token}`);
}

/** Derived from the registration's id, so that asking twice shows the same link and no table holds one. */
export function registrationToken(front: FrontContext, id: string): string {
  return keyedHash(front.secrets.pepper, `registration link ${id}`);
}

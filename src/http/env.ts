/** What every handler of a cell finds: the cell's context, who calls, and when. */
import type { Context } from 'hono';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/time.ts';
import type { Payouts } from '../provider/payouts.ts';
import type {
  Assets,
  DirectoryPort,
  Files,
  Messages,
  Renderer,
  TimestampAuthority,
} from '../provider/providers.ts';
import type { Store } from '../store/commit.ts';

/** The seam: one employer's database and rules, on whichever runtime. */
export interface Cell {
  handle(request: Request, actor: Actor): Promise<Response>;
}

/** The cell's own secrets, opened from its wrapped key when it wakes. 32 bytes each. */
export interface CellKeys {
  /** Columns named `…Sealed`. */
  readonly field: Uint8Array;
  /** Blind indexes. */
  readonly index: Uint8Array;
  /** Ed25519 seed: receipts and work cards. */
  readonly signing: Uint8Array;
}

export interface CellContext {
  readonly org: string;
  readonly store: Store;
  readonly keys: CellKeys;
  readonly files: Files;
  readonly assets: Assets;
  readonly renderer: Renderer;
  readonly messages: Messages;
  readonly directory: DirectoryPort;
  /** `https://work.example` without a slash at the end. */
  readonly publicUrl: string;
  /** The rpID that passkeys are bound to. */
  readonly rpId: string;
  /** Where map tiles come from, `https://…/{z}/{x}/{y}.png`; without it maps are a grid. */
  readonly tileUrl?: string;
  /** Without them nobody is paid through a provider. */
  readonly payouts?: Payouts;
  /** The deployment's certificate authority signs employers' seal certificates. */
  readonly authority: CertificateAuthority;
  /** Asked in this order; without any, seals and journal have the service's own time alone. */
  readonly timestamps?: readonly TimestampAuthority[];
  readonly clock: () => Instant;
  /** The demo only: device keys bound by a code from the terminal may sign. */
  readonly allowTerminalSigners?: boolean;
  /** Wakes the cell's tick soon: called after queueing due work. */
  readonly wake: () => void;
}

export interface CertificateAuthority {
  /** PEM certificate and PKCS#8 key, both of the deployment. */
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface CellEnv {
  Bindings: { cell: CellContext; actor: Actor };
  Variables: { at: Instant; unread?: number };
}
export type CellRequest = Context<CellEnv>;

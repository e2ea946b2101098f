/**
 * Documents that are drawn: the contract that everybody signs, and what is appended to it when it is sealed. What
 * they look like lies beside; where they are drawn is the renderer's affair.
 */

import type { Spoken } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';
import type { Renderer } from '../provider/providers.ts';
import type { Clause } from '../template/clause.ts';
import type { Mark } from './mark.ts';

/** Who will sign, for the blocks at the end. */
export interface Party extends Spoken {
  /** Names the block, so that a mark finds it: the role of who signs there. */
  readonly slot: string;
  readonly name: string;
}

export interface Fact {
  readonly label: Spoken;
  readonly value: string;
}

export interface ContractDocument {
  readonly title: Spoken;
  readonly contractId: string;
  readonly clauses: readonly Clause[];
  readonly parties: readonly Party[];
  /** Below the title. */
  readonly facts?: readonly Fact[];
  /** The public page that checks this contract; drawn as a code on every page. */
  readonly verifyUrl: string;
  readonly at: Instant;
  /** What people typed, by the pointer in their request: a refusal of a character points there. */
  readonly typed?: Readonly<Record<string, string>>;
}

export interface DrawnContract {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly pages: number;
}

export interface EvidenceSigner {
  /** 乙方 / Party B. */
  readonly party: Spoken;
  readonly name: string;
  /** Whom the employer found them to be, how, and when. */
  readonly identity: Spoken;
  /** Written out, with the zone. */
  readonly at: string;
  /** With what they signed. */
  readonly how: Spoken;
  readonly grade: 'A' | 'B' | 'C';
  /** What the grade proves, in one plain sentence. */
  readonly means: Spoken;
  /** SHA-256 of the record that their key signed. */
  readonly recordDigest: string;
  /** Whatever else is known: how long they read, who stood witness. */
  readonly facts?: readonly { readonly label: Spoken; readonly value: Spoken }[];
}

/** What a judge reads behind the contract, and what a machine reads in the attachment. */
export interface EvidencePage {
  readonly contractId: string;
  readonly verifyUrl: string;
  readonly signed: { readonly bytes: number; readonly pages: number; readonly digest: string };
  readonly signers: readonly EvidenceSigner[];
  readonly consent: Spoken;
  /** Who seals the file, with whose certificate. */
  readonly seal: Spoken;
  readonly notProven: readonly Spoken[];
  /** How to check it without us. */
  readonly check: readonly Spoken[];
  /** Drawn onto the signature blocks: decoration, never the proof. */
  readonly marks: readonly Mark[];
  /** Attached as `evidence.json`. */
  readonly evidence: string;
  readonly at: Instant;
}

export interface ReportTable {
  readonly title: Spoken;
  readonly columns: readonly Spoken[];
  readonly rows: readonly (readonly ReportCell[])[];
  /** The last row, in bold. */
  readonly total?: readonly string[];
  /** Shares of the width; without them the words decide. */
  readonly shares?: readonly number[];
}
/** One text, or the same in both languages, one below the other; each line of it stands alone. */
export type ReportCell = string | Spoken;
/** A statement, a payslip: nothing that is signed. */
export interface Report {
  readonly title: Spoken;
  /** At the foot of every page, e.g. its number. */
  readonly about: string;
  readonly facts: readonly Fact[];
  readonly tables: readonly ReportTable[];
  readonly notes: readonly Spoken[];
  readonly at: Instant;
}

/** The jobs of a renderer: plain data in and out, so that they cross to a thread or another object. */
export interface Jobs {
  readonly contract: { readonly input: ContractDocument; readonly output: DrawnContract };
  readonly evidence: {
    readonly input: { readonly bytes: Uint8Array; readonly evidence: EvidencePage };
    readonly output: Uint8Array<ArrayBuffer>;
  };
  readonly report: { readonly input: Report; readonly output: Uint8Array<ArrayBuffer> };
}

const run = <K extends keyof Jobs>(renderer: Renderer, kind: K, input: Jobs[K]['input']) =>
  renderer.render(kind, input) as Promise<Jobs[K]['output']>;

/** The bytes that everybody signs. The same input gives the same bytes. Refuses `character-unprintable`. */
export function drawContract(document: ContractDocument, renderer: Renderer): Promise<DrawnContract> {
  return run(renderer, 'contract', document);
}

/** Appends marks, evidence page and attachment as one incremental update: the given bytes stay the beginning. */
export function appendEvidence(
  bytes: Uint8Array,
  evidence: EvidencePage,
  renderer: Renderer,
): Promise<Uint8Array<ArrayBuffer>> {
  return run(renderer, 'evidence', { bytes, evidence });
}

/** The same report gives the same bytes. Refuses `character-unprintable`. */
export function drawReport(report: Report, renderer: Renderer): Promise<Uint8Array<ArrayBuffer>> {
  return run(renderer, 'report', report);
}

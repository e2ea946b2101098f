/** What leads outside, as interfaces. Real ones and fakes lie beside; a provider always comes in as an argument. */
import type { SignerGrade } from '../kernel/actor.ts';
import type { Locale } from '../kernel/refusal.ts';
import type { Instant } from '../kernel/time.ts';

/** Bytes at rest, named by the keyed hash of their plaintext and encrypted under the cell's file key. */
export interface Files {
  /** Idempotent: the same bytes have the same id. */
  put(bytes: Uint8Array): Promise<string>;
  /** Undefined when there is no such file. Throws when the stored bytes do not open. */
  get(fileId: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** For what a retention rule ends. One that is gone already is gone. */
  remove(fileId: string): Promise<void>;
}

/** What ships beside the code (fonts, client modules): read once and kept by the caller. */
export interface Assets {
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Draws documents, away from who answers requests: in a thread of its own on Node, beside the employer's object on the edge. */
export interface Renderer {
  /** The room of documents knows the kinds; input and answer are plain data. A refusal is thrown as one. */
  render(kind: string, input: unknown): Promise<unknown>;
}

export interface Message {
  readonly to: { readonly channel: 'sms' | 'email'; readonly address: string };
  readonly locale: Locale;
  /** Which template of templates/messages. */
  readonly template: 'sign-in-code' | 'notice';
  readonly values: Readonly<Record<string, string>>;
}
export interface Messages {
  /** Whether this deployment can reach a channel, so that pages offer only what works. */
  readonly channels: readonly ('sms' | 'email')[];
  /** Messages appear in the operator's terminal: good for trying, never for signing. */
  readonly terminal?: boolean;
  send(message: Message): Promise<void>;
}

/** A key of a person, as the directory knows it, with the ceremony that enrolled it. */
export type SignerKey =
  | {
      readonly grade: 'A';
      readonly credentialId: string;
      readonly publicKey: string;
      readonly counter: number;
      readonly transports: readonly string[];
      readonly backedUp: boolean;
      readonly deviceType: string;
      readonly enrolment: string;
    }
  | {
      readonly grade: 'B';
      readonly deviceId: string;
      readonly label: string;
      readonly publicKey: string;
      readonly boundBy: 'passkey' | 'code' | 'supervisor';
      readonly enrolment: string;
    };

/** For a person, wherever they are reached: an employer's database knows no addresses. */
export interface PersonMessage {
  /** The same id again is the same message. */
  readonly id: string;
  readonly personId: string;
  /** A page of ours, `/orgs/…`. */
  readonly link: string;
  readonly texts: Readonly<Record<Locale, { readonly title: string; readonly body: string }>>;
}

/** What a cell may ask of the directory, and tell it. */
export interface DirectoryPort {
  /** Keys in force of one person, passkeys first. */
  keysOf(personId: string): Promise<readonly SignerKey[]>;
  bestGrade(personId: string): Promise<SignerGrade>;
  /** Sends to the person's proved e-mail address, once; nothing where there is none or no way to send. */
  notify(message: PersonMessage): Promise<void>;
  /** Idempotent; what was said later counts. `standing` is for showing only: "owner", "worker"; "none" when nothing is left. */
  putMembership(membership: {
    personId: string;
    orgId: string;
    orgName: string;
    standing: string;
    saidAt: Instant;
  }): Promise<void>;
  putOrg(org: {
    orgId: string;
    name: string;
    registrationCode: string;
    licenceAt?: string;
    reviewedAt?: string;
    verified: boolean;
  }): Promise<void>;
}

/** An independent clock that signs (RFC 3161). Throws when it is silent, slow or refuses; what it answers is checked by who asks. */
export interface TimestampAuthority {
  readonly url: string;
  ask(query: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/** Payments through a provider, as a port: one order under a name of ours that never changes, and what became of it. */

export interface PayoutOrder {
  /** Letters and digits, at most 32: the provider pays one name once. */
  readonly name: string;
  /** Fen. */
  readonly amountMinor: number;
  /** An openid or a login id. */
  readonly payee: string;
  readonly payeeName: string;
  /** What the payee reads. */
  readonly remark: string;
}

export interface PayoutAnswer {
  readonly state:
    | 'accepted'
    | 'wait-user-confirm'
    | 'confirmed'
    | 'paid'
    | 'rejected'
    | 'cancelled'
    | 'returned';
  /** The provider's own state or reason. */
  readonly code: string;
  readonly reason?: string | undefined;
  /** The provider's number of it. */
  readonly ref?: string | undefined;
  /** What the payee's confirmation needs. */
  readonly confirmation?: string | undefined;
}

export interface PayoutCallback {
  readonly name: string;
  readonly amountMinor?: number | undefined;
  readonly answer: PayoutAnswer;
}
export interface CallbackRequest {
  readonly header: (name: string) => string | undefined;
  /** The very characters that were signed. */
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface PayoutProvider {
  /** Throws `PayoutUnclear` whenever the answer does not say for sure what became of the order. */
  send(order: PayoutOrder): Promise<PayoutAnswer>;
  /** Undefined: the provider says, signed, that it knows no order of this name. */
  query(name: string): Promise<PayoutAnswer | undefined>;
  /** Asks to take it back while that is possible; what became of it, `query` says. */
  cancel(name: string): Promise<void>;
  /** Throws `PayoutForged` when it is not the provider who says so, or not now. */
  readCallback(request: CallbackRequest): Promise<PayoutCallback>;
  /** One harmless question. The trouble, or nothing when keys and account are in order. */
  trouble(): Promise<string | undefined>;
}

/** No answer, or none that says anything about the money. The order keeps its name and is asked about later. */
export class PayoutUnclear extends Error {
  override readonly name = 'PayoutUnclear';
  constructor(
    readonly code: string,
    message = '',
  ) {
    super(message ? `${code} ${message}` : code);
  }
}

export class PayoutForged extends Error {
  override readonly name = 'PayoutForged';
}

/** A key that cannot be read, by the name of its field. */
export class PayoutKeyInvalid extends Error {
  override readonly name = 'PayoutKeyInvalid';
  constructor(readonly field: string) {
    super(field);
  }
}

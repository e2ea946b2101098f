/** What a phone has to know to let its owner clock in and out without a network. No imports: the phone reads it, too. */

export interface ClockScene {
  readonly org: string;
  readonly employer: string;
  /** Whose it is: a phone shows it to nobody else. */
  readonly personId: string;
  readonly name: string;
  /** By our clock, so that a phone can tell how far off its own is. */
  readonly at: string;
  /** Whether the position may be read at a punch. */
  readonly consented: boolean;
  /** Somebody who clocked in longer ago than this has forgotten to clock out. */
  readonly longShiftSeconds: number;
  readonly engagements: readonly ClockEngagement[];
  readonly sites: readonly ClockSite[];
  /** The phones that sign for this person here. */
  readonly devices: readonly ClockDevice[];
}

export interface ClockDevice {
  readonly id: string;
  readonly label: string;
  readonly at: string;
  /** Removed by the worker or the employer: it signs no more. */
  readonly revoked: boolean;
}

export interface ClockEngagement {
  readonly id: string;
  readonly roleTitle: string;
  readonly siteIds: readonly string[];
  /** The newest punch that counts. */
  readonly last: ClockPunch | null;
}

export interface ClockPunch {
  readonly id: string;
  readonly kind: 'in' | 'out';
  readonly siteId: string;
  readonly at: string;
}

export interface ClockSite {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  /** In WGS-84, as `shapesOf` reads them; null where none was drawn: then every position is uncertain. */
  readonly shapes: string | null;
  readonly place: 'record' | 'flag' | 'require-proof';
  readonly accurateMetres: number;
}

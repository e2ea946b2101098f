/** Places on a page, and numbers as they are written there. Browsers read this, too. */

/** Where a party's drawn mark may stand: left, bottom, right, top. */
export interface Place {
  readonly slot: string;
  readonly page: number;
  readonly box: readonly [number, number, number, number];
}

export const round = (value: number) => String(Math.round(value * 1000) / 1000);

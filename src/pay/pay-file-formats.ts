/** Which formats an employer's runs can be written in: what ships, with the employer's own settings and mappings. */
import type { CellKeys } from '../http/env.ts';
import type { CivilDate } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { csvFormat } from './files/csv.ts';
import type { PayFormat } from './files/format.ts';
import { xlsxFormat } from './files/xlsx.ts';

export interface FormatChoice {
  readonly format: string;
  /** The day on which the bank shall pay; the run's pay day when nobody says another. */
  readonly executeOn?: CivilDate;
}

export function formatOf(_db: Db, _keys: CellKeys, choice: FormatChoice): PayFormat | undefined {
  return [csvFormat, xlsxFormat].find(({ id }) => id === choice.format);
}

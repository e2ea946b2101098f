/** The mappings that ship: layouts of banks and payroll systems as data, each with its source. An employer may change any of them. */
import adp from '../../../templates/pay-files/adp.json' with { type: 'json' };
import ccb from '../../../templates/pay-files/ccb.json' with { type: 'json' };
import cmb from '../../../templates/pay-files/cmb.json' with { type: 'json' };
import gusto from '../../../templates/pay-files/gusto.json' with { type: 'json' };
import icbc from '../../../templates/pay-files/icbc.json' with { type: 'json' };
import quickbooksTime from '../../../templates/pay-files/quickbooks-time.json' with { type: 'json' };
import xero from '../../../templates/pay-files/xero.json' with { type: 'json' };
import type { Mapping } from './mapping.ts';

export interface Preset {
  readonly id: string;
  readonly version: string;
  readonly mapping: Mapping;
}

export const presets: readonly Preset[] = [icbc, ccb, cmb, adp, gusto, quickbooksTime, xero].map(
  ({ id, version, ...mapping }) => ({ id, version, mapping: mapping as unknown as Mapping }),
);

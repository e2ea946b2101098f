/** Which formats an employer's runs can be written in: what ships, with the employer's own settings and mappings. */
import { eq } from 'drizzle-orm';
import { payFileMappings } from '../../db/cell.ts';
import { employerOf } from '../employer/employer.ts';
import { sameOr } from '../employer/repeat.ts';
import type { CellKeys } from '../http/env.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { refuse } from '../kernel/refusal.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import { type Db, newestFirst, type Tx } from '../store/commit.ts';
import { record } from '../store/journal.ts';
import { csvFormat } from './files/csv.ts';
import type { PayFormat } from './files/format.ts';
import { badTemplates, mappedFormat } from './files/mapped.ts';
import type { Mapping } from './files/mapping.ts';
import { nachaFormat } from './files/nacha.ts';
import { pain001Format } from './files/pain-001.ts';
import { presets } from './files/presets.ts';
import { xlsxFormat } from './files/xlsx.ts';
import { outsideNumberCount } from './outside-number.ts';
import { payerFactsOf } from './payer-account.ts';

export interface FormatChoice {
  readonly format: string;
  /** The day on which the bank shall pay. */
  readonly executeOn: CivilDate;
}

export function formatOf(db: Db, keys: CellKeys, { format, executeOn }: FormatChoice): PayFormat | undefined {
  if (format === 'csv') return csvFormat;
  if (format === 'xlsx') return xlsxFormat;
  if (format === 'pain-001') return pain001Format({ payer: payerFactsOf(db, keys, 'sepa'), executeOn });
  if (format === 'nacha') return nachaFormat({ payer: payerFactsOf(db, keys, 'nacha'), executeOn });
  const mapped = mappingOf(db, format);
  if (!mapped) return undefined;
  const payer = payerFactsOf(db, keys, 'mainland');
  const made = mappedFormat(format, mapped.version, mapped.mapping, payer);
  const asksOutside = mapped.mapping.columns.some(({ value }) => value.includes('{outside.'));
  // Numbers are only ever added, so their count says which of them a file was written with.
  return asksOutside
    ? { ...made, inputs: { of: made.inputs, outsideNumbers: outsideNumberCount(db) } }
    : made;
}

/** The bank formats of the employer's currency first; formats for other currencies are left out, mappings never are. */
export function formatsOf(db: Db, keys: CellKeys, executeOn: CivilDate): PayFormat[] {
  const { currency } = employerOf(db);
  const ids = [
    'csv',
    'xlsx',
    ...(currency === 'CNY' ? [] : ['pain-001']),
    ...(currency === 'USD' ? ['nacha'] : []),
    ...mappingsOf(db)
      .filter(({ format }) => currency === 'CNY' || !mainlandPresets.includes(format))
      .map(({ format }) => format),
  ];
  return ids.flatMap((format) => formatOf(db, keys, { format, executeOn }) ?? []);
}

const mainlandPresets: readonly string[] = ['icbc', 'ccb', 'cmb'];

export interface KnownMapping {
  readonly format: string;
  /** Of the shipped preset, or the id of the row that counts. */
  readonly version: string;
  readonly mapping: Mapping;
  /** Null: as shipped. */
  readonly made: { readonly at: Instant; readonly by: string } | null;
}

/** Presets as shipped or as changed here, then the employer's own in the order of their making. */
export function mappingsOf(db: Db): KnownMapping[] {
  const own = db
    .selectDistinct({ format: payFileMappings.format })
    .from(payFileMappings)
    .all()
    .map(({ format }) => format)
    .filter((format) => !presets.some(({ id }) => id === format))
    .sort();
  return [...presets.map(({ id }) => id), ...own].flatMap((format) => mappingOf(db, format) ?? []);
}

export function mappingOf(db: Db, format: string): KnownMapping | undefined {
  const row = mappingVersions(db, format)[0];
  if (row) {
    const { id, mapping, at, by } = row;
    return { format, version: id, mapping: JSON.parse(mapping) as Mapping, made: { at, by } };
  }
  const preset = presets.find(({ id }) => id === format);
  return preset && { format, version: preset.version, mapping: preset.mapping, made: null };
}

/** Newest first. */
export function mappingVersions(db: Db, format: string): (typeof payFileMappings.$inferSelect)[] {
  return db
    .select()
    .from(payFileMappings)
    .where(eq(payFileMappings.format, format))
    .orderBy(newestFirst(payFileMappings))
    .all();
}

/** A version more of a format; earlier files say which version they were written with. */
export function makeMapping(
  tx: Tx,
  actor: Actor,
  input: { readonly id: string; readonly format: string; readonly mapping: Mapping },
  at: Instant,
): KnownMapping {
  const { id, format, mapping } = input;
  const bad = badTemplates(mapping);
  if (bad.length > 0)
    refuse(
      'mapping-invalid',
      { what: bad[0]?.what ?? '' },
      bad.map(({ pointer, what }) => ({ pointer: `/${pointer}`, detail: what })),
    );
  const row = { id, format, mapping: JSON.stringify(mapping), at, by: actorText(actor) };
  const known = tx.select().from(payFileMappings).where(eq(payFileMappings.id, id)).get();
  if (known) sameOr(known, row);
  else record(tx, 'pay-file-mapping-made', row, row.by, at);
  return { format, version: id, mapping, made: { at: known?.at ?? at, by: row.by } };
}

/** A column mapping as it is sent: as a form has it, with what nobody filled in left out. */
import { z } from '@hono/zod-openapi';
import { zText } from '../http/schema.ts';
import type { CivilDate } from '../kernel/time.ts';
import { characterSets } from './files/characters.ts';
import { encodings } from './files/encoding.ts';
import type { Mapping } from './files/mapping.ts';

const zColumn = z.strictObject({
  head: zText(60).optional(),
  value: zText(300).optional(),
  required: z.boolean().default(false),
  longest: z.number().int().min(1).max(1000).optional(),
});

/** Lines, one below the other. */
const zLines = zText(2000).optional();

export const zMapping = z.strictObject({
  name: zText(80),
  nameZh: zText(80).optional(),
  group: z.enum(['bank', 'payroll']),
  rows: z.enum(['payments', 'days']),
  file: z.enum(['text', 'xlsx']),
  extension: z.enum(['csv', 'txt']).default('csv'),
  sheetName: zText(30).optional(),
  encoding: z.enum(encodings).default('utf-8'),
  separator: z.enum(['comma', 'semicolon', 'bar', 'tab']).default('comma'),
  quoting: z.enum(['when-needed', 'always', 'never']).default('when-needed'),
  header: z.boolean().default(true),
  before: zLines,
  after: zLines,
  // A row that was taken out of the form leaves a hole.
  columns: z.array(zColumn.nullish()).min(1).max(80),
  fileName: zText(120),
  rowsMax: z.number().int().min(1).max(1_000_000).optional(),
  characters: z.enum(characterSets).default('any'),
  outside: z.enum(['refuse', 'transliterate']).default('refuse'),
  source: zText(500).optional(),
});

export function mappingOfForm(form: z.infer<typeof zMapping>, on: CivilDate): Mapping {
  const { name, nameZh, before, after, columns, rowsMax, sheetName, source, ...rest } = form;
  return {
    ...rest,
    name: { en: name, zh: nameZh ?? name },
    sheetName: sheetName ?? 'Sheet1',
    before: linesOf(before),
    after: linesOf(after),
    columns: columns.flatMap((column) =>
      column
        ? [
            {
              head: column.head ?? '',
              value: column.value ?? '',
              required: column.required,
              longest: column.longest ?? null,
            },
          ]
        : [],
    ),
    rowsMax: rowsMax ?? null,
    source: { en: source ?? 'Made here.', zh: source ?? '自行设定。' },
    confidence: 'medium',
    verifiedOn: on,
  };
}

function linesOf(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '');
}

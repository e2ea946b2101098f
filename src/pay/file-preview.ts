/** A mapping at work before it is kept: on the first payments of the last approved run, or on made-up ones. */
import { desc } from 'drizzle-orm';
import { payRunApprovals } from '../../db/cell.ts';
import type { CellKeys } from '../http/env.ts';
import { joined } from '../http/sheet.ts';
import type { CivilDate, Instant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import type { PayFileContent } from './files/content.ts';
import type { Problem } from './files/format.ts';
import { badTemplates, mappedFormat } from './files/mapped.ts';
import { type Mapping, separators } from './files/mapping.ts';
import { contentOf } from './pay-file-content.ts';
import { payerFactsOf } from './payer-account.ts';
import { sampleContent } from './sample-content.ts';

export interface FilePreview {
  readonly fileName: string;
  /** Cell by cell, as they stand in the file. */
  readonly rows: readonly (readonly string[])[];
  readonly isSample: boolean;
  readonly problems: readonly Problem[];
  /** Pointers into the mapping. */
  readonly bad: readonly { readonly pointer: string; readonly what: string }[];
}

const paymentsShown = 5;

export function previewOf(
  db: Db,
  keys: CellKeys,
  mapping: Mapping,
  at: Instant,
  today: CivilDate,
): FilePreview {
  const bad = badTemplates(mapping);
  if (bad.length > 0) return { fileName: '', rows: [], isSample: true, problems: [], bad };
  const { content, isSample } = contentToShow(db, keys, at, today);
  // Text, whatever the file: what is shown are the cells.
  const shown: Mapping = { ...mapping, file: 'text', encoding: 'utf-8', separator: 'tab', quoting: 'never' };
  const payer = payerFactsOf(db, keys, 'mainland');
  const problems = [...mappedFormat('preview', '', mapping, payer).problems(content, today)].slice(0, 10);
  const [part] = [...mappedFormat('preview', '', shown, payer).parts(content)];
  const text = new TextDecoder().decode(joined([...(part?.pieces ?? [])]));
  const name = [...mappedFormat('preview', '', mapping, payer).parts(content)][0]?.name ?? '';
  const rows = text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => line.split(separators.tab));
  return { fileName: name, rows, isSample, problems, bad: [] };
}

function contentToShow(db: Db, keys: CellKeys, at: Instant, today: CivilDate) {
  const last = db.select().from(payRunApprovals).orderBy(desc(payRunApprovals.at)).limit(1).get();
  if (!last) return { content: sampleContent(db, at, today), isSample: true };
  const whole = contentOf(db, keys, last.id);
  const payments = first(whole.payments, paymentsShown);
  const workers = new Set(payments.map(({ workerId }) => workerId));
  const days = [];
  for (const day of whole.days) {
    if (!workers.has(day.workerId) || days.length >= paymentsShown * 4) break;
    days.push(day);
  }
  const content: PayFileContent = { ...whole, payments, days };
  return { content, isSample: false };
}

function first<T>(all: Iterable<T>, count: number): T[] {
  const found: T[] = [];
  for (const one of all) {
    found.push(one);
    if (found.length === count) break;
  }
  return found;
}

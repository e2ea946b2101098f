/** Contracts and evidence as PDF: what a reader, a machine and a screen reader find in them. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDict, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { appendEvidence, type ContractDocument, drawContract } from '../../src/document/document.ts';
import { rendererHere } from '../../src/document/drawing.ts';
import type { Mark } from '../../src/document/mark.ts';
import { evidenceIn, showsTheSame } from '../../src/document/reading.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { freshFolder } from '../node/folder.ts';
import { readAsset } from '../support/assets.ts';
import { longContract, someEvidence, strokes, verifiedForTests } from './paper.ts';

const renderer = rendererHere({ read: readAsset });
const draw = (change: Partial<ContractDocument> = {}) => drawContract(longContract(change), renderer);
const short = { clauses: longContract().clauses.slice(0, 1) };

test('the same contract has the same bytes, and so has its evidence', async () => {
  const [one, other] = [await draw(), await draw()];
  expect(one.bytes).toEqual(other.bytes);
  const evidence = someEvidence(one.bytes);
  expect(await appendEvidence(one.bytes, evidence, renderer)).toEqual(
    await appendEvidence(one.bytes, evidence, renderer),
  );
});

test('evidence and marks are appended: the bytes that were shown stay the beginning, and the pages look the same', async () => {
  const { bytes } = await draw();
  const sealed = await appendEvidence(bytes, someEvidence(bytes), renderer);
  expect(sealed.subarray(0, bytes.length)).toEqual(bytes);
  expect(await showsTheSame(bytes, sealed)).toBe(true);
  expect(await evidenceIn(sealed)).toBe('{"format":"workcard/contract-evidence"}');
});

test('a mark elsewhere than at its place is noticed, and so is a third one, or one that does something', async () => {
  const { bytes } = await draw(short);
  const seal: Mark = { kind: 'seal', slot: 'employer', employer: verifiedForTests };
  const marked = await appendEvidence(bytes, someEvidence(bytes, { marks: [seal] }), renderer);
  const stampOf = async (change: (stamp: PDFDict, pdf: PDFDocument) => void) => {
    const pdf = await PDFDocument.load(marked, { updateMetadata: false });
    const annotations = pdf.getPages().flatMap((page) => page.node.Annots()?.asArray() ?? []);
    change(pdf.context.lookup(annotations[0], PDFDict), pdf);
    return showsTheSame(bytes, await pdf.save({ useObjectStreams: false }));
  };
  expect(await stampOf(() => undefined)).toBe(true);
  expect(
    await stampOf((stamp, pdf) => stamp.set(PDFName.of('Rect'), pdf.context.obj([60, 600, 160, 700]))),
  ).toBe(false);
  expect(await stampOf((stamp) => stamp.set(PDFName.of('Subtype'), PDFName.of('FreeText')))).toBe(false);
  expect(
    await stampOf((stamp, pdf) =>
      stamp.set(PDFName.of('A'), pdf.context.obj({ S: 'URI', URI: PDFString.of('x') })),
    ),
  ).toBe(false);
  const marks = Array.from({ length: 5 }, () => seal);
  const many = await appendEvidence(bytes, someEvidence(bytes, { marks }), renderer);
  expect(await showsTheSame(bytes, many)).toBe(false);
});

test('a page that was turned or cropped from above is noticed', async () => {
  const { bytes } = await draw(short);
  const pdf = await PDFDocument.load(bytes, { forIncrementalUpdate: true, updateMetadata: false });
  const pages = pdf.catalog.Pages();
  pages.set(PDFName.of('Rotate'), pdf.context.obj(180));
  const turned = await pdf.commit({ useObjectStreams: false });
  expect(await showsTheSame(bytes, turned)).toBe(false);
});

test('a rare name is drawn from a fallback font, and a character that no font has is refused by name, where it was typed', async () => {
  const parties = (name: string) => [{ slot: 'worker', zh: '乙方', en: 'Party B', name }];
  await expect(draw({ ...short, parties: parties('𠮷龘𨋢') })).resolves.toMatchObject({ pages: 1 });
  const [clause] = longContract().clauses;
  if (!clause) throw new Error('no clause');
  const refusal = await draw({
    clauses: [{ ...clause, zh: ['甲𪚥乙'], en: ['x'] }],
    typed: { '/values/address': '甲𪚥乙', '/values/contact': '甲乙' },
  }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({
    slug: 'character-unprintable',
    values: { character: '𪚥', code: 'U+2A6A5' },
    pointers: [{ pointer: '/values/address' }],
  });
});

test('a character is never shown by which a sentence could be turned around', async () => {
  const refusal = await draw({ ...short, title: { zh: '协议\u202e', en: 'x' } }).catch(
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({
    slug: 'character-unprintable',
    values: { character: '�', code: 'U+202E' },
  });
});

test('language, title and structure are said, and every page has its number in the structure', async () => {
  const { bytes } = await draw();
  const sealed = await appendEvidence(bytes, someEvidence(bytes), renderer);
  const pdf = await PDFDocument.load(sealed, { updateMetadata: false });
  expect(pdf.getTitle()).toBe('劳务协议 Service agreement');
  expect(pdf.catalog.lookup(PDFName.of('Lang'), PDFString).asString()).toBe('zh-CN');
  expect(pdf.catalog.lookup(PDFName.of('MarkInfo'), PDFDict).toString()).toContain('/Marked true');
  expect(pdf.catalog.lookup(PDFName.of('ViewerPreferences'), PDFDict).toString()).toContain(
    '/DisplayDocTitle true',
  );
  const numbers = pdf.getPages().map((page) => page.node.get(PDFName.of('StructParents'))?.toString());
  expect(new Set(numbers).size).toBe(pdf.getPageCount());
  const text = new TextDecoder('latin1').decode(sealed);
  for (const role of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'Annot'])
    expect(text).toContain(`/S /${role}`);
  expect(text.match(/\/Lang \(en\)/g)?.length).toBeGreaterThan(20);
});

const missing = (tool: string) => {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' });
    return false;
  } catch {
    return true;
  }
};

test.skipIf(missing('pdftotext'))(
  'text leaves the file in both languages and in order (needs pdftotext)',
  async () => {
    const { bytes } = await draw();
    const file = join(freshFolder(), 'contract.pdf');
    writeFileSync(file, bytes);
    const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).replace(/\s+/g, '');
    const parts = [
      '劳务协议',
      '𠮷田龘',
      ...longContract().clauses.flatMap(({ zh, en }, index) =>
        index === 0 ? zh.flatMap((part, line) => [part, en[line] ?? '']) : [],
      ),
      '早班1',
      '早班14',
      '8.3任何一方',
      '乙方（劳务提供者）',
    ].map((part) => part.replace(/\s+/g, ''));
    let from = 0;
    for (const part of parts) {
      const at = text.indexOf(part, from);
      expect(at, part).toBeGreaterThanOrEqual(0);
      from = at;
    }
  },
);

test('strokes are drawn from what a finger did, down to a single dot', async () => {
  const { bytes } = await draw(short);
  const dot: Mark = {
    kind: 'signature',
    slot: 'worker',
    name: '李',
    strokes: { ...strokes, strokes: [[[5, 5]]] },
  };
  const marked = await appendEvidence(bytes, someEvidence(bytes, { marks: [dot] }), renderer);
  expect(await showsTheSame(bytes, marked)).toBe(true);
  expect(new TextDecoder('latin1').decode(marked)).not.toContain('NaN');
});

/** Drawing: the contract as PDF, and the evidence page that is appended to it. The only file that knows pdf-lib. */
import fontkit from '@cantoo/fontkit';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRef,
  PDFStream,
  rgb,
} from '@cantoo/pdf-lib';
import { sha256 } from '../kernel/digest.ts';
import { epochMs, type Instant } from '../kernel/time.ts';
import type { Assets } from '../provider/providers.ts';
import type { Clause } from '../template/clause.ts';
import { type FontPair, type Line, linesOf } from './type-setting.ts';

/** A4 in points. */
const page = { width: 595.28, height: 841.89, margin: 56, foot: 64 };
const gap = 18;
const column = (page.width - 2 * page.margin - gap) / 2;
const ink = { text: rgb(0.1, 0.11, 0.13), quiet: rgb(0.4, 0.43, 0.47), rule: rgb(0.82, 0.84, 0.87) };

export interface ContractDocument {
  readonly title: { readonly zh: string; readonly en: string };
  readonly contractId: string;
  readonly clauses: readonly Clause[];
  /** Who will sign, for the blocks at the end. */
  readonly parties: readonly { readonly zh: string; readonly en: string; readonly name: string }[];
  readonly at: Instant;
}

interface ParsedFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}
type FontBytes = Uint8Array<ArrayBuffer>;
interface Fonts {
  readonly latin: FontBytes;
  readonly cjk: FontBytes;
  readonly latinBold: FontBytes;
  readonly cjkBold: FontBytes;
}

// Parsing ten megabytes of font takes longer than drawing with it: each is parsed once a process.
const parsed = new Map<Uint8Array, ParsedFont>();
const cachingFontkit = {
  ...fontkit,
  create(bytes: Uint8Array, name?: string) {
    const known =
      parsed.get(bytes) ?? (fontkit.create as (bytes: Uint8Array, name?: string) => ParsedFont)(bytes, name);
    parsed.set(bytes, known);
    return known;
  },
};
// The value is kept, never the promise: workerd hangs who awaits another request's promise.
let loaded: Fonts | undefined;

async function fontsFrom(assets: Assets): Promise<Fonts> {
  loaded ??= await loadFonts(assets);
  return loaded;
}

async function loadFonts(assets: Assets): Promise<Fonts> {
  const [latin, cjk, latinBold, cjkBold] = await Promise.all(
    ['noto-sans-regular', 'noto-sans-sc-regular', 'noto-sans-bold', 'noto-sans-sc-bold'].map((name) =>
      assets.read(`fonts/${name}.ttf`),
    ),
  );
  if (!latin || !cjk || !latinBold || !cjkBold) throw new Error('fonts are missing');
  return { latin, cjk, latinBold, cjkBold };
}

async function embed(pdf: PDFDocument, latin: FontBytes, cjk: FontBytes): Promise<FontPair> {
  const pair = {
    latin: await pdf.embedFont(latin, { subset: true }),
    cjk: await pdf.embedFont(cjk, { subset: true }),
  };
  const has = (bytes: FontBytes) => {
    const font = cachingFontkit.create(bytes) as ParsedFont;
    return (codePoint: number) => font.hasGlyphForCodePoint(codePoint);
  };
  return { ...pair, latinHas: has(latin), cjkHas: has(cjk) };
}

/** The bytes that everybody signs. The same input gives the same bytes. */
export async function drawContract(
  document: ContractDocument,
  assets: Assets,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; pages: number }> {
  const pdf = await PDFDocument.create();
  const sheet = await prepare(pdf, assets);
  pdf.setTitle(`${document.title.zh} ${document.title.en}`, { showInWindowTitleBar: true });
  pdf.setLanguage('zh-CN');
  pdf.setSubject(document.contractId);
  stamp(pdf, document.at);
  sheet.heading(document.title.zh, document.title.en);
  document.clauses.forEach((clause, index) => {
    // Signatures on a page without a word of what is signed could be put under anything.
    if (index === document.clauses.length - 1) sheet.makeRoom(sheet.heightOf(clause) + signaturesHeight);
    sheet.clauseTitle(`${index + 1}. ${clause.title.zh}`, `${index + 1}. ${clause.title.en}`);
    clause.zh.forEach((zh, line) => {
      sheet.sideBySide(zh, clause.en[line] ?? '');
    });
  });
  sheet.signatures(document.parties);
  sheet.feet(document.contractId);
  return { bytes: new Uint8Array(await pdf.save({ useObjectStreams: false })), pages: pdf.getPageCount() };
}

export interface EvidencePage {
  readonly contractId: string;
  readonly lines: readonly { readonly zh: string; readonly en: string }[];
  /** Attached as `evidence.json`. */
  readonly evidence: string;
  readonly at: Instant;
}

const evidenceName = 'evidence.json';

/** Appends the evidence page and the attachment as an incremental update: the given bytes stay the beginning. */
export async function appendEvidence(
  bytes: Uint8Array,
  evidence: EvidencePage,
  assets: Assets,
): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.load(bytes, { forIncrementalUpdate: true, updateMetadata: false });
  const sheet = await prepare(pdf, assets);
  sheet.heading('签署证据', 'Evidence of signing');
  for (const line of evidence.lines) sheet.sideBySide(line.zh, line.en);
  await pdf.attach(new TextEncoder().encode(evidence.evidence), evidenceName, {
    mimeType: 'application/json',
    description: 'Records, proofs and identity summary of this contract',
    creationDate: new Date(epochMs(evidence.at)),
    modificationDate: new Date(epochMs(evidence.at)),
  });
  const whole = await pdf.commit({ useObjectStreams: false });
  return new Uint8Array(whole);
}

/** The attached evidence as text; undefined when there is none, or more than one. */
export async function evidenceIn(bytes: Uint8Array): Promise<string | undefined> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const [found, ...more] = pdf.getAttachments().filter(({ name }) => name === evidenceName);
  return found && more.length === 0 ? new TextDecoder().decode(found.data) : undefined;
}

/** Whether a reader sees the same pages at the beginning of both: an update can redraw a page without a byte of it changing. */
export async function showsTheSame(bytes: Uint8Array, appended: Uint8Array): Promise<boolean> {
  const [before, after] = await Promise.all(
    [bytes, appended].map((one) => PDFDocument.load(one, { updateMetadata: false })),
  );
  const shown = after?.getPages().map(drawn) ?? [];
  return before?.getPages().every((sheet, index) => drawn(sheet) === shown[index]) ?? false;
}

/** All that a page is drawn with, as text. */
function drawn(sheet: PDFPage): string {
  const seen = new Set<string>();
  const { context } = sheet.doc;
  return written(sheet.node, context, seen);
}

function written(object: PDFObject | undefined, context: PDFContext, seen: Set<string>): string {
  if (object instanceof PDFRef) {
    if (seen.has(object.tag)) return object.tag;
    seen.add(object.tag);
    return `${object.tag} ${written(context.lookup(object), context, seen)}`;
  }
  if (object instanceof PDFArray)
    return `[${object
      .asArray()
      .map((item) => written(item, context, seen))
      .join(' ')}]`;
  if (object instanceof PDFStream)
    return `${written(object.dict, context, seen)} ${sha256(object.getContents())}`;
  if (object instanceof PDFDict)
    return `<<${object
      .entries()
      .filter(([key]) => key !== PDFName.Parent)
      .map(([key, value]) => `${key.asString()} ${written(value, context, seen)}`)
      .sort()
      .join(' ')}>>`;
  return String(object);
}

function stamp(pdf: PDFDocument, at: Instant): void {
  const date = new Date(epochMs(at));
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  pdf.setProducer('Workcard');
  pdf.setCreator('Workcard');
}

async function prepare(pdf: PDFDocument, assets: Assets): Promise<Sheet> {
  pdf.registerFontkit(cachingFontkit as never);
  const fonts = await fontsFrom(assets);
  return new Sheet(
    pdf,
    await embed(pdf, fonts.latin, fonts.cjk),
    await embed(pdf, fonts.latinBold, fonts.cjkBold),
  );
}

const signaturesHeight = 110;

/** Where the pen is. A new page begins when a line does not fit. */
class Sheet {
  private page: PDFPage;
  private y: number;
  private readonly pages: PDFPage[] = [];

  constructor(
    private readonly pdf: PDFDocument,
    private readonly plain: FontPair,
    private readonly bold: FontPair,
  ) {
    this.page = this.newPage();
    this.y = page.height - page.margin;
  }

  heading(zh: string, en: string): void {
    this.centred(linesOf(zh, this.bold, 20, page.width - 2 * page.margin), 20);
    this.centred(linesOf(en, this.plain, 11, page.width - 2 * page.margin), 11);
    this.y -= 14;
  }

  clauseTitle(zh: string, en: string): void {
    // A title never stands alone at the foot of a page.
    if (this.y < page.foot + 60) this.turn();
    this.y -= 6;
    this.rows(linesOf(zh, this.bold, 10.5, column), linesOf(en, this.bold, 9.5, column), 10.5, 9.5, 15);
    this.y -= 1;
  }

  sideBySide(zh: string, en: string): void {
    this.rows(linesOf(zh, this.plain, 9.5, column), linesOf(en, this.plain, 8.5, column), 9.5, 8.5, 14);
    this.y -= 5;
  }

  /** Of a clause with its title, in points. */
  heightOf({ zh, en }: Clause): number {
    const paragraphs = zh.map((text, index) => {
      const left = linesOf(text, this.plain, 9.5, column).length;
      const right = linesOf(en[index] ?? '', this.plain, 8.5, column).length;
      return Math.max(left, right) * 14 + 5;
    });
    return paragraphs.reduce((sum, height) => sum + height, 22);
  }

  makeRoom(height: number): void {
    if (this.y < page.foot + height) this.turn();
  }

  signatures(parties: ContractDocument['parties']): void {
    this.makeRoom(signaturesHeight);
    this.y -= 18;
    const top = this.y;
    parties.forEach((party, index) => {
      const x = page.margin + index * (column + gap);
      this.y = top;
      for (const [text, size] of [
        [`${party.zh}  ${party.en}`, 9.5],
        [party.name, 11],
      ] as const) {
        for (const line of linesOf(text, size === 11 ? this.bold : this.plain, size, column))
          this.line(line, x, size, ink.text, 17);
      }
      this.page.drawLine({
        start: { x, y: this.y - 26 },
        end: { x: x + column, y: this.y - 26 },
        thickness: 0.6,
        color: ink.rule,
      });
      this.y -= 38;
      for (const line of linesOf(
        '电子签名，见附后证据页 Signed electronically; see the evidence page',
        this.plain,
        7.5,
        column,
      ))
        this.line(line, x, 7.5, ink.quiet, 11);
    });
  }

  feet(contractId: string): void {
    this.pages.forEach((sheet, index) => {
      this.page = sheet;
      this.y = 40;
      const text = `第 ${index + 1} 页，共 ${this.pages.length} 页 · page ${index + 1} of ${this.pages.length}`;
      const [left] = linesOf(contractId, this.plain, 7.5, column);
      const [right] = linesOf(text, this.plain, 7.5, column);
      if (left) this.draw(left, page.margin, 7.5, ink.quiet);
      if (right)
        this.draw(
          right,
          page.width - page.margin - right.reduce((width, run) => width + run.width, 0),
          7.5,
          ink.quiet,
        );
    });
  }

  private rows(
    left: readonly Line[],
    right: readonly Line[],
    leftSize: number,
    rightSize: number,
    leading: number,
  ): void {
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      if (this.y < page.foot + leading) this.turn();
      const [zh, en] = [left[index], right[index]];
      if (zh) this.draw(zh, page.margin, leftSize, ink.text);
      if (en) this.draw(en, page.margin + column + gap, rightSize, ink.quiet);
      this.y -= leading;
    }
  }

  private centred(lines: readonly Line[], size: number): void {
    for (const line of lines) {
      const width = line.reduce((total, run) => total + run.width, 0);
      this.draw(line, (page.width - width) / 2, size, size > 15 ? ink.text : ink.quiet);
      this.y -= size * 1.6;
    }
  }

  private line(line: Line, x: number, size: number, color: ReturnType<typeof rgb>, leading: number): void {
    this.draw(line, x, size, color);
    this.y -= leading;
  }

  private draw(line: Line, x: number, size: number, color: ReturnType<typeof rgb>): void {
    let at = x;
    for (const run of line) {
      this.page.drawText(run.text, { x: at, y: this.y, size, font: run.font, color });
      at += run.width;
    }
  }

  private turn(): void {
    this.page = this.newPage();
    this.y = page.height - page.margin;
  }

  private newPage(): PDFPage {
    const fresh = this.pdf.addPage([page.width, page.height]);
    this.pages.push(fresh);
    return fresh;
  }
}

/** Pages as data into a PDF: content streams, fonts, the structure tree and its links (ISO 32000-1 §14.7, §14.8; PDF/UA). */
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  type PDFFont,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { type FontFace, fontkitOnce } from './fonts.ts';
import { type Item, inks, type Page, paper, round, type Tag } from './page.ts';
import type { Face } from './type-setting.ts';

/** What a page shows under one tag, by the number it has in its content stream. */
interface Shown {
  readonly page: PDFRef;
  readonly id: number;
}

/** Adds the pages and their structure. `prefix` is the six letters that tell this subset of a font from others. */
export async function printPages(
  pdf: PDFDocument,
  pages: readonly Page[],
  root: Tag,
  prefix: string,
): Promise<void> {
  const { context } = pdf;
  const fonts = new FontSet(pdf, prefix);
  await fonts.embed(pages);
  const resources = context.register(context.obj({ Font: fonts.resources() }));
  const tree = structureOf(pdf);
  const shown = new Map<Tag, Shown[]>();
  const owners: (Tag | undefined)[][] = [];
  for (const page of pages) {
    const sheet = pdf.addPage([paper.width, paper.height]);
    const tags: (Tag | undefined)[] = [];
    const parts = page.marked.map(({ tag, items }) => {
      const drawn = items.map((item) => operatorsOf(item, fonts)).join('\n');
      if (!tag) return `/Artifact BMC\n${drawn}\nEMC`;
      const id = tags.push(tag) - 1;
      shown.set(tag, [...(shown.get(tag) ?? []), { page: sheet.ref, id }]);
      return `/${tag.role} <</MCID ${id}>> BDC\n${drawn}\nEMC`;
    });
    owners.push(tags);
    sheet.node.set(PDFName.of('Contents'), context.register(context.flateStream(parts.join('\n'))));
    sheet.node.set(PDFName.of('Resources'), resources);
    sheet.node.set(PDFName.of('StructParents'), PDFNumber.of(tree.nextKey + owners.length - 1));
    sheet.node.set(PDFName.of('Tabs'), PDFName.of('S'));
  }
  const elements = new Map<Tag, PDFRef>();
  tree.kids.push(writeTag(pdf, root, tree.ref, shown, elements));
  owners.forEach((tags, index) => {
    const refs = tags.map((tag) => (tag && elements.get(tag)) ?? PDFRef.of(0));
    tree.numbers.push(PDFNumber.of(tree.nextKey + index));
    tree.numbers.push(context.register(context.obj(refs)));
  });
  tree.root.set(PDFName.of('ParentTreeNextKey'), PDFNumber.of(tree.nextKey + owners.length));
}

class FontSet {
  readonly #fonts = new Map<Face, { key: string; font: PDFFont }>();

  constructor(
    private readonly pdf: PDFDocument,
    private readonly prefix: string,
  ) {}

  async embed(pages: readonly Page[]): Promise<void> {
    this.pdf.registerFontkit(fontkitOnce as never);
    const faces = new Set(
      pages.flatMap(({ marked }) =>
        marked.flatMap(({ items }) =>
          items.flatMap((item) => (item.kind === 'line' ? item.line.runs.map(({ face }) => face) : [])),
        ),
      ),
    );
    for (const face of faces) {
      const { bytes, name } = face as FontFace;
      const font = await this.pdf.embedFont(bytes, { subset: true, customName: `${this.prefix}+${name}` });
      this.#fonts.set(face, { key: `F${this.#fonts.size}`, font });
    }
  }

  resources(): Record<string, PDFRef> {
    return Object.fromEntries([...this.#fonts.values()].map(({ key, font }) => [key, font.ref]));
  }

  of(face: Face): { key: string; font: PDFFont } {
    const known = this.#fonts.get(face);
    if (!known) throw new Error(`the font ${face.name} was not embedded`);
    return known;
  }
}

function operatorsOf(item: Item, fonts: FontSet): string {
  if (item.kind === 'path')
    return item.stroke === undefined
      ? `${inks[item.ink]} rg ${item.path} f`
      : `${inks[item.ink]} RG ${item.stroke} w ${item.path} S`;
  const { line, x, y, size, ink, spread } = item;
  const runs = line.runs.map(({ text, face }) => {
    const { key, font } = fonts.of(face);
    return `/${key} ${size} Tf ${font.encodeText(text)} Tj`;
  });
  const spacing = spread === undefined ? '' : ` ${round(spread)} Tc`;
  const end = spread === undefined ? '' : ' 0 Tc';
  return `BT ${inks[ink]} rg${spacing} 1 0 0 1 ${round(x)} ${round(y)} Tm ${runs.join(' ')}${end} ET`;
}

/** The structure tree of a document, made when there is none. */
export function structureOf(pdf: PDFDocument) {
  const { context, catalog } = pdf;
  const known = catalog.get(PDFName.of('StructTreeRoot'));
  if (known instanceof PDFRef) {
    const root = context.lookup(known, PDFDict);
    const parents = root.get(PDFName.of('ParentTree')) as PDFRef;
    const kids = root.lookup(PDFName.of('K'), PDFArray);
    const numbers = context.lookup(parents, PDFDict).lookup(PDFName.of('Nums'), PDFArray);
    const nextKey = root.lookup(PDFName.of('ParentTreeNextKey'), PDFNumber).asNumber();
    return { ref: known, root, parents, kids, numbers, nextKey };
  }
  const kids = context.obj([]);
  const numbers = context.obj([]);
  const parents = context.register(context.obj({ Nums: numbers }));
  const root = context.obj({ Type: 'StructTreeRoot', K: kids, ParentTree: parents });
  const ref = context.register(root);
  catalog.set(PDFName.of('StructTreeRoot'), ref);
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
  return { ref, root, parents, kids, numbers, nextKey: 0 };
}

function writeTag(
  pdf: PDFDocument,
  tag: Tag,
  parent: PDFRef,
  shown: ReadonlyMap<Tag, readonly Shown[]>,
  elements: Map<Tag, PDFRef>,
): PDFRef {
  const { context } = pdf;
  const ref = context.nextRef();
  elements.set(tag, ref);
  const own = (shown.get(tag) ?? []).map(({ page, id }) => context.obj({ Type: 'MCR', Pg: page, MCID: id }));
  const kids = tag.kids.map((kid) => writeTag(pdf, kid, ref, shown, elements));
  context.assign(
    ref,
    context.obj({
      Type: 'StructElem',
      S: tag.role,
      P: parent,
      K: [...own, ...kids],
      ...(tag.language ? { Lang: PDFString.of(tag.language) } : {}),
      ...(tag.role === 'TH' ? { A: context.obj({ O: 'Table', Scope: 'Column' }) } : {}),
    }),
  );
  return ref;
}

/** Title, language and dates, both in the old dictionary and as XMP, which PDF/UA asks for. */
export function describe(
  pdf: PDFDocument,
  about: { readonly title: string; readonly subject: string; readonly at: Date },
): void {
  const { context, catalog } = pdf;
  pdf.setTitle(about.title, { showInWindowTitleBar: true });
  pdf.setSubject(about.subject);
  pdf.setLanguage('zh-CN');
  pdf.setCreationDate(about.at);
  pdf.setModificationDate(about.at);
  pdf.setProducer('Workcard');
  pdf.setCreator('Workcard');
  const metadata = context.stream(xmp(about), { Type: 'Metadata', Subtype: 'XML' });
  catalog.set(PDFName.of('Metadata'), context.register(metadata));
}

function xmp({ title, subject, at }: { title: string; subject: string; at: Date }): Uint8Array {
  const safe = (text: string) =>
    text.replace(/[<>&]/g, (sign) => ({ '<': '&lt;', '>': '&gt;' })[sign] ?? '&amp;');
  const when = at.toISOString();
  return new TextEncoder().encode(`<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${safe(title)}</rdf:li></rdf:Alt></dc:title>
<dc:identifier>${safe(subject)}</dc:identifier>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li><rdf:li>en</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${when}</xmp:CreateDate><xmp:ModifyDate>${when}</xmp:ModifyDate>
<xmp:CreatorTool>Workcard</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`);
}

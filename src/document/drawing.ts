/** The jobs of a renderer, done here: layout, then PDF. */
import { AFRelationship, PDFDocument, PDFName, PDFPageTree, type PDFRef } from '@cantoo/pdf-lib';
import { epochMs } from '../kernel/time.ts';
import type { Assets, Renderer } from '../provider/providers.ts';
import { layOutContract, textsOf } from './contract-layout.ts';
import type { ContractDocument, DrawnContract, EvidencePage, Jobs, Report } from './document.ts';
import { layOutEvidence, textsOfEvidence } from './evidence-layout.ts';
import { type DocumentFonts, fontsFor } from './fonts.ts';
import { stampMarks } from './pdf-marks.ts';
import { describe, printPages, structureOf } from './pdf-pages.ts';
import { writePlaces } from './pdf-places.ts';
import { evidenceName } from './reading.ts';
import { layOutReport, textsOfReport } from './report-layout.ts';
import { refuseCharacter, unprintableIn } from './type-setting.ts';

/** Draws where it is called. */
export function rendererHere(assets: Assets): Renderer {
  return { render: (kind, input) => drawJob(kind as keyof Jobs, input, assets) };
}

async function drawJob(kind: keyof Jobs, input: unknown, assets: Assets): Promise<unknown> {
  if (kind === 'contract') return drawContractHere(input as ContractDocument, assets);
  if (kind === 'report') return drawReportHere(input as Report, assets);
  const { bytes, evidence } = input as Jobs['evidence']['input'];
  return appendEvidenceHere(bytes, evidence, assets);
}

async function drawContractHere(document: ContractDocument, assets: Assets): Promise<DrawnContract> {
  const fonts = await fontsThatHave(textsOf(document), assets, document.typed);
  const { pages, root, places } = layOutContract(document, fonts);
  const pdf = await PDFDocument.create();
  const at = new Date(epochMs(document.at));
  const title = `${document.title.zh} ${document.title.en}`;
  describe(pdf, { title, subject: document.contractId, at });
  await printPages(pdf, pages, root, 'WKCARD');
  writePlaces(pdf, places, at);
  const bytes = await pdf.save({ useObjectStreams: false, updateFieldAppearances: false });
  return { bytes: new Uint8Array(bytes), pages: pages.length };
}

async function drawReportHere(report: Report, assets: Assets): Promise<Uint8Array<ArrayBuffer>> {
  const fonts = await fontsThatHave(textsOfReport(report), assets);
  const { pages, root } = layOutReport(report, fonts);
  const pdf = await PDFDocument.create();
  const at = new Date(epochMs(report.at));
  describe(pdf, { title: `${report.title.zh} ${report.title.en}`, subject: report.about, at });
  await printPages(pdf, pages, root, 'WKREPT');
  return new Uint8Array(await pdf.save({ useObjectStreams: false, updateFieldAppearances: false }));
}

async function appendEvidenceHere(
  bytes: Uint8Array,
  evidence: EvidencePage,
  assets: Assets,
): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.load(bytes, { forIncrementalUpdate: true, updateMetadata: false });
  const title = pdf.getTitle() ?? '';
  const named = evidence.marks.flatMap((mark) => (mark.kind === 'seal' ? [mark.employer.name] : []));
  const fonts = await fontsThatHave([title, ...textsOfEvidence(evidence), ...named], assets);
  const at = new Date(epochMs(evidence.at));
  const { snapshot } = pdf.context;
  // pdf-lib looks through every object at each change to find what was touched; here that is known.
  delete pdf.context.snapshot;
  stampMarks(pdf, evidence.marks, fonts, at);
  const { pages, root } = layOutEvidence(evidence, title, fonts);
  await printPages(pdf, pages, root, 'WKCEVD');
  await pdf.attach(new TextEncoder().encode(evidence.evidence), evidenceName, {
    mimeType: 'application/json',
    description: 'Records, proofs and identity summary of this contract',
    creationDate: at,
    modificationDate: at,
    afRelationship: AFRelationship.Data,
  });
  await pdf.flush();
  if (snapshot) {
    pdf.context.snapshot = snapshot;
    snapshot.markRefsForSave(changedBy(pdf));
  }
  return new Uint8Array(await pdf.commit({ useObjectStreams: false }));
}

/** What was there before and says something else now: the page tree, the structure, and pages with marks. */
function changedBy(pdf: PDFDocument): PDFRef[] {
  const { context, catalog } = pdf;
  const tree = structureOf(pdf);
  const stamped = pdf.getPages().filter(({ node }) => node.has(PDFName.of('Annots')));
  const nodes = context
    .enumerateIndirectObjects()
    .filter(([, object]) => object === catalog || object instanceof PDFPageTree)
    .map(([ref]) => ref);
  return [...nodes, tree.ref, tree.parents, ...stamped.map(({ ref }) => ref)];
}

/** The fonts that a document needs. Refuses a character that none has, and points to the typed text it stands in. */
async function fontsThatHave(
  texts: readonly string[],
  assets: Assets,
  typed: ContractDocument['typed'] = {},
): Promise<DocumentFonts> {
  const all = texts.join('\n');
  const fonts = await fontsFor(assets, (faces) => unprintableIn(all, faces).length > 0);
  const [missing] = [fonts.plain, fonts.bold].flatMap((faces) => unprintableIn(all, faces));
  if (missing === undefined) return fonts;
  const pointers = Object.entries(typed)
    .filter(([, text]) => text.includes(missing))
    .map(([pointer]) => ({ pointer, detail: '' }));
  return refuseCharacter(missing, pointers);
}

/** The evidence page: what was signed, by whom, how, when, what that proves and what it does not, for a reader who knows no cryptography. Pure. */
import { fromBase64url } from '../kernel/digest.ts';
import type { Spoken } from '../kernel/refusal.ts';
import type { Layout } from './contract-layout.ts';
import type { EvidencePage, EvidenceSigner } from './document.ts';
import { drawFeet } from './furniture.ts';
import { measureWidth, paper } from './page.ts';
import { Sheet, type Side, styles } from './sheet.ts';
import { type Cell, cellStyles, drawTable } from './table.ts';
import type { Faces } from './type-setting.ts';

const zh = (text: string, style: Side['style'] = cellStyles.zh): Side => ({ text, style, language: 'zh' });
const en = (text: string, style: Side['style'] = cellStyles.en): Side => ({ text, style, language: 'en' });
const both = (text: Spoken): Cell => [zh(text.zh), en(text.en)];
const same = (text: string): Cell => [zh(text)];
const label = (zhText: string, enText: string): Cell => [
  zh(`${zhText} ${enText}`, { ...cellStyles.en, leading: 13, ink: 'text' }),
];
/** As `sha256sum` prints it; below, as it stands in the attachment. */
const digest = (text: string): Cell => [
  zh(hexOf(text), { ...cellStyles.zh, size: 8 }),
  en(`evidence.json: ${text}`),
];

const hexOf = (text: string) =>
  [...fromBase64url(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export function layOutEvidence(
  evidence: EvidencePage,
  title: string,
  fonts: { readonly plain: Faces; readonly bold: Faces },
): Layout {
  const sheet = new Sheet(fonts, 'Sect');
  sheet.centred(zh('签署证据', styles.title), 'H1');
  sheet.centred(en('Evidence of signing', styles.subtitle), 'P');
  sheet.skip(8);
  sheet.rule(paper.margin, measureWidth, 'accent', 1);
  sheet.skip(6);
  heading(sheet, '签署的文件', 'What was signed');
  facts(sheet, signedRows(evidence, title));
  for (const signer of evidence.signers) {
    heading(sheet, `${signer.party.zh}的签署`, `Signature of ${signer.party.en}`);
    facts(sheet, signerRows(signer));
  }
  heading(sheet, '签署人同意的内容', 'What the signers agreed to');
  paragraph(sheet, evidence.consent);
  heading(sheet, '封印', 'The seal');
  paragraph(sheet, evidence.seal);
  heading(sheet, '本证据未证明的事项', 'What this does not prove');
  for (const one of evidence.notProven) paragraph(sheet, { zh: `· ${one.zh}`, en: `· ${one.en}` });
  heading(sheet, '如何自行核验', 'How to check it without us');
  for (const one of evidence.check) paragraph(sheet, { zh: `· ${one.zh}`, en: `· ${one.en}` });
  drawFeet(sheet, { ...evidence, part: { zh: '证据页', en: 'Evidence' } });
  return { pages: sheet.pages, root: sheet.root, places: [] };
}

function heading(sheet: Sheet, zhText: string, enText: string): void {
  sheet.makeRoom(70);
  sheet.skip(4);
  sheet.pair(zh(zhText, styles.zhHead), en(enText, styles.enHead), 'H2');
  sheet.skip(2);
}

function paragraph(sheet: Sheet, text: Spoken): void {
  const style = { ...styles.zh, size: 8.5, leading: 12.5, after: 3 };
  sheet.pair(zh(text.zh, style), en(text.en, { ...style, size: 8, ink: 'quiet' }));
}

function facts(sheet: Sheet, rows: readonly (readonly [Cell, Cell])[]): void {
  drawTable(sheet, rows, { heads: 'column', widths: [112, measureWidth - 112] });
}

function signedRows({ contractId, signed }: EvidencePage, title: string): [Cell, Cell][] {
  return [
    [label('合同', 'Contract'), [zh(title), zh(contractId, cellStyles.en)]],
    [
      label('签署内容', 'Signed bytes'),
      both({
        zh: `本文件前 ${signed.bytes} 字节，即前 ${signed.pages} 页，签署时的原样`,
        en: `The first ${signed.bytes} bytes of this file, which are its first ${signed.pages} pages as they were shown`,
      }),
    ],
    [label('摘要', 'SHA-256'), digest(signed.digest)],
  ];
}

function signerRows(signer: EvidenceSigner): [Cell, Cell][] {
  return [
    [label('签署人', 'Signer'), [zh(signer.name, cellStyles.zhHead)]],
    [label('身份核验', 'Identity'), both(signer.identity)],
    [label('签署时间', 'When'), same(signer.at)],
    [label('签署方式', 'How'), both(signer.how)],
    [
      label(`等级 ${signer.grade}`, `Grade ${signer.grade}`),
      [zh(signer.means.zh, cellStyles.zhHead), en(signer.means.en, cellStyles.en)],
    ],
    ...(signer.facts ?? []).map((fact): [Cell, Cell] => [
      label(fact.label.zh, fact.label.en),
      both(fact.value),
    ]),
    [label('签署记录', 'Record SHA-256'), digest(signer.recordDigest)],
  ];
}

/** Every text of it, for a look at its characters. */
export function textsOfEvidence(evidence: EvidencePage): string[] {
  const words = (one: Spoken) => [one.zh, one.en];
  return [
    ...words(evidence.consent),
    ...words(evidence.seal),
    ...evidence.notProven.flatMap(words),
    ...evidence.check.flatMap(words),
    ...evidence.signers.flatMap(({ party, name, identity, at, how, means, facts: more = [] }) => [
      ...[party, identity, how, means].flatMap(words),
      name,
      at,
      ...more.flatMap(({ label: named, value }) => [...words(named), ...words(value)]),
    ]),
  ];
}

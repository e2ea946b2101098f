/** The fixed parts of a workbook (ECMA-376): what lies around the sheets. */

export type CellStyle =
  | 'plain'
  | 'head'
  | 'integer'
  | 'digits'
  | 'amount'
  | 'whole'
  | 'thousandths'
  | 'prose'
  | 'clock';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const right = '<alignment horizontal="right"/>';

/** `@`: text, so that a spreadsheet keeps every digit. `[h]`: more than 24 hours. */
const formats = ['0', '@', '#,##0.00', '#,##0', '[h]:mm:ss', '#,##0.000'] as const;
const formatId = (format: (typeof formats)[number]) => 164 + formats.indexOf(format);
const number = (format: (typeof formats)[number], alignment = '') =>
  `<xf numFmtId="${formatId(format)}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${
    alignment ? ' applyAlignment="1"' : ''
  }>${alignment}</xf>`;

const xfs: Readonly<Record<CellStyle, string>> = {
  plain: '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  head: '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
  integer: number('0'),
  digits: number('@'),
  amount: number('#,##0.00', right),
  whole: number('#,##0', right),
  prose:
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment wrapText="1"/></xf>',
  clock: number('[h]:mm:ss', right),
  thousandths: number('#,##0.000', right),
};
const styleNames = Object.keys(xfs) as CellStyle[];
export const styleIndex = Object.fromEntries(styleNames.map((name, index) => [name, index])) as Readonly<
  Record<CellStyle, number>
>;

export const rootRelations = `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

export const stylesXml = `${declaration}<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${formats
  .map((format) => `<numFmt numFmtId="${formatId(format)}" formatCode="${format}"/>`)
  .join(
    '',
  )}</numFmts><fonts count="2"><font><color theme="1"/><family val="2"/><scheme val="minor"/></font><font><b/><color theme="1"/><family val="2"/><scheme val="minor"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${styleNames.length}">${styleNames
  .map((name) => xfs[name])
  .join('')}</cellXfs></styleSheet>`;

export function workbookXml(names: readonly string[]): string {
  const sheets = names.map(
    (name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><bookViews><workbookView/></bookViews><sheets>${sheets.join('')}</sheets></workbook>`;
}

export function workbookRelations(sheets: number): string {
  const relation = (id: number, kind: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${office}/${kind}" Target="${target}"/>`;
  const all = Array.from({ length: sheets }, (_, index) =>
    relation(index + 1, 'worksheet', `worksheets/sheet${index + 1}.xml`),
  );
  return `${declaration}<Relationships xmlns="${packages}/relationships">${all.join('')}${relation(sheets + 1, 'styles', 'styles.xml')}</Relationships>`;
}

export function contentTypes(sheets: number): string {
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const part = (name: string, type: string) =>
    `<Override PartName="${name}" ContentType="${kind}.${type}+xml"/>`;
  const all = Array.from({ length: sheets }, (_, index) =>
    part(`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet'),
  );
  return `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/styles.xml', 'styles')}${all.join('')}</Types>`;
}

export interface SheetLook {
  readonly widths: readonly number[];
  /** The first row stays where it is. */
  readonly sticky?: boolean;
}

export function sheetHead({ widths, sticky }: SheetLook, isFirst: boolean): string {
  const pane = sticky
    ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
    : '';
  const columns = widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews>${columns && `<cols>${columns}</cols>`}<sheetData>`;
}

export const sheetTail = '</sheetData></worksheet>';

/** As XML, with every character: what XML cannot hold is written as OOXML writes it (ST_Xstring), `_x0007_`. */
export function escaped(text: string): string {
  // Most cells hold nothing to escape, and a sheet has millions of them.
  return special.test(text) ? escapedSlowly(text) : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them
const special = /[&<>"\u0000-\u001f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_/;

function escapedSlowly(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them
      /[\u0000-\u0008\u000b\u000c\r\u000e-\u001f\ufffe\uffff]/g,
      (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}

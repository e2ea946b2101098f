/** Every workbook that leaves the house, opened by a spreadsheet: nothing is lost, and its sums are those of our payments. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { content } from './file-content.ts';

const golden = new URL('../golden/pay/', import.meta.url).pathname;
const books = readdirSync(golden).filter((name) => name.endsWith('.xlsx'));

function hasOffice(): boolean {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Each sheet of each book as rows of texts. */
function converted(folder: string): Map<string, string[][]> {
  for (const name of books) copyFileSync(join(golden, name), join(folder, name));
  const csv = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
  const options = [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', csv];
  execFileSync('soffice', [...options, ...books], { cwd: folder, stdio: 'ignore', timeout: 120_000 });
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  return new Map(
    sheets.map((name) => [
      name,
      Papa.parse<string[]>(readFileSync(join(folder, name), 'utf8'), { skipEmptyLines: true }).data,
    ]),
  );
}

test.skipIf(!hasOffice())(
  'LibreOffice converts each of them and the sums agree (skipped where soffice is not installed)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'sheets-'));
    try {
      const sheets = converted(folder);
      expect(new Set([...sheets.keys()].map((name) => `${name.split(/-(?=[^-]*$)/)[0]}.xlsx`))).toEqual(
        new Set(books),
      );
      const [head = [], ...rows] = sheets.get('run-发放 Payments.csv') ?? [];
      const place = (name: string) => head.findIndex((cell) => cell.startsWith(name));
      const net = rows.reduce((sum, row) => sum + Math.round(Number(row[place('实发')]) * 100), 0);
      expect(net).toBe([...content.payments].reduce((sum, { netMinor }) => sum + netMinor, 0));
      expect(rows.map((row) => row[place('账号')])).toEqual(
        [...content.payments].map(({ account }) => account?.number),
      );
      expect(rows.map((row) => row[place('证件号码')])).toEqual(
        [...content.payments].map(({ documentNumber }) => documentNumber),
      );
      expect(sheets.get('tax-personnel-人员信息.csv')?.[0]).toHaveLength(51);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  150_000,
);

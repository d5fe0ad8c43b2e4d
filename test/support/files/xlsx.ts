import { zip } from './zip.ts';

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface BookOptions {
  date1904?: boolean;
  /** Number formats by the number of the style that cells name, from 1. */
  formats?: string[];
  /** Texts that cells share. */
  texts?: string[];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A cell of a sheet as XML: text, a number, or the XML itself when it begins with `<c`. */
export function cellXml(value: string | number | null, reference: string): string {
  if (value === null) return '';
  if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
  if (value.startsWith('<c')) return value.replace('<c', `<c r="${reference}"`);
  return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

/** The XML of a sheet, row by row; a row of no cells is left out, its number kept. */
export const sheetXml = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${main}"><sheetData>${rows
    .map((row, i) =>
      row.length
        ? `<row r="${i + 1}">${row.map((value, j) => cellXml(value, `${letters(j)}${i + 1}`)).join('')}</row>`
        : '',
    )
    .join('')}</sheetData></worksheet>`;

/** The parts of a workbook: sheets by name, as their XML. */
export function bookParts(sheets: Record<string, string>, options: BookOptions = {}): Record<string, string> {
  const names = Object.keys(sheets);
  const formats = options.formats ?? [];
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`;
  const wrap = (content: string) => `<Relationships xmlns="${packageRelations}">${content}</Relationships>`;
  return {
    '_rels/.rels': wrap(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr${options.date1904 ? ' date1904="1"' : ''}/><sheets>${names
      .map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': wrap(
      names.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('') +
        relation('rIdS', 'styles', 'styles.xml') +
        relation('rIdT', 'sharedStrings', 'sharedStrings.xml'),
    ),
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts>${formats
      .map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escaped(code)}"/>`)
      .join('')}</numFmts><cellXfs><xf numFmtId="0"/>${formats
      .map((_, i) => `<xf numFmtId="${164 + i}"/>`)
      .join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${(options.texts ?? [])
      .map((text) => `<si><t>${escaped(text)}</t></si>`)
      .join('')}</sst>`,
    ...Object.fromEntries(names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheets[name] ?? ''])),
  };
}

/** A workbook of one sheet. */
export const xlsx = (
  rows: readonly (readonly (string | number | null)[])[],
  options?: BookOptions,
  name = 'Hoja1',
): Buffer => zip(bookParts({ [name]: sheetXml(rows) }, options));

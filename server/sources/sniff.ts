import { DomainError } from '#core/errors/domain-error.ts';
import type { Text } from '#core/text/text.ts';

const formats = {
  xlsx: { es: 'un libro de Excel o un zip', en: 'an Excel workbook or a zip' },
  xls: { es: 'un libro de Excel antiguo o con contraseña', en: 'an Excel workbook, old or with a password' },
  parquet: { es: 'Parquet', en: 'Parquet' },
  arrow: { es: 'Arrow', en: 'Arrow' },
  feather1: { es: 'Feather de la versión 1', en: 'Feather version 1' },
  gzip: { es: 'un archivo gzip', en: 'a gzip file' },
  pdf: { es: 'un PDF', en: 'a PDF' },
  png: { es: 'una imagen PNG', en: 'a PNG image' },
  jpeg: { es: 'una imagen JPEG', en: 'a JPEG image' },
  html: { es: 'una página HTML', en: 'an HTML page' },
  sqlite: { es: 'una base SQLite', en: 'an SQLite database' },
} as const satisfies Record<string, Text>;
export type Format = keyof typeof formats;

const marks: [Format, string][] = [
  ['xlsx', 'PK\x03\x04'],
  ['xls', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['parquet', 'PAR1'],
  ['arrow', 'ARROW1\0'],
  ['feather1', 'FEA1'],
  ['gzip', '\x1f\x8b'],
  ['pdf', '%PDF-'],
  ['png', '\x89PNG\r\n'],
  ['jpeg', '\xff\xd8\xff'],
  ['sqlite', 'SQLite format 3\0'],
];

/** What the first bytes of a file say it is; null when they say nothing, as those of text do. */
export function formatOf(head: Uint8Array): Format | null {
  const text = Buffer.from(head.subarray(0, 512)).toString('latin1');
  const found = marks.find(([, mark]) => text.startsWith(mark));
  if (found) return found[0];
  return /^\s*<(!doctype html|html|table)\b/i.test(text.replace(/^ï»¿/, '')) ? 'html' : null;
}

/** @throws load_other_format when the first bytes are those of a format not among `own` */
export function refuseOther(head: Uint8Array, file: string, own: readonly Format[]): void {
  const format = formatOf(head);
  if (format === null || own.includes(format)) return;
  throw new DomainError('load_other_format', {
    file,
    found_es: formats[format].es,
    found_en: formats[format].en,
  });
}

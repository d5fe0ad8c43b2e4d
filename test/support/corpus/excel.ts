import type { Case } from './case.ts';

export const excel: Case[] = [
  {
    file: 'excel/broken-xml.xlsx',
    fails: 'load_truncated',
    quotes: 'xl/worksheets/sheet1.xml: 1:704: unclosed tag: row',
  },
  { file: 'excel/empty.xlsx', fails: 'load_file_empty', quotes: 'is empty.' },
  {
    file: 'excel/entities.xlsx',
    fails: 'load_truncated',
    quotes: 'xl/worksheets/sheet1.xml: 1:754: undefined entity.',
  },
  {
    file: 'excel/formula-results.xlsx',
    rows: 1,
    rejects: [
      [3, null, 'D3 (amount): #N/A', 'reject_error_cell'],
      [4, 'paid_at', '1900-02-29', 'reject_no_such_date'],
    ],
    holds: ['P1 A1 2026-01-31T00:00:00 2.50 ab'],
  },
  {
    file: 'excel/formula-without-result.xlsx',
    fails: 'load_excel_formula',
    quotes: 'sheet "Sheet", the formula of D2 comes without its result: "=1+1".',
  },
  { file: 'excel/header-only.xlsx', fails: 'load_no_rows', quotes: 'payments.xlsx' },
  {
    file: 'excel/just-a-zip.xlsx',
    fails: 'load_other_format',
    quotes: 'inside it is a zip that is no Excel workbook.',
  },
  { file: 'excel/locked.xlsx', fails: 'load_excel_locked', quotes: 'is protected by a password.' },
  { file: 'excel/no-sheet-part.xlsx', fails: 'load_truncated', quotes: 'xl/worksheets/sheet1.xml' },
  {
    file: 'excel/note-beside.xlsx',
    rows: 2,
    rejects: [[3, null, 'G3: ojo', 'reject_too_many_columns']],
    holds: ['P1 A1 2026-01-31T00:00:00 1.00 x', 'P3 A1 2026-01-31T00:00:00 3.00 x'],
  },
  {
    file: 'excel/old.xls',
    fails: 'load_excel_old',
    quotes: 'is an old Excel workbook (.xls), which is not read here.',
  },
  {
    file: 'excel/plain.xlsx',
    rows: 3,
    holds: [
      'P1 A1 2026-01-31T00:00:00 1.50 PSE',
      'P2 A1 2026-01-31T13:05:09 1234.56',
      'P3 100200300400 2026-02-02T00:00:00 7.00 niño',
    ],
  },
  {
    file: 'excel/plain.xlsx',
    source: { decimal: ',', dates: 'dmy' },
    rows: 3,
    holds: [
      'P1 A1 2026-01-31T00:00:00 1.50 PSE',
      'P2 A1 2026-01-31T13:05:09 1234.56',
      'P3 100200300400 2026-02-02T00:00:00 7.00 niño',
    ],
  },
  { file: 'excel/repeated-header.xlsx', fails: 'load_columns_repeated', quotes: 'repeats names: Amount.' },
  { file: 'excel/sheets.xlsx', rows: 1, holds: ['P1 A1 2026-01-31T00:00:00 1.50 PSE'] },
  {
    file: 'excel/sheets.xlsx',
    source: { sheet: 'otros pagos' },
    rows: 2,
    holds: ['P8 A1 2026-01-31T00:00:00 8.00 x', 'P9 A1 2026-01-31T00:00:00 9.00 x'],
  },
  {
    file: 'excel/sheets.xlsx',
    source: { sheet: 'Nada' },
    fails: 'load_excel_sheet',
    quotes: 'there is no sheet "Nada" with rows. Those there: Portada, Pagos, Otros pagos.',
  },
  { file: 'excel/system-1904.xlsx', rows: 1, holds: ['P1 A1 2026-01-31T00:00:00 1.00 x'] },
  { file: 'excel/text.xlsx', fails: 'load_other_format', quotes: 'inside it is text or something else.' },
  {
    file: 'excel/titles-above.xlsx',
    rows: 1,
    rejects: [[8, 'amount', 'x', 'reject_not_a_number']],
    holds: ['P1 A1 2026-01-31T00:00:00 1.50 PSE'],
  },
  {
    file: 'excel/truncated.xlsx',
    fails: 'load_truncated',
    quotes:
      'End of central directory record signature not found. Either not a zip file, or file is truncated.',
  },
];

export type Cell = string | number | null | undefined;

/**
 * Rows as CSV (RFC 4180) with a byte order mark, so that spreadsheets read accents. Numbers keep a decimal point;
 * text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [header, ...rows].map((row) => row.map(write).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function write(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Flat = Record<string, string | number | boolean | null>;

const isFlat = (value: unknown): value is Flat =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((member) => member === null || typeof member !== 'object');

/** A result as indented lines; lists of flat records as columns. */
export function show(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    if (value.length && value.every(isFlat)) return columns(value, indent);
    return value.map((member) => `${indent}-\n${show(member, `${indent}  `)}`).join('');
  }
  if (typeof value !== 'object' || value === null) return `${indent}${value ?? '–'}\n`;
  return Object.entries(value)
    .map(([name, member]) =>
      typeof member === 'object' && member !== null && Object.keys(member).length
        ? `${indent}${name}:\n${show(member, `${indent}  `)}`
        : `${indent}${name}: ${typeof member === 'object' ? '–' : String(member)}\n`,
    )
    .join('');
}

function columns(rows: readonly Flat[], indent: string): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '–')))];
  const widths = names.map((_, i) => Math.max(...table.map((line) => (line[i] ?? '').length)));
  return table
    .map(
      (line) =>
        `${indent}${line
          .map((text, i) => text.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

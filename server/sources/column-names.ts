import { DomainError } from '#core/errors/domain-error.ts';

/**
 * Column names of a file: blank ones are named by their place, and no two may be equal. Capitals make no
 * difference, since they make none to the engine.
 *
 * @throws load_columns_repeated
 */
export function columnNames(file: string, written: readonly string[]): string[] {
  const names = written.map((name, i) => name.trim() || `column_${i + 1}`);
  const small = names.map((name) => name.toLowerCase());
  const repeated = names.filter((_, i) => small.indexOf(small[i] ?? '') !== i);
  if (repeated.length)
    throw new DomainError('load_columns_repeated', { file, repeated: [...new Set(repeated)].join(', ') });
  return names;
}

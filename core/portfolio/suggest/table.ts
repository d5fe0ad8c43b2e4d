import type { Table } from '../column.ts';
import type { DateStyle } from '../recipe.ts';
import { feedKey, type Keys } from './names/keys.ts';
import { type Match, match, type Seen } from './names/match.ts';
import { targets } from './names/targets.ts';
import type { ColumnSuggestion, TableSuggestion } from './suggestion.ts';
import { transform } from './values/transform.ts';

/** Enough to say that a file holds a table. */
const telling = 0.6;
/** Enough to propose a column at all. */
const hint = 0.45;

interface Candidate extends Match {
  name: string;
  seen: Seen;
}

const isKey = (name: string): name is 'account_id' | 'customer_id' =>
  name === 'account_id' || name === 'customer_id';

/** Required columns nothing feeds, but those with another column in their place. */
export const missingOf = (table: Table, columns: readonly ColumnSuggestion[]): string[] =>
  Object.entries(table.columns)
    .filter(
      ([name, { required, defaultTo }]) =>
        required && !defaultTo && !columns.some(({ column }) => column === name),
    )
    .map(([name]) => name);

/**
 * The columns of one table that a file could feed: each takes the source column that fits it best, and none feeds
 * two of the table. Null when what is found does not tell that the file holds the table, unless it is `wanted` for
 * another one's sake.
 */
export function findTable(
  table: Table,
  columns: readonly Seen[],
  keys: Keys,
  dates: DateStyle,
  wanted = false,
): (TableSuggestion & { evidence: number }) | null {
  const known = targets[table.name];
  const fed = Object.keys(table.columns)
    .filter(isKey)
    .flatMap((name) => feedKey(name, keys) ?? []);
  const needed = Object.entries(table.columns).filter(([name, { required }]) => required && isKey(name));
  if (!known || needed.some(([name]) => !fed.some(({ column }) => column === name))) return null;
  const keySources = new Set(fed.map(({ from }) => from));
  const taken = assign(
    table,
    columns.filter(({ column }) => !keySources.has(column.name)),
  );
  const evidence = known.evidence.filter((names) =>
    names.every((name) => (taken.get(name)?.confidence ?? 0) >= telling),
  );
  if (evidence.length === 0 && !wanted) return null;
  const told = evidence.flat().flatMap((name) => taken.get(name) ?? []);
  const suggested = [
    ...fed.filter(({ column, confidence }) => table.columns[column]?.required || confidence > 0.5),
    ...[...taken.values()].map((candidate) => propose(candidate, dates)),
  ];
  const whole = [...suggested, ...madeKey(table, suggested)];
  const sign = told.sort((a, b) => b.confidence - a.confidence)[0];
  const about = table.columns[sign?.name ?? '']?.about;
  return {
    table: table.name,
    columns: inOrder(table, whole),
    missing: missingOf(table, whole),
    evidence: evidence.length,
    confidence: sign?.confidence ?? 0.5,
    reason: sign
      ? {
          es: `«${sign.from}» parece «${about?.es}»`,
          en: `"${sign.from}" looks like "${about?.en}"`,
        }
      : {
          es: 'otras tablas del archivo hablan de ellas',
          en: 'other tables of the file speak of them',
        },
  };
}

const inOrder = (table: Table, columns: readonly ColumnSuggestion[]): ColumnSuggestion[] => {
  const order = Object.keys(table.columns);
  return [...columns].sort((a, b) => order.indexOf(a.column) - order.indexOf(b.column));
};

function assign(table: Table, columns: readonly Seen[]): Map<string, Candidate> {
  const candidates = Object.entries(targets[table.name]?.columns ?? {})
    .filter(([name]) => Object.hasOwn(table.columns, name) && !isKey(name))
    .flatMap(([name, target]) =>
      columns.flatMap((seen): Candidate[] => {
        const found = match(seen, target);
        return found && found.confidence >= hint ? [{ ...found, name, seen }] : [];
      }),
    )
    .sort((a, b) => b.confidence - a.confidence);
  const taken = new Map<string, Candidate>();
  const used = new Set<string>();
  for (const candidate of candidates) {
    if (taken.has(candidate.name) || used.has(candidate.from)) continue;
    taken.set(candidate.name, candidate);
    used.add(candidate.from);
  }
  return taken;
}

function propose({ name, from, confidence, reason, seen }: Candidate, dates: DateStyle): ColumnSuggestion {
  const { recipe, note } = transform(name, seen, dates);
  return {
    column: name,
    from,
    confidence,
    recipe,
    reason: note ? { es: `${reason.es}; ${note.es}`, en: `${reason.en}; ${note.en}` } : reason,
  };
}

/** What tells rows of a table apart where the file does not number them. */
const apart: Readonly<Record<string, readonly string[]>> = {
  payments: ['payment_id', 'account_id', 'paid_at', 'amount'],
  promises: ['promise_id', 'account_id', 'made_at', 'due_on'],
  contacts: ['contact_id', 'customer_id', 'sent_at', 'channel'],
  complaints: ['complaint_id', 'customer_id', 'occurred_at', 'topic'],
};

function madeKey(table: Table, columns: readonly ColumnSuggestion[]): ColumnSuggestion[] {
  const [key, ...parts] = apart[table.name] ?? [];
  if (!key || columns.some(({ column }) => column === key)) return [];
  const sources = parts.flatMap((part) => columns.find(({ column }) => column === part)?.from ?? []);
  if (sources.length < 2) return [];
  const join = sources.flatMap((from, i) => (i ? [{ text: '/' }, { from }] : [{ from }]));
  return [
    {
      column: key,
      recipe: { join },
      from: null,
      confidence: 0.5,
      reason: {
        es: `el archivo no los numera: ${sources.join(' + ')}`,
        en: `the file does not number them: ${sources.join(' + ')}`,
      },
    },
  ];
}

import type { RecipeInput } from '../recipe.ts';
import { tableNamed, tables } from '../tables.ts';
import { datasetName } from './dataset-name.ts';
import { findKeys, type Keys } from './names/keys.ts';
import { type Seen, see } from './names/match.ts';
import { isPersonal } from './names/personal.ts';
import { ask } from './questions.ts';
import type { Suggestion, TableSuggestion } from './suggestion.ts';
import { findTable, missingOf } from './table.ts';
import type { SourceColumn } from './values/column-profile.ts';
import { lookAt } from './values/look.ts';
import { settleStyle } from './values/style.ts';
import { findWideTables, type Wide } from './wide.ts';

/** One file, or the first of several with the same columns. */
export interface SourceFile {
  /** Its name without ending; names the dataset where the file holds no table of the portfolio. */
  stem: string;
  columns: readonly SourceColumn[];
  /** What a person already said, which is not guessed again. */
  stated?: { decimal?: '.' | ',' | undefined; dates?: Suggestion['dates'] | undefined };
}

type Parts = Exclude<RecipeInput['tables'], 'canonical'>;
type Proposed = TableSuggestion & { evidence: number };

/**
 * Proposes how a file becomes tables of the portfolio: from the names of its columns, in Spanish and English and as
 * banks shorten them, and from their first values. Nothing is invented: what only a person can know, as the currency
 * of amounts or the date of balances, comes back as a question and stays open in the recipe.
 */
export function suggest({ stem, columns, stated = {} }: SourceFile): Suggestion {
  const seen = columns.map((column) => see(column, lookAt(column)));
  const style = settleStyle(seen, stated);
  const keys = findKeys(seen);
  const account = (keys.account ?? keys.customer)?.from;
  const wide = account === undefined ? [] : findWideTables(seen, account);
  const suggested = proposeTables(seen, keys, style.dates, wide);
  const used = new Set([
    ...suggested.flatMap((table) => table.columns.flatMap(({ from, recipe }) => [from, ...joinedIn(recipe)])),
    ...wide.flatMap(({ sources }) => sources),
  ]);
  return {
    decimal: style.decimal,
    dates: style.dates,
    tables: suggested.map(({ evidence: _, ...table }) => table),
    questions: ask(suggested, wide, style),
    unused: suggested.length ? columns.map(({ name }) => name).filter((name) => !used.has(name)) : [],
    personal: seen.filter(isPersonal).map(({ column }) => column.name),
    recipe: {
      source: { decimal: style.decimal, dates: style.dates, empty: style.empty },
      tables: suggested.length
        ? suggested.map((table) => asPart(table, suggested, wide))
        : [{ dataset: datasetName(stem), columns: 'all' }],
    },
  };
}

const joinedIn = (recipe: TableSuggestion['columns'][number]['recipe']): string[] =>
  'join' in recipe ? recipe.join.flatMap((part) => ('from' in part ? [part.from] : [])) : [];

function proposeTables(
  seen: readonly Seen[],
  keys: Keys,
  dates: Suggestion['dates'],
  wide: readonly Wide[],
): Proposed[] {
  const inWide = new Set(wide.flatMap(({ sources }) => sources));
  const narrow = seen.filter(({ column }) => !inWide.has(column.name));
  const found = tables
    .filter(({ name }) => !wide.some(({ table }) => table === name))
    .flatMap((table) => findTable(table, narrow, keys, dates) ?? []);
  const monthly = wide.map(asProposed);
  const holds = (name: string) => [...found, ...monthly].some(({ table }) => table === name);
  const wanted = holds('snapshots') || holds('accounts') ? ['accounts', 'customers'] : [];
  const added = wanted
    .filter((name) => !holds(name))
    .flatMap((name) => {
      const table = tableNamed(name);
      return (table && findTable(table, narrow, keys, dates, true)) ?? [];
    });
  const all = [...found, ...monthly, ...added];
  const alone = all.length === 1 && all[0]?.table === 'customers' && all[0].evidence < 3;
  const order = tables.map(({ name }) => name);
  return alone ? [] : all.sort((a, b) => order.indexOf(a.table) - order.indexOf(b.table));
}

function asProposed({ table, columns, dated }: Wide): Proposed {
  const canonical = tableNamed(table);
  return {
    table,
    columns,
    missing: canonical ? missingOf(canonical, columns) : [],
    evidence: 1,
    confidence: dated ? 0.85 : 0.7,
    reason: {
      es: 'una columna por mes: cada mes pasa a ser una fila',
      en: 'one column for each month: each month becomes a row',
    },
  };
}

function asPart(table: Proposed, all: readonly Proposed[], wide: readonly Wide[]): Parts[number] {
  const own = wide.find((one) => one.table === table.table);
  const named = all.some((one) => ['snapshots', 'payments'].includes(one.table));
  const once = table.table === 'customers' || (table.table === 'accounts' && named);
  return {
    table: table.table,
    columns: Object.fromEntries(table.columns.map(({ column, recipe }) => [column, recipe])),
    ...(own ? { unpivot: own.unpivot, keep: own.keep } : {}),
    ...(once ? { repeats: 'first' as const } : {}),
  };
}

import type { ColumnRecipe, RecipeInput } from '../recipe.ts';
import type { Match, Seen } from './names/match.ts';
import { fitName, fitValues } from './names/match.ts';
import { findWide, lastDay, sameMonths, type WideGroup } from './names/months.ts';
import { targets } from './names/targets.ts';
import { wordsOf } from './names/words.ts';
import type { ColumnSuggestion } from './suggestion.ts';

type TableInput = Exclude<Exclude<RecipeInput['tables'], 'canonical'>[number], { dataset: string }>;

/** A table made of columns that come once for each month. */
export interface Wide {
  table: 'snapshots' | 'payments';
  columns: ColumnSuggestion[];
  unpivot: NonNullable<TableInput['unpivot']>;
  keep: NonNullable<TableInput['keep']>;
  /** Whether the names tell the months; else a person must say which they are. */
  dated: boolean;
  sources: string[];
}

interface Read {
  group: WideGroup;
  column: string;
  match: Match;
  recipe: Omit<Extract<ColumnRecipe, { from: string }>, 'from'>;
}

const monthsLate = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Months late as a code: zero and less are on time, k is 30·k days. */
const lateCodes = (values: readonly string[]): Record<string, number> =>
  Object.fromEntries([
    ...values.map((value): [string, number] => [value, Math.max(0, Number(value)) * 30]),
    ...monthsLate.map((k): [string, number] => [String(k), k * 30]),
  ]);

/** Finds columns repeated by month and what they hold; one table for balances and arrears, one for payments. */
export function findWideTables(columns: readonly Seen[], account: string): Wide[] {
  const groups = sameMonths(findWide(columns.map(({ column }) => column.name)));
  const byName = new Map(columns.map((seen) => [seen.column.name, seen]));
  const read = groups.flatMap((group): (Read & { table: Wide['table'] })[] => {
    const members = group.columns.flatMap((name) => byName.get(name) ?? []);
    const found = readGroup(group, members);
    return found ? [found] : [];
  });
  return (['snapshots', 'payments'] as const).flatMap((table) => {
    const own = best(read.filter((one) => one.table === table));
    const enough = own.some(({ column }) =>
      table === 'payments' ? column === 'amount' : ['days_past_due', 'balance', 'arrears'].includes(column),
    );
    return enough ? [asTable(table, own, account)] : [];
  });
}

/** One group for each column of the table: the one that fits best. */
const best = <T extends Read>(read: readonly T[]): T[] =>
  [...read]
    .sort((a, b) => b.match.confidence - a.match.confidence)
    .filter((one, i, all) => all.findIndex(({ column }) => column === one.column) === i);

function readGroup(group: WideGroup, members: readonly Seen[]): (Read & { table: Wide['table'] }) | null {
  const words = wordsOf(group.stem);
  const [first] = members;
  if (!first) return null;
  const small = members.every(
    ({ look, column }) =>
      (look.shape === 'whole' || look.shape === 'yes or no' || look.shape === 'empty') &&
      (look.minimum ?? 0) >= -3 &&
      (look.maximum ?? 0) <= 12 &&
      column.distinct <= 15,
  );
  if (small && members.some(({ look }) => (look.maximum ?? 0) >= 2)) {
    const values = members
      .flatMap(({ column }) => column.values.map(({ value }) => value.trim()))
      .filter(Boolean);
    return {
      table: 'snapshots',
      group,
      column: 'days_past_due',
      recipe: { codes: lateCodes([...new Set(values)]), otherwise: 'reject' },
      match: {
        from: first.column.name,
        confidence: 0.7,
        reason: {
          es: `«${group.columns.join(', ')}» parecen meses de atraso: k es 30·k días de mora`,
          en: `"${group.columns.join(', ')}" look like months late: k is 30·k days past due`,
        },
      },
    };
  }
  const wanted = [
    ...(['balance', 'arrears', 'days_past_due', 'minimum_due', 'status'] as const).map(
      (column) => ['snapshots', column] as const,
    ),
    ['payments', 'amount'] as const,
  ];
  const scored = wanted.flatMap(([table, column]) => {
    const target = targets[table]?.columns[column];
    if (!target) return [];
    const confidence =
      fitName(words, target) *
      (0.35 + 0.65 * Math.min(...members.map((seen) => fitValues(seen, target.kind))));
    return confidence >= 0.5 ? [{ table, column, confidence }] : [];
  });
  const top = scored.sort((a, b) => b.confidence - a.confidence)[0];
  return top
    ? {
        table: top.table,
        group,
        column: top.column,
        recipe: { otherwise: 'reject' },
        match: {
          from: first.column.name,
          confidence: top.confidence,
          reason: {
            es: `«${group.columns.join(', ')}» son la misma columna, mes a mes`,
            en: `"${group.columns.join(', ')}" are the same column, month by month`,
          },
        },
      }
    : null;
}

/** Stands for another column in each month: `bill_amt*`. */
const aliasOf = ({ stem }: WideGroup): string => `${stem}*`;

function asTable(table: Wide['table'], read: readonly Read[], account: string): Wide {
  const size = read[0]?.group.columns.length ?? 0;
  const months = read[0]?.group.months ?? [];
  const when = table === 'snapshots' ? 'as_of' : 'paid_at';
  const feeds = (
    column: string,
    recipe: ColumnRecipe,
    reason: { es: string; en: string },
  ): ColumnSuggestion => ({
    column,
    recipe,
    from: null,
    confidence: months[0] ? 0.9 : 0.5,
    reason,
  });
  return {
    table,
    dated: months.every((month) => month !== null),
    sources: read.flatMap(({ group }) => group.columns),
    unpivot: Array.from({ length: size }, (_, i) => ({
      columns: Object.fromEntries(read.map(({ group }) => [aliasOf(group), group.columns[i] ?? ''])),
      values: { month: months[i] ? lastDay(months[i]) : '' },
    })),
    keep: table === 'payments' ? [{ column: 'amount', above: 0 }] : [],
    columns: [
      {
        ...feeds(
          'account_id',
          { from: account, otherwise: 'reject' },
          { es: `de «${account}»`, en: `from "${account}"` },
        ),
        from: account,
        confidence: 0.8,
      },
      feeds(
        when,
        { from: 'month', otherwise: 'reject', dates: 'iso' },
        {
          es: months[0]
            ? 'el mes está en los nombres: se fecha en su último día'
            : 'los nombres no dicen el mes',
          en: months[0]
            ? 'the month is in the names: dated on its last day'
            : 'the names do not tell the month',
        },
      ),
      ...(table === 'payments'
        ? [
            feeds(
              'payment_id',
              { join: [{ from: account }, { text: '/' }, { from: 'month' }] },
              {
                es: 'el archivo no numera los pagos: cuenta y mes',
                en: 'the file does not number payments: account and month',
              },
            ),
          ]
        : []),
      ...read.map(({ column, recipe, match, group }) => ({
        column,
        recipe: { from: aliasOf(group), ...recipe },
        from: match.from,
        confidence: match.confidence,
        reason: match.reason,
      })),
    ],
  };
}

import type { ColumnRecipe, DateStyle, RecipeInput } from '#core/portfolio/recipe.ts';
import { datasetName } from '#core/portfolio/suggest/dataset-name.ts';
import { lastDay } from '#core/portfolio/suggest/names/months.ts';

type Parts = Exclude<RecipeInput['tables'], 'canonical'>;
export type DatasetPart = Extract<Parts[number], { dataset: string }>;
export type TablePart = Exclude<Parts[number], DatasetPart>;
export type Part = Parts[number];
export type Feed = TablePart['columns'][string];
export type Read = Extract<Feed, { from: string }>;
export type Source = NonNullable<RecipeInput['source']>;

/** A recipe while somebody is still at it: some columns may be half said. */
export interface Draft {
  source: Source;
  tables: 'canonical' | Part[];
}

export const isDatasetPart = (part: Part): part is DatasetPart => 'dataset' in part;
export const nameOf = (part: Part): string => (isDatasetPart(part) ? part.dataset : part.table);

/** How a column is fed, as a person chooses it. */
export type Way = 'none' | 'column' | 'constant' | 'join' | 'month';

export function wayOf(feed: Feed | undefined, part: TablePart): Way {
  if (!feed) return 'none';
  if ('constant' in feed) return 'constant';
  if ('join' in feed) return 'join';
  return aliasesOf(part).includes(feed.from) ? 'month' : 'column';
}

/** Names that stand for another source column in each month, or for a value fixed by it. */
export const aliasesOf = ({ unpivot = [] }: TablePart): string[] => [
  ...new Set(unpivot.flatMap(({ columns, values }) => [...Object.keys(columns), ...Object.keys(values)])),
];

/** Nothing is left open: a source column, a value, parts to join. */
export const isComplete = (feed: Feed): boolean => {
  if ('constant' in feed) return String(feed.constant).trim() !== '';
  if ('join' in feed) return feed.join.length > 0;
  return feed.from !== '';
};

/** The draft as a recipe, what is still open left out; null when nothing is left. */
export function toRecipe({ source, tables }: Draft): RecipeInput | null {
  const options = tidySource(source);
  if (tables === 'canonical') return { source: options, tables };
  const parts = tables.map((part): Part => {
    if (isDatasetPart(part)) return part;
    const undated = readMonths(part).first === '' && part.unpivot?.some(({ values }) => 'month' in values);
    const said = ([, feed]: [string, Feed]) => isComplete(feed) && !(undated && readsMonth(feed));
    const columns = Object.fromEntries(Object.entries(part.columns).filter(said));
    return { ...part, columns: columns as TablePart['columns'] };
  });
  const filled = parts.filter((part) => isDatasetPart(part) || Object.keys(part.columns).length > 0);
  return filled.length ? { source: options, tables: filled } : null;
}

/** Whether a column holds the month itself, which nobody has said yet. */
const readsMonth = (feed: Feed): boolean => 'from' in feed && feed.from === 'month';

const tidySource = (source: Source): Source =>
  Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  ) as Source;

/** Source columns that some part of the draft reads. */
export function readBy({ tables }: Draft, all: readonly string[]): Set<string> {
  if (tables === 'canonical') return new Set(all);
  return new Set(
    tables.flatMap((part) => {
      if (isDatasetPart(part)) return part.columns === undefined || part.columns === 'all' ? [...all] : [];
      const fed = Object.values(part.columns).flatMap((feed) => {
        if ('constant' in feed) return [];
        return 'from' in feed ? [feed.from] : feed.join.flatMap((one) => ('from' in one ? [one.from] : []));
      });
      return [...fed, ...(part.unpivot ?? []).flatMap(({ columns }) => Object.values(columns))];
    }),
  );
}

/** A feed of another way, keeping what still makes sense. */
export function turn(feed: Feed | undefined, way: Way, from = ''): Feed | undefined {
  if (way === 'none') return undefined;
  if (way === 'constant') return { constant: '' };
  if (way === 'join') return { join: feed && 'from' in feed && feed.from ? [{ from: feed.from }] : [] };
  return { from };
}

/** Whether anything is done to the values of a source column but reading them. */
export const isChanged = (feed: Feed | undefined): boolean =>
  feed !== undefined &&
  'from' in feed &&
  (feed.codes !== undefined ||
    feed.factor !== undefined ||
    feed.offset !== undefined ||
    feed.dates !== undefined);

/** Months of a wide part that names do not tell: the first, and whether the next columns go back or on. */
export interface Months {
  /** As 2025-09; empty where it is not said. */
  first: string;
  back: boolean;
}

export function readMonths({ unpivot = [] }: TablePart): Months {
  const months = unpivot.map(({ values }) => (values.month ?? '').slice(0, 7));
  const [first = '', second = ''] = months;
  return { first, back: second === '' || second < first };
}

const monthsAfter = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const at = year * 12 + number - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
};

/** Writes the last day of each month into the members of a wide part. */
export function writeMonths(part: TablePart, { first, back }: Months): NonNullable<TablePart['unpivot']> {
  return (part.unpivot ?? []).map(({ columns, values }, i) => ({
    columns,
    values: { ...values, month: first ? lastDay(monthsAfter(first, back ? -i : i)) : '' },
  }));
}

/** The file as it is, beside the portfolio. */
export const asDataset = (stem: string, source: Source): Draft => ({
  source,
  tables: [{ dataset: datasetName(stem), columns: 'all' }],
});

/** Code table as rows, so that a code can be typed without the table jumping. */
export const codesOf = (feed: Read, found: readonly { value: string; count: number }[]) => {
  const codes = feed.codes ?? {};
  const known = found.map(({ value, count }) => ({ code: value, count, meaning: meaningOf(codes[value]) }));
  const others = Object.keys(codes)
    .filter((code) => !found.some(({ value }) => value === code))
    .map((code) => ({ code, count: 0, meaning: meaningOf(codes[code]) }));
  return [...known, ...others];
};

const meaningOf = (meaning: string | number | boolean | null | undefined): string =>
  meaning === null || meaning === undefined ? '' : String(meaning);

export const dateStyleNames: readonly DateStyle[] = ['iso', 'dmy', 'mdy', 'compact'];
export type { ColumnRecipe };

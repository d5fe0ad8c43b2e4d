import type { KpiFilter } from '#core/portfolio/kpi.ts';

/** What the address may narrow the portfolio by, in the order it is read. */
export const filterKeys = [
  'country',
  'product',
  'currency',
  'bucket',
  'segment',
  'since',
  'until',
  'quote',
] as const satisfies readonly (keyof KpiFilter)[];
export type Measure = 'balance' | 'accounts';
export type FilterKey = (typeof filterKeys)[number];

/** The filter an address holds; what is not there does not narrow. */
export const filterOf = (query: Readonly<Record<string, string>>): KpiFilter =>
  Object.fromEntries(filterKeys.flatMap((key) => (query[key] ? [[key, query[key]]] : [])));

/** Changes of the address that take every filter away. */
export const noFilter: Record<FilterKey, string> = {
  country: '',
  product: '',
  currency: '',
  bucket: '',
  segment: '',
  since: '',
  until: '',
  quote: '',
};

/** The parameters of one KPI in an address, where they stand as `roll-rates.months=3`. */
export const parametersOf = (query: Readonly<Record<string, string>>, kpi: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) =>
      key.startsWith(`${kpi}.`) && value !== '' ? [[key.slice(kpi.length + 1), value]] : [],
    ),
  );

/** How parameters of one KPI are written into an address. */
export const asAddress = (kpi: string, parameters: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      `${kpi}.${name}`,
      value === undefined ? '' : String(value),
    ]),
  );

/** First day of the month of a date: where «since» begins. */
export const monthStart = (isoDate: string): string => `${isoDate.slice(0, 7)}-01`;

import type { Figures } from '../../../i18n/figures.ts';
import type { Column } from '../../../ui/table/table.ts';

type Value<Row> = (row: Row) => number | null | undefined;

/** Columns of figures, right-aligned, written as the page writes numbers. */
export function figureColumns<Row>(f: Figures) {
  const column = (
    key: string,
    title: string,
    value: Value<Row>,
    show: (value: number | null | undefined) => string,
  ): Column<Row> => ({
    key,
    title,
    value: (row) => value(row) ?? null,
    show: (row) => show(value(row)),
    end: true,
  });
  return {
    decimal: (key: string, title: string, value: Value<Row>, digits = 3) =>
      column(key, title, value, (one) => f.decimal(one, digits)),
    whole: (key: string, title: string, value: Value<Row>) => column(key, title, value, f.integer),
    percent: (key: string, title: string, value: Value<Row>, digits = 1) =>
      column(key, title, value, (one) => f.percent(one, digits)),
  };
}

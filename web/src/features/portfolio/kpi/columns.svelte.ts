import type { KpiColumn, KpiRow, KpiUnit, KpiValue } from '#core/portfolio/kpi.ts';
import { getLanguage } from '../../../i18n/language.svelte.ts';
import type { Column } from '../../../ui/table/table.ts';
import { getBoard } from '../board.svelte.ts';
import { useCodes } from './codes.svelte.ts';

const words: readonly KpiUnit[] = ['code', 'month', 'date'];

/** How figures of a KPI are written, by the unit of their column. */
export function useFigures() {
  const language = getLanguage();
  const board = getBoard();
  const codes = useCodes();
  return { show, columns };

  function show({ name, unit }: Pick<KpiColumn, 'name' | 'unit'>, row: KpiRow): string {
    const f = language.figures;
    const value: KpiValue = row[name] ?? null;
    if (value === null) return '–';
    const number = Number(value);
    switch (unit) {
      case 'code':
        return codes.word(name, String(value));
      case 'month':
        return f.month(String(value));
      case 'date':
        return f.date(String(value));
      case 'count':
      case 'days':
        return f.integer(number);
      case 'share':
        return f.percent(number);
      case 'money':
        return f.money(String(value), String(board.filter.quote ?? row.currency ?? '')).trim();
      case 'ratio':
        return f.decimal(number, 3);
      case 'per_thousand':
        return f.decimal(number, 2);
    }
  }

  /** The columns of a table: raw values to sort and download, written ones to read. */
  function columns(given: readonly KpiColumn[]): Column<KpiRow>[] {
    return given.map((column) => ({
      key: column.name,
      title: language.pick(column.title),
      value: (row) => row[column.name] ?? null,
      show: (row) => show(column, row),
      end: !words.includes(column.unit),
      whole: words.includes(column.unit),
    }));
  }
}

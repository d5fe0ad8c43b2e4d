import { numberFormat } from '#core/text/number.ts';
import type { Locale } from '#core/text/text.ts';
import { kindOf, type ResultColumn, type ResultRow } from '../../../charts/explore/explore-columns.ts';
import type { Column } from '../../../ui/table/table.ts';

/** Decimals of DECIMAL(18,2); null for a type that has none of its own. */
const scaleOf = (type: string): number | null => {
  const scale = /^DECIMAL\(\d+,\s?(\d+)\)/.exec(type)?.[1];
  return scale === undefined ? null : Number(scale);
};

/** The columns of a result as a table shows them: quantities right and in the reader's way, exact ones exact. */
export function resultColumns(columns: readonly ResultColumn[], locale: Locale): Column<ResultRow>[] {
  return columns.map((column, i) => {
    const end = kindOf(column) === 'quantity';
    const write = writer(column, locale);
    const value = (row: ResultRow) => {
      const cell = row[i] ?? null;
      return typeof cell === 'boolean' ? String(cell) : cell;
    };
    return {
      key: String(i),
      title: column.name,
      value,
      sort: (row) => (end ? toNumber(row[i]) : value(row)),
      show: (row) => {
        const cell = value(row);
        return cell === null ? '–' : write(cell);
      },
      end,
    };
  });
}

const toNumber = (cell: ResultRow[number] | undefined): number | null =>
  cell === null || cell === undefined ? null : Number(cell);

function writer(column: ResultColumn, locale: Locale): (cell: string | number) => string {
  if (kindOf(column) !== 'quantity') return String;
  const scale = scaleOf(column.type);
  if (scale !== null) {
    const exact = numberFormat(locale, { minimumFractionDigits: scale, maximumFractionDigits: scale });
    return (cell) => exact(cell);
  }
  const plain = numberFormat(
    locale,
    /INT/.test(column.type) ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 12 },
  );
  return (cell) => plain(cell);
}

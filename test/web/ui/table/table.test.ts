import { describe, expect, it } from 'vitest';
import {
  type Column,
  filterRows,
  intervalColumn,
  shown,
  sortRows,
  tableCsv,
} from '../../../../web/src/ui/table/table.ts';

interface Row {
  name: string;
  n: number | null;
}
const rows: Row[] = [
  { name: 'Préstamo personal', n: 10 },
  { name: 'Tarjeta', n: null },
  { name: 'Telefonía', n: 2 },
  { name: 'Tarjeta', n: 2 },
];
const columns: Column<Row>[] = [
  { key: 'name', title: 'Nombre', value: (row) => row.name },
  { key: 'n', title: 'n', value: (row) => row.n, show: (row) => (row.n === null ? '–' : `${row.n} cuentas`) },
];
const names = (found: readonly Row[]) => found.map((row) => `${row.name} ${row.n ?? '–'}`);

describe('tables', () => {
  it.each([
    ['', 4],
    ['prestamo', 1],
    ['TARJETA cuentas', 1],
    ['telefonia 2', 1],
    ['nada', 0],
  ])('filter by «%s», accents and case aside', (words, count) => {
    expect(filterRows(rows, columns, words)).toHaveLength(count);
  });

  it('sort numbers as numbers, keep the order of equals, and put nothing last both ways', () => {
    expect(names(sortRows(rows, columns, { key: 'n', down: false }))).toEqual([
      'Telefonía 2',
      'Tarjeta 2',
      'Préstamo personal 10',
      'Tarjeta –',
    ]);
    expect(names(sortRows(rows, columns, { key: 'n', down: true }))).toEqual([
      'Préstamo personal 10',
      'Telefonía 2',
      'Tarjeta 2',
      'Tarjeta –',
    ]);
    expect(sortRows(rows, columns, null)).toBe(rows);
  });

  it('show a dash for nothing', () => {
    expect(shown({ key: 'n', title: 'n', value: (row: Row) => row.n }, rows[1]!)).toBe('–');
  });
});

describe('downloads', () => {
  it('hold values as they are, and both ends of an interval', () => {
    const interval = intervalColumn<Row>(
      '95 %',
      (row) => ({ lower: row.n, upper: row.n === null ? null : row.n + 1 }),
      (lower, upper) => `[${lower}; ${upper}]`,
    );
    expect(interval.show?.(rows[0]!)).toBe('[10; 11]');
    expect(tableCsv([...columns, interval], rows.slice(0, 2))).toBe(
      '\ufeffNombre,n,95 % · 2.5 %,95 % · 97.5 %\r\nPréstamo personal,10,10,11\r\nTarjeta,,,\r\n',
    );
  });
});

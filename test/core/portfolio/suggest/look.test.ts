import { describe, expect, it } from 'vitest';
import { findWide, lastDay } from '#core/portfolio/suggest/names/months.ts';
import { wordsOf } from '#core/portfolio/suggest/names/words.ts';
import { suggest } from '#core/portfolio/suggest/suggest.ts';
import type { SourceColumn } from '#core/portfolio/suggest/values/column-profile.ts';
import { lookAt } from '#core/portfolio/suggest/values/look.ts';

const column = (name: string, values: readonly string[], repeat = 1): SourceColumn => ({
  name,
  type: null,
  rows: values.length * repeat,
  filled: values.filter(Boolean).length * repeat,
  distinct: new Set(values.filter(Boolean)).size,
  values: [...new Set(values.filter(Boolean))].map((value) => ({ value, count: repeat })),
});
const look = (...values: string[]) => lookAt(column('x', values));

describe('values', () => {
  it.each([
    [['2025-01-31', '2025-02-28'], ['iso']],
    [['31/01/2025', '05/02/2025'], ['dmy']],
    [['1/31/2025', '2/5/2025'], ['mdy']],
    [['20250131', '20250228'], ['compact']],
    [
      ['05/02/2025', '06/02/2025'],
      ['dmy', 'mdy'],
    ],
    [['9/14/2016 19:31', '10/7/2016 9:00'], ['mdy']],
  ])('%j are dates in %j', (values, styles) => {
    expect(look(...values)).toMatchObject({ shape: 'date', dates: styles });
  });

  it.each([
    [['1.234,50', '12,5'], 'number', ','],
    [['1,234.50', '12.5'], 'number', '.'],
    [['12', '700'], 'whole', null],
    [['1.234', '5.678'], 'number', null],
    [['0.5', '-', '1.25', 'N/A', '3.5', '2.5', '2.75', '8.5'], 'number', '.'],
  ])('%j are %s with the decimal mark %s', (values, shape, decimal) => {
    expect(look(...values)).toMatchObject({ shape, decimal });
  });

  it.each([
    [['sí', 'no'], 'yes or no'],
    [['a@b.co', 'c@d.org'], 'email'],
    [['+57 300 123 4567', '+57 301 765 4321'], 'phone'],
    [['202501', '202502'], 'period'],
    [['', ''], 'empty'],
    [['CR-1', 'CR-2'], 'text'],
  ])('%j look like %s', (values, shape) => {
    expect(look(...values).shape).toBe(shape);
  });
});

describe('names', () => {
  it.each([
    ['NRO_CUENTA', ['nro', 'cuenta']],
    ['díasMora', ['dias', 'mora']],
    ['fechacorte', ['fecha', 'corte']],
    ['AcctNbr', ['acct', 'nbr']],
    ['default.payment.next.month', ['default', 'payment', 'next', 'month']],
  ])('%s is read as %j', (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });

  it.each([
    [
      ['PAY_0', 'PAY_2', 'PAY_3'],
      [null, null, null],
    ],
    [
      ['saldo_ene_2025', 'saldo_feb_2025', 'saldo_dic_2024'],
      ['2024-12', '2025-01', '2025-02'],
    ],
    [
      ['mora_202501', 'mora_202502', 'mora_202503'],
      ['2025-01', '2025-02', '2025-03'],
    ],
    [
      ['2025_01_saldo', '2025_02_saldo', '2025_03_saldo'],
      ['2025-01', '2025-02', '2025-03'],
    ],
  ])('%j are one column by month', (names, months) => {
    expect(findWide(names).map((group) => group.months)).toEqual([months]);
  });

  it('two columns, or columns that only share a word, are not months', () => {
    expect(findWide(['tel_1', 'tel_2', 'saldo', 'saldo_vencido'])).toEqual([]);
    expect(lastDay('2024-02')).toBe('2024-02-29');
  });
});

describe('what only a person can say', () => {
  const file = {
    stem: 'cartera',
    columns: [
      column('cuenta', ['A-1', 'A-2', 'A-3']),
      column('saldo', ['10.50', '20.50', '0.75']),
      column('dias_mora', ['0', '31', '65']),
    ],
  };

  it('is asked, and never filled in', () => {
    const { questions, recipe } = suggest(file);
    expect(questions.map(({ kind, table }) => [kind, table])).toEqual([
      ['currency', 'accounts'],
      ['date', 'snapshots'],
    ]);
    expect(JSON.stringify(recipe)).not.toMatch(/constant/);
  });

  it('is which comes first, day or month, when no date tells', () => {
    const { questions, dates } = suggest({
      ...file,
      columns: [...file.columns, column('fecha_corte', ['05/02/2025', '06/02/2025', '05/02/2025'])],
    });
    expect(questions[0]).toMatchObject({ kind: 'day or month', column: 'fecha_corte' });
    expect(dates).toBe('dmy');
  });

  it('is not asked when another column tells the order', () => {
    const { questions } = suggest({
      ...file,
      columns: [
        ...file.columns,
        column('fecha_corte', ['05/02/2025', '06/02/2025', '05/02/2025']),
        column('fecha_apertura', ['25/02/2020', '06/12/2021', '30/02/2019']),
      ],
    });
    expect(questions.map(({ kind }) => kind)).toEqual(['currency']);
  });
});

it('personal columns are told apart from others', () => {
  const { personal } = suggest({
    stem: 'x',
    columns: [
      column('cedula', ['79123456', '52123456', '80123456']),
      column('nombre_cliente', ['Ana', 'Luis', 'Eva']),
      column('nombre_producto', ['TC', 'TC', 'PP']),
      column('contacto', ['a@b.co', 'c@d.co', 'e@f.co']),
      column('celular', ['3001234567', '3011234567', '3021234567']),
      column('nro_credito', ['C-1', 'C-2', 'C-3']),
    ],
  });
  expect(personal).toEqual(['cedula', 'nombre_cliente', 'contacto', 'celular']);
});

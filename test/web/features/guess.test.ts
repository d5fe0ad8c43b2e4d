import { describe, expect, it } from 'vitest';
import {
  controlOf,
  guess,
  type SeenColumn,
  shapeOf,
  shapeSeen,
} from '../../../web/src/features/analyse/guess.ts';

const column = (
  name: string,
  shape: SeenColumn['shape'],
  distinct: number | null,
  values: string[] = [],
): SeenColumn => ({ name, shape, distinct, values });

describe('columns of a table from elsewhere', () => {
  it('of a trial of e-mails are recognised', () => {
    const found = guess([
      column('recency', 'number', 12, ['1', '2']),
      column('history_segment', 'text', 7, ['1) $0 - $100']),
      column('zip_code', 'text', 3, ['Urban', 'Rural', 'Surburban']),
      column('segment', 'text', 3, ['Womens E-Mail', 'Mens E-Mail', 'No E-Mail']),
      column('visit', 'number', 2, ['0', '1']),
      column('spend', 'number', 900, ['0']),
    ]);
    expect(found).toMatchObject({
      arm: 'segment',
      control: 'No E-Mail',
      metrics: ['visit', 'spend'],
      unit: '',
    });
  });

  it('of a game, and of one in Spanish', () => {
    expect(
      guess([
        column('userid', 'number', 9000, ['116']),
        column('version', 'text', 2, ['gate_40', 'gate_30']),
        column('sum_gamerounds', 'number', 900, ['3']),
        column('retention_7', 'yes or no', 2, ['FALSE', 'TRUE']),
      ]),
    ).toMatchObject({ arm: 'version', control: 'gate_30', metrics: ['retention_7'], unit: 'userid' });
    expect(
      guess([
        column('cliente_id', 'text', 5000, ['a']),
        column('grupo', 'text', 2, ['mensaje', 'sin mensaje']),
        column('saldo', 'number', 4000, ['10']),
        column('pago', 'number', 2, ['0', '1']),
      ]),
    ).toMatchObject({ arm: 'grupo', control: 'sin mensaje', metrics: ['pago'], unit: 'cliente_id' });
  });

  it('of a dataset whose values were not seen keep their places by name', () => {
    const found = guess([column('arm', 'text', null), column('paid', 'number', null)]);
    expect(found).toMatchObject({ arm: 'arm', control: '', metrics: ['paid'] });
    expect(controlOf(undefined)).toBe('');
  });

  it('have a shape by their type or by how they look', () => {
    expect(['BOOLEAN', 'DECIMAL(18,2)', 'DATE', 'VARCHAR'].map(shapeOf)).toEqual([
      'yes or no',
      'number',
      'date',
      'text',
    ]);
    expect(['whole', 'yes or no', 'email'].map(shapeSeen)).toEqual(['number', 'yes or no', 'text']);
  });
});

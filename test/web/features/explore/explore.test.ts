import { describe, expect, it } from 'vitest';
import {
  forgetHistory,
  type Kept,
  readHistory,
  remember,
} from '../../../../web/src/features/explore/question/history.ts';
import { resultColumns } from '../../../../web/src/features/explore/result/result-columns.ts';
import { shown, sortRows } from '../../../../web/src/ui/table/table.ts';

class Drawer implements Kept {
  #values = new Map<string, string>();
  getItem = (key: string) => this.#values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.#values.set(key, value);
  removeItem = (key: string) => void this.#values.delete(key);
}
const storage = (): Kept => new Drawer();

describe('the history of this browser', () => {
  it('has the newest first, each text once, and no more than thirty', () => {
    const kept = storage();
    for (let i = 0; i < 40; i++) remember(kept, `SELECT ${i}`, `2026-01-01T00:00:${i}Z`);
    remember(kept, 'SELECT 20', 'later');
    const past = readHistory(kept);
    expect(past).toHaveLength(30);
    expect(past[0]).toEqual({ sql: 'SELECT 20', at: 'later' });
    expect(new Set(past.map(({ sql }) => sql)).size).toBe(30);
    forgetHistory(kept);
    expect(readHistory(kept)).toEqual([]);
  });

  it('takes what is not its own for nothing', () => {
    const kept = storage();
    for (const text of ['{', '{}', '[1, {"sql": 2}]', 'null']) {
      kept.setItem('ensayo.queries', text);
      expect(readHistory(kept)).toEqual([]);
    }
  });
});

describe('a result as a table', () => {
  const columns = resultColumns(
    [
      { name: 'money', type: 'DECIMAL(38,2)' },
      { name: 'n', type: 'BIGINT' },
      { name: 'share', type: 'DOUBLE' },
      { name: 'yes', type: 'BOOLEAN' },
      { name: 'word', type: 'VARCHAR' },
    ],
    'es',
  );
  const row = ['12345678901234567890.10', '9007199254740993', 0.125, false, null];

  it('writes exact amounts whole, in the reader’s way, and nothing as a dash', () => {
    expect(columns.map((column) => shown(column, row).replaceAll('\u00a0', ' '))).toEqual([
      '12 345 678 901 234 567 890,10',
      '9 007 199 254 740 993',
      '0,125',
      'false',
      '–',
    ]);
    expect(columns.map(({ end }) => end)).toEqual([true, true, true, false, false]);
  });

  it('sorts amounts by size, not as text', () => {
    const rows = [['100.00'], ['9.00'], [null], ['-1.00']];
    const [money] = columns;
    const sorted = sortRows(rows, money ? [money] : [], { key: '0', down: false });
    expect(sorted.map(([value]) => value)).toEqual(['-1.00', '9.00', '100.00', null]);
  });
});

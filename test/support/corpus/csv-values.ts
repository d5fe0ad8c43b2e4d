import type { Case } from './case.ts';

const three = [
  'P1 A1 2026-01-31T00:00:00 1.50 PSE',
  'P2 A1 2026-02-01T00:00:00 2.00 niño',
  'P3 A2 2026-02-02T00:00:00 3.25 caja',
];

export const csvValues: Case[] = [
  {
    file: 'csv/currency-signs.csv',
    rows: 0,
    rejects: [
      [2, 'amount', '$ 100', 'reject_not_a_number'],
      [3, 'amount', '100 €', 'reject_not_a_number'],
      [4, 'amount', 'COP 100', 'reject_not_a_number'],
      [5, 'amount', '100-', 'reject_not_a_number'],
    ],
  },
  {
    file: 'csv/dates-compact.csv',
    source: { dates: 'compact' },
    rows: 1,
    rejects: [[3, 'paid_at', '20260230', 'reject_no_such_date']],
    holds: ['P1 A1 2026-01-31T00:00:00 1.00 x'],
  },
  {
    file: 'csv/dates-dmy.csv',
    source: { dates: 'dmy' },
    rows: 4,
    holds: [
      'P1 A1 2026-01-31T00:00:00 1.00 x',
      'P2 A1 2026-02-01T00:00:00 1.00 x',
      'P3 A1 2026-02-28T00:00:00 1.00 x',
      'P4 A1 2026-01-31T10:30:00 1.00 x',
    ],
  },
  {
    file: 'csv/dates-iso.csv',
    rows: 3,
    holds: [
      'P1 A1 2026-01-31T00:00:00 1.00 x',
      'P2 A1 2026-01-31T10:00:00 1.00 x',
      'P3 A1 2026-01-05T08:30:00 1.00 x',
    ],
  },
  {
    file: 'csv/dates-mdy.csv',
    source: { dates: 'mdy' },
    rows: 1,
    rejects: [[3, 'paid_at', '31/01/2026', 'reject_no_such_date']],
    holds: ['P1 A1 2026-01-31T00:00:00 1.00 x'],
  },
  {
    file: 'csv/dates-of-five-styles.csv',
    rows: 1,
    rejects: [
      [3, 'paid_at', '31/01/2026', 'reject_not_a_date'],
      [4, 'paid_at', '01/31/2026', 'reject_not_a_date'],
      [5, 'paid_at', '20260131', 'reject_not_a_date'],
      [6, 'paid_at', '31 ene 2026', 'reject_not_a_date'],
    ],
    holds: ['P1 A1 2026-01-31T00:00:00 1.00 x'],
  },
  {
    file: 'csv/dates-of-five-styles.csv',
    source: { dates: 'dmy' },
    rows: 2,
    rejects: [
      [4, 'paid_at', '01/31/2026', 'reject_no_such_date'],
      [5, 'paid_at', '20260131', 'reject_not_a_date'],
      [6, 'paid_at', '31 ene 2026', 'reject_not_a_date'],
    ],
    holds: ['P1 A1 2026-01-31T00:00:00 1.00 x', 'P2 A1 2026-01-31T00:00:00 1.00 x'],
  },
  {
    file: 'csv/decimal-comma.csv',
    rows: 1,
    rejects: [
      [2, 'amount', '1.234,56', 'reject_not_a_number'],
      [3, 'amount', '0,5', 'reject_not_a_number'],
    ],
    holds: ['P3 A1 2026-01-31T00:00:00 1.50 x'],
  },
  {
    file: 'csv/decimal-comma.csv',
    source: { decimal: ',' },
    rows: 2,
    rejects: [[4, 'amount', '1.5', 'reject_not_a_number']],
    holds: ['P1 A1 2026-01-31T00:00:00 1234.56 x', 'P2 A1 2026-01-31T00:00:00 0.50 x'],
  },
  {
    file: 'csv/formula-amount.csv',
    rows: 1,
    rejects: [[3, 'amount', '=1+1', 'reject_not_a_number']],
    holds: ['P1 A1 2026-01-31T00:00:00 1.50 PSE'],
  },
  {
    file: 'csv/formula-text.csv',
    rows: 3,
    holds: [
      'P1 A1 2026-01-31T00:00:00 1.00 =1+1',
      'P2 A1 2026-01-31T00:00:00 2.00 =HYPERLINK("http://x","y")',
      'P3 A1 2026-01-31T00:00:00 3.00 @SUM(A1)',
    ],
  },
  {
    file: 'csv/hard-spaces.csv',
    rows: 1,
    rejects: [[2, 'amount', '1 234.50', 'reject_not_a_number']],
    holds: ['P2 A1 2026-01-31T00:00:00 7.00 x'],
  },
  {
    file: 'csv/missing-values.csv',
    rows: 1,
    rejects: [
      [2, 'paid_at', null, 'reject_missing'],
      [3, 'payment_id', null, 'reject_missing'],
      [4, 'amount', null, 'reject_missing'],
    ],
    holds: ['P2 A1 2026-02-01T00:00:00 2.00 niño'],
  },
  {
    file: 'csv/mixed-types.csv',
    rows: 1,
    rejects: [
      [3, 'amount', 'dos', 'reject_not_a_number'],
      [4, 'paid_at', 'mañana', 'reject_not_a_date'],
      [5, 'amount', 'true', 'reject_not_a_number'],
    ],
    holds: ['P1 A1 2026-01-31T00:00:00 1.00 x'],
  },
  {
    file: 'csv/no-such-date-dmy.csv',
    source: { dates: 'dmy' },
    rows: 1,
    rejects: [[2, 'paid_at', '31/02/2026', 'reject_no_such_date']],
    holds: ['P2 A1 2026-02-28T00:00:00 1.00 x'],
  },
  {
    file: 'csv/no-such-date.csv',
    rows: 1,
    rejects: [
      [2, 'paid_at', '2026-02-31', 'reject_no_such_date'],
      [3, 'paid_at', '2026-13-01', 'reject_no_such_date'],
    ],
    holds: ['P3 A1 2026-02-28T00:00:00 1.00 x'],
  },
  {
    file: 'csv/not-numbers.csv',
    rows: 0,
    rejects: [
      [2, 'amount', 'NaN', 'reject_not_a_number'],
      [3, 'amount', 'Infinity', 'reject_not_a_number'],
      [4, 'amount', '-inf', 'reject_not_a_number'],
      [5, 'amount', '0x1F', 'reject_not_a_number'],
      [6, 'amount', '1_000', 'reject_not_a_number'],
    ],
  },
  {
    file: 'csv/parentheses.csv',
    rows: 1,
    rejects: [[2, 'amount', '(1,234.50)', 'reject_not_a_number']],
    holds: ['P2 A1 2026-02-01T00:00:00 2.00 niño'],
  },
  {
    file: 'csv/repeated-key.csv',
    rows: 2,
    rejects: [[4, 'payment_id', 'P1', 'reject_duplicate_key']],
    holds: ['P1 A1 2026-01-31T00:00:00 1.50 PSE', 'P2 A1 2026-02-01T00:00:00 2.00 niño'],
  },
  {
    file: 'csv/thousands.csv',
    rows: 2,
    rejects: [[3, 'amount', '12,34', 'reject_not_a_number']],
    holds: ['P1 A1 2026-01-31T00:00:00 1234567.89 x', 'P3 A1 2026-01-31T00:00:00 1234.00 x'],
  },
  {
    file: 'csv/too-large.csv',
    rows: 1,
    rejects: [
      [2, 'amount', '1e308', 'reject_number_too_large'],
      [3, 'amount', '1e400', 'reject_number_too_large'],
      [4, 'amount', '99999999999999999', 'reject_number_too_large'],
    ],
    holds: ['P4 A1 2026-01-31T00:00:00 1000.00 x'],
  },
  {
    file: 'csv/total-last.csv',
    rows: 3,
    rejects: [
      [5, 'account_id', null, 'reject_missing'],
      [5, 'paid_at', null, 'reject_missing'],
    ],
    holds: three,
  },
];

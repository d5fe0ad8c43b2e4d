import type { Case } from './case.ts';

const three = [
  'P1 A1 2026-01-31T13:05:09 1.50 PSE',
  'P2 A1 2026-01-31T13:05:09 1234567890123456.78',
  'P3 A2 2026-01-31T13:05:09 -0.05 niño',
];

export const columnar: Case[] = [
  {
    file: 'arrow/binary.arrow',
    fails: 'load_arrow_type',
    quotes: 'photo" of "payments.arrow" is of type Binary, which is not read here.',
  },
  { file: 'arrow/damaged-lz4.feather', fails: 'load_truncated', quotes: 'LZ4 block cut short' },
  { file: 'arrow/lz4.feather', rows: 3, holds: three },
  {
    file: 'arrow/no-end.arrow',
    fails: 'load_truncated',
    quotes: 'ARROW1 ≠ "\\u0000\\u0000Ð\\u0001\\u0000\\u0000"',
  },
  { file: 'arrow/no-rows.arrow', fails: 'load_no_rows', quotes: 'payments.arrow' },
  {
    file: 'arrow/not-finite.arrow',
    rows: 1,
    rejects: [
      [null, 'amount', 'nan', 'reject_not_a_number'],
      [null, 'amount', 'inf', 'reject_not_a_number'],
    ],
    holds: ['P1 A1 2026-01-31T13:05:09 1.50 PSE'],
  },
  { file: 'arrow/plain.arrow', rows: 3, holds: three },
  {
    file: 'arrow/repeated-names.arrow',
    fails: 'load_columns_repeated',
    quotes: 'repeats names: payment_id.',
  },
  { file: 'arrow/stream-lz4.arrows', rows: 3, holds: three },
  { file: 'arrow/stream.arrows', rows: 3, holds: three },
  { file: 'arrow/text.arrow', fails: 'load_other_format', quotes: 'inside it is text or something else.' },
  { file: 'arrow/truncated.arrow', fails: 'load_truncated', quotes: 'ARROW1 ≠ "¦K¶\\u0001\\u0000"' },
  {
    file: 'arrow/truncated.arrows',
    fails: 'load_truncated',
    quotes: 'Expected to read 360 metadata bytes, but only read 284.',
  },
  {
    file: 'arrow/version-1.feather',
    fails: 'load_arrow_feather1',
    quotes: 'is Feather version 1, which is not read here.',
  },
  { file: 'arrow/zstd.feather', rows: 3, holds: three },
  { file: 'parquet/damaged-end.parquet', fails: 'load_truncated', quotes: 'payments.parquet' },
  { file: 'parquet/damaged.parquet', fails: 'load_unreadable', quotes: 'payments.parquet' },
  { file: 'parquet/no-rows.parquet', fails: 'load_no_rows', quotes: 'payments.parquet' },
  { file: 'parquet/only-marks.parquet', fails: 'load_truncated', quotes: 'payments.parquet' },
  { file: 'parquet/plain.parquet', rows: 3, holds: three },
  { file: 'parquet/text.parquet', fails: 'load_unreadable', quotes: 'PAR1 ≠ "paym"' },
  { file: 'parquet/truncated.parquet', fails: 'load_truncated', quotes: 'payments.parquet' },
];

import type { Case } from './case.ts';

const three = [
  'P1 A1 2026-01-31T00:00:00 1.50 PSE',
  'P2 A1 2026-01-31T00:00:00 2.00 PSE',
  'P3 A1 2026-01-31T00:00:00 1.50 niño',
];

export const json: Case[] = [
  {
    file: 'json/bad-line.ndjson',
    rows: 2,
    rejects: [[2, null, '{"payment_id":"P2", oops}', 'reject_not_readable']],
    holds: ['P1 A1 2026-01-31T00:00:00 1.50 PSE', 'P3 A1 2026-01-31T00:00:00 1.50 niño'],
  },
  {
    file: 'json/cut-line.ndjson',
    rows: 2,
    rejects: [
      [
        3,
        null,
        '{"payment_id": "P3", "account_id": "A1", "paid_at": "2026-01-31", "amount": 1.5',
        'reject_not_readable',
      ],
    ],
    holds: ['P1 A1 2026-01-31T00:00:00 1.50 PSE', 'P2 A1 2026-01-31T00:00:00 2.00 PSE'],
  },
  {
    file: 'json/empty-list.json',
    fails: 'load_json_no_rows',
    quotes: 'there is no list of objects to be read as rows.',
  },
  { file: 'json/empty.ndjson', fails: 'load_file_empty', quotes: 'is empty.' },
  {
    file: 'json/exact-numbers.ndjson',
    rows: 2,
    holds: [
      '12345678901234567890 1.10 2026-01-31T00:00:00 1234567890123456.78 1e308',
      'P2 A 2026-01-31T00:00:00 -0.10 {"a":[1.50,"x"]}',
    ],
  },
  {
    file: 'json/exact-numbers.ndjson',
    source: { decimal: ',' },
    rows: 2,
    holds: [
      '12345678901234567890 1,10 2026-01-31T00:00:00 1234567890123456.78 1e308',
      'P2 A 2026-01-31T00:00:00 -0.10 {"a":[1.50,"x"]}',
    ],
  },
  { file: 'json/keys-by-capitals.ndjson', fails: 'load_columns_repeated', quotes: 'repeats names: Amount.' },
  { file: 'json/latin1.json', fails: 'load_encoding', quotes: 'is not UTF-8 (byte 292).' },
  { file: 'json/latin1.json', source: { encoding: 'iso-8859-1' }, rows: 3, holds: three },
  { file: 'json/lines-by-content.json', rows: 3, holds: three },
  { file: 'json/lines.ndjson', rows: 3, holds: three },
  { file: 'json/lines.ndjson.gz', rows: 3, holds: three },
  {
    file: 'json/list-of-numbers.json',
    fails: 'load_json_no_rows',
    quotes: 'there is no list of objects to be read as rows.',
  },
  { file: 'json/list.json', rows: 3, holds: three },
  {
    file: 'json/missing-comma.json',
    fails: 'load_json_broken',
    quotes:
      'is not valid JSON at line 1: "…ccount_id": "A1", "paid_at": "2026-01-31", "amount": 1.5, "method": "ni\\u00f1o"}"',
  },
  {
    file: 'json/nan.json',
    fails: 'load_json_broken',
    quotes: 'is not valid JSON at line 1: "{"payment_id":"P1","amount":NaN}"',
  },
  {
    file: 'json/not-objects.ndjson',
    rows: 2,
    rejects: [
      [2, null, '5', 'reject_not_an_object'],
      [3, null, '[1]', 'reject_not_an_object'],
      [4, null, 'null', 'reject_not_an_object'],
      [5, null, '"x"', 'reject_not_an_object'],
    ],
    holds: ['P1 A1 2026-01-31T00:00:00 1.50 PSE', 'P2 A1 2026-01-31T00:00:00 2.00 PSE'],
  },
  {
    file: 'json/nul-and-surrogate.ndjson',
    rows: 2,
    rejects: [
      [
        2,
        null,
        '{"payment_id":"P2","account_id":"A","paid_at":"2026-01-31","amount":1,"method":"\\ud800"}',
        'reject_not_readable',
      ],
    ],
    holds: ['P1 A 2026-01-31T00:00:00 1.00 a\u0000b', 'P3 A 2026-01-31T00:00:00 1.00 😀'],
  },
  {
    file: 'json/number.json',
    fails: 'load_json_no_rows',
    quotes: 'there is no list of objects to be read as rows.',
  },
  { file: 'json/one-object.json', rows: 1, holds: ['P1 A1 2026-01-31T00:00:00 1.50 PSE'] },
  { file: 'json/only-blanks.json', fails: 'load_file_empty', quotes: 'is empty.' },
  {
    file: 'json/other-keys.ndjson',
    rows: 2,
    rejects: [
      [3, 'account_id', null, 'reject_missing'],
      [3, 'paid_at', null, 'reject_missing'],
      [3, 'payment_id', null, 'reject_missing'],
    ],
    holds: ['P1 A1 2026-01-31T00:00:00 1.50 PSE', 'P2 A 2026-01-31T00:00:00 2.00'],
  },
  { file: 'json/parquet.json', fails: 'load_other_format', quotes: 'inside it is Parquet.' },
  { file: 'json/pretty.json', rows: 3, holds: three },
  {
    file: 'json/single-quotes.json',
    fails: 'load_json_broken',
    quotes: "is not valid JSON at line 1: \"{'payment_id':'P1'}\"",
  },
  {
    file: 'json/too-large.ndjson',
    rows: 1,
    rejects: [[2, 'amount', '1e308', 'reject_number_too_large']],
    holds: ['P1 A1 2026-01-31T00:00:00 1.00 PSE'],
  },
  {
    file: 'json/trailing-comma.json',
    fails: 'load_json_broken',
    quotes: 'is not valid JSON at line 1: ",]"',
  },
  {
    file: 'json/truncated-in-wrapper.json',
    fails: 'load_json_broken',
    quotes: 'is not valid JSON at line 1: "{"data": []"',
  },
  {
    file: 'json/truncated.json',
    fails: 'load_json_broken',
    quotes:
      'is not valid JSON at line 1: "{"payment_id": "P3", "account_id": "A1", "paid_at": "2026-01-31", "amount""',
  },
  { file: 'json/truncated.ndjson.gz', fails: 'load_truncated', quotes: 'unexpected end of file' },
  {
    file: 'json/two-lists.json',
    fails: 'load_json_several',
    quotes: 'there is more than one list of objects: "payments" and "accounts".',
  },
  { file: 'json/utf16.json', rows: 3, holds: three },
  { file: 'json/utf8-bom.json', rows: 3, holds: three },
  { file: 'json/wrapped.json', rows: 3, holds: three },
];

import { deflateRawSync, gzipSync } from 'node:zlib';
import { bookParts, sheetXml, xlsx } from '../files/xlsx.ts';
import { zip } from '../files/zip.ts';
import type { Case } from './case.ts';

const header = 'payment_id,account_id,paid_at,amount,method';
const good = 'P1,A1,2026-01-31,1.50,PSE';
const row = ['P1', 'A1', '2026-01-31', 1.5, 'PSE'];
const names = header.split(',');
const megabytes = (count: number, text: string): string => text.repeat((count * 1e6) / text.length);
const object = (more: string): string =>
  `{"payment_id":"P1","account_id":"A1","paid_at":"2026-01-31","amount":1${more}}`;

/** Members of a gzip file unzip to one text: 20 kB that unzip to 400 MB. */
function gzipTrap(text: string): Buffer {
  const member = gzipSync(megabytes(10, text));
  return Buffer.concat(Array.from({ length: 40 }, () => member));
}

/** Files too large, or too wicked, to be kept: made when they are needed. */
export const made: Case[] = [
  {
    file: 'huge-field.csv',
    content: () => `${header}\n${good}\nP2,A1,2026-01-31,1,${megabytes(20, 'x')}\n`,
    rows: 1,
    rejects: [[3, null, `P2,A1,2026-01-31,1,${'x'.repeat(481)}`.slice(0, 500), 'reject_too_long']],
  },
  {
    file: 'nul-far-inside.csv',
    content: () => {
      const rows = Array.from({ length: 60_000 }, (_, i) => `P${i},A1,2026-01-31,1.50,PSE\n`).join('');
      return `${header}\n${rows}X1,A1,2026-01-31,x\0y,z\n`;
    },
    rows: 60_000,
    rejects: [[60_002, 'amount', 'x\0y', 'reject_not_a_number']],
  },
  { file: 'trap.csv.gz', content: () => gzipTrap('1,2\n'), fails: 'load_bomb', quotes: 'payments.csv.gz' },
  {
    file: 'trap.ndjson.gz',
    content: () => gzipTrap(`${object(`,"method":"${'x'.repeat(2_000)}"`)}\n`),
    fails: 'load_bomb',
    quotes: 'payments.ndjson.gz',
  },
  {
    file: 'one-endless-line.ndjson.gz',
    content: () => gzipSync(megabytes(60, '[')),
    fails: 'load_json_no_rows',
    quotes: 'payments.ndjson.gz',
  },
  {
    file: 'huge-line.ndjson',
    content: () => `${object('')}\n${object(`,"method":"${megabytes(20, 'x')}"`)}\n`,
    rows: 1,
    rejects: [[2, null, `${object(`,"method":"${'x'.repeat(200)}`).slice(0, 200)}`, 'reject_too_long']],
  },
  {
    file: 'large-line.ndjson',
    content: () => `${object(`,"method":"${megabytes(12, 'x')}"`)}\n`,
    rows: 1,
  },
  {
    file: 'deep-line.ndjson',
    content: () => `${object('')}\n${object(`,"method":${'['.repeat(200_000)}${']'.repeat(200_000)}`)}\n`,
    rows: 1,
    rejects: [[2, null, `${object(`,"method":${'['.repeat(600)}`).slice(0, 500)}…`, 'reject_not_readable']],
  },
  {
    file: 'deep.json',
    content: () => `${'['.repeat(300_000)}${']'.repeat(300_000)}`,
    fails: 'load_json_no_rows',
    quotes: 'payments.json',
  },
  {
    file: 'keys-that-are-values.json',
    content: () =>
      JSON.stringify(Array.from({ length: 2_100 }, (_, i) => ({ payment_id: `P${i}`, [`account ${i}`]: 1 }))),
    fails: 'load_too_many_columns',
    quotes: 'account 1999',
  },
  {
    file: 'trap-that-tells.xlsx',
    content: () => zip(bookParts({ Hoja1: sheetXml([names, row]) }), () => 4_000_000_000),
    fails: 'load_bomb',
    quotes: 'payments.xlsx',
  },
  {
    file: 'trap-that-lies.xlsx',
    content: () =>
      zip(bookParts({ Hoja1: sheetXml([names, row]) + megabytes(30, ' ') }), (bytes) =>
        Math.min(bytes, 2_000),
      ),
    fails: 'load_truncated',
    quotes: 'too many bytes',
  },
  {
    file: 'trap.xlsx',
    content: () => zip(bookParts({ Hoja1: sheetXml([names, row]) + megabytes(250, ' ') })),
    fails: 'load_bomb',
    quotes: 'payments.xlsx',
  },
  {
    file: 'far-corner.xlsx',
    content: () => xlsx([names, row, [...row, ...Array<null>(9_000).fill(null), 'far']]),
    rows: 1,
    rejects: [[3, null, 'MHJ3: far', 'reject_too_many_columns']],
  },
  {
    file: 'every-kind-of-cell.xlsx',
    content: () =>
      xlsx(
        [
          ['Título'],
          [],
          names,
          [
            'P1',
            '<c t="s"><v>0</v></c>',
            '<c s="1"><v>46053.5</v></c>',
            '<c><f>1+1</f><v>2</v></c>',
            '<c t="b"><v>1</v></c>',
          ],
          [
            'P2',
            '<c t="str"><f>""</f><v></v></c>',
            '<c t="d"><v>2026-01-31T00:00:00Z</v></c>',
            '<c><v>1E-2</v></c>',
          ],
          ['P3', 'A_x0041_', '<c s="2"><v>61</v></c>', 5, '<c t="e"><v>#DIV/0!</v></c>'],
        ],
        { texts: ['A & B'], formats: ['dd/mm/yyyy hh:mm', '[$-F800]dddd\\, mmmm dd\\, yyyy'] },
      ),
    rows: 1,
    rejects: [
      [5, 'account_id', null, 'reject_missing'],
      [6, null, 'E6 (method): #DIV/0!', 'reject_error_cell'],
    ],
    holds: ['P1 A & B 2026-01-31T12:00:00 2.00 true'],
  },
  {
    file: 'nothing-but-zip.xlsx',
    content: () => deflateRawSync('x'),
    fails: 'load_other_format',
    quotes: 'text or something else',
  },
];

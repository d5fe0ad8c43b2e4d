import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantsOf, isZone, localOf, offsetAt, zoneOffsets } from '#core/contact/time/zone-offsets.ts';

const rowsOf = (zone: string, from: string, to: string) =>
  zoneOffsets(zone, Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`));
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 19);

describe('zoneOffsets', () => {
  it.each([
    ['America/Bogota', '2026-01-01', '2027-01-01', [[-18_000, '2026-01-01T00:00:00']]],
    [
      'America/Santiago',
      '2026-01-01',
      '2027-01-01',
      [
        [-10_800, '2026-01-01T00:00:00'],
        [-14_400, '2026-04-05T03:00:00'],
        [-10_800, '2026-09-06T04:00:00'],
      ],
    ],
    [
      'Europe/Madrid',
      '2026-01-01',
      '2027-01-01',
      [
        [3_600, '2026-01-01T00:00:00'],
        [7_200, '2026-03-29T01:00:00'],
        [3_600, '2026-10-25T01:00:00'],
      ],
    ],
    [
      'America/Mexico_City',
      '2022-01-01',
      '2024-01-01',
      [
        [-21_600, '2022-01-01T00:00:00'],
        [-18_000, '2022-04-03T08:00:00'],
        [-21_600, '2022-10-30T07:00:00'],
      ],
    ],
    [
      'America/Sao_Paulo',
      '2018-06-01',
      '2020-06-01',
      [
        [-10_800, '2018-06-01T00:00:00'],
        [-7_200, '2018-11-04T03:00:00'],
        [-10_800, '2019-02-17T02:00:00'],
      ],
    ],
  ])('%s from %s to %s', (zone, from, to, expected) => {
    const rows = rowsOf(zone, from, to);
    expect(rows.map((row) => [row.seconds, iso(row.fromUtc)])).toEqual(expected);
    expect(iso(rows.at(-1)?.toUtc ?? 0)).toBe(`${to}T00:00:00`);
  });

  it('has no gaps and agrees with Intl at any instant', () => {
    const zones = [
      'America/Santiago',
      'Pacific/Easter',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Europe/Dublin',
    ];
    const tables = zones.map((zone) => rowsOf(zone, '2019-01-01', '2027-01-01'));
    for (const rows of tables)
      for (const [i, row] of rows.entries()) if (i) expect(row.fromUtc).toBe(rows[i - 1]?.toUtc);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: zones.length - 1 }),
        fc.integer({ min: Date.UTC(2019, 0, 1) / 1000, max: Date.UTC(2027, 0, 1) / 1000 - 1 }),
        (i, second) => {
          const local = localOf(tables[i] ?? [], zones[i] ?? '', second * 1000);
          expect(local).toBe(second * 1000 + offsetAt(zones[i] ?? '', second * 1000) * 1000);
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe('instantsOf', () => {
  const madrid = rowsOf('Europe/Madrid', '2026-01-01', '2027-01-01');
  const santiago = rowsOf('America/Santiago', '2026-01-01', '2027-01-01');
  it.each([
    ['an ordinary time', madrid, 'Europe/Madrid', '2026-06-15', '10:00', ['2026-06-15T08:00:00']],
    [
      'a time that does not exist moves forward',
      madrid,
      'Europe/Madrid',
      '2026-03-29',
      '02:30',
      ['2026-03-29T01:30:00'],
    ],
    [
      'a time that occurs twice gives both',
      madrid,
      'Europe/Madrid',
      '2026-10-25',
      '02:30',
      ['2026-10-25T00:30:00', '2026-10-25T01:30:00'],
    ],
    [
      'midnight that does not exist',
      santiago,
      'America/Santiago',
      '2026-09-06',
      '00:15',
      ['2026-09-06T04:15:00'],
    ],
    [
      'the hour before midnight, twice',
      santiago,
      'America/Santiago',
      '2026-04-04',
      '23:30',
      ['2026-04-05T02:30:00', '2026-04-05T03:30:00'],
    ],
    ['a zone without rows', madrid, 'America/Lima', '2026-06-15', '10:00', []],
  ])('%s', (_, rows, zone, date, time, expected) => {
    expect(instantsOf(rows, zone, date, time).map(iso)).toEqual(expected);
  });
  it('moves 02:30 of the skipped hour to 03:30 on the clock', () => {
    const [at = 0] = instantsOf(madrid, 'Europe/Madrid', '2026-03-29', '02:30');
    expect(iso(localOf(madrid, 'Europe/Madrid', at) ?? 0)).toBe('2026-03-29T03:30:00');
  });
});

it.each([
  ['America/Bogota', true],
  ['America/Buenos_Aires', true],
  ['UTC', true],
  ['Bogotá', false],
  ['+05:00', false],
  ['', false],
])('isZone(%s) is %s', (zone, expected) => {
  expect(isZone(zone)).toBe(expected);
});

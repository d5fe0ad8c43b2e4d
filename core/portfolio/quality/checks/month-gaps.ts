import { raw, sql } from '../../../sql/sql.ts';
import type { QualityCheck } from '../check.ts';

/** Accounts that skip a month between their first and their last snapshot. */
const check: QualityCheck = {
  text: {
    title: { es: 'Meses sin dato', en: 'Months without a row' },
    summary: {
      es: 'Cuentas que saltan un mes entre su primer y su último saldo.',
      en: 'Accounts that skip a month between their first and last snapshot.',
    },
  },
  found: {
    es: 'A {affected, plural, one {# cuenta ({share, number, percent}) le} other {# cuentas ({share, number, percent}) les}} falta algún mes entre su primer y su último saldo.',
    en: '{affected, plural, one {# account ({share, number, percent}) skips} other {# accounts ({share, number, percent}) skip}} a month between first and last snapshot.',
  },
  clean: {
    es: 'Ninguna cuenta salta meses entre su primer y su último saldo.',
    en: 'No account skips a month between its first and last snapshot.',
  },
  affects: {
    es: 'En el mes que falta esas cuentas cuentan como salidas de observación, y vuelven después.',
    en: 'In the missing month those accounts count as having left observation, and come back later.',
  },
  advice: {
    es: 'Pregunte si el extracto deja fuera cuentas sin movimiento; cargue los meses completos.',
    en: 'Ask whether the extract leaves out accounts without movement; load whole months.',
  },
  remedy: 'load',
  order: 35,
  remarkAbove: 0,
  seriousAbove: 0.25,
  probes: ({ dialect, load, rows, rowsOf }) => {
    if (load !== null || rowsOf('snapshots') === 0) return [];
    const span = dialect.monthsBetween(raw('min(month)'), raw('max(month)'));
    return [
      {
        table: 'snapshots',
        column: 'as_of',
        statement: sql`SELECT ${dialect.countIf(raw('months < span'))} AS affected, ${dialect.countIf(raw('true'))} AS looked_at
FROM (
  SELECT account_id, count(*) AS months, 1 + ${span} AS span
  FROM (SELECT t.account_id, ${dialect.monthStart(raw('t.as_of'))} AS month FROM ${rows('snapshots')} AS t GROUP BY 1, 2) AS m
  GROUP BY account_id
) AS a`,
      },
    ];
  },
};

export default check;

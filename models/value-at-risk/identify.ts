import type { Rung } from '#core/contract/models/card.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { type Ending, type LifePeriod, lifeTable } from '#core/stats/life-table.ts';
import { numberFormat } from '#core/text/number.ts';
import type { Ask, DecisionDate, Identified } from '../question.ts';
import { candidates } from './candidates.ts';
import { followUp } from './follow-up.ts';
import type { ValueAtRiskParameters } from './parameters.ts';
import { horizonMonths } from './periods.ts';

interface Counted {
  ending: 'charged_off' | 'closed' | 'survived' | 'censored';
  period: number;
  n: number;
}

const kinds = {
  charged_off: 'event',
  closed: 'competing',
  survived: 'censored',
  censored: 'censored',
} as const;

const followed = (dialect: Dialect, parameters: ValueAtRiskParameters, dates: readonly DecisionDate[]): Sql =>
  sql`WITH at_risk AS (SELECT c.account_id, c.as_of FROM (${candidates(
    dialect,
    parameters,
    dates.map(({ asOf }) => asOf),
  )}) c WHERE c.excluded IS NULL)
SELECT * FROM (${followUp(dialect, parameters, raw('at_risk'), dates)}) u`;

/**
 * The weights with which rows of a known ending stand for those that were lost from sight, and the life table they
 * come from. A row settled in month u was only seen so because its sight reached u: it counts 1 / P(sight reaches u),
 * by Kaplan–Meier of the censoring over all rows. Assumes that when sight ends tells nothing of what would have come:
 * true where it ends with the data, an assumption where accounts are sold unseen or moved to another system.
 *
 * @throws risk_no_charge_offs
 */
export async function identify(
  ask: Ask,
  dialect: Dialect,
  parameters: ValueAtRiskParameters,
  dates: readonly DecisionDate[],
): Promise<Identified> {
  const months = horizonMonths(parameters.horizonDays);
  const counted = await ask<Counted>(sql`SELECT ending, period, ${dialect.countIf(raw('true'))} AS n
FROM (${followed(dialect, parameters, dates)}) f GROUP BY ending, period ORDER BY ending, period`);
  const total = (...endings: Counted['ending'][]) =>
    counted.reduce((sum, { ending, n }) => sum + (endings.includes(ending) ? n : 0), 0);
  const rows = total('charged_off', 'closed', 'survived', 'censored');
  if (rows > 0 && total('charged_off') === 0)
    throw new DomainError('risk_no_charge_offs', { accounts: rows, months });
  const endings = counted.map(({ ending, period, n }): Ending => ({ period, kind: kinds[ending], n }));
  const table = lifeTable(endings, months);
  const figures = figuresOf(table, counted, total);
  const censored = total('censored');
  return {
    ladder: [rungOf(figures, censored, rows, months)],
    identification: 'current_policy',
    ...(censored > 0 ? { weights: weightsOf(dialect, parameters, dates, table) } : {}),
    warnings: [],
  };
}

function weightsOf(
  dialect: Dialect,
  parameters: ValueAtRiskParameters,
  dates: readonly DecisionDate[],
  table: readonly LifePeriod[],
): Sql {
  const weight = dialect.inline(
    [
      ['period', 'integer'],
      ['row_weight', 'double'],
    ],
    table.filter(({ inSight }) => inSight > 0).map(({ period, inSight }) => [period, 1 / inSight]),
  );
  return sql`SELECT f.account_id, f.as_of, w.row_weight FROM (${followed(dialect, parameters, dates)}) f
JOIN ${weight} w ON w.period = f.period WHERE f.ending <> 'censored'`;
}

function figuresOf(
  table: readonly LifePeriod[],
  counted: readonly Counted[],
  total: (...endings: Counted['ending'][]) => number,
) {
  const known = counted.filter(({ ending }) => ending !== 'censored');
  const weightOf = ({ period }: Counted) => 1 / (table[period - 1]?.inSight || Number.POSITIVE_INFINITY);
  const sum = (of: (row: Counted) => number) => known.reduce((all, row) => all + row.n * of(row), 0);
  const weighted = sum(weightOf);
  const squares = sum((row) => weightOf(row) ** 2);
  const events = sum((row) => (row.ending === 'charged_off' ? weightOf(row) : 0));
  const last = table.at(-1);
  return {
    effective: squares > 0 ? weighted ** 2 / squares : 0,
    rate: weighted > 0 ? events / weighted : 0,
    incidence: last?.incidence ?? 0,
    kaplanMeier: last?.kaplanMeier ?? 0,
    unweighted: total('charged_off') / Math.max(1, total('charged_off', 'closed', 'survived')),
    largest: Math.max(...known.map(weightOf), 0),
  };
}

function rungOf(figures: ReturnType<typeof figuresOf>, censored: number, rows: number, months: number): Rung {
  const figure = (name: string, es: string, en: string, value: number) => ({
    name,
    title: { es, en },
    value,
  });
  return {
    id: 'current_policy',
    title: { es: 'Castigo con la política actual', en: 'Charge-off under the current policy' },
    state: 'used',
    reason:
      censored > 0
        ? {
            es: `De ${numberFormat('es')(rows)} filas, ${numberFormat('es')(censored)} no se vieron hasta el mes ${months}. Las de final conocido llevan el peso de las que faltan (Kaplan–Meier de la censura); pagar o cerrar es un final que compite con el castigo.`,
            en: `Of ${numberFormat('en')(rows)} rows, ${numberFormat('en')(censored)} were not seen to month ${months}. Those whose ending is known carry the weight of those missing (Kaplan–Meier of the censoring); paying off or closing is an ending that competes with charge-off.`,
          }
        : {
            es: `Las ${rows} filas se vieron hasta el mes ${months}: nadie lleva peso. Pagar o cerrar es un final que compite con el castigo.`,
            en: `All ${rows} rows were seen to month ${months}: none is weighted. Paying off or closing is an ending that competes with charge-off.`,
          },
    figures: [
      figure(
        'incidence',
        'Incidencia acumulada (Aalen–Johansen)',
        'Cumulative incidence (Aalen–Johansen)',
        figures.incidence,
      ),
      figure('weighted_rate', 'Tasa de las filas con peso', 'Rate of the weighted rows', figures.rate),
      figure(
        'kaplan_meier',
        'Uno menos Kaplan–Meier, sin finales que compiten',
        'One less Kaplan–Meier, nothing competing',
        figures.kaplanMeier,
      ),
      figure(
        'unweighted_rate',
        'Tasa sin pesos, que exagera',
        'Rate without weights, which overstates',
        figures.unweighted,
      ),
      figure(
        'effective_sample_size',
        'Tamaño efectivo de la muestra',
        'Effective sample size',
        figures.effective,
      ),
      figure('largest_weight', 'Peso mayor', 'Largest weight', figures.largest),
    ],
  };
}

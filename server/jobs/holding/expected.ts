import { addDays } from '#core/contact/time/wall-clock.ts';
import type { ExpectedCost, HoldoutPlan, HoldoutValue } from '#core/contract/experiments/holdouts.ts';
import { countReasons, reasonTitle } from '#core/experiment/eligibility.ts';
import { entrantAccounts } from '#core/holdout/entrants.ts';
import { costBasis } from '#core/holdout/words.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { snapshotDates } from '../../store/portfolio/facts.ts';
import { holdoutPeople } from './people.ts';
import { contactValue } from './value.ts';

const horizonDays = 30;
const mostDates = 12;

const titles: Record<string, Text> = {
  over_ceiling: { es: 'saldo sobre el tope', en: 'balance over the ceiling' },
  drawn_before: { es: 'ya sorteada en esta entrada', en: 'already drawn for this entry' },
};

/** People who entered on past dates of balances whose window has closed, each once, held when left aside by lot then. */
function pastEntrants(context: Context, dates: readonly string[]): Sql {
  const { dialect } = context.engine;
  const entered = dates.map(
    (date) =>
      sql`SELECT DISTINCT customer_id, ${dialect.date(date)} AS entered_on FROM (${entrantAccounts(dialect, date)}) e`,
  );
  return sql`SELECT x.customer_id, x.entered_on, EXISTS (SELECT 1 FROM ${current('holdouts')} h WHERE h.customer_id = x.customer_id
      AND h.kind = 'no_contact' AND h.started_on <= x.entered_on AND (h.ended_on IS NULL OR h.ended_on > x.entered_on)) AS held
    FROM (SELECT customer_id, min(entered_on) AS entered_on FROM (${join(entered, ' UNION ALL ')}) u GROUP BY customer_id) x`;
}

const gapDays = (dates: readonly string[]): number => {
  const [last, before] = [dates.at(-1), dates.at(-2)];
  return last && before ? Math.max(1, (Date.parse(last) - Date.parse(before)) / 86_400_000) : 30;
};

function costs(cash: HoldoutValue['cash'], heldPerYear: number, known: boolean): ExpectedCost['perYear'] {
  const people = cash.reduce((sum, { held, treated }) => sum + held.n + treated.n, 0);
  return cash.map(({ currency, held, treated, effect }) => {
    const times = people > 0 ? (heldPerYear * (held.n + treated.n)) / people : 0;
    const by = (value: number | null) => (value === null ? null : value * times);
    if (known && effect.estimate !== null)
      return {
        currency,
        cost: { estimate: by(effect.estimate), lower: by(effect.lower), upper: by(effect.upper) },
      };
    return {
      currency,
      cost: { estimate: null, lower: 0, upper: by(treated.mean), reason: 'no_past_holdout' },
    };
  });
}

/**
 * What a holdout would cost in a year: people it would hold, times what contact adds per person, from those left aside by lot in the
 * portfolio's own past. Without any, at most all that such people paid within 30 days.
 *
 * @throws no_snapshots
 */
export async function expectedCost(context: Context, plan: HoldoutPlan): Promise<ExpectedCost> {
  const { engine } = context;
  const people = await holdoutPeople(context, plan, '');
  const counted = await engine.rows<{ reason: string | null; n: number }>(
    countReasons(engine.dialect, people.judged),
  );
  const entrants = counted.find(({ reason }) => reason === null)?.n ?? 0;
  const dates = await snapshotDates(engine);
  const held = entrants * plan.share;
  const heldPerYear = (held * 365) / gapDays(dates);
  const past = dates
    .slice(1)
    .filter((date) => addDays(date, horizonDays) <= people.asOf)
    .slice(-mostDates);
  const value = past.length
    ? await contactValue(context, pastEntrants(context, past), { horizonDays, asOf: people.asOf })
    : null;
  const known = value?.clearing.effect.estimate !== null && value !== null;
  return {
    entrants,
    held,
    heldPerYear,
    perYear: value ? costs(value.cash, heldPerYear, known) : [],
    clearing: value?.clearing.effect ?? {
      estimate: null,
      lower: null,
      upper: null,
      reason: 'too_little_history',
    },
    basis: known ? costBasis.past : costBasis.most,
    excluded: counted.flatMap(({ reason, n }) =>
      reason === null ? [] : [{ reason, title: titles[reason] ?? reasonTitle(reason), n }],
    ),
  };
}

import type { ExperimentResults, MetricResult } from '#core/contract/experiments/results.ts';

type Comparison = MetricResult['comparisons'][number];

export interface GuardrailRow {
  metric: MetricResult;
  one: Comparison;
  /** In margins, towards the worse: 0 is no difference, 1 is the margin. */
  estimate: number;
  lower: number;
  upper: number;
}

export interface Guardrails {
  rows: GuardrailRow[];
  /** How many of them have been judged. */
  judged: number;
  crossed: Comparison[];
  /** Judged, and neither within the margin nor past it. */
  open: Comparison[];
  /** Metrics whose window nobody has closed yet. */
  waiting: MetricResult[];
  /** Metrics whose margin is finer than so many people can show. */
  blind: MetricResult[];
}

/** All guardrails on one scale: the margin of each is 1, and worse is to the right whatever its better side is. */
export function guardrailsOf({ metrics }: ExperimentResults): Guardrails {
  const guardrails = metrics.filter(({ role }) => role === 'guardrail');
  const rows = guardrails.flatMap((metric) =>
    metric.comparisons.flatMap((one): GuardrailRow[] => {
      const { estimate, lower, upper } = one.judged;
      if (estimate === null || lower === null || upper === null || !metric.margin) return [];
      const sign = metric.better === 'higher' ? -1 : 1;
      const ends = [(sign * lower) / metric.margin, (sign * upper) / metric.margin];
      return [
        {
          metric,
          one,
          estimate: (sign * estimate) / metric.margin,
          lower: Math.min(...ends),
          upper: Math.max(...ends),
        },
      ];
    }),
  );
  const readings = rows.map(({ one }) => one);
  return {
    rows,
    judged: readings.filter(({ reading }) => reading !== 'not_yet' && reading !== 'not_judged').length,
    crossed: readings.filter(({ reading }) => reading === 'margin_crossed'),
    open: readings.filter(({ reading }) => reading !== 'margin_crossed' && reading !== 'within_margin'),
    waiting: guardrails.filter(({ comparisons }) =>
      comparisons.every(({ judged }) => judged.estimate === null),
    ),
    blind: guardrails.filter(
      ({ margin, visibleHarm }) => margin !== null && visibleHarm !== null && visibleHarm > margin,
    ),
  };
}

import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import type { Text } from '#core/text/text.ts';
import type { Cell } from '../../../../ui/table/csv.ts';

const header = [
  'metric',
  'title',
  'role',
  'unit',
  'currency',
  'arm',
  'control',
  'n',
  'mean',
  'control_mean',
  'how',
  'scale',
  'estimate',
  'lower',
  'upper',
  'standard_error',
  'p_value',
  'reading',
];

/** Every comparison of every metric, each way it was made, a line each; figures as they are. */
export function measuredRows({ metrics }: ExperimentResults, pick: (text: Text) => string): Cell[][] {
  return [
    header,
    ...metrics.flatMap((metric) =>
      metric.comparisons.flatMap((one) => {
        const own = metric.arms.find(({ arm }) => arm === one.arm);
        const control = metric.arms.find(({ arm }) => arm === one.control);
        return (['judged', 'unadjusted', 'adjusted', 'relative'] as const).flatMap((how) => {
          const effect = one[how];
          if (!effect) return [];
          return [
            [
              metric.id,
              pick(metric.title),
              metric.role,
              metric.unit,
              metric.currency,
              one.arm,
              one.control,
              own?.n,
              own?.mean,
              control?.mean,
              how,
              effect.scale,
              effect.estimate,
              effect.lower,
              effect.upper,
              effect.standardError,
              effect.pValue,
              how === 'judged' ? one.reading : null,
            ],
          ];
        });
      }),
    ),
  ];
}

import type { ResultEffect } from '#core/contract/experiments/results.ts';
import type { Text } from '#core/text/text.ts';

export const text = (es: string, en: string): Text => ({ es, en });
const methods = {
  difference: text('Diferencia ajustada, por estratos', 'Adjusted difference, by stratum'),
  relative: text('Cociente, método delta', 'Ratio, delta method'),
};

/** An effect whose interval is the normal one at 95 %. */
export function effectOf(
  estimate: number,
  standardError: number,
  { scale = 'difference', wide = 1.96 }: { scale?: 'difference' | 'relative'; wide?: number } = {},
): ResultEffect {
  const z = Math.abs(estimate) / standardError;
  return {
    estimate,
    lower: estimate - wide * standardError,
    upper: estimate + wide * standardError,
    standardError,
    pValue: Math.min(1, 2 * Math.exp(-0.717 * z - 0.416 * z * z)),
    scale,
    method: methods[scale],
  };
}

export const noEffect = (reason: string): ResultEffect => ({
  estimate: null,
  lower: null,
  upper: null,
  standardError: null,
  pValue: null,
  reason,
  scale: 'difference',
  method: methods.difference,
});

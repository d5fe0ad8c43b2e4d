import type { AnalysedEffect, Analysis } from '#core/contract/experiments/analyses.ts';
import type { EffectRow } from '../../charts/experiments/effects.ts';
import type { Figures } from '../../i18n/figures.ts';

/** What is drawn of one metric: each comparison as it is judged, thin behind it the same without adjustment. */
export interface Drawn {
  metric: string;
  points: boolean;
  /** Whether something was adjusted. */
  adjusted: boolean;
  rows: EffectRow[];
}

const isDifference = ({ scale }: AnalysedEffect): boolean => scale === 'difference';

/** The figure of an effect: shares in percentage points, relations in percent. */
export function effectFigure(
  effect: AnalysedEffect,
  share: boolean,
  f: Figures,
  value: number | null,
): string {
  if (effect.scale === 'relative') return value === null ? '–' : `${f.signed(100 * value)}\u00a0%`;
  if (!isDifference(effect)) return f.decimal(value, 3);
  return share ? f.points(value === null ? null : 100 * value, 2) : f.signed(value, digitsOf(value));
}

const digitsOf = (value: number | null): number => {
  const size = Math.abs(value ?? 0);
  return size >= 1000 ? 0 : size > 0 && size < 0.1 ? 4 : 2;
};

export function drawnOf(
  { arms, effects, verdicts }: Analysis,
  name: (effect: AnalysedEffect) => string,
  f: Figures,
): Drawn[] {
  const metrics = [...new Set(effects.map(({ metric }) => metric))];
  const order = [...new Set(effects.map(({ arm }) => arm))];
  return metrics.flatMap((metric) => {
    const points = arms[0]?.metrics[metric]?.kind === 'proportion';
    const factor = points ? 100 : 1;
    const span = ({ estimate, lower, upper }: AnalysedEffect) => {
      const times = (value: number | null) => (value === null ? null : factor * value);
      return { estimate: times(estimate), lower: times(lower), upper: times(upper) };
    };
    const own = effects.filter((one) => one.metric === metric && isDifference(one));
    const pairs = own.filter(
      (one, i) => own.findIndex(({ arm, control }) => arm === one.arm && control === one.control) === i,
    );
    const rows = pairs.flatMap((plain): EffectRow[] => {
      const adjusted = own.find(
        (one) => one.adjusted && one.arm === plain.arm && one.control === plain.control,
      );
      const shown = adjusted ?? plain;
      if (shown.estimate === null) return [];
      const said = verdicts.find(
        (one) => one.metric === metric && one.arm === plain.arm && one.control === plain.control,
      );
      return [
        {
          label: name(plain),
          ...span(shown),
          text: effectFigure(shown, points, f, shown.estimate),
          filled: said?.kind === 'better' || said?.kind === 'worse',
          colour: 1 + order.indexOf(plain.arm),
          ...(adjusted && { behind: span(plain) }),
        },
      ];
    });
    return rows.length ? [{ metric, points, adjusted: own.some((one) => one.adjusted), rows }] : [];
  });
}

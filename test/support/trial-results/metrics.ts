import type { MetricResult, Reading } from '#core/contract/experiments/results.ts';
import { effectOf, noEffect, text } from './effect.ts';

interface Shape {
  id: string;
  es: string;
  en: string;
  role: MetricResult['role'];
  kind: MetricResult['kind'];
  unit: MetricResult['unit'];
  currency?: string;
  better: MetricResult['better'];
  margin: number | null;
  visibleHarm: number | null;
  days: number;
  /** Mean of the control, then of each other arm; and the spread of one person. */
  means: readonly number[];
  spread: number;
  readings: readonly Reading[];
}

export const arms = ['neutral', 'social_proof', 'loss_aversion'] as const;

const shapes: readonly Shape[] = [
  {
    id: 'cured',
    es: 'Al día en 30 días',
    en: 'Up to date within 30 days',
    role: 'primary',
    kind: 'proportion',
    unit: 'share',
    better: 'higher',
    margin: 0.01,
    visibleHarm: null,
    days: 30,
    means: [0.382, 0.403, 0.39],
    spread: 0.48,
    readings: ['better', 'inconclusive'],
  },
  {
    id: 'net_cash',
    es: 'Recaudo neto por persona en 30 días',
    en: 'Net cash per person in 30 days',
    role: 'secondary',
    kind: 'mean',
    unit: 'money',
    currency: 'USD',
    better: 'higher',
    margin: null,
    visibleHarm: null,
    days: 30,
    means: [41.6, 43.1, 41.9],
    spread: 51,
    readings: ['not_judged', 'not_judged'],
  },
  {
    id: 'complaints',
    es: 'Personas que se quejan en 30 días',
    en: 'People who complain within 30 days',
    role: 'guardrail',
    kind: 'proportion',
    unit: 'share',
    better: 'lower',
    margin: 0.005,
    visibleHarm: 0.0019,
    days: 30,
    means: [0.0041, 0.004, 0.0049],
    spread: 0.065,
    readings: ['within_margin', 'within_margin'],
  },
  {
    id: 'opt_outs',
    es: 'Personas que piden no recibir más mensajes en 30 días',
    en: 'People who opt out within 30 days',
    role: 'guardrail',
    kind: 'proportion',
    unit: 'share',
    better: 'lower',
    margin: 0.004,
    visibleHarm: 0.0028,
    days: 30,
    means: [0.011, 0.0112, 0.0135],
    spread: 0.106,
    readings: ['within_margin', 'inconclusive'],
  },
  {
    id: 'redefault',
    es: 'Vuelven a la mora en 90 días',
    en: 'Back in arrears within 90 days',
    role: 'guardrail',
    kind: 'proportion',
    unit: 'share',
    better: 'lower',
    margin: 0.01,
    visibleHarm: null,
    days: 90,
    means: [0.06, 0.06, 0.06],
    spread: 0.24,
    readings: ['not_yet', 'not_yet'],
  },
];

/** What is measured over `people`, of whom a share has closed the primary window; `judged` from the first look on. */
export function metricsOf(people: number, matured: number, judged: boolean): MetricResult[] {
  return shapes.map((shape): MetricResult => {
    const ready = shape.days > 30 ? 0 : Math.round(people * matured);
    const perArm = Math.round(ready / arms.length);
    const se = perArm ? shape.spread * Math.sqrt(2 / perArm) : 0;
    const [control = 0] = shape.means;
    return {
      id: shape.id,
      title: text(shape.es, shape.en),
      definition: text(
        `${shape.es}, contando todas las cuentas de la persona desde el día en que entró; quien no pudo recibir el mensaje sigue contando en su brazo.`,
        `${shape.en}, over all of the person's accounts from the day they entered; whoever could not get the message still counts in their arm.`,
      ),
      sql: `SELECT arm, count(*) AS n, avg(value) AS mean\nFROM experiment_${shape.id}\nGROUP BY arm\nORDER BY arm`,
      role: shape.role,
      kind: shape.kind,
      unit: shape.unit,
      currency: shape.currency ?? null,
      horizonDays: shape.days,
      better: shape.better,
      margin: shape.margin,
      visibleHarm: shape.visibleHarm,
      matured: { n: ready, people, last: shape.days > 30 ? '2027-03-04' : '2027-01-03' },
      arms: arms.map((arm, i) => {
        const mean = perArm ? (shape.means[i] as number) : null;
        const half = (1.96 * shape.spread) / Math.sqrt(perArm || 1);
        return {
          arm,
          n: perArm,
          mean,
          lower: mean === null ? null : mean - half,
          upper: mean === null ? null : mean + half,
          cappedShare: shape.kind === 'mean' ? 0.01 : null,
        };
      }),
      comparisons: arms.slice(1).map((arm, i) => {
        const difference = (shape.means[i + 1] as number) - control;
        const shown = perArm > 0 && (judged || shape.role !== 'primary');
        const none = noEffect('Nobody has closed the window yet');
        return {
          arm,
          control: arms[0],
          judged: shown ? effectOf(difference, se * 0.9) : none,
          unadjusted: shown ? effectOf(difference * 0.94, se) : none,
          adjusted: shown ? effectOf(difference, se * 0.9) : null,
          relative: shown ? effectOf(difference / control, se / control, { scale: 'relative' }) : none,
          reading: judged && perArm ? (shape.readings[i] as Reading) : 'not_yet',
          correctedP: shown ? effectOf(difference, se * 0.9).pValue : null,
        };
      }),
    };
  });
}

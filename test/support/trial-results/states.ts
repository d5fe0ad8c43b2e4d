import { type Experiment, experiment } from '#core/contract/experiments/experiments.ts';
import { type Lifecycle, lifecycle } from '#core/contract/experiments/lifecycle.ts';
import { type ExperimentResults, experimentResults } from '#core/contract/experiments/results.ts';
import { effectOf, text } from './effect.ts';
import { arms, metricsOf } from './metrics.ts';
import { curve, harm, leftOut, looksOf, money, segments, sensitivity, stages } from './parts.ts';
import { type TrialState, verdicts } from './verdicts.ts';

export { type TrialState, trialStates } from './verdicts.ts';

export const trialId = '01900000-0000-7000-8000-000000000014';
const people = 18_412;

const done: Record<TrialState, number> = {
  draft: 0,
  assigned: 0,
  before_first_look: 0,
  between_looks: 2,
  decided: 3,
  provisional: 5,
  inconclusive: 5,
  stopped_for_harm: 2,
  invalid: 1,
};

/** What a page is given in a state of a trial; parsed by the contract. */
export function resultsOf(state: TrialState): ExperimentResults {
  const sent = state !== 'draft' && state !== 'assigned';
  const looks = done[state];
  const judged = looks > 0 && state !== 'invalid';
  const information = sent ? Math.max(0.04, looks / 5 + 0.02) : 0;
  const broken = state === 'invalid';
  const flat = state === 'inconclusive' || state === 'between_looks' || state === 'stopped_for_harm';
  const metrics = metricsOf(people, Math.min(1, information), judged).map((metric) =>
    !flat || metric.role !== 'primary'
      ? metric
      : {
          ...metric,
          comparisons: metric.comparisons.map((one) => ({
            ...one,
            judged: effectOf((one.judged.estimate ?? 0) / 4, one.judged.standardError ?? 0.01),
            reading: state === 'inconclusive' ? ('inconclusive' as const) : ('not_yet' as const),
          })),
        },
  );
  return experimentResults.parse({
    experimentId: trialId,
    name: '¿Qué estilo de mensaje ayuda a pagar en mora de 1 a 29 días?',
    asOf: '2026-12-11',
    dataVersion: 'd41d8cd9',
    computedAt: '2026-12-11T09:00:00Z',
    people: state === 'draft' ? 0 : people,
    information: Math.min(1, information),
    verdict: verdicts[state],
    checks:
      state === 'draft'
        ? []
        : [
            broken
              ? {
                  id: 'lost',
                  tone: 'bad',
                  title: text(
                    'Se perdieron personas de forma desigual (p < 0,001)',
                    'People were lost unevenly (p < 0.001)',
                  ),
                  pValue: 0.0000004,
                }
              : {
                  id: 'lost',
                  tone: 'good',
                  title: text('Nadie perdido por el camino (p = 0,41)', 'Nobody lost on the way (p = 0.41)'),
                  pValue: 0.41,
                },
            {
              id: 'balance',
              tone: 'good',
              title: text('Brazos equilibrados en 9 de 9 variables', 'Arms balanced in 9 of 9 variables'),
              pValue: null,
            },
            {
              id: 'two_arms',
              tone: 'good',
              title: text('Sin personas en dos brazos', 'Nobody in two arms'),
              pValue: null,
            },
            {
              id: 'kept_back',
              tone: 'warn',
              title: text(
                '1 204 retenidas por reglas de contacto, igual en cada brazo',
                '1,204 kept back by contact rules, alike in each arm',
              ),
              pValue: 0.97,
            },
            {
              id: 'claim',
              tone: 'good',
              title: text(
                'Frase «7 de cada 10» vigente hasta el 14 ene 2027',
                'Sentence “7 of 10” valid until 14 Jan 2027',
              ),
              pValue: null,
            },
          ],
    metrics: state === 'draft' ? [] : metrics,
    looks: state === 'draft' ? [] : looksOf(looks),
    curve: judged ? curve : [],
    curveFinding: judged
      ? text(
          'La ventaja se mantiene a 30 y 60 días: más personas, no solo antes.',
          'The gain stays at 30 and 60 days: more people, not only earlier.',
        )
      : null,
    lost: state === 'draft' ? [] : stages(sent, broken),
    leftOut: sent ? leftOut : [],
    segments: segments(judged && !flat),
    money: judged ? money : [],
    harm: sent ? harm(state === 'stopped_for_harm') : [],
    sensitivity: judged ? sensitivity : [],
    reached: judged
      ? arms.slice(1).map((arm, k) => ({ arm, share: 0.88, effect: effectOf(k ? 0.0092 : 0.0238, 0.0069) }))
      : [],
    planned: [
      {
        what: text('Personas', 'People'),
        planned: text('18 412', '18,412'),
        done: text('18 412', '18,412'),
        same: true,
      },
      {
        what: text('Revisiones', 'Looks'),
        planned: text('5', '5'),
        done: text(`${looks}`, `${looks}`),
        same: true,
      },
      {
        what: text('Hora de envío', 'Hour of sending'),
        planned: text('10:00', '10:00'),
        done: text('10:00 a 10:40', '10:00 to 10:40'),
        same: false,
      },
    ],
    changes:
      state === 'stopped_for_harm'
        ? [
            {
              version: 2,
              at: '2026-12-11T08:10:00Z',
              by: 'ensayo',
              what: text(
                'Se cerró el brazo «aversión a la pérdida» por daño.',
                'The arm “loss aversion” was closed for harm.',
              ),
            },
          ]
        : [],
  });
}

/** The record of the same trial, but for what its design could see. */
export function experimentOf(state: TrialState): Omit<Experiment, 'sizing'> {
  return experiment.omit({ sizing: true }).parse({
    id: trialId,
    state: state === 'draft' ? 'draft' : state === 'assigned' ? 'assigned' : 'exported',
    design: {
      name: '¿Qué estilo de mensaje ayuda a pagar en mora de 1 a 29 días?',
      segmentId: 's',
      arms: arms.map((name) => ({
        name,
        weight: 1,
        touches: [
          { day: 0, style: name, channel: 'sms', templates: ['sms'] },
          { day: 5, style: name, channel: 'whatsapp', templates: ['whatsapp'] },
        ],
      })),
      control: 'neutral',
      plan: 'staggered_sequential',
      entryDays: 21,
      looks: 5,
      segments: ['country'],
      secondary: [{ id: 'net_cash', horizonDays: 30 }],
    },
    texts: arms.map((arm) => ({
      arm,
      language: 'es',
      text: 'Hola {{nombre}}, le escribe su banco. Su saldo pendiente es {{importe}}. Puede pagarlo aquí: {{enlace_pago}}. Para no recibir más mensajes responda NO.',
      claim: null,
    })),
    planHash: state === 'draft' ? null : '8f3ac41e2b7d5f60',
    asOf: '2026-10-31',
    dataVersion: 'd41d8cd9',
    arms: arms.map((name, i) => ({ name, planned: 6138 - Math.min(i, 1), assigned: 6138 - Math.min(i, 1) })),
    balance:
      state === 'draft'
        ? []
        : ['days_past_due', 'score', 'accounts', 'country:CO'].flatMap((covariate, i) =>
            arms.map((arm, k) => ({
              covariate,
              arm,
              mean: 14.2 + k / 10,
              controlMean: 14.2,
              standardisedDifference: 0.01 * k * (i % 2 ? -1 : 1),
            })),
          ),
    lost: [],
    createdAt: '2026-11-03T10:00:00Z',
    by: 'owner',
  });
}

/** How the same trial goes on, with what happened to it. */
export const lifecycleOf = (
  status: Lifecycle['status'],
  kinds: readonly Lifecycle['events'][number]['kind'][] = [],
): Lifecycle =>
  lifecycle.parse({
    experimentId: trialId,
    status,
    planVersion: 1,
    startsOn: '2026-11-04',
    entersUntil: '2026-11-24',
    endsOn: '2026-12-24',
    arms: arms.map((arm) => ({
      arm,
      status: status === 'paused' ? 'paused' : 'open',
      spells: [{ from: '2026-11-04', until: null }],
      assigned: 6137,
      entered: 6137,
    })),
    events: kinds.map((kind) => ({
      kind,
      arm: null,
      on: '2026-12-12',
      at: '2026-12-12T09:00:00Z',
      by: 'owner',
      reason: 'Se adopta el mensaje mejor',
      planVersion: 1,
    })),
    versions: [],
    draws: [],
    changeable: [],
  });

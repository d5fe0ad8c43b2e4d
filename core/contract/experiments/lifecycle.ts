import { z } from 'zod';
import { isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

const count = z.number().int();
const reason = z.string().trim().min(1).max(500).describe('Why, in words; kept beside the change');

/** How an experiment goes on: `stopped` by a person or for harm, `ended` when its last window closed or it was decided. */
export const experimentStatus = z.enum(['draft', 'running', 'paused', 'stopped', 'ended']);
export type ExperimentStatus = z.output<typeof experimentStatus>;

export const eventKinds = [
  'started',
  'entered',
  'paused',
  'resumed',
  'arm_paused',
  'arm_resumed',
  'arm_dropped',
  'plan_changed',
  'stopped',
  'ended',
  'decided',
] as const;

/** What happened to an experiment. */
export const experimentEvent = z.object({
  kind: z.enum(eventKinds),
  arm: z.string().nullable(),
  /** First day on which it holds, by the workspace's own clock; the instant is the system's. */
  on: isoDate,
  at: isoInstant,
  by: z.string(),
  reason: z.string(),
  planVersion: count,
});
export type ExperimentEvent = z.output<typeof experimentEvent>;

/** Days on which people could enter an arm: from the first up to, and not with, `until`; null: still open. */
export const spell = z.object({ from: isoDate, until: isoDate.nullable() });
export type Spell = z.output<typeof spell>;

/** A version of the plan. The first is what was frozen; each later one says what was changed and why. */
export const planVersion = z.object({
  version: count,
  planHash: z.string(),
  at: isoInstant,
  by: z.string(),
  reason: z.string(),
  changes: z.array(z.object({ field: z.string(), title: textSchema, before: z.string(), after: z.string() })),
});
export type PlanVersion = z.output<typeof planVersion>;

/** People drawn together: all of the first population, or those who became eligible later, on one day. */
export const draw = z.object({
  /** Day of the draw, which names the cohort. */
  cohort: isoDate,
  salt: z.string(),
  planVersion: count,
  people: count,
  waves: z.array(z.object({ wave: count, entersOn: isoDate, people: count })),
  arms: z.array(z.object({ arm: z.string(), n: count, propensity: z.number() })),
  /** Draws made and draws whose balance met the threshold stated beforehand; 1 and 1 without one. */
  tried: count,
  accepted: count,
  /** Largest standardised difference of the draw that stands. */
  largestDifference: z.number().nullable(),
  /** People of the segment who could not enter, by reason. */
  leftOut: z.array(z.object({ reason: z.string(), title: textSchema, n: count })),
});
export type Draw = z.output<typeof draw>;

/** Arms compared before anything is sent, over everybody drawn together (wave null) and in each wave. */
export const waveBalance = z.object({
  wave: count.nullable(),
  covariate: z.string(),
  arm: z.string(),
  mean: z.number().nullable(),
  controlMean: z.number().nullable(),
  /** Difference over the pooled standard deviation; |d| over 0.1 is worth a look where there are many people. */
  standardisedDifference: z.number().nullable(),
});
export type WaveBalance = z.output<typeof waveBalance>;

export const lifecycle = z.object({
  experimentId: z.string(),
  status: experimentStatus,
  planVersion: count,
  startsOn: isoDate.nullable(),
  /** Last day on which anybody may enter. */
  entersUntil: isoDate.nullable(),
  /** Day on which the primary window of the last to enter closes. */
  endsOn: isoDate.nullable(),
  arms: z.array(
    z.object({
      arm: z.string(),
      status: z.enum(['open', 'paused', 'dropped']),
      spells: z.array(spell),
      assigned: count,
      /** Those whose day of entering has come. */
      entered: count,
    }),
  ),
  events: z.array(experimentEvent),
  versions: z.array(planVersion),
  draws: z.array(draw),
  /** Fields of the design that may still change, each as a new version. */
  changeable: z.array(z.object({ field: z.string(), title: textSchema })),
});
export type Lifecycle = z.output<typeof lifecycle>;

/** What may change after the start. Everything else is frozen: people were assigned and effects will be read under it. */
export const planChanges = z.strictObject({
  arrivalDays: z.coerce.number().int().min(0).max(180).optional(),
  graceDays: z.coerce.number().int().min(0).max(14).optional(),
  sendAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'hh:mm')
    .optional(),
  /** Other texts of the same style and channel for one touch of one arm. */
  texts: z
    .array(
      z.object({
        arm: z.string(),
        touch: z.coerce.number().int().min(1),
        templates: z.array(z.string()).min(1),
      }),
    )
    .optional(),
  /** Only stricter: a smaller margin of a guardrail already there. */
  guardrails: z.array(z.object({ id: z.string(), margin: z.coerce.number().gt(0) })).optional(),
});
export type PlanChanges = z.output<typeof planChanges>;

/** What became of each touch of an experiment, and who no longer gets any. */
export const cadence = z.object({
  day: isoDate,
  touches: z.array(
    z.object({
      arm: z.string(),
      touch: count,
      day: count,
      style: z.string(),
      channel: z.string(),
      /** People whose day for it has not come, is there, has passed with it out, or without it. */
      waiting: count,
      due: count,
      reserved: count,
      sent: count,
      skipped: count,
      exited: count,
    }),
  ),
  /** Who gets no further touch, by what happened. */
  exits: z.array(z.object({ reason: z.string(), title: textSchema, arm: z.string(), n: count })),
  /** Touches that never went out, by why. */
  skips: z.array(
    z.object({ reason: z.string(), title: textSchema, arm: z.string(), touch: count, n: count }),
  ),
});
export type Cadence = z.output<typeof cadence>;

const params = z.object({ experimentId: z.string() });
const run = {
  permission: 'contact:check',
  method: 'POST',
  kind: 'job',
  response: job,
} as const;
const onDay = z.object({
  acceptUnverifiedBy: z
    .string()
    .min(1)
    .optional()
    .describe('Name of the person who accepts rules whose source is not verified'),
});

const change = { method: 'POST', permission: 'experiment:run', params, response: lifecycle } as const;

export const experimentLifecycle = {
  get: endpoint({
    id: 'experimentLifecycle.get',
    method: 'GET',
    path: '/experiments/{experimentId}/lifecycle',
    permission: 'experiment:read',
    params,
    response: lifecycle,
    summary: {
      es: 'Estado, versiones y sorteos de un experimento',
      en: 'Status, versions and draws of an experiment',
    },
    command: 'experiment status',
  }),
  balance: endpoint({
    id: 'experimentLifecycle.balance',
    method: 'GET',
    path: '/experiments/{experimentId}/balance',
    permission: 'experiment:read',
    params,
    response: z.object({ draws: z.array(z.object({ cohort: isoDate, rows: z.array(waveBalance) })) }),
    summary: {
      es: 'Comparación de los brazos antes de enviar, por sorteo y por tanda de entrada',
      en: 'Arms compared before anything is sent, by draw and by wave',
    },
    command: 'experiment balance',
  }),
  pause: endpoint({
    ...change,
    id: 'experimentLifecycle.pause',
    path: '/experiments/{experimentId}/pause',
    body: z.object({ reason, arm: z.string().optional().describe('One arm only; else all together') }),
    summary: { es: 'Pausa un experimento o un brazo', en: 'Pauses an experiment or one arm' },
    command: 'experiment pause',
  }),
  resume: endpoint({
    ...change,
    id: 'experimentLifecycle.resume',
    path: '/experiments/{experimentId}/resume',
    body: z.object({ reason, arm: z.string().optional() }),
    summary: { es: 'Sigue un experimento o un brazo en pausa', en: 'Resumes an experiment or one arm' },
    command: 'experiment resume',
  }),
  drop: endpoint({
    ...change,
    id: 'experimentLifecycle.drop',
    path: '/experiments/{experimentId}/drop',
    body: z.object({ reason, arm: z.string() }),
    summary: {
      es: 'Cierra un brazo sin mover a nadie: quien llegue se sortea entre los demás',
      en: 'Closes an arm and moves nobody: newcomers are drawn among the others',
    },
    command: 'experiment drop',
  }),
  stop: endpoint({
    ...change,
    id: 'experimentLifecycle.stop',
    path: '/experiments/{experimentId}/stop',
    body: z.object({ reason }),
    summary: { es: 'Detiene un experimento', en: 'Stops an experiment' },
    command: 'experiment stop',
  }),
  decide: endpoint({
    ...change,
    id: 'experimentLifecycle.decide',
    path: '/experiments/{experimentId}/decision',
    body: z.object({ reason }),
    summary: { es: 'Anota lo que se decidió', en: 'Writes down what was decided' },
    command: 'experiment decide',
  }),
  change: endpoint({
    ...change,
    id: 'experimentLifecycle.change',
    path: '/experiments/{experimentId}/plan',
    body: z.object({ reason, changes: planChanges }),
    summary: {
      es: 'Cambia el plan como versión nueva, a la vista',
      en: 'Changes the plan as a new version, in sight',
    },
    command: 'experiment change',
  }),
  cadence: endpoint({
    id: 'experimentLifecycle.cadence',
    method: 'GET',
    path: '/experiments/{experimentId}/cadence',
    permission: 'experiment:read',
    params,
    response: cadence,
    summary: {
      es: 'Qué mensajes tocan, salieron o no, y por qué',
      en: 'Which messages are due, left or did not, and why',
    },
    command: 'experiment cadence',
  }),
  runDay: endpoint({
    ...run,
    id: 'experimentLifecycle.runDay',
    path: '/experiments/{experimentId}/day',
    params,
    body: onDay,
    summary: {
      es: 'El día de un experimento: quién entra, quién sale, a quién le toca',
      en: 'The day of an experiment: who enters, who leaves, who is due',
    },
    command: 'experiment day',
  }),
  runToday: endpoint({
    ...run,
    id: 'experimentLifecycle.runToday',
    path: '/experiments/day',
    body: onDay,
    summary: { es: 'El día de todos los experimentos en curso', en: 'The day of every running experiment' },
    command: 'experiment run',
  }),
};

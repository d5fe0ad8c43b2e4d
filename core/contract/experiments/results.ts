import { z } from 'zod';
import { design } from '../../experiment/define.ts';
import { isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const count = z.number().int();
const number = z.number().nullable();

/** An effect against control in the metric's own unit, or on the scale named. */
export const effect = z.object({
  estimate: number,
  lower: number,
  upper: number,
  standardError: number,
  pValue: number,
  /** Where the p-value is not that of one look: repeated over the planned looks, or valid at any time. */
  pKind: z.enum(['repeated', 'always_valid']).optional(),
  reason: z.string().optional(),
  scale: z.enum(['difference', 'relative', 'risk_ratio', 'odds_ratio']),
  /** What was done, for whoever compares with another tool. */
  method: textSchema,
});
export type ResultEffect = z.output<typeof effect>;

/** What a comparison says, in one word. Only the verdict's method speaks in verdict words; the rest is `not_judged`. */
export const reading = z.enum([
  'better',
  'worse',
  'equivalent',
  'inconclusive',
  'within_margin',
  'margin_crossed',
  'not_yet',
  'not_judged',
]);
export type Reading = z.output<typeof reading>;

export const metricResult = z.object({
  id: z.string(),
  title: textSchema,
  /** How it is counted: population, window, capping. */
  definition: textSchema,
  sql: z.string(),
  role: z.enum(['primary', 'secondary', 'guardrail']),
  kind: z.enum(['proportion', 'mean', 'ratio', 'quantile', 'count']),
  unit: z.enum(['share', 'money', 'count', 'days']),
  currency: z.string().nullable(),
  horizonDays: count,
  better: z.enum(['higher', 'lower']),
  /** Of a guardrail, or the least difference worth acting on of the primary metric. */
  margin: number,
  /** Of a guardrail: the least harm that so many people would show. */
  visibleHarm: number,
  /** People whose window has closed, and when it closes for the last. */
  matured: z.object({ n: count, people: count, last: isoDate.nullable() }),
  arms: z.array(
    z.object({ arm: z.string(), n: count, mean: number, lower: number, upper: number, cappedShare: number }),
  ),
  /** Each arm against control. `adjusted` is null where nothing can adjust. */
  comparisons: z.array(
    z.object({
      arm: z.string(),
      control: z.string(),
      /** By the method frozen in the plan. */
      judged: effect,
      unadjusted: effect,
      adjusted: effect.nullable(),
      relative: effect,
      reading,
      /** Judged p-value after the correction over arms; null where none applies. */
      correctedP: number,
    }),
  ),
});
export type MetricResult = z.output<typeof metricResult>;

/** One look at the primary metric. */
export const look = z.object({
  number: count,
  on: isoDate,
  /** People matured ÷ planned: planned, and as it was found. */
  planned: z.number(),
  information: number,
  state: z.enum(['done', 'next', 'planned']),
  boundary: z.object({ upper: number, lower: number, futility: number }),
  arms: z.array(
    z.object({ arm: z.string(), z: number, crossed: z.enum(['none', 'better', 'worse', 'futile']) }),
  ),
});
export type Look = z.output<typeof look>;

export const verdictKind = z.enum([
  'not_started',
  'running',
  'better',
  'worse',
  'equivalent',
  'inconclusive',
  'stopped_for_harm',
  'invalid',
]);
export type VerdictKind = z.output<typeof verdictKind>;

export const verdict = z.object({
  kind: verdictKind,
  /** First sentence of the page. */
  headline: textSchema,
  /** The effect in people: "of every 1,000, about 21 more…". */
  inPeople: textSchema.nullable(),
  arms: z.array(z.object({ arm: z.string(), kind: verdictKind, sentence: textSchema })),
  reasons: z.array(textSchema),
  /** What comes next, or what to do. */
  next: textSchema.nullable(),
  /** A guardrail has not matured: the verdict may change until then. */
  provisionalUntil: isoDate.nullable(),
});
export type Verdict = z.output<typeof verdict>;

/** A check of trust, said in words. */
export const check = z.object({
  id: z.string(),
  tone: z.enum(['good', 'warn', 'bad']),
  title: textSchema,
  pValue: number,
});

export const segmentResult = z.object({
  column: z.string(),
  title: textSchema,
  declared: z.boolean(),
  arm: z.string(),
  /** p-value that all levels have the same effect. */
  interactionP: number,
  levels: z.array(z.object({ level: z.string(), n: count, raw: effect, shrunken: effect })),
  /** Whether the levels may be read apart. */
  finding: textSchema,
});

export const money = z.object({
  currency: z.string(),
  arm: z.string(),
  /** Cash less cost per 1,000 people against control, capped and as it was. */
  capped: effect,
  raw: effect,
  cap: number,
  costPerThousand: number,
  controlCostPerThousand: number,
});

export const harm = z.object({
  metric: z.string(),
  title: textSchema,
  arm: z.string(),
  events: count,
  n: count,
  controlEvents: count,
  controlN: count,
  /** Standardised, or the p-value of an exact test while events are few, beside the boundary of the day. */
  statistic: number,
  boundary: number,
  method: textSchema,
  crossed: z.boolean(),
  checkedOn: isoDate,
});

export const stageLoss = z.object({
  stage: z.string(),
  title: textSchema,
  counts: z.array(z.object({ arm: z.string(), n: count, of: count })),
  pValue: number,
  /** Least p-value over strata and days, corrected by Holm. */
  withinP: number,
  tone: z.enum(['good', 'warn', 'bad']),
});

export const experimentResults = z.object({
  experimentId: z.string(),
  name: z.string(),
  /** Day up to which outcomes are known. */
  asOf: isoDate,
  dataVersion: z.string(),
  computedAt: isoInstant,
  people: count,
  /** Share of people whose primary window has closed, of those planned. */
  information: z.number(),
  verdict,
  checks: z.array(check),
  metrics: z.array(metricResult),
  looks: z.array(look),
  /** Effect on the primary metric by day since entering. */
  curve: z.array(z.object({ day: count, arm: z.string(), n: count, effect })),
  curveFinding: textSchema.nullable(),
  lost: z.array(stageLoss),
  /** Who was left out or not reached, by reason and arm. */
  leftOut: z.array(
    z.object({
      reason: z.string(),
      title: textSchema,
      counts: z.array(z.object({ arm: z.string(), n: count })),
    }),
  ),
  segments: z.array(segmentResult),
  money: z.array(money),
  harm: z.array(harm),
  /** The primary comparison by other methods: no verdict words. */
  sensitivity: z.array(z.object({ metric: z.string(), arm: z.string(), effect })),
  /** Effect on those who could be reached (instrumented), beside intention to treat. */
  reached: z.array(z.object({ arm: z.string(), share: number, effect })),
  /** Frozen plan beside what was done. */
  planned: z.array(z.object({ what: textSchema, planned: textSchema, done: textSchema, same: z.boolean() })),
  /** Versions of the plan after the first, with who changed what. */
  changes: z.array(z.object({ version: count, at: isoInstant, by: z.string(), what: textSchema })),
});
/** What people lost, harm and money are counted from, to be read or run; null where there is nothing to count. */
export const statements = z.object({
  stages: z.string(),
  harm: z.string().nullable(),
  money: z.string().nullable(),
});
export type ResultStatements = z.output<typeof statements>;

export type ExperimentResults = z.output<typeof experimentResults>;

/** One decided experiment in the library of what was learnt. */
export const learning = z.object({
  experimentId: z.string(),
  name: z.string(),
  style: z.string(),
  control: z.string(),
  metric: z.string(),
  horizonDays: count,
  population: z.string(),
  decidedOn: isoDate.nullable(),
  verdict: verdictKind,
  effect,
  shrunken: effect,
});
export const learningSummary = z.object({
  style: z.string(),
  control: z.string(),
  metric: z.string(),
  horizonDays: count,
  trials: count,
  /** Mean over trials with their spread (tau) and the interval of the next one. */
  mean: effect,
  tau: number,
  next: z.object({ lower: number, upper: number }),
});

/** What a planned look found when its day had come, as it was known then. */
export const recordedLook = z.object({
  number: count,
  on: isoDate,
  information: z.number(),
  verdict: verdictKind,
  arms: z.array(z.object({ arm: z.string(), kind: verdictKind, estimate: number })),
  recordedAt: isoInstant,
});

/** A decision memo as data: what was asked and said to people, what was found, when, and what was decided. */
export const memo = z.object({
  experimentId: z.string(),
  name: z.string(),
  planHash: z.string().nullable(),
  design,
  texts: z.array(z.object({ arm: z.string(), language: z.string(), text: z.string() })),
  results: experimentResults,
  /** Looks as they were written down on their day: data corrected later do not change them. */
  looks: z.array(recordedLook),
  decision: z.object({ on: isoDate, by: z.string(), reason: z.string() }).nullable(),
});

/** The result of an experiment run elsewhere, for the library. */
export const outsideResult = z.strictObject({
  name: z.string().trim().min(1).max(120),
  style: z.string().trim().min(1).max(80),
  control: z.string().trim().min(1).max(80),
  /** A metric of the catalogue, in its unit: shares in [0, 1]. */
  metric: z.string(),
  horizonDays: z.coerce.number().int().min(1).max(365),
  population: z.string().trim().min(1).max(300),
  decidedOn: isoDate,
  /** Arm − control. */
  estimate: z.coerce.number(),
  standardError: z.coerce.number().gt(0),
  /** Where it can be read. */
  source: z.string().trim().min(1).max(300),
});
export type OutsideResult = z.output<typeof outsideResult>;

const params = z.object({ experimentId: z.string() });

export const experimentResultEndpoints = {
  get: endpoint({
    id: 'experimentResults.get',
    method: 'GET',
    path: '/experiments/{experimentId}/results',
    permission: 'experiment:read',
    params,
    response: experimentResults,
    summary: { es: 'Qué se sabe de un experimento', en: 'What is known of an experiment' },
    command: 'experiment results',
  }),
  statements: endpoint({
    id: 'experimentResults.statements',
    method: 'GET',
    path: '/experiments/{experimentId}/statements',
    permission: 'experiment:read',
    params,
    response: statements,
    summary: {
      es: 'Las consultas de donde salen personas perdidas, daño y dinero de un experimento',
      en: 'The statements behind people lost, harm and money of an experiment',
    },
    command: 'experiment statements',
  }),
  memo: endpoint({
    id: 'experimentResults.memo',
    method: 'GET',
    path: '/experiments/{experimentId}/memo',
    permission: 'experiment:read',
    params,
    response: memo,
    summary: { es: 'Memo de decisión de un experimento', en: 'Decision memo of an experiment' },
    command: 'experiment memo',
  }),
  learn: endpoint({
    id: 'experimentResults.learn',
    method: 'POST',
    path: '/learned',
    permission: 'experiment:run',
    body: outsideResult,
    response: learning,
    summary: {
      es: 'Suma a lo aprendido el resultado de un experimento hecho en otra parte',
      en: 'Adds the result of an experiment run elsewhere to what was learnt',
    },
    command: 'learned add',
  }),
  learned: endpoint({
    id: 'experimentResults.learned',
    method: 'GET',
    path: '/learned',
    permission: 'experiment:read',
    response: z.object({ trials: z.array(learning), summaries: z.array(learningSummary) }),
    summary: { es: 'Lo aprendido en experimentos ya decididos', en: 'What decided experiments have taught' },
    command: 'learned',
  }),
};

import { z } from 'zod';
import { condition } from '../../segment/condition.ts';
import { estimate, isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

const count = z.number().int();

/** How effects on a person are learnt: doubly robust, which decides; by two models; by crossing them. */
export const responderMethod = z.enum(['dr', 't', 'x']);

/** What a way of choosing the arm is worth, on people it was not learnt from. */
const worth = z.object({
  /** Share with the outcome had everybody been given what it chooses. */
  value: estimate,
  /** Less the one arm best for all, and less control; above 0 is better, also where less of the outcome is. */
  overOne: estimate,
  overControl: estimate,
  gives: z.array(z.object({ arm: z.string(), n: count })),
});

/** `one_rule`: no evidence that people differ. `differ`: they do, but no short rule holds it. */
export const responderVerdict = z.enum(['segments', 'differ', 'one_rule']);
export type ResponderVerdict = z.output<typeof responderVerdict>;

export const responderSegment = z.object({
  arm: z.string(),
  name: z.string(),
  /** Of people of the experiment's own segment. */
  condition,
  description: textSchema,
  /** People of the experiment to whom it applies. */
  n: count,
  share: z.number(),
  /** To people to whom rules learnt without them gave this arm. */
  overOne: estimate,
  overControl: estimate,
});
export type ResponderSegment = z.output<typeof responderSegment>;

export const armResponse = z.object({
  arm: z.string(),
  /** Mean effect against control. */
  effect: estimate,
  /** Area between the curve of gains and the straight line of choosing by chance. */
  qini: estimate,
  /** Gain per person of all, of giving the arm to so large a share, largest predicted effect first. */
  curve: z.array(z.object({ share: z.number(), gain: z.number(), lower: z.number(), upper: z.number() })),
  /** Tenths of people by predicted effect, lowest first, with the effect they had. */
  tenths: z.array(
    z.object({
      predicted: z.number(),
      observed: z.number(),
      lower: z.number(),
      upper: z.number(),
      n: count,
    }),
  ),
});
export type ArmResponse = z.output<typeof armResponse>;

/** Who responds to which arm of a decided experiment. */
export const responders = z.object({
  experimentId: z.string(),
  segmentId: z.string(),
  asOf: isoDate,
  metric: z.object({
    id: z.string(),
    title: textSchema,
    horizonDays: count,
    better: z.enum(['higher', 'lower']),
  }),
  people: count,
  /** Of how many, where some were drawn by lot. */
  of: count,
  control: z.string(),
  /** Best for all. */
  best: z.string(),
  arms: z.array(z.object({ arm: z.string(), n: count, events: count, value: estimate })),
  /** Facts of the day each person entered from which it was learnt; those a segment can be made of. */
  facts: z.array(z.object({ column: z.string(), title: textSchema, segments: z.boolean() })),
  verdict: z.object({
    kind: responderVerdict,
    headline: textSchema,
    reasons: z.array(textSchema),
    next: textSchema,
  }),
  oneForAll: worth,
  shortRule: worth,
  perPerson: z.array(worth.extend({ method: responderMethod })),
  responses: z.array(armResponse),
  /** Empty unless the verdict is `segments`. */
  segments: z.array(responderSegment),
});
export type Responders = z.output<typeof responders>;
export type Worth = z.output<typeof worth>;

const params = z.object({ experimentId: z.string() });

export const experimentResponders = {
  get: endpoint({
    id: 'experimentResponders.get',
    method: 'GET',
    path: '/experiments/{experimentId}/responders',
    permission: 'experiment:read',
    params,
    response: z.object({
      responders: responders.nullable(),
      madeAt: isoInstant.nullable(),
      /** Whether the data is still what it was made of. */
      current: z.boolean(),
    }),
    summary: {
      es: 'Quién responde a qué brazo de un experimento decidido',
      en: 'Who responds to which arm of a decided experiment',
    },
    command: 'experiment responders',
  }),
  find: endpoint({
    id: 'experimentResponders.find',
    method: 'POST',
    path: '/experiments/{experimentId}/responders',
    permission: 'experiment:run',
    params,
    response: job,
    kind: 'job',
    summary: {
      es: 'Busca si elegir el brazo por persona rinde más que uno para todos',
      en: 'Looks whether choosing the arm by person does better than one for all',
    },
    command: 'experiment respond',
  }),
};

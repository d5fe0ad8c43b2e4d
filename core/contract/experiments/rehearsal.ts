import { z } from 'zod';
import { design } from '../../experiment/define.ts';
import { estimate, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';
import { verdictKind } from './results.ts';

/** A share of repetitions with its Monte Carlo interval, beside what the formula says. */
const beside = z.object({ found: estimate, promised: z.number().nullable() });

export const rehearsal = z.object({
  /** People of the past like these, and the stretch they come from. */
  people: z.number().int(),
  from: z.string(),
  until: z.string(),
  replications: z.number().int(),
  /** Share of repetitions without any effect in which some arm was called better or worse. */
  falseAlarms: beside,
  /** Share of repetitions in which the effect put into one arm was seen there. */
  power: beside,
  /** In percentage points of a share, else in the metric's unit. */
  planted: z.number(),
  looks: z.number().int(),
  /** Of the repetitions with the effect, the share in which a look before the last saw it. */
  early: z.number(),
  /** How the verdict on the arm with the effect ended, as shares of the repetitions: without it, and with it. */
  endings: z.array(z.object({ kind: verdictKind, none: z.number(), planted: z.number() })),
  sentence: textSchema,
});
export type Rehearsal = z.output<typeof rehearsal>;

export const experimentRehearsal = {
  run: endpoint({
    id: 'experimentRehearsal.run',
    method: 'POST',
    path: '/experiments/simulate',
    permission: 'experiment:read',
    body: z.object({
      design,
      replications: z.coerce.number().int().min(20).max(2000).default(400),
      /** Planted in one arm: percentage points of a share, else the metric's unit. Default: the smallest visible. */
      effect: z.coerce.number().gt(0).optional(),
    }),
    response: job,
    kind: 'job',
    summary: {
      es: 'Ensaya un diseño sobre el pasado, sin escribir a nadie: falsas alarmas y potencia',
      en: 'Tries a design on the past, writing to nobody: false alarms and power',
    },
    command: 'experiment simulate',
  }),
};

import { z } from 'zod';
import { estimate, isoDate } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const swapCell = z.object({
  /** all, or a bucket of days past due. */
  part: z.string(),
  /** in: selected by this version alone; out: by the other alone. */
  move: z.enum(['in', 'out', 'both', 'neither']),
  n: z.number(),
  events: z.number(),
  /** Share in which it happened, with its 95 % interval. */
  observed: estimate,
});

export const swaps = z.object({
  versionId: z.string(),
  against: z.string(),
  share: z.number(),
  /** Dates neither learnt from. */
  dates: z.array(isoDate),
  rows: z.number(),
  selected: z.number(),
  /** Lowest score selected by each. */
  cutOffs: z.object({ own: z.number().nullable(), other: z.number().nullable() }),
  cells: z.array(swapCell),
  /** Observed rate of those who come in less that of those who go out. */
  difference: estimate,
});
export type Swaps = z.output<typeof swaps>;

export const swapSets = {
  get: endpoint({
    id: 'swapSets.get',
    method: 'GET',
    path: '/models/versions/{versionId}/swaps',
    permission: 'model:read',
    params: z.object({ versionId: z.string() }),
    query: z.object({
      against: z
        .string()
        .optional()
        .describe('Another version; default: the champion, or for the champion the one before it'),
      share: z.coerce
        .number()
        .gt(0)
        .lt(1)
        .default(0.2)
        .describe('Share each selects, from the highest score down'),
    }),
    response: swaps,
    summary: {
      es: 'Quién entra y quién sale al cambiar de versión, con la misma parte seleccionada',
      en: 'Who comes in and who goes out when the version changes, at an equal share',
    },
    command: 'model swaps',
  }),
};

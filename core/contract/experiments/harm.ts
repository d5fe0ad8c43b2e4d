import { z } from 'zod';
import { isoInstant } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';
import { harm } from './results.ts';

/** A boundary of harm that was crossed, as it stood then. */
export const harmNotice = z.object({
  experimentId: z.string(),
  name: z.string(),
  /** Where the arm stands now. */
  armStatus: z.enum(['open', 'paused', 'dropped']),
  /** Whether the watch paused the arm itself; false where it was not open any more. */
  paused: z.boolean(),
  noticedAt: isoInstant,
  line: harm,
});
export type HarmNotice = z.output<typeof harmNotice>;

export const harmWatchEndpoints = {
  notices: endpoint({
    id: 'harmWatch.notices',
    method: 'GET',
    path: '/harm-notices',
    permission: 'experiment:read',
    response: z.array(harmNotice),
    summary: { es: 'Brazos que pasaron un límite de daño', en: 'Arms that crossed a limit for harm' },
    command: 'harm notices',
  }),
  run: endpoint({
    id: 'harmWatch.run',
    method: 'POST',
    path: '/harm-watch',
    kind: 'job',
    permission: 'experiment:run',
    response: job,
    summary: {
      es: 'Vigila el daño de los experimentos en curso y pausa el brazo que pase su límite',
      en: 'Watches running experiments for harm and pauses an arm that crosses its limit',
    },
    command: 'harm watch',
  }),
};

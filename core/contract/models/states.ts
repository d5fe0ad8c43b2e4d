import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { registeredVersion } from './models.ts';

const params = z.object({ versionId: z.string() });
const name = z.string().trim().min(1).describe('Who decides, as it is kept in the history');
const required = { name, note: z.string().trim().min(1).describe('Why') };

/** What can become of a version once it is trained, beside being approved. Each step is kept with who and when. */
export const versionStates = {
  challenge: endpoint({
    id: 'versionStates.challenge',
    method: 'POST',
    path: '/models/versions/{versionId}/challenge',
    permission: 'model:approve',
    params,
    body: z.object({ name, note: z.string().trim().default('') }),
    response: registeredVersion,
    summary: {
      es: 'Deja una versión como retadora: puede poner puntaje junto a la vigente',
      en: 'Makes a version a challenger: it may score beside the champion',
    },
    command: 'model challenge',
  }),
  retire: endpoint({
    id: 'versionStates.retire',
    method: 'POST',
    path: '/models/versions/{versionId}/retirement',
    permission: 'model:approve',
    params,
    body: z.object(required),
    response: registeredVersion,
    summary: { es: 'Retira una versión, con su motivo', en: 'Retires a version, with its reason' },
    command: 'model retire',
  }),
  reinstate: endpoint({
    id: 'versionStates.reinstate',
    method: 'POST',
    path: '/models/versions/{versionId}/reinstatement',
    permission: 'model:approve',
    params,
    body: z.object(required),
    response: registeredVersion,
    summary: {
      es: 'Devuelve una versión retirada; hay que aprobarla otra vez',
      en: 'Brings a retired version back; it has to be approved again',
    },
    command: 'model reinstate',
  }),
  explain: endpoint({
    id: 'versionStates.explain',
    method: 'PUT',
    path: '/models/versions/{versionId}/reasons',
    permission: 'model:train',
    params,
    body: z.object({
      name,
      reasons: z
        .record(z.string(), z.string().trim().min(1))
        .describe('Why each very strong column is known in time, by column'),
    }),
    response: registeredVersion,
    summary: {
      es: 'Escribe por qué una columna muy fuerte se conoce a tiempo',
      en: 'Writes why a very strong column is known in time',
    },
    command: 'model explain',
  }),
};

import { z } from 'zod';
import { isoInstant } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const scheduledWork = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('messages').describe('Judges who is due and sends what is cleared'),
    /** null: every experiment under way. */
    experimentId: z.string().nullable().default(null),
    destination: z.string(),
    acceptUnverifiedBy: z.string().min(1).optional(),
    approvedBy: z.string().min(1).optional(),
  }),
  z.object({ kind: z.literal('sync'), syncId: z.string(), approvedBy: z.string().min(1).optional() }),
]);
export type ScheduledWork = z.output<typeof scheduledWork>;

const times = {
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: z.string().min(9).max(100),
  timeZone: z.string().default('America/Bogota'),
};

const settings = {
  name: z.string().trim().min(1).max(80),
  ...times,
  work: scheduledWork,
  /** Of times that passed while the server was down: left out, or made up for once. */
  missed: z.enum(['skip', 'once']).default('skip'),
  enabled: z.boolean().default(true),
};

export const schedule = z.object({
  id: z.string(),
  ...settings,
  work: scheduledWork,
  /** The next times, on the system's clock. */
  next: z.array(isoInstant),
  lastDue: isoInstant.nullable(),
  lastJob: z.string().nullable(),
  /** Why the last time did nothing, where it did nothing. */
  lastNote: z.string().nullable(),
  createdAt: isoInstant,
  by: z.string(),
});
export type Schedule = z.output<typeof schedule>;

const params = z.object({ scheduleId: z.string() });

export const schedules = {
  list: endpoint({
    id: 'schedules.list',
    method: 'GET',
    path: '/schedules',
    permission: 'export:read',
    response: z.object({ schedules: z.array(schedule) }),
    summary: { es: 'Lo que sale por sí solo, y cuándo', en: 'What leaves by itself, and when' },
    command: 'schedules',
  }),
  preview: endpoint({
    id: 'schedules.preview',
    method: 'GET',
    path: '/schedules/preview',
    permission: 'export:read',
    query: z.object(times),
    response: z.object({ next: z.array(isoInstant).describe('The next five, on the system’s clock') }),
    summary: { es: 'Las próximas veces de un horario', en: 'The next times of a schedule' },
    command: 'schedule preview',
  }),
  create: endpoint({
    id: 'schedules.create',
    method: 'POST',
    path: '/schedules',
    permission: 'destination:write',
    body: z.object(settings),
    response: schedule,
    summary: { es: 'Programa un envío', en: 'Schedules a run' },
    command: 'schedule create',
  }),
  update: endpoint({
    id: 'schedules.update',
    method: 'PUT',
    path: '/schedules/{scheduleId}',
    permission: 'destination:write',
    params,
    body: z.object(settings),
    response: schedule,
    summary: { es: 'Cambia una programación', en: 'Changes a schedule' },
    command: 'schedule update',
  }),
  remove: endpoint({
    id: 'schedules.remove',
    method: 'DELETE',
    path: '/schedules/{scheduleId}',
    permission: 'destination:write',
    params,
    response: z.object({ id: z.string() }),
    summary: { es: 'Quita una programación', en: 'Removes a schedule' },
    command: 'schedule remove',
  }),
};

import { raw, sql } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { anyEvent, within } from './parts/in-window.ts';

/** 1 when a contact sent within the window was delivered. */
const delivered: Metric = {
  text: {
    title: { es: 'Recibieron algún mensaje', en: 'Reached' },
    summary: {
      es: 'Parte de las personas a quienes llegó algún contacto dentro del plazo.',
      en: 'Share of people to whom any contact was delivered within the window of days.',
    },
    definition: {
      es: 'De todas las personas asignadas, aquellas a quienes consta entregado algún contacto enviado desde que entraron hasta el fin del plazo. Dice a cuántas personas llegó lo que se probaba.',
      en: 'Of all people assigned, those to whom a contact sent from entering to the end of the window is recorded as delivered. It tells how many people got what was tested.',
    },
  },
  kind: 'proportion',
  unit: 'share',
  better: 'higher',
  margin: null,
  capAt: null,
  needs: ['contacts'],
  outcomes: (dialect, window) =>
    anyEvent(
      raw('current_contacts'),
      window,
      sql`coalesce(e.delivered, false) AND ${within(dialect, window, raw('e.sent_at'), raw('e.known_at'))}`,
    ),
};

export default delivered;

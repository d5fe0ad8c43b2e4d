import { raw, sql } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { anyEvent, within } from './parts/in-window.ts';

/** 1 when the person replied to a contact sent within the window. */
const replies: Metric = {
  text: {
    title: { es: 'Respondieron', en: 'Replied' },
    summary: {
      es: 'Parte de las personas que respondieron a algún contacto dentro del plazo.',
      en: 'Share of people who replied to any contact within the window of days.',
    },
    definition: {
      es: 'De todas las personas asignadas, las que respondieron a algún contacto enviado desde que entraron hasta el fin del plazo. Una respuesta no es un pago: sirve para entender, no para decidir.',
      en: 'Of all people assigned, those who replied to any contact sent from entering to the end of the window of days. A reply is not a payment: it helps to understand, not to decide.',
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
      sql`coalesce(e.replied, false) AND ${within(dialect, window, raw('e.sent_at'), raw('e.known_at'))}`,
    ),
};

export default replies;

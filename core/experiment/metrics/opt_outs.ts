import { raw } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { anyEvent, within } from './parts/in-window.ts';

/** 1 when a permission was withdrawn, or contact asked to cease, within the window. */
const optOuts: Metric = {
  text: {
    title: { es: 'Bajas', en: 'Opt-outs' },
    summary: {
      es: 'Parte de las personas que retiraron un permiso o pidieron no ser contactadas dentro del plazo.',
      en: 'Share of people who withdrew a permission or asked not to be contacted within the window of days.',
    },
    definition: {
      es: 'De todas las personas asignadas, las que retiraron el permiso de algún canal o pidieron que no se las contacte desde que entraron hasta el fin del plazo. Varias bajas de una persona cuentan como una.',
      en: 'Of all people assigned, those who withdrew the permission for any channel or asked not to be contacted from entering to the end of the window of days. Several of one person count as one.',
    },
  },
  kind: 'proportion',
  unit: 'share',
  better: 'lower',
  margin: 0.01,
  capAt: null,
  needs: ['contact_permissions', 'flags'],
  outcomes: (dialect, window) =>
    anyEvent(
      raw(`(SELECT customer_id, revoked_at AS happened_at FROM current_contact_permissions WHERE revoked_at IS NOT NULL
        UNION ALL SELECT customer_id, started_on FROM current_flags WHERE kind = 'cease_contact')`),
      window,
      within(dialect, window, raw('e.happened_at')),
    ),
};

export default optOuts;

import { raw } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { anyEvent, within } from './parts/in-window.ts';

/** 1 when the person complained within the window. */
const complaints: Metric = {
  text: {
    title: { es: 'Quejas', en: 'Complaints' },
    summary: {
      es: 'Parte de las personas que se quejaron dentro del plazo.',
      en: 'Share of people who complained within the window of days.',
    },
    definition: {
      es: 'De todas las personas asignadas, las que presentaron alguna queja, por cualquier canal y motivo, desde que entraron hasta el fin del plazo. Varias quejas de una persona cuentan como una.',
      en: 'Of all people assigned, those who made any complaint, by any channel and on any topic, from entering to the end of the window of days. Several complaints of one person count as one.',
    },
  },
  kind: 'proportion',
  unit: 'share',
  better: 'lower',
  margin: 0.005,
  capAt: null,
  needs: ['complaints'],
  outcomes: (dialect, window) =>
    anyEvent(raw('current_complaints'), window, within(dialect, window, raw('e.occurred_at'))),
};

export default complaints;

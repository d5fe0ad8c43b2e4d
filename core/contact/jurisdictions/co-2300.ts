import { colombia } from '../calendars/colombia.ts';
import { calendarOf, holidayUse } from '../holidays.ts';
import { colombiaNorms } from '../norms/colombia.ts';
import { everyChannel, permission, protections, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const law = 'Ley 2300 de 2023 (Colombia)';

const calendar = calendarOf('primary', `${law}, art. 3; Ley 51 de 1983`, colombia);

const set: RuleSet = {
  text: {
    title: { es: 'Colombia, Ley 2300 de 2023', en: 'Colombia, Law 2300 of 2023' },
    summary: {
      es: 'Sólo por canales autorizados; lunes a viernes de 7 a 19, sábados de 8 a 15; ni domingos ni festivos; una vez al día y un solo canal por semana.',
      en: 'Only on authorised channels; Monday to Friday 7 to 19, Saturday 8 to 15; no Sundays or holidays; once a day and one channel a week.',
    },
  },
  id: 'CO-2300',
  version: '1',
  jurisdiction: 'CO',
  effectiveFrom: '2023-10-10',
  effectiveTo: null,
  zones: ['America/Bogota'],
  regions: {},
  uses: [
    ...protections,
    thirdParties('primary', `${law}, art. 4`),
    permission('primary', `${law}, art. 2`, {
      sms: ['consent'],
      email: ['consent'],
      whatsapp: ['consent'],
      call: ['consent'],
      letter: ['consent'],
    }),
    {
      rule: 'contact-hours',
      parameters: { channels: everyChannel, hours: week(['07:00', '19:00'], ['08:00', '15:00']) },
      status: 'primary',
      source: `${law}, art. 3`,
    },
    holidayUse(calendar),
    {
      rule: 'frequency-cap',
      parameters: { channels: everyChannel, max: 1, period: 'day', counts: 'attempt' },
      status: 'primary',
      source: `${law}, art. 3; Superfinanciera, concepto 2023111476`,
      note: {
        es: 'La ley habla de contacto directo; aquí cuenta también el intento, que es más estricto.',
        en: 'The law speaks of direct contact; attempts are counted too, which is stricter.',
      },
    },
    {
      rule: 'frequency-cap',
      option: 'one-contact-a-week',
      parameters: { channels: everyChannel, max: 1, period: 'week', counts: 'contact' },
      status: 'primary',
      source: `${law}, art. 3`,
      note: {
        es: 'Lectura estricta: un contacto por semana. Otra lectura pide sólo un mismo canal en la semana.',
        en: 'Strict reading: one contact a week. Another reading asks only for one channel in the week.',
      },
    },
    { rule: 'one-channel-per-week', parameters: {}, status: 'primary', source: `${law}, art. 3` },
  ],
  calendar,
  norms: colombiaNorms,
};

export default set;

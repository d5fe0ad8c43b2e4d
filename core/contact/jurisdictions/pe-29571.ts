import { peru } from '../calendars/peru.ts';
import { calendarOf, holidayUse } from '../holidays.ts';
import { peruNorms } from '../norms/peru.ts';
import { permission, protections, restraint, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const law = 'Ley 29571, arts. 61 y 62 (Perú)';
const hours = week(['07:00', '20:00'], null);

const calendar = calendarOf('to-verify', `${law}, art. 62.b; feriados nacionales`, peru);

const set: RuleSet = {
  text: {
    title: { es: 'Perú, Ley 29571', en: 'Peru, Law 29571' },
    summary: {
      es: 'Llamadas de 7 a 20, de lunes a viernes y nunca en festivo; lo mismo, por política de la casa, para los mensajes escritos.',
      en: 'Calls 7 to 20, Monday to Friday and never on holidays; the same, as house policy, for written messages.',
    },
  },
  id: 'PE-29571',
  version: '1',
  jurisdiction: 'PE',
  effectiveFrom: '2010-10-02',
  effectiveTo: null,
  zones: ['America/Lima'],
  regions: {},
  uses: [
    ...protections,
    thirdParties('primary', `${law}, art. 62`),
    permission('to-verify', law),
    {
      rule: 'contact-hours',
      parameters: { channels: ['call'], hours },
      status: 'primary',
      source: `${law}, art. 62.b`,
    },
    {
      rule: 'contact-hours',
      parameters: { channels: ['sms', 'email', 'whatsapp'], hours },
      status: 'to-verify',
      source: law,
      note: {
        es: 'El artículo 62 nombra visitas y llamadas; extenderlo a lo escrito es elección nuestra.',
        en: 'Article 62 names visits and calls; extending it to written messages is our choice.',
      },
    },
    holidayUse(calendar),
    ...restraint,
  ],
  calendar,
  norms: peruNorms,
};

export default set;

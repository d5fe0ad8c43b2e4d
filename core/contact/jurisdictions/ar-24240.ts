import { argentina } from '../calendars/argentina.ts';
import { calendarOf, holidayUse } from '../holidays.ts';
import { argentinaNorms } from '../norms/argentina.ts';
import { everyChannel, permission, protections, restraint, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const calendar = calendarOf(
  'to-verify',
  'Ley 27.399 (Argentina); sin los días no laborables que se decretan cada año',
  argentina,
);

const set: RuleSet = {
  text: {
    title: { es: 'Argentina, Ley 24.240, art. 8 bis', en: 'Argentina, Law 24,240, art. 8 bis' },
    summary: {
      es: 'Trato digno. No se hallaron horas en una norma nacional: se aplica de 8 a 20, de lunes a viernes, sin festivos.',
      en: 'Dignified treatment. No hours were found in a national rule: 8 to 20 applies, Monday to Friday, no holidays.',
    },
  },
  id: 'AR-24240',
  version: '1',
  jurisdiction: 'AR',
  effectiveFrom: '2008-04-07',
  effectiveTo: null,
  zones: ['America/Argentina/Buenos_Aires'],
  regions: {},
  uses: [
    ...protections,
    thirdParties('secondary', 'Ley 24.240, art. 8 bis (Argentina); jurisprudencia'),
    permission('to-verify', 'Ley 25.326 (Argentina)'),
    {
      rule: 'contact-hours',
      parameters: { channels: everyChannel, hours: week(['08:00', '20:00'], null) },
      status: 'to-verify',
      source: 'Ley 24.240, art. 8 bis (Argentina)',
      note: {
        es: 'Las provincias y la Ciudad de Buenos Aires pueden tener reglas propias.',
        en: 'Provinces and the City of Buenos Aires may have rules of their own.',
      },
    },
    holidayUse(calendar),
    ...restraint,
  ],
  calendar,
  norms: argentinaNorms,
};

export default set;

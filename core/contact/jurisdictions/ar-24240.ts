import { calendar, fixed, fromEaster, moved, nearestMonday } from '../holidays.ts';
import { everyChannel, permission, protections, restraint, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

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
    calendar(
      'to-verify',
      'Ley 27.399 (Argentina); sin los días no laborables que se decretan cada año',
      fixed('01-01', '03-24', '04-02', '05-01', '05-25', '06-20', '07-09', '12-08', '12-25'),
      moved(nearestMonday, '06-17', '08-17', '10-12', '11-20'),
      fromEaster(-48, -47, -2),
    ),
    ...restraint,
  ],
};

export default set;

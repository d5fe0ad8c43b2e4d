import { spain } from '../calendars/spain.ts';
import { calendarOf, holidayUse } from '../holidays.ts';
import { spainNorms } from '../norms/spain.ts';
import { everyChannel, permission, protections, restraint, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const peninsula = ['Europe/Madrid'];

const calendar = calendarOf(
  'to-verify',
  'Calendario laboral nacional; con el día de cada comunidad; sin festivos locales',
  spain,
);

const set: RuleSet = {
  text: {
    title: { es: 'España, práctica leal', en: 'Spain, fair practice' },
    summary: {
      es: 'Ninguna ley fija horas de recobro; se toma por analogía la de llamadas comerciales: de 9 a 21, de lunes a viernes, sin festivos.',
      en: 'No statute sets hours for collecting; those of commercial calls are taken by analogy: 9 to 21, Monday to Friday, no holidays.',
    },
  },
  id: 'ES-LCD',
  version: '1',
  jurisdiction: 'ES',
  effectiveFrom: '2010-01-01',
  effectiveTo: null,
  zones: ['Europe/Madrid', 'Atlantic/Canary'],
  regions: {
    ...Object.fromEntries(
      'AN AR AS CB CE CL CM CT EX GA IB MC MD ML NC PV RI VC'
        .split(' ')
        .map((region) => [`ES-${region}`, peninsula]),
    ),
    'ES-CN': ['Atlantic/Canary'],
    'ES-GC': ['Atlantic/Canary'],
    'ES-TF': ['Atlantic/Canary'],
  },
  uses: [
    ...protections,
    thirdParties('secondary', 'RGPD; LOPDGDD; Ley 3/1991 de Competencia Desleal'),
    permission('secondary', 'RGPD, art. 6.1.b y f; LOPDGDD'),
    {
      rule: 'contact-hours',
      parameters: { channels: everyChannel, hours: week(['09:00', '21:00'], null) },
      status: 'secondary',
      source: 'TRLGDCU (RDL 1/2007), por analogía; Ley 3/1991 de Competencia Desleal',
    },
    holidayUse(calendar),
    {
      rule: 'frequency-cap',
      parameters: { channels: ['call'], max: 2, period: 'day', counts: 'attempt' },
      status: 'secondary',
      source: 'AEPD, según prensa',
    },
    ...restraint,
  ],
  calendar,
  norms: spainNorms,
};

export default set;

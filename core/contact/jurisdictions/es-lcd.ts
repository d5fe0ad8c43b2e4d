import { calendar, fixed, fromEaster } from '../holidays.ts';
import { everyChannel, permission, protections, restraint, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const peninsula = ['Europe/Madrid'];

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
    permission('secondary', 'RGPD, art. 6.1.b y f; LOPDGDD'),
    {
      rule: 'contact-hours',
      parameters: { channels: everyChannel, hours: week(['09:00', '21:00'], null) },
      status: 'secondary',
      source: 'TRLGDCU (RDL 1/2007), por analogía; Ley 3/1991 de Competencia Desleal',
    },
    calendar(
      'to-verify',
      'Calendario laboral nacional; sin festivos autonómicos ni locales',
      fixed('01-01', '01-06', '05-01', '08-15', '10-12', '11-01', '12-06', '12-08', '12-25'),
      fromEaster(-2),
    ),
    {
      rule: 'frequency-cap',
      parameters: { channels: ['call'], max: 2, period: 'day', counts: 'attempt' },
      status: 'secondary',
      source: 'AEPD, según prensa',
    },
    ...restraint,
  ],
};

export default set;

import { brazil } from '../calendars/brazil.ts';
import { calendarOf, holidayUse } from '../holidays.ts';
import { brazilNorms } from '../norms/brazil.ts';
import { everyChannel, permission, protections, restraint, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const law = 'CDC, Lei 8.078/1990, arts. 42 e 71 (Brasil)';
const states = (codes: string, ...zones: string[]) =>
  Object.fromEntries(codes.split(' ').map((state) => [`BR-${state}`, zones]));

const calendar = calendarOf('to-verify', 'Lei 662/1949, Lei 6.802/1980, Lei 14.759/2023', brazil);

const set: RuleSet = {
  text: {
    title: { es: 'Brasil, Código de Defensa del Consumidor', en: 'Brazil, Consumer Defence Code' },
    summary: {
      es: 'La ley protege el descanso sin fijar horas; se sigue la práctica: de 8 a 20, sábados de 8 a 14, ni domingos ni festivos.',
      en: 'The law protects rest without naming hours; practice is followed: 8 to 20, Saturdays 8 to 14, no Sundays or holidays.',
    },
  },
  id: 'BR-CDC',
  version: '1',
  jurisdiction: 'BR',
  effectiveFrom: '1991-03-11',
  effectiveTo: null,
  zones: [
    'America/Sao_Paulo',
    'America/Bahia',
    'America/Fortaleza',
    'America/Manaus',
    'America/Cuiaba',
    'America/Campo_Grande',
    'America/Porto_Velho',
    'America/Boa_Vista',
    'America/Rio_Branco',
    'America/Noronha',
  ],
  regions: {
    ...states('DF ES GO MG PR RJ RS SC SP', 'America/Sao_Paulo'),
    ...states('BA', 'America/Bahia'),
    ...states('AL SE', 'America/Maceio'),
    ...states('CE MA PB PI RN', 'America/Fortaleza'),
    ...states('PA', 'America/Belem', 'America/Santarem'),
    ...states('AP', 'America/Belem'),
    ...states('TO', 'America/Araguaina'),
    ...states('PE', 'America/Recife', 'America/Noronha'),
    ...states('MS', 'America/Campo_Grande'),
    ...states('MT', 'America/Cuiaba'),
    ...states('AM', 'America/Manaus', 'America/Eirunepe'),
    ...states('RO', 'America/Porto_Velho'),
    ...states('RR', 'America/Boa_Vista'),
    ...states('AC', 'America/Rio_Branco'),
  },
  uses: [
    ...protections,
    thirdParties('secondary', law),
    permission('secondary', 'LGPD, Lei 13.709/2018, art. 7'),
    {
      rule: 'contact-hours',
      parameters: { channels: everyChannel, hours: week(['08:00', '20:00'], ['08:00', '14:00']) },
      status: 'secondary',
      source: `${law}; práctica`,
      note: {
        es: 'La hora de cierre del sábado es elección nuestra; algunos estados fijan horas propias.',
        en: 'The Saturday closing time is our choice; some states set hours of their own.',
      },
    },
    holidayUse(calendar),
    ...restraint,
  ],
  calendar,
  norms: brazilNorms,
};

export default set;

import { chile } from '../calendars/chile.ts';
import { calendarOf, holidayUse } from '../holidays.ts';
import { chileNorms } from '../norms/chile.ts';
import { everyChannel, permission, protections, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const law = 'Ley 19.496, art. 37, según Ley 21.320 (Chile)';
const writing = ['sms', 'email', 'whatsapp', 'letter'];
const calendar = calendarOf(
  'to-verify',
  `${law}; Código de Procedimiento Civil, art. 59; leyes de feriados`,
  chile,
);

const set: RuleSet = {
  text: {
    title: { es: 'Chile, Ley 21.320', en: 'Chile, Law 21,320' },
    summary: {
      es: 'De 8 a 20 en días hábiles, sábado incluido; un llamado por semana o dos escritos separados por dos días.',
      en: '8 to 20 on working days, Saturday included; one call a week or two written messages two days apart.',
    },
  },
  id: 'CL-21320',
  version: '1',
  jurisdiction: 'CL',
  effectiveFrom: '2021-04-20',
  effectiveTo: null,
  zones: ['America/Santiago', 'America/Punta_Arenas', 'Pacific/Easter'],
  regions: {
    ...Object.fromEntries(
      'AN AP AR AT BI CO LI LL LR ML NB RM TA'
        .split(' ')
        .map((region) => [`CL-${region}`, ['America/Santiago']]),
    ),
    'CL-AI': ['America/Santiago', 'America/Punta_Arenas'],
    'CL-MA': ['America/Punta_Arenas'],
    'CL-VS': ['America/Santiago', 'Pacific/Easter'],
  },
  uses: [
    ...protections,
    thirdParties('secondary', law),
    permission('secondary', law),
    {
      rule: 'contact-hours',
      parameters: { channels: everyChannel, hours: week(['08:00', '20:00'], ['08:00', '20:00']) },
      status: 'secondary',
      source: law,
    },
    holidayUse(calendar),
    {
      rule: 'frequency-cap',
      parameters: { channels: ['call'], max: 1, period: 'rolling', days: 7, counts: 'contact' },
      status: 'secondary',
      source: law,
    },
    {
      rule: 'frequency-cap',
      parameters: { channels: writing, max: 2, period: 'rolling', days: 7, counts: 'attempt' },
      status: 'secondary',
      source: law,
      note: {
        es: 'La semana se toma como cualquier tramo de siete días, que es más estricto.',
        en: 'The week is taken as any run of seven days, which is stricter.',
      },
    },
    {
      rule: 'cooldown',
      parameters: { channels: writing, after: 'attempt', days: 2 },
      status: 'secondary',
      source: law,
    },
  ],
  calendar,
  norms: chileNorms,
};

export default set;

import { calendar, fixed, fromEaster, moved } from '../holidays.ts';
import { everyChannel, permission, protections, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';
import { addDays, dateMs, isoWeekday } from '../wall-clock.ts';

const law = 'Ley 19.496, art. 37, según Ley 21.320 (Chile)';
const writing = ['sms', 'email', 'whatsapp', 'letter'];
const weekday = (date: string): number => isoWeekday(dateMs(date));

/** Tuesday to Thursday go back to that week's Monday, Friday on to the next (Ley 19.668). */
function workWeekMonday(date: string): string {
  const day = weekday(date);
  if (day >= 2 && day <= 4) return addDays(date, 1 - day);
  return day === 5 ? addDays(date, 3) : date;
}

/** Winter solstice, Day of the Indigenous Peoples. */
const solstice = (year: number): string[] => [`${year}-06-${year % 4 < 2 ? 20 : 21}`];

/** 31 October: a Tuesday moves to the Friday before, a Wednesday to the Friday after. */
const reformation = (year: number): string[] => {
  const day = weekday(`${year}-10-31`);
  return [day === 2 ? `${year}-10-27` : day === 3 ? `${year}-11-02` : `${year}-10-31`];
};

/** Days that join the September holidays, and 2 January, to a weekend. */
const bridges = (year: number): string[] => [
  ...(weekday(`${year}-09-17`) === 1 ? [`${year}-09-17`] : []),
  ...(weekday(`${year}-09-20`) === 5 ? [`${year}-09-20`] : []),
  ...(weekday(`${year}-01-02`) === 1 ? [`${year}-01-02`] : []),
];

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
    permission('secondary', law),
    {
      rule: 'contact-hours',
      parameters: { channels: everyChannel, hours: week(['08:00', '20:00'], ['08:00', '20:00']) },
      status: 'secondary',
      source: law,
    },
    calendar(
      'to-verify',
      `${law}; Código de Procedimiento Civil, art. 59; leyes de feriados`,
      fixed('01-01', '05-01', '05-21', '07-16', '08-15', '09-18', '09-19', '11-01', '12-08', '12-25'),
      moved(workWeekMonday, '06-29', '10-12'),
      fromEaster(-2, -1),
      solstice,
      reformation,
      bridges,
    ),
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
};

export default set;

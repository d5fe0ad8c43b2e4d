import { australia } from '../calendars/australia.ts';
import { calendarOf, holidayUse } from '../holidays.ts';
import { australiaNorms } from '../norms/australia.ts';
import { everyChannel, permission, protections, restraint, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const guideline = 'ACCC y ASIC, RG 96 (2021)';
const hours = week(['07:30', '21:00'], ['09:00', '21:00'], ['09:00', '21:00']);

const calendar = calendarOf('primary', `${guideline}, parte 2, s. 4; festivos nacionales`, australia);

const set: RuleSet = {
  text: {
    title: { es: 'Australia, guía RG 96', en: 'Australia, guideline RG 96' },
    summary: {
      es: 'Llamadas de 7.30 a 21, fines de semana desde las 9; tres contactos por semana y diez por mes. no en festivo nacional. Es guía, no ley.',
      en: 'Calls 7.30 to 21, weekends from 9; three contacts a week and ten a month. not on national holidays. Guidance, not law.',
    },
  },
  id: 'AU-RG96',
  version: '1',
  jurisdiction: 'AU',
  effectiveFrom: '2021-04-13',
  effectiveTo: null,
  zones: [
    'Australia/Sydney',
    'Australia/Brisbane',
    'Australia/Adelaide',
    'Australia/Darwin',
    'Australia/Perth',
    'Australia/Lord_Howe',
  ],
  regions: {
    'AU-ACT': ['Australia/Sydney'],
    'AU-NSW': ['Australia/Sydney', 'Australia/Broken_Hill', 'Australia/Lord_Howe'],
    'AU-NT': ['Australia/Darwin'],
    'AU-QLD': ['Australia/Brisbane'],
    'AU-SA': ['Australia/Adelaide'],
    'AU-TAS': ['Australia/Hobart'],
    'AU-VIC': ['Australia/Melbourne'],
    'AU-WA': ['Australia/Perth', 'Australia/Eucla'],
  },
  uses: [
    ...protections,
    thirdParties('primary', guideline),
    permission('primary', 'Privacy Act 1988'),
    {
      rule: 'contact-hours',
      parameters: { channels: ['call'], hours },
      status: 'primary',
      source: `${guideline}, parte 2, s. 4`,
    },
    {
      rule: 'contact-hours',
      parameters: { channels: ['sms', 'email', 'whatsapp'], hours },
      status: 'house',
      source: 'Ensayo',
    },
    holidayUse(calendar),
    {
      rule: 'frequency-cap',
      parameters: { channels: everyChannel, max: 3, period: 'rolling', days: 7, counts: 'contact' },
      status: 'primary',
      source: `${guideline}, parte 2, s. 5`,
      note: {
        es: 'La guía cuenta por cuenta; aquí se cuenta por persona, que es más estricto.',
        en: 'The guideline counts by account; people are counted here, which is stricter.',
      },
    },
    {
      rule: 'frequency-cap',
      parameters: { channels: everyChannel, max: 10, period: 'month', counts: 'contact' },
      status: 'primary',
      source: `${guideline}, parte 2, s. 5`,
    },
    ...restraint,
  ],
  calendar,
  norms: australiaNorms,
};

export default set;

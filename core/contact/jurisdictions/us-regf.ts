import { unitedStates } from '../calendars/united-states.ts';
import { calendarOf } from '../holidays.ts';
import { unitedStatesNorms } from '../norms/united-states.ts';
import {
  anyBasis,
  everyChannel,
  permission,
  protections,
  restraint,
  thirdParties,
  week,
} from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const law = 'Regulation F, 12 CFR 1006';
const states = (codes: string, ...zones: string[]) =>
  Object.fromEntries(codes.split(' ').map((state) => [`US-${state}`, zones]));
const [eastern, central, mountain, pacific] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
];

const calendar = calendarOf('primary', '5 USC 6103; la norma federal no los excluye', unitedStates, false);

const set: RuleSet = {
  text: {
    title: { es: 'Estados Unidos, Reglamento F', en: 'United States, Regulation F' },
    summary: {
      es: 'De 8 a 21 en la hora de la persona, todos los días; hasta siete llamadas en siete días y siete días de pausa tras hablar. Las leyes estatales se suman.',
      en: '8 to 21 on the person’s clock, every day; up to seven calls in seven days and seven days’ pause after talking. State law comes on top.',
    },
  },
  id: 'US-REGF',
  version: '1',
  jurisdiction: 'US',
  effectiveFrom: '2021-11-30',
  effectiveTo: null,
  zones: [
    eastern,
    central,
    mountain,
    pacific,
    'America/Phoenix',
    'America/Anchorage',
    'America/Adak',
    'Pacific/Honolulu',
  ],
  regions: {
    ...states('CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV', eastern),
    ...states('AL AR IA IL LA MN MO MS OK WI', central),
    ...states('CO MT NM UT WY', mountain),
    ...states('CA WA', pacific),
    ...states('FL IN KY MI TN', eastern, central),
    ...states('KS ND NE SD TX', central, mountain),
    ...states('ID OR', mountain, pacific),
    ...states('NV', pacific, mountain),
    ...states('AZ', 'America/Phoenix', mountain),
    ...states('AK', 'America/Anchorage', 'America/Adak'),
    ...states('HI', 'Pacific/Honolulu'),
  },
  uses: [
    ...protections,
    thirdParties('primary', `${law}.6(d)`),
    permission('to-verify', `${law}; TCPA, 47 USC 227`, {
      sms: ['consent'],
      whatsapp: ['consent'],
      call: anyBasis,
    }),
    {
      rule: 'contact-hours',
      parameters: {
        channels: everyChannel,
        hours: week(['08:00', '21:00'], ['08:00', '21:00'], ['08:00', '21:00']),
      },
      status: 'primary',
      source: `${law}.6(b)(1)(i)`,
    },
    {
      rule: 'frequency-cap',
      parameters: { channels: ['call'], max: 7, period: 'rolling', days: 7, counts: 'attempt' },
      status: 'secondary',
      source: `${law}.14(b)(2)`,
      note: {
        es: 'La norma cuenta por deuda; aquí se cuenta por persona, que es más estricto.',
        en: 'The rule counts by debt; people are counted here, which is stricter.',
      },
    },
    {
      rule: 'cooldown',
      parameters: { channels: ['call'], after: 'conversation', days: 7 },
      status: 'secondary',
      source: `${law}.14(b)(2)(i)(B)`,
    },
    ...restraint,
  ],
  calendar,
  norms: unitedStatesNorms,
};

export default set;

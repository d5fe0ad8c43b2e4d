import { everyChannel, permission, protections, restraint, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const house = 'Ensayo';

const set: RuleSet = {
  text: {
    title: { es: 'Países sin reglas propias aquí', en: 'Countries without rules of their own here' },
    summary: {
      es: 'Para países sin reglas propias aquí, si una persona con nombre lo acepta: de 8 a 19, sábados de 9 a 13; una vez al día y tres en siete días. No es ley de ningún lugar.',
      en: 'For countries without rules of their own here, when a named person accepts it: 8 to 19, Saturdays 9 to 13; once a day and three times in seven days. No place’s law.',
    },
  },
  id: 'HOUSE',
  version: '1',
  jurisdiction: null,
  effectiveFrom: '1970-01-01',
  effectiveTo: null,
  zones: [],
  regions: {},
  uses: [
    ...protections,
    thirdParties('house', house),
    permission('house', house),
    {
      rule: 'contact-hours',
      parameters: { channels: everyChannel, hours: week(['08:00', '19:00'], ['09:00', '13:00']) },
      status: 'house',
      source: house,
    },
    ...restraint,
  ],
};

export default set;

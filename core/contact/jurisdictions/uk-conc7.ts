import { unitedKingdom } from '../calendars/united-kingdom.ts';
import { calendarOf, holidayUse } from '../holidays.ts';
import { unitedKingdomNorms } from '../norms/united-kingdom.ts';
import { everyChannel, permission, protections, restraint, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const calendar = calendarOf('house', 'Ensayo', unitedKingdom);

const set: RuleSet = {
  text: {
    title: { es: 'Reino Unido, CONC 7', en: 'United Kingdom, CONC 7' },
    summary: {
      es: 'La FCA prohíbe las horas irrazonables sin nombrarlas; se toman de 8 a 21, de lunes a sábado y sin festivos, por analogía con las hipotecas. Sin tope numérico: rige el de la casa.',
      en: 'The FCA bans unreasonable times without naming them; 8 to 21, Monday to Saturday without bank holidays, is taken by analogy with mortgages. No numeric cap: the house’s own applies.',
    },
  },
  id: 'UK-CONC7',
  version: '1',
  jurisdiction: 'GB',
  effectiveFrom: '2014-04-01',
  effectiveTo: null,
  zones: ['Europe/London'],
  regions: {},
  uses: [
    ...protections,
    thirdParties('primary', 'CONC 7.9.6R, 7.9.7R'),
    permission('to-verify', 'UK GDPR; PECR'),
    {
      rule: 'contact-hours',
      parameters: { channels: everyChannel, hours: week(['08:00', '21:00'], ['08:00', '21:00']) },
      status: 'secondary',
      source: 'CONC 7.9.4R; MCOB 13.5.4G, por analogía',
      note: {
        es: 'La norma obliga además a respetar cuándo, dónde y cómo pide la persona que se le contacte.',
        en: 'The rule also asks to respect when, where and how the person wants to be contacted.',
      },
    },
    holidayUse(calendar),
    ...restraint,
  ],
  calendar,
  norms: unitedKingdomNorms,
};

export default set;

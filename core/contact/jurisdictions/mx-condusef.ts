import { mexico } from '../calendars/mexico.ts';
import { calendarOf, holidayUse } from '../holidays.ts';
import { mexicoNorms } from '../norms/mexico.ts';
import { permission, protections, restraint, thirdParties, week } from '../protective.ts';
import type { RuleSet } from '../rule-set.ts';

const law = 'CONDUSEF, disposiciones sobre despachos de cobranza (DOF 7-10-2014)';
const central = ['America/Mexico_City'];

const calendar = calendarOf('to-verify', 'Ley Federal del Trabajo, art. 74', mexico);

const set: RuleSet = {
  text: {
    title: { es: 'México, disposiciones de la CONDUSEF', en: 'Mexico, CONDUSEF provisions' },
    summary: {
      es: 'De 7 a 22 en la hora del deudor; por prudencia sólo de lunes a viernes y nunca en festivo. No hay tope numérico: se aplica el de la casa.',
      en: '7 to 22 on the debtor’s clock; as a precaution only Monday to Friday and never on holidays. No numeric cap: the house’s own applies.',
    },
  },
  id: 'MX-CONDUSEF',
  version: '1',
  jurisdiction: 'MX',
  effectiveFrom: '2014-10-07',
  effectiveTo: null,
  zones: [
    'America/Mexico_City',
    'America/Tijuana',
    'America/Hermosillo',
    'America/Mazatlan',
    'America/Chihuahua',
    'America/Ciudad_Juarez',
    'America/Ojinaga',
    'America/Matamoros',
    'America/Cancun',
  ],
  regions: {
    ...Object.fromEntries(
      'AGU CAM CHP CMX COL DIF DUR GRO GUA HID JAL MEX MIC MOR OAX PUE QUE SLP TAB TLA VER YUC ZAC'
        .split(' ')
        .map((state) => [`MX-${state}`, central]),
    ),
    'MX-BCN': ['America/Tijuana'],
    'MX-BCS': ['America/Mazatlan'],
    'MX-CHH': ['America/Chihuahua', 'America/Ciudad_Juarez', 'America/Ojinaga'],
    'MX-COA': ['America/Mexico_City', 'America/Matamoros'],
    'MX-NAY': ['America/Mazatlan', 'America/Mexico_City'],
    'MX-NLE': ['America/Mexico_City', 'America/Matamoros'],
    'MX-ROO': ['America/Cancun'],
    'MX-SIN': ['America/Mazatlan'],
    'MX-SON': ['America/Hermosillo'],
    'MX-TAM': ['America/Mexico_City', 'America/Matamoros'],
  },
  uses: [
    ...protections,
    thirdParties('secondary', law),
    permission('to-verify', law),
    {
      rule: 'contact-hours',
      parameters: {
        channels: ['call', 'sms', 'email', 'whatsapp'],
        hours: week(['07:00', '22:00'], null),
      },
      status: 'secondary',
      source: law,
      note: {
        es: 'Las fuentes no coinciden en si el fin de semana está permitido; se toma la lectura estricta.',
        en: 'Sources differ on whether weekends are allowed; the strict reading is taken.',
      },
    },
    holidayUse(calendar),
    ...restraint,
  ],
  calendar,
  norms: mexicoNorms,
};

export default set;

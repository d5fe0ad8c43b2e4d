import type { Channel } from '../portfolio/tables/people.ts';
import type { Locale, Text } from '../text/text.ts';
import type { RuleUse } from './rule-set.ts';

const channelNames: Record<Channel, Text> = {
  sms: { es: 'SMS', en: 'SMS' },
  email: { es: 'correo', en: 'e-mail' },
  whatsapp: { es: 'WhatsApp', en: 'WhatsApp' },
  call: { es: 'llamada', en: 'call' },
  letter: { es: 'carta', en: 'letter' },
};
const dayNames: Record<string, Text> = {
  mon: { es: 'lun', en: 'Mon' },
  tue: { es: 'mar', en: 'Tue' },
  wed: { es: 'mié', en: 'Wed' },
  thu: { es: 'jue', en: 'Thu' },
  fri: { es: 'vie', en: 'Fri' },
  sat: { es: 'sáb', en: 'Sat' },
  sun: { es: 'dom', en: 'Sun' },
};
const basisNames: Record<string, Text> = {
  consent: { es: 'consentimiento', en: 'consent' },
  contract: { es: 'contrato', en: 'contract' },
  legitimate_interest: { es: 'interés legítimo', en: 'legitimate interest' },
  statutory: { es: 'ley', en: 'statute' },
};
const periods: Record<string, Text> = {
  day: { es: 'por día', en: 'a day' },
  week: { es: 'por semana (de lunes a domingo)', en: 'a week (Monday to Sunday)' },
  month: { es: 'por mes', en: 'a month' },
};
const counted: Record<string, Text> = {
  attempt: { es: 'contando cada intento', en: 'counting every attempt' },
  contact: { es: 'contando los contactos logrados', en: 'counting contacts made' },
  conversation: { es: 'una conversación', en: 'a conversation' },
};
const afterWhat: Record<string, Text> = {
  attempt: { es: 'un intento', en: 'an attempt' },
  contact: { es: 'un contacto', en: 'a contact' },
  conversation: { es: 'una conversación', en: 'a conversation' },
};
const all: Text = { es: 'todos los canales', en: 'every channel' };

export const both = (words: (locale: Locale) => string): Text => ({ es: words('es'), en: words('en') });

const channelList = (channels: readonly Channel[], locale: Locale): string =>
  channels.length === Object.keys(channelNames).length
    ? all[locale]
    : channels.map((channel) => channelNames[channel][locale]).join(', ');

type Hours = Record<string, readonly (readonly [string, string])[]>;

/** Days with the same hours run together: "lun–vie 07:00–19:00; sáb 08:00–15:00; dom –". */
function hoursInWords(hours: Hours, locale: Locale): string {
  const days = Object.keys(dayNames).map((day) => ({
    name: dayNames[day]?.[locale] ?? day,
    open: (hours[day] ?? []).map(([opens, closes]) => `${opens}–${closes}`).join(' y '),
  }));
  const runs: { first: string; last: string; open: string }[] = [];
  for (const { name, open } of days) {
    const run = runs.at(-1);
    if (run && run.open === open) run.last = name;
    else runs.push({ first: name, last: name, open });
  }
  const never = locale === 'es' ? 'nunca' : 'never';
  return runs
    .map(({ first, last, open }) => `${first === last ? first : `${first}–${last}`} ${open || never}`)
    .join('; ')
    .replaceAll(' y ', locale === 'es' ? ' y ' : ' and ');
}

type Parameters = {
  channels: Channel[];
  hours: Hours;
  max: number;
  period: string;
  days: number;
  counts: string;
  after: string;
  overDays: number;
  dates: string[];
  suffices: Record<Channel, string[]>;
};

/** The numbers of a rule, in words; empty where the rule has none. */
export function limitsInWords({ rule, parameters }: RuleUse): Text {
  const given = parameters as Parameters;
  if (rule === 'contact-hours')
    return both((to) => `${channelList(given.channels, to)}: ${hoursInWords(given.hours, to)}`);
  if (rule === 'frequency-cap') {
    const period =
      given.period === 'rolling'
        ? { es: `en ${given.days} días seguidos`, en: `in any ${given.days} days` }
        : (periods[given.period] ?? { es: '', en: '' });
    return both(
      (to) =>
        `${channelList(given.channels, to)}: ${to === 'es' ? 'hasta' : 'up to'} ${given.max} ${period[to]}, ${counted[given.counts]?.[to]}`,
    );
  }
  if (rule === 'cooldown')
    return both((to) =>
      to === 'es'
        ? `${channelList(given.channels, to)}: ${given.days} días tras ${afterWhat[given.after]?.es}`
        : `${channelList(given.channels, to)}: ${given.days} days after ${afterWhat[given.after]?.en}`,
    );
  if (rule === 'channel-by-delinquency')
    return both((to) =>
      to === 'es'
        ? `con más de ${given.overDays} días de mora, sólo ${channelList(given.channels, to)}`
        : `more than ${given.overDays} days past due, only ${channelList(given.channels, to)}`,
    );
  if (rule === 'holiday')
    return both((to) =>
      to === 'es'
        ? `${given.dates.length} días de 2020 a 2035`
        : `${given.dates.length} days from 2020 to 2035`,
    );
  if (rule === 'permission') return permissionInWords(given.suffices);
  return { es: '', en: '' };
}

/** Channels with the same bases together; any basis is said as such. */
function permissionInWords(suffices: Record<Channel, string[]>): Text {
  const groups = new Map<string, Channel[]>();
  for (const [channel, bases] of Object.entries(suffices) as [Channel, string[]][]) {
    const key = bases.toSorted().join('+');
    groups.set(key, [...(groups.get(key) ?? []), channel]);
  }
  return both((to) =>
    [...groups]
      .map(([key, channels]) => {
        const names = key ? key.split('+') : [];
        const bases =
          names.length === Object.keys(basisNames).length
            ? to === 'es'
              ? 'cualquier base'
              : 'any basis'
            : names.map((basis) => basisNames[basis]?.[to]).join(to === 'es' ? ' o ' : ' or ');
        return `${channelList(channels, to)}: ${bases}`;
      })
      .join('; '),
  );
}

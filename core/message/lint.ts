import type { Channel } from '../portfolio/tables/people.ts';
import type { Locale, Text } from '../text/text.ts';

export interface Finding {
  rule: string;
  /** The words found, or null where something is missing. */
  found: string | null;
  text: Text;
}

const word = (alternatives: string): RegExp => new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, 'iu');

interface Forbidden {
  rule: string;
  text: Text;
  patterns: Record<Locale, RegExp>;
}

const forbidden: readonly Forbidden[] = [
  {
    rule: 'threat',
    text: { es: 'amenaza', en: 'threat' },
    patterns: {
      es: word(
        'acci(?:ón|ones) (?:legal|legales|judicial|judiciales)|emprender acciones|no nos quedará más remedio|nos veremos obligad[oa]s|embarg\\p{L}*|demand(?:a|ar|aremos|arlo|arla)|abogad[oa]s?|cobro (?:judicial|jurídico)|vía judicial|denunci\\p{L}*|consecuencias (?:legales|graves)|visita domiciliaria',
      ),
      en: word(
        'legal (?:action|proceedings)|lawsuit|sue|suing|garnish\\p{L}*|seiz\\p{L}*|repossess\\p{L}*|attorneys?|lawyers?|prosecut\\p{L}*|no (?:choice|option) but|serious consequences|home visit',
      ),
    },
  },
  {
    rule: 'court_look_alike',
    text: { es: 'parece de un juzgado', en: 'looks like a court' },
    patterns: {
      es: word(
        'juzgad[oa]s?|tribunal\\p{L}*|citación|citatorio|notificación (?:judicial|oficial)|expediente|requerimiento',
      ),
      en: word(
        'courts?|summons|subpoena|official notice|notice of (?:proceedings?|default)|case number|judgment',
      ),
    },
  },
  {
    rule: 'shame',
    text: { es: 'avergüenza', en: 'shames' },
    patterns: {
      es: word('moros[oa]s?|vergüenza|avergonz\\p{L}*|irresponsab\\p{L}*|mala paga|incumplid[oa]r?\\p{L}*'),
      en: word('deadbeats?|sham(?:e|eful|ing)|asham\\p{L}*|irresponsib\\p{L}*|delinquents?|bad payers?'),
    },
  },
  {
    rule: 'third_party',
    text: { es: 'nombra a terceros', en: 'brings in third parties' },
    patterns: {
      es: word(
        'sus? (?:familia|familiar|familiares|emplead[oa]r\\p{L}*|jef[ea]s?|vecin[oa]s?|compañer[oa]s?|referencias?|contactos)',
      ),
      en: word(
        'your (?:family|relatives?|employers?|boss|neighbou?rs?|co-?workers?|colleagues?|references?|contacts)',
      ),
    },
  },
  {
    rule: 'invented_urgency',
    text: { es: 'urgencia inventada', en: 'invented urgency' },
    patterns: {
      es: word(
        'urgen\\p{L}*|inmediat\\p{L}*|últim[oa]s? (?:aviso|oportunidad|horas|llamado|advertencia)|antes de que sea tarde|de lo contrario|evite (?:problemas|consecuencias)',
      ),
      en: word(
        'urgent\\p{L}*|immediate\\p{L}*|final (?:notice|warning)|last (?:chance|warning|hours)|act now|before it is too late|or else|otherwise',
      ),
    },
  },
  {
    rule: 'causal_wording',
    text: { es: 'atribuye el efecto al mensaje', en: 'credits the message with the effect' },
    patterns: {
      es: word('gracias a|debido a (?:este|nuestro)s? (?:mensaje|aviso)s?'),
      en: word('thanks to|because of (?:this|our) (?:message|notice)s?'),
    },
  },
  {
    rule: 'shouting',
    text: { es: 'grita', en: 'shouts' },
    patterns: {
      es: /!{2,}|(?<!\p{L})(?!BAJA|AYUDA)\p{Lu}{4,}(?:\s+\p{Lu}{3,})+/u,
      en: /!{2,}|(?<!\p{L})(?!STOP|HELP)\p{Lu}{4,}(?:\s+\p{Lu}{3,})+/u,
    },
  },
];

interface Needed {
  rule: string;
  text: Text;
  channels: readonly Channel[];
  patterns: Record<Locale, RegExp>;
}

const written: readonly Channel[] = ['sms', 'email', 'whatsapp', 'letter'];

const needed: readonly Needed[] = [
  {
    rule: 'missing_sender',
    text: { es: 'no dice quién escribe', en: 'does not say who writes' },
    channels: written,
    patterns: { es: /\{\{entidad\}\}/u, en: /\{\{entidad\}\}/u },
  },
  {
    rule: 'missing_help',
    text: { es: 'no dice dónde pedir ayuda', en: 'does not say where to get help' },
    channels: written,
    patterns: { es: /\{\{telefono_ayuda\}\}/u, en: /\{\{telefono_ayuda\}\}/u },
  },
  {
    rule: 'missing_opt_out',
    text: { es: 'no dice cómo dejar de recibirlo', en: 'does not say how to stop it' },
    channels: ['sms', 'email', 'whatsapp'],
    patterns: {
      es: word('responda BAJA|darse de baja|no recibir más'),
      en: word('reply STOP|unsubscribe|opt out'),
    },
  },
];

/** What a message may not say and what it must, in one language. An empty list: it may be sent. */
export function lintMessage(text: string, language: Locale, channel: Channel): Finding[] {
  const said = forbidden.flatMap((rule) => {
    const found = rule.patterns[language].exec(text)?.[0];
    return found === undefined ? [] : [{ rule: rule.rule, found, text: rule.text }];
  });
  const missing = needed
    .filter((rule) => rule.channels.includes(channel) && !rule.patterns[language].test(text))
    .map((rule) => ({ rule: rule.rule, found: null, text: rule.text }));
  return [...said, ...missing];
}

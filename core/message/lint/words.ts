import type { Locale, Text } from '../../text/text.ts';

/** What a message may not say. Patterns read text without accents, in lower case. */
export interface Forbidden {
  rule: string;
  text: Text;
  /** What to write instead. */
  fix: Text;
  patterns: Record<Locale, RegExp>;
  /** Said in a denial it is still said: "do not be a deadbeat". */
  undeniable?: true;
  /** Fails even where it is denied: a threat in the form of a denial. */
  always?: Record<Locale, RegExp>;
}

export const word = (alternatives: string): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, 'gu');

export const forbidden: readonly Forbidden[] = [
  {
    rule: 'threat',
    text: { es: 'amenaza', en: 'threat' },
    fix: {
      es: 'Diga qué puede hacer la persona y dónde la ayudan.',
      en: 'Say what the person can do and where they get help.',
    },
    patterns: {
      es: word(
        'acci(?:on|ones) (?:legal|legales|judicial|judiciales|penales)|emprender\\p{L}* acciones|embarg\\p{L}*|demand(?:aremos|ad[oa]s?|arl[oa]s?|arle|ar)|(?:una|previ[oa] a|interpon\\p{L}*|present\\p{L}*(?: una)?) demanda|(?:a|los|nuestr[oa]s|equipo de) abogad[oa]s|(?:departamento|area|equipo) (?:juridic[oa]|legal)|(?:cobro|proceso|juicio) (?:judicial|juridico|coactivo)|via judicial|denunci(?:ar\\p{L}*|aremos|a penal)|consecuencias (?:legales|graves|serias|penales)|visita domiciliaria|(?:pasar|acudir|ir|visitar|present)\\p{L}* (?:por|a|en) su (?:casa|domicilio)|(?:quit|remat|llev|confisc)\\p{L}* (?:todos )?sus bienes|carcel|prision|amenaz\\p{L}+',
      ),
      en: word(
        'legal (?:action|proceedings|steps)|lawsuits?|sue[ds]?|suing|garnish\\p{L}*|seiz\\p{L}*|repossess\\p{L}*|(?:our|to|by) (?:attorneys?|lawyers?|solicitors?)|legal department|take you to court|court (?:proceedings|action)|prosecut\\p{L}*|(?:serious|grave|legal) consequences|(?:home|field) visit|(?:visit|come to|call at) your (?:home|house|door)|take (?:away )?your (?:belongings|property|things|car|house)|jail|prison|arrest\\p{L}*|threat\\p{L}*',
      ),
    },
    always: {
      es: word('no nos quedara (?:mas|otro) remedio|nos veremos (?:obligad[oa]s|en la obligacion)'),
      en: word(
        '(?:no (?:other )?(?:choice|option|alternative) (?:but|left)|(?:be|are) (?:forced|obliged) to)',
      ),
    },
  },
  {
    rule: 'court_look_alike',
    text: { es: 'parece de un juzgado', en: 'looks like a court' },
    fix: {
      es: 'Preséntese como quien es: {{entidad}}, con un recordatorio.',
      en: 'Present yourself as who you are: {{entidad}}, with a reminder.',
    },
    patterns: {
      es: word(
        'juzgad[oa]s?|tribunal\\p{L}*|citacion(?:es)?|citatorio|(?:notificacion|aviso|cedula) (?:judicial|oficial|legal)|cedula de notificacion|expediente (?:judicial|n\\p{L}*|\\d+)|requerimiento (?:judicial|extrajudicial|de pago|previo)|mandamiento|ultimatum',
      ),
      en: word(
        'courts? (?:notice|order|summons|case)|summons|subpoena|official (?:notice|notification)|notice of (?:proceedings?|default|action)|case (?:number|no\\.?|ref\\p{L}*)|judge?ment|warrant',
      ),
    },
  },
  {
    rule: 'shame',
    undeniable: true,
    text: { es: 'avergüenza', en: 'shames' },
    fix: {
      es: 'Hable de la cuenta, no de cómo es la persona.',
      en: 'Speak of the account, not of what the person is like.',
    },
    patterns: {
      es: word(
        'moros[oa]s?|verguenza|avergonz\\p{L}*|averguen\\p{L}*|irresponsab\\p{L}*|mal(?:a paga|os? pagador\\p{L}*)|incumplid[oa]r?\\p{L}*|lista negra|que (?:pensaran?|diran?)|tramp[oa]s[oa]s?',
      ),
      en: word(
        'deadbeats?|sham(?:e|es|ed|eful|ing)|asham\\p{L}*|irresponsib\\p{L}*|delinquents?|bad payers?|blacklist\\p{L}*|what (?:will|would|do) [^.?!]{0,40} think|dishonest\\p{L}*',
      ),
    },
  },
  {
    rule: 'third_party',
    text: { es: 'nombra a terceros', en: 'brings in third parties' },
    fix: {
      es: 'La deuda se habla sólo con la persona.',
      en: 'The debt is spoken of with the person alone.',
    },
    patterns: {
      es: word(
        'sus? (?:familias?|familiar(?:es)?|emplead[oa]r\\p{L}*|jef[ea]s?|vecin[oa]s?|companer[oa]s?|referencias?|contactos|conyuge|pareja)|(?:llam|habl|avis|inform|contact|escrib|comunic)\\p{L}* [^.;!?]{0,30}su (?:lugar de )?trabajo',
      ),
      en: word(
        'your (?:family|relatives?|employers?|boss|neighbou?rs?|co-?workers?|colleagues?|references?|contacts|spouse|partner)|(?:call|ring|phone|tell|contact|inform|visit)\\p{L}* [^.;!?]{0,30}your (?:workplace|place of work|office)',
      ),
    },
  },
  {
    rule: 'invented_urgency',
    text: { es: 'urgencia inventada', en: 'invented urgency' },
    fix: {
      es: 'Diga una fecha que exista, y qué pasa ese día.',
      en: 'Give a date that exists, and what happens on it.',
    },
    patterns: {
      es: word(
        'urgen\\p{L}*|de inmediato|inmediatamente|(?:pago|accion|respuesta) inmediat[oa]|ultim[oa]s? (?:aviso|oportunidad|horas?|dias?|llamad[oa]|advertencia|plazo|notificacion)|antes de que sea (?:muy |demasiado )?tarde|(?:le |solo )?quedan? (?:solo )?\\d+ (?:horas?|minutos?)|de lo contrario|evite (?:problemas|consecuencias)|ya mismo|ahora mismo|sera peor',
      ),
      en: word(
        "urgen\\p{L}*|immediately|immediate (?:payment|action|attention|response)|final (?:notice|warning|demand|reminder)|last (?:chance|warning|notice|hours?|opportunity)|act now|before it(?:'s| is) too late|only \\d+ (?:hours?|minutes?)|or else|otherwise|right now|gets? worse",
      ),
    },
  },
  {
    rule: 'causal_wording',
    text: { es: 'atribuye el efecto al mensaje', en: 'credits the message with the effect' },
    fix: {
      es: 'Diga cuántos, no por qué: sólo un experimento lo mostraría.',
      en: 'Say how many, not why: only an experiment would show it.',
    },
    patterns: {
      es: word(
        '(?:gracias|debido) a (?:est[aeo]s?|nuestr[oa]s?|los?|las?|el) (?:mensaje|aviso|recordatorio|carta|llamada|sms|correo)s?|(?:mensaje|aviso|recordatorio|carta|llamada)s? (?:hizo|hicieron|logr\\p{L}*|consigui\\p{L}*) que|por (?:este|nuestro) (?:mensaje|aviso|recordatorio)',
      ),
      en: word(
        '(?:thanks to|because of|due to) (?:this|our|these|the) (?:message|notice|reminder|letter|call|text|email)s?|(?:message|notice|reminder|letter|call)s? (?:made|got|caused|led)',
      ),
    },
  },
];

import type { Locale, Text } from '../../text/text.ts';
import { announcedEn, announcedEs, befallsEn, befallsEs } from './announced.ts';

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
        [
          '(?:acci(?:on|ones)|medidas?|vias?) (?:legal|legales|judicial|judiciales|penal|penales|drasticas?|severas?|de presion)',
          'emprender\\p{L}* acciones',
          'embarg\\p{L}*',
          'demand(?:amos|aremos|ad[oa]s?|arl[oa]s?|arle|ar)',
          '(?:una|previ[oa] a(?: la)?|(?:inici|interpon|present|promov|entabl)\\p{L}*(?: una| la)?) demanda',
          '(?:a|los|nuestr[oa]s|equipo de) abogad[oa]s',
          announcedEs,
          befallsEs,
          'bufete|litigio|costas|estudio juridico|desaloj\\p{L}*|inhibicion|ejecu(?:cion|tar) (?:de )?(?:la|su) (?:garantia|hipoteca)|patrimonio responde|arrepent\\p{L}*',
          '(?:un|el|su|nuestro|otro) (?:abogado|gestor|cobrador|actuario)[^.;!?]{0,30}(?:casa|domicilio|trabajo)',
          '(?:un|el|nuestro) (?:abogado|gestor|cobrador|actuario) (?:ira|pasara?|acudira|visitara|llamara)',
          '(?:a )?(?:quitar|recoger|decomisar|rematar|subastar|perder)(?:le|l[eo]s?)? (?:el|la|los|las|su|sus) (?:carro|auto|coche|moto|vehiculo|casa|vivienda|bienes|muebles|patrimonio)',
          '(?:departamento|area|equipo) (?:juridic[oa]|legal)',
          '(?:cobro|proceso|juicio) (?:judicial|juridico|coactivo|legal)',
          '(?:judicial|legal)mente',
          '(?:ante|a) (?:los )?tribunales',
          'denunci(?:ar\\p{L}*|aremos|a penal)',
          'consecuencias (?:legales|graves|serias|penales)',
          'visita domiciliaria',
          '(?:pasar|acudir|ir|visitar|present)\\p{L}* (?:por|a|en) su (?:casa|domicilio)',
          '(?:quit|remat|llev|confisc|perder|retener|retendr)\\p{L}* (?:todos )?(?:sus? (?:bienes|casa|vivienda|carro|auto|moto|patrimonio|nomina|sueldo|salario|pension))',
          '(?:reten|descont|descuent)\\p{L}* [^.;!?]{0,25}(?:nomina|sueldo|salario|quincena|pension)',
          'carcel|prision|policia|fiscalia|antecedentes',
          'ateng(?:ase|anse)',
          'amenaz\\p{L}+',
        ].join('|'),
      ),
      en: word(
        [
          'legal (?:action|proceedings|steps|measures|costs|department|team|remed\\p{L}*|consequences)|legally',
          'lawsuits?|litigat\\p{L}*|sue[ds]?|suing',
          'garnish\\p{L}*|seiz\\p{L}*|repossess\\p{L}*|foreclos\\p{L}*',
          '(?:our|to|by) (?:attorneys?|lawyers?|solicitors?)',
          '(?:take you|go|going) to court|court (?:proceedings|action|costs)',
          '(?:claim|suit|case|charges)(?: \\p{L}+){0,3} filed|file (?:a )?(?:claim|suit|case|charges)|filed against you',
          'enforcement (?:action|officers?|agents?)|bailiffs?',
          'prosecut\\p{L}*|criminal',
          '(?:serious|grave|severe) consequences',
          '(?:home|field) visit|(?:visit|come to|call at) your (?:home|house|door)',
          '(?:take|lose) (?:away )?your (?:belongings|property|things|car|house|home)',
          '(?:withh[eo]ld|dock|deduct|take)\\p{L}* [^.;!?]{0,20}(?:wages|salary|paycheck|pay|pension)|wages [^.;!?]{0,20}withheld',
          '(?:an?|our|the) (?:attorney|lawyer|solicitor|agent|collector|officer)[^.;!?]{0,25}(?:house|home|door|workplace)|(?:an?|our|the) (?:attorney|lawyer|solicitor|collector|officer) will',
          announcedEn,
          befallsEn,
          'law firm|evict\\p{L}*|liens?|regret|your assets',
          'jail|prison|arrest\\p{L}*|police',
          'threat\\p{L}*',
        ].join('|'),
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
        [
          'juzgad[oa]s?|tribunal(?! arbitral)',
          'citacion(?:es)?|citatorio|emplaz\\p{L}*|comparec\\p{L}*',
          '(?:notificacion|aviso|cedula|carta) (?:judicial|extrajudicial|oficial|legal|notarial)|cedula de notificacion',
          'expediente (?:judicial|n\\p{L}*|\\d+)',
          'requerimiento (?:judicial|extrajudicial|de pago|previo|formal)',
          'mandamiento|providencia|diligencias?|audiencia|conciliacion|numero de causa|autos \\d+|intim(?:a|ar|acion)|poder judicial|monitorio|exhorto|ultimatum|orden de (?:pago|captura|arresto)',
        ].join('|'),
      ),
      en: word(
        [
          'courts? (?:notice|order|summons|case|date)',
          'summons|subpoena|affidavit',
          '(?:official|legal|formal) (?:notice|notification|demand)|notice of (?:proceedings?|default|action|intent)',
          'pre-?action|order to (?:appear|pay)|hearing',
          'case (?:number|no\\.?|ref\\p{L}*)',
          'judge?ment|warrant|county court|claim form|statutory demand|ministry of justice|docket',
        ].join('|'),
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
        [
          'moros[oa]s?|(?:sin)?verguenza|avergonz\\p{L}*|averguen\\p{L}*',
          'irresponsab\\p{L}*|mal(?:a paga|a fe|os? pagador\\p{L}*)|incumplid[oa]r?\\p{L}*',
          'lista negra|lista de deudores|fichero de deudores',
          'que (?:pensaran?|diran?|ejemplo)',
          'trampos[oa]s?|caradura|descarad[oa]s?|deshonest[oa]s?',
          '(?:gente|personas?|clientes?) (?:honrad|honest|decent|seri)[oa]s?|da pena|pena ajena|(?:es|sea|uno|una) de l[oa]s que (?:no|nunca) pagan?|qued(?:e|ar|a) mal|falta de palabra|decepcion\\p{L}*',
        ].join('|'),
      ),
      en: word(
        [
          'deadbeats?|sham(?:e|es|ed|eful|ing)|asham\\p{L}*|disgrac\\p{L}*|embarrass\\p{L}*',
          'irresponsib\\p{L}*|delinquents?|bad payers?|blacklist\\p{L}*|list of debtors',
          'what (?:will|would|do) [^.?!]{0,40} think',
          'dis?honou?r\\p{L}*|dishonest\\p{L}*|cheat\\p{L}*|one of those who|broken word|disappoint\\p{L}*|freeload\\p{L}*|scroung\\p{L}*',
          '(?:honest|decent|responsible) (?:people|customers|person)',
        ].join('|'),
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
        [
          '(?<=(?:(?:llam|habl|avis|inform|contact|escrib|comunic|notific|visit|cobr|busc|pregunt|reclam|cont)(?:ar|are|aremos|aremosle|amos|emos|iremos|imos|ando|iendo|ad[oa]s?|an|en|aran)(?:l[eo]s?)?|sepan?|sabra[ns]?|recib(?:ir|ira|iran|a|an)|marcar(?:le|emos)?|enter(?:en?|aran?|ara)|pens(?:aran?|aria)|dir(?:an|emos|a)|decirles?|acud\\p{L}+|recurr\\p{L}+)[^.;!?]{0,60})sus? (?:famil(?:ia|ias|iar|iares)|padres?|madre|mama|papa|suegr[oa]s?|cunad[oa]s?|redes|ti[oa]s?|hij[oa]s?|espos[oa]|marido|mujer|herman[oa]s?|pareja|conyuge|emplead[oa]r\\p{L}*|patron\\p{L}*|empresa|compania|jef[ea]s?|(?:lugar de )?trabajo|oficina|vecin[oa]s?|companer[oa]s?|amig[oa]s?|amistades|allegad[oa]s|conocid[oa]s|referencias?|contactos|aval(?:es)?|fiador\\p{L}*)',
          'sus? (?:famil(?:ia|ias|iar|iares)|padres?|madre|mama|papa|suegr[oa]s?|ti[oa]s?|hij[oa]s?|espos[oa]|marido|mujer|herman[oa]s?|pareja|conyuge|emplead[oa]r\\p{L}*|patron\\p{L}*|empresa|compania|jef[ea]s?|(?:lugar de )?trabajo|oficina|vecin[oa]s?|companer[oa]s?|amig[oa]s?|amistades|allegad[oa]s|conocid[oa]s|referencias?|contactos|aval(?:es)?|fiador\\p{L}*)(?=[^.;!?]{0,45}(?:(?:llam|habl|avis|inform|contact|escrib|comunic|notific|visit|cobr|busc|pregunt|reclam|cont)(?:ar|are|aremos|aremosle|amos|emos|iremos|imos|ando|iendo|ad[oa]s?|an|en|aran)(?:l[eo]s?)?|sepan?|sabra[ns]?|recib(?:ir|ira|iran|a|an)|marcar(?:le|emos)?|enter(?:en?|aran?|ara)|pens(?:aran?|aria)|dir(?:an|emos|a)|decirles?|acud\\p{L}+|recurr\\p{L}+))',
        ].join('|'),
      ),
      en: word(
        [
          '(?<=(?<!\\p{L})(?:contact(?:ing|ed)?|call(?:ing|ed)?|ring|phone|tell(?:ing)?|told|inform(?:ing|ed)?|notif(?:y|ied)|speak(?:ing)?|spoke|talk(?:ing|ed)?|visit(?:ing)?|ask(?:ing)?|share|know|hear|learn|find out|think|write to|reach out)(?!\\p{L})[^.;!?]{0,60})your (?:family|relatives?|parents?|mother|father|mum|mom|dad|sisters?|brothers?|social media|company|children|son|daughter|husband|wife|spouse|partner|employers?|boss|manager|work(?:place)?|place of work|office|neighbou?rs?|co-?workers?|colleagues?|friends?|references?|contacts|guarantors?|landlord)',
          'your (?:family|relatives?|parents?|mother|father|mum|mom|dad|company|children|son|daughter|husband|wife|spouse|partner|employers?|boss|manager|work(?:place)?|place of work|office|neighbou?rs?|co-?workers?|colleagues?|friends?|references?|contacts|guarantors?|landlord)(?=[^.;!?]{0,45}(?<!\\p{L})(?:know|hear|learn|find out|think|get|receive|be (?:told|informed|contacted|notified))(?!\\p{L}))',
        ].join('|'),
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
        [
          'urgen\\p{L}*|de inmediato|inmediatamente|(?:pago|accion|respuesta) inmediat[oa]',
          'ultim[oa]s? (?:aviso|oportunidad|horas?|dias?|llamad[oa]|advertencia|plazo|notificacion|recordatorio)|plazo final',
          'antes de que sea (?:muy |demasiado )?tarde|antes de (?:la )?medianoche',
          '(?:le |solo )?quedan? (?:solo )?(?:\\d+ |pocas |pocos )?(?:horas?|minutos?)|en (?:cuestion de )?(?:minutos|horas)|(?:24|48|72) horas',
          '(?:actue|pague|llame|responda) (?:ya|ahora)|ya mismo|ahora mismo|apur(?:e|ese)|dese prisa|no espere mas|no pierda',
          '(?:solo|unicamente) (?:por )?hoy|esta noche|vuelta atras|de lo contrario|evite (?:problemas|consecuencias)|sera peor',
        ].join('|'),
      ),
      en: word(
        [
          'urgen\\p{L}*|immediately|immediate (?:payment|action|attention|response)',
          'final (?:notice|warning|demand|reminder|chance)|last (?:chance|warning|notice|hours?|day|opportunity|reminder)',
          "today only|tonight|way back|last call|only today|act (?:now|fast|today)|pay now|call now|hurry|right now|don't (?:wait|delay)",
          "before it(?:'s| is) too late|midnight|time is running out|running out of time",
          'only (?:\\d+|a few) (?:hours?|minutes?)|in (?:minutes|hours)|(?:within|in) (?:24|48|72) hours',
          'or else|otherwise|gets? worse',
        ].join('|'),
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
        [
          '(?:gracias|debido) a (?:est[aeo]s?|nuestr[oa]s?|los?|las?|el) (?:mensaje|aviso|recordatorio|carta|llamada|sms|correo)s?',
          '(?:mensaje|aviso|recordatorio|carta|llamada|correo|sms)s? (?:ya )?(?:hizo|hicieron|hace|logr\\p{L}*|consigui\\p{L}*) que',
          '(?:mensaje|aviso|recordatorio|carta|correo)s? (?:funciona|sirve|ayuda a pagar)n?',
          'por (?:este|nuestro) (?:mensaje|aviso|recordatorio)',
          '(?:desde que|porque) (?:les? )?(?:enviamos|mandamos|escribimos|avisamos|recordamos)',
          'tras (?:recibir|leer) (?:este|nuestro|el)',
        ].join('|'),
      ),
      en: word(
        [
          '(?:thanks to|because of|due to) (?:this|our|these|the) (?:message|notice|reminder|letter|call|text|email)s?',
          '(?:message|notice|reminder|letter|call|email|text)s? (?:already )?(?:made|make|got|get|caused|led|worked|works)',
          '(?:since|because) we (?:sent|send|wrote|reminded|texted)',
          'after (?:getting|receiving|reading) (?:this|our)',
        ].join('|'),
      ),
    },
  },
];

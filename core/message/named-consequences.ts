import type { Locale } from '../text/text.ts';
import { placeOf, plainOf } from './lint/plain.ts';
import { word } from './lint/words.ts';

const patterns: Record<string, Record<Locale, RegExp>> = {
  interest_accrues: {
    es: word(
      '(?:se (?:suman|generan|acumulan)|corren|generando|mas) (?:los )?(?:intereses|interes)|intereses (?:de mora|moratorios|por mora)',
    ),
    en: word(
      'interest (?:in your contract )?(?:adds up|accrues|keeps (?:running|growing))|(?:late|default) interest',
    ),
  },
  late_fee: {
    es: word(
      '(?:cargos?|recargos?|comision(?:es)?|multas?|penalidad(?:es)?) (?:por|de) (?:mora|atraso|demora|pago tardio)',
    ),
    en: word('late (?:payment )?(?:fees?|charges?|penalt(?:y|ies))'),
  },
  limit_cut: {
    es: word('(?:reduc|baj|suspend|bloque|cancel)\\p{L}* (?:de )?(?:su|el|la) (?:cupo|linea|limite|tarjeta)'),
    en: word('(?:reduc|cut|suspend|block|cancel|lower)\\p{L}* your (?:credit )?(?:limit|line|card)'),
  },
  bureau_report: {
    es: word(
      '(?:reporte|reportad[oa]|reportarem[oa]s|informe|informad[oa]|registrad[oa])\\p{L}* (?:a|en|ante) (?:las? |los? )?(?:central(?:es)?|buros?|bureau)|central(?:es)? de riesgo|buro de credito|historial crediticio|fichero de moros\\p{L}*',
    ),
    en: word(
      'credit (?:bureaus?|reference agenc(?:y|ies)|file|score|record|history)|report(?:ed)? to (?:the )?(?:credit )?bureaus?',
    ),
  },
  discount_expires: {
    es: word(
      '(?:descuento|rebaja|quita|oferta)[^.;!?]{0,60}(?:hasta el|vence|termina|disponible hasta|antes del)',
    ),
    en: word('(?:discount|offer|reduction)[^.;!?]{0,60}(?:until|expires?|ends|before the|available until)'),
  },
};

export interface Named {
  kind: string;
  from: number;
  to: number;
}

/** The consequences a text names, each once: it must be bound to each, or it cannot be sent. */
export function namedConsequences(text: string, language: Locale): Named[] {
  const plain = plainOf(text);
  return Object.entries(patterns).flatMap(([kind, pattern]) => {
    const [match] = plain.text.matchAll(pattern[language]);
    return match ? [{ kind, ...placeOf(plain, match.index, match[0].length) }] : [];
  });
}

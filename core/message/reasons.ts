import { format, type Text, type TextValues } from '../text/text.ts';
import {
  type ConsequenceReason,
  type ConsequenceVerdict,
  consequenceMinimumCases,
  consequenceMinimumShare,
} from './consequence.ts';
import { languageNames } from './lint/language.ts';
import type { Overlong } from './text/length.ts';

const write = (text: Text, values: TextValues): Text => ({
  es: format(text, 'es', values),
  en: format(text, 'en', values),
});

const consequenceTexts: Record<ConsequenceReason, Text> = {
  country_unknown: {
    es: 'de algunas personas no se sabe el país, y sin él no se sabe si es lícita',
    en: 'the country of some people is not known, and without it nor is whether this is lawful',
  },
  unlawful: { es: 'no es lícita en {country}', en: 'it is not lawful in {country}' },
  law_unknown: {
    es: 'no consta que sea lícita en {country}',
    en: 'it is not on record as lawful in {country}',
  },
  seldom: {
    es: 'en {country} se cumple en {share, number, percent} de los casos y hace falta {needed, number, percent}',
    en: 'in {country} it follows in {share, number, percent} of cases and {needed, number, percent} is needed',
  },
  too_few_cases: {
    es: 'en {country} hay {n, number, integer} casos y hacen falta {neededN, number, integer} para saber si se cumple, o que alguien lo declare con prueba',
    en: 'in {country} there are {n, number, integer} cases and {neededN, number, integer} are needed to know whether it follows, or somebody must state it with evidence',
  },
  not_shown: {
    es: 'ninguna tabla muestra si se cumple en {country}: alguien debe declararlo con nombre y prueba',
    en: 'no table shows whether it follows in {country}: somebody must state it by name, with evidence',
  },
  statement_expired: {
    es: 'lo declarado para {country} venció el {validUntil}',
    en: 'what was stated for {country} expired on {validUntil}',
  },
};

/** Why a consequence may not be named, in words. */
export const consequenceReason = (
  reason: ConsequenceReason,
  { country, n, share, statement }: Pick<ConsequenceVerdict, 'country' | 'n' | 'share' | 'statement'>,
): Text =>
  write(consequenceTexts[reason], {
    country: country ?? '–',
    n,
    share: n > 0 ? share.estimate : statement?.share,
    needed: consequenceMinimumShare,
    neededN: consequenceMinimumCases,
    validUntil: statement?.validUntil,
  });

const texts = {
  lint: {
    es: 'las palabras no pasan en {language}: {found}',
    en: 'the words do not pass in {language}: {found}',
  },
  too_long: {
    es: 'es demasiado largo en {language}: {length} {of, select, sms {SMS} subject {letras de asunto} other {letras}}, y el canal admite {most}',
    en: 'it is too long in {language}: {length} {of, select, sms {SMS} subject {characters of subject} other {characters}}, and the channel takes {most}',
  },
  needs_claim: {
    es: 'el estilo nombra una cifra y el texto no está ligado a ninguna consulta',
    en: 'the style names a figure and the text is not bound to any query',
  },
  number_without_claim: {
    es: 'dice «{found}» y esa cifra no está ligada a ninguna consulta',
    en: 'it says "{found}" and that figure is not bound to any query',
  },
  claim_without_number: {
    es: 'está ligado a una consulta y no nombra su cifra en {language}',
    en: 'it is bound to a query and does not name its figure in {language}',
  },
  claim_fails: { es: 'la cifra no es cierta: {reason}', en: 'the figure is not so: {reason}' },
  claim_stale: {
    es: 'la cifra valía hasta el {validUntil}',
    en: 'the figure was valid until {validUntil}',
  },
  claim_expires: {
    es: 'la cifra vale hasta el {validUntil} y el último envío sería el {lastSend}',
    en: 'the figure is valid until {validUntil} and the last send would be on {lastSend}',
  },
  no_data: {
    es: 'no hay saldos cargados con que comprobar lo que dice',
    en: 'no balances are loaded to check what it says against',
  },
  needs_consequence: {
    es: 'el estilo nombra una consecuencia y el texto no está ligado a ninguna',
    en: 'the style names a consequence and the text is not bound to any',
  },
  consequence_unbound: {
    es: 'nombra «{found}» y no está ligado a esa consecuencia',
    en: 'it names "{found}" and is not bound to that consequence',
  },
  consequence_fails: {
    es: 'la consecuencia no se puede nombrar: {reason}',
    en: 'the consequence may not be named: {reason}',
  },
  not_approved: { es: 'falta que alguien la apruebe', en: 'nobody has approved it yet' },
  retired: { es: 'está retirada', en: 'it is retired' },
} as const satisfies Record<string, Text>;

export type ReasonCode = keyof typeof texts;
export interface Reason {
  code: ReasonCode;
  text: Text;
}

/** Why a text that is too long for its channel is blocked. */
export const tooLong = ({ of, length, most, language }: Overlong): Reason =>
  reasonOf('too_long', { of, length: String(length), most: String(most), language: languageNames[language] });

/** A reason for which a text is blocked. Values that are texts themselves are said in their own language. */
export function reasonOf(code: ReasonCode, values: Record<string, Text | string | null> = {}): Reason {
  const said = (locale: 'es' | 'en') =>
    format(
      texts[code],
      locale,
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'object' && value ? value[locale] : value,
        ]),
      ),
    );
  return { code, text: { es: said('es'), en: said('en') } };
}

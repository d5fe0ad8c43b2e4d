import type { Channel } from '../../portfolio/tables/people.ts';
import type { Locale, Text } from '../../text/text.ts';
import { isDenied } from './denied.ts';
import { detectLanguage, languageNames } from './language.ts';
import { needed } from './needed.ts';
import { type Plain, placeOf, plainOf } from './plain.ts';
import { type Forbidden, forbidden } from './words.ts';

export interface Finding {
  rule: string;
  /** The words found, or null where something is missing. */
  found: string | null;
  /** Where they stand, in UTF-16 units; null where something is missing. */
  from: number | null;
  to: number | null;
  text: Text;
  fix: Text;
}

/** The first words of a rule that are not denied. */
function firstIn(plain: Plain, rule: Forbidden, language: Locale): { from: number; to: number } | null {
  const always = rule.always && plain.text.matchAll(rule.always[language]).next().value;
  const said = [...plain.text.matchAll(rule.patterns[language])].find(
    (match) => rule.undeniable || !isDenied(plain.text, match.index, language),
  );
  const match = always && (!said || always.index < said.index) ? always : said;
  return match ? placeOf(plain, match.index, match[0].length) : null;
}

/** Two words or more in capitals, or several exclamation marks; the words that stop messages or ask for help aside. */
const shouts = /!{2,}|(?<!\p{L})(?!BAJA|AYUDA|STOP|HELP)\p{Lu}{4,}(?:\s+\p{Lu}{2,})+/u;
const shouting = {
  text: { es: 'grita', en: 'shouts' },
  fix: { es: 'Escriba en minúsculas y sin «!!».', en: 'Write in lower case and without "!!".' },
};

/**
 * What a message may not say and what it must, in one language. An empty list: it may be sent. A text that is in
 * another language is refused by its name, and read no further.
 */
export function lintMessage(text: string, language: Locale, channel: Channel): Finding[] {
  const spoken = detectLanguage(text);
  if (spoken && spoken !== language)
    return [
      { rule: 'other_language', found: spoken, from: null, to: null, ...otherLanguage(spoken, language) },
    ];
  const plain = plainOf(text);
  const said = forbidden.flatMap((rule): Finding[] => {
    const place = firstIn(plain, rule, language);
    return place
      ? [
          {
            rule: rule.rule,
            found: text.slice(place.from, place.to),
            ...place,
            text: rule.text,
            fix: rule.fix,
          },
        ]
      : [];
  });
  const loud = shouts.exec(text);
  const shouted = loud
    ? [{ rule: 'shouting', found: loud[0], from: loud.index, to: loud.index + loud[0].length, ...shouting }]
    : [];
  const missing = needed
    .filter((rule) => rule.channels.includes(channel) && !rule.patterns[language].test(text))
    .map((rule) => ({ rule: rule.rule, found: null, from: null, to: null, text: rule.text, fix: rule.fix }));
  return [...said, ...shouted, ...missing];
}

const otherLanguage = (spoken: keyof typeof languageNames, language: Locale): { text: Text; fix: Text } => ({
  text: {
    es: `está en ${languageNames[spoken].es}, no en ${languageNames[language].es}`,
    en: `is in ${languageNames[spoken].en}, not in ${languageNames[language].en}`,
  },
  fix: {
    es: 'Se revisan textos en español e inglés; otro idioma no puede salir.',
    en: 'Texts in Spanish and English are judged; another language cannot leave.',
  },
});

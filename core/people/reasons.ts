import { numberFormat } from '../text/number.ts';
import { format, type Locale, type Text } from '../text/text.ts';

export interface ReasonFigures {
  value: string | number | null;
  difference: number;
}

const missing: Text = { es: 'sin dato', en: 'no value' };
const sentence: Text = {
  es: '{title}: {value}. {points, plural, =0 {Como el promedio} one {{sign} # punto frente al promedio} other {{sign} # puntos frente al promedio}}.',
  en: '{title}: {value}. {points, plural, =0 {As the average} one {{sign} # point against the average} other {{sign} # points against the average}}.',
};
const signs = { more: { es: 'Suma', en: 'Adds' }, less: { es: 'Resta', en: 'Takes away' } };

/** One characteristic of a score in words: what the person has, and what it adds or takes away. Points are rounded. */
export function reasonSentence(title: Text, { value, difference }: ReasonFigures): Text {
  const write = (locale: Locale) =>
    format(sentence, locale, {
      title: title[locale],
      value:
        value === null
          ? missing[locale]
          : typeof value === 'number'
            ? numberFormat(locale, { maximumSignificantDigits: 3 })(value)
            : value,
      points: Math.round(Math.abs(difference)),
      sign: signs[difference < 0 ? 'less' : 'more'][locale],
    });
  return { es: write('es'), en: write('en') };
}

const chance: Text = {
  es: '{score, number, percent}: {level}',
  en: '{score, number, percent}: {level}',
};
const levels: { from: number; text: Text }[] = [
  { from: 0.8, text: { es: 'muy probable', en: 'very likely' } },
  { from: 0.6, text: { es: 'probable', en: 'likely' } },
  { from: 0.4, text: { es: 'tan probable como no', en: 'as likely as not' } },
  { from: 0.2, text: { es: 'poco probable', en: 'unlikely' } },
  { from: 0, text: { es: 'muy poco probable', en: 'very unlikely' } },
];

/** A probability as a figure and in words. */
export function scoreSentence(score: number): Text {
  const level = levels.find(({ from }) => score >= from)?.text ?? { es: '–', en: '–' };
  return {
    es: format(chance, 'es', { score, level: level.es }),
    en: format(chance, 'en', { score, level: level.en }),
  };
}

import { format, type Locale, type Text } from '../text/text.ts';
import type { Arm, Touch } from './define.ts';

/** What arms can differ in, in the order it is named. */
export const differences = ['silence', 'style', 'text', 'channel', 'cadence', 'hour', 'length'] as const;
export type Difference = (typeof differences)[number];

export interface ArmsDiffer {
  differs: Difference[];
  /** What the comparison of the arms that speak may be said to be about; `several`: no one of them alone. */
  about: Difference | 'several' | 'nothing';
  /** That in a sentence, with what would have to change for more. */
  sentence: Text;
}

/** Messages differ in length where the longer is more than so many times the shorter. */
const lengthBand = 1.25;

const same = <T>(values: readonly T[]): boolean => new Set(values).size < 2;
const hoursOf = ({ hours }: Touch): string => (hours ? `${hours.from}-${hours.until}` : '');
const textsOf = (touch: Touch): string => `${touch.style}:${[...touch.templates].sort().join(',')}`;

/** Whether something of the touches at the same place of their cadences differs between arms. */
function differsInPlace(arms: readonly Arm[], of: (touch: Touch) => string): boolean {
  const longest = Math.max(...arms.map(({ touches }) => touches.length));
  return Array.from({ length: longest }, (_, place) =>
    arms.flatMap(({ touches }) => (touches[place] ? [of(touches[place])] : [])),
  ).some((values) => !same(values));
}

function lengthsDiffer(arms: readonly Arm[], lengthOf: LengthOf): boolean {
  const means = arms.flatMap(({ touches }) => {
    const lengths = touches.flatMap((touch) =>
      touch.templates.flatMap((template) => lengthOf(touch, template) ?? []),
    );
    return lengths.length ? [lengths.reduce((sum, one) => sum + one, 0) / lengths.length] : [];
  });
  return means.length > 1 && Math.max(...means) > lengthBand * Math.min(...means);
}

/** Characters of a text, or undefined where it is not known. */
export type LengthOf = (touch: Touch, template: string) => number | undefined;

/**
 * What differs between the arms of a design, and how their comparison may be called. Arms that are silent are compared
 * by silence alone; the others place by place of their cadences. A difference of style may be called so only where
 * every style is told in two texts or more, drawn inside the arm: otherwise it is one of texts. Length counts only
 * within one channel, over a quarter.
 */
export function whatDiffers(arms: readonly Arm[], lengthOf: LengthOf): ArmsDiffer {
  const speaking = arms.filter(({ touches }) => touches.length > 0);
  const touches = speaking.flatMap((arm) => arm.touches);
  const styles = differsInPlace(speaking, ({ style }) => style);
  const told = touches.every(({ templates }) => templates.length > 1);
  const channels = differsInPlace(speaking, ({ channel }) => channel);
  const found: Record<Difference, boolean> = {
    silence: speaking.length < arms.length && speaking.length > 0,
    style: styles && told,
    text: styles ? !told : !channels && differsInPlace(speaking, textsOf),
    channel: channels,
    cadence: !same(speaking.map((arm) => arm.touches.map(({ day }) => day).join())),
    hour: differsInPlace(speaking, hoursOf),
    length: !channels && lengthsDiffer(speaking, lengthOf),
  };
  const differs = differences.filter((one) => found[one]);
  const among = differs.filter((one) => one !== 'silence');
  const about = among.length > 1 ? 'several' : (among[0] ?? (found.silence ? 'silence' : 'nothing'));
  return { differs, about, sentence: sentenceFor(about, among, found.silence && among.length > 0) };
}

const words: Record<Exclude<Difference, 'silence'>, Text> = {
  style: { es: 'el estilo', en: 'the style' },
  text: { es: 'el texto', en: 'the text' },
  channel: { es: 'el canal', en: 'the channel' },
  cadence: { es: 'cuándo y cuántas veces se escribe', en: 'when and how often one writes' },
  hour: { es: 'la hora', en: 'the hour' },
  length: { es: 'el largo', en: 'the length' },
};

const sentences: Record<ArmsDiffer['about'], Text> = {
  nothing: {
    es: 'Los brazos son iguales: no hay nada que comparar.',
    en: 'The arms are the same: there is nothing to compare.',
  },
  silence: {
    es: 'Se compara escribir con no escribir.',
    en: 'Writing is compared with not writing.',
  },
  style: {
    es: 'Se comparan estilos: cada uno va en dos textos o más, así que el resultado se podrá decir del estilo.',
    en: 'Styles are compared: each is told in two texts or more, so the result may be said of the style.',
  },
  text: {
    es: 'Se comparan estos textos: con uno solo por estilo no se podrá hablar del estilo, sino de «este texto».',
    en: 'These texts are compared: with one alone per style the result will be of “this text”, not of the style.',
  },
  channel: { es: 'Se compara el canal.', en: 'The channel is compared.' },
  cadence: {
    es: 'Se compara cuándo y cuántas veces se escribe.',
    en: 'When and how often one writes is compared.',
  },
  hour: { es: 'Se compara la hora.', en: 'The hour is compared.' },
  length: { es: 'Se compara el largo del mensaje.', en: 'The length of the message is compared.' },
  several: {
    es: 'Cambian a la vez {list}: se sabrá qué brazo ayuda más, pero no por cuál de esas cosas.',
    en: '{list} change together: which arm helps more will be known, but not by which of these.',
  },
};

const besides: Text = {
  es: 'Además, un brazo no recibe nada.',
  en: 'Besides, one arm gets nothing.',
};

function sentenceFor(
  about: ArmsDiffer['about'],
  differs: readonly Exclude<Difference, 'silence'>[],
  silent: boolean,
): Text {
  const write = (locale: Locale) => {
    const named = differs.map((one) => words[one][locale]);
    const and = locale === 'es' ? ' y ' : ' and ';
    const list = [named.slice(0, -1).join(', '), named.at(-1)].filter(Boolean).join(and);
    const said = format(sentences[about], locale, { list });
    const sentence = said.charAt(0).toUpperCase() + said.slice(1);
    return silent ? `${sentence} ${besides[locale]}` : sentence;
  };
  return { es: write('es'), en: write('en') };
}

/** Whether anybody is left as a measure of not persuading: an arm in the neutral style alone, or silent. */
export const hasPlainArm = (arms: readonly Arm[]): boolean =>
  arms.some(({ touches }) => touches.every(({ style }) => style === 'neutral'));

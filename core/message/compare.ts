import { format, type Text, type TextValues } from '../text/text.ts';
import type { Template } from './style.ts';
import { fillWithExamples, personalisation, placeholdersIn } from './text/placeholder.ts';
import { smsLength } from './text/sms.ts';

export interface ComparedArm {
  name: string;
  style: string;
  templates: readonly Template[];
}

export interface ArmLengths {
  name: string;
  channels: string[];
  templates: number;
  degree: number;
  characters: { shortest: number; longest: number };
  segments: { fewest: number; most: number } | null;
}

export interface Comparison {
  arms: ArmLengths[];
  differences: { code: string; text: Text }[];
  about: 'style' | 'text';
}

/** Mean lengths of arms may differ by this much of the shortest before length is named as a difference. */
export const lengthBand = 0.15;

const write = (text: Text, values: TextValues): Text => ({
  es: format(text, 'es', values),
  en: format(text, 'en', values),
});

const wholes = ({ subject, body }: Template): string[] =>
  (['es', 'en'] as const).flatMap((language) => {
    const said = body[language];
    return said ? [`${subject?.[language] ? `${subject[language]}\n\n` : ''}${said}`] : [];
  });

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

function lengthsOf({ name, templates }: ComparedArm): ArmLengths & { mean: number; names: string } {
  const texts = templates.flatMap(wholes);
  const characters = texts.map((text) => fillWithExamples(text).length);
  const segments = templates
    .filter(({ channel }) => channel === 'sms')
    .flatMap(wholes)
    .map((text) => smsLength(fillWithExamples(text)).segments);
  return {
    name,
    channels: [...new Set(templates.map(({ channel }) => channel))].sort(),
    templates: templates.length,
    degree: Math.max(0, ...texts.map(personalisation)),
    characters: { shortest: Math.min(...characters), longest: Math.max(...characters) },
    segments: segments.length ? { fewest: Math.min(...segments), most: Math.max(...segments) } : null,
    mean: mean(characters),
    names: [...new Set(texts.flatMap(placeholdersIn))]
      .filter((one) => one !== 'n_de_10')
      .sort()
      .join(', '),
  };
}

/**
 * What the texts of arms differ in besides their style: channel, degree of personalisation, facts named, length band,
 * SMS segments. The comparison is of the style only where every arm that says something has two texts or more.
 */
export function compareTexts(arms: readonly ComparedArm[]): Comparison {
  const speaking = arms.filter(({ templates }) => templates.length > 0);
  const measured = speaking.map(lengthsOf);
  const differences: Comparison['differences'] = [];
  const differ = (code: string, values: readonly (string | number)[], text: Text) => {
    if (new Set(values).size > 1)
      differences.push({
        code,
        text: write(text, { arms: measured.map(({ name }, i) => `${name} ${values[i]}`).join(' · ') }),
      });
  };
  differ(
    'channel',
    measured.map(({ channels }) => channels.join(' + ')),
    {
      es: 'el canal: {arms}',
      en: 'the channel: {arms}',
    },
  );
  differ(
    'personalisation',
    measured.map(({ degree }) => degree),
    {
      es: 'el grado de personalización: {arms}',
      en: 'the degree of personalisation: {arms}',
    },
  );
  differ(
    'facts',
    measured.map(({ names }) => names),
    {
      es: 'los datos que nombran: {arms}',
      en: 'the facts they name: {arms}',
    },
  );
  differ(
    'segments',
    measured.map(({ segments }) => segments?.most ?? 0),
    {
      es: 'los segmentos de SMS, que se cobran: {arms}',
      en: 'the SMS segments, which are charged: {arms}',
    },
  );
  const means = measured.map((one) => one.mean);
  if (means.length > 1 && Math.max(...means) > Math.min(...means) * (1 + lengthBand))
    differ(
      'length',
      means.map((value) => Math.round(value)),
      {
        es: 'el largo, en caracteres: {arms}',
        en: 'the length, in characters: {arms}',
      },
    );
  return {
    arms: measured.map(({ mean: _mean, names: _names, ...arm }) => arm),
    differences,
    about: speaking.every(({ templates }) => templates.length >= 2) ? 'style' : 'text',
  };
}

import type { ModelCard } from '#core/contract/models/card.ts';
import type { UpliftSection } from '#core/contract/models/uplift.ts';
import type { NamedFamily } from '#core/sql/features.ts';
import { numberFormat } from '#core/text/number.ts';
import { format, type Locale, type Text, type TextValues } from '#core/text/text.ts';

const texts = {
  associational: {
    es: 'En {places} nadie escribió con qué probabilidad se eligió cada canal: lo que ahí se ve es una asociación, no un efecto.',
    en: 'In {places} nobody wrote down with which probability each channel was chosen: what is seen there is an association, not an effect.',
  },
  against_permission: {
    es: '{rows, plural, one {# decisión quedó fuera: se intentó} other {# decisiones quedaron fuera: se intentó}} un canal que la persona ya no permitía.',
    en: '{rows, plural, one {# decision was left out: it attempted} other {# decisions were left out: they attempted}} a channel the person no longer permitted.',
  },
  trimmed: {
    es: 'En {places} hay decisiones que no se pueden comparar, porque la probabilidad del canal era casi 0 o casi 1: {arms}.',
    en: 'In {places} there are decisions that cannot be compared, because the chance of the channel was nearly 0 or nearly 1: {arms}.',
  },
  nothing_ranked: {
    es: 'En {places}, el modelo no distingue a quién le sirve más un canal: da a todos el mismo efecto de {arms}.',
    en: 'In {places}, the model does not tell whom a channel serves more: it gives everybody the same effect of {arms}.',
  },
  sampled: {
    es: 'Se entrenó con el {sampled, number, percent} de las personas, elegidas por azar fijo.',
    en: 'Trained on {sampled, number, percent} of people, chosen by a fixed lottery.',
  },
  families_missing: { es: 'Sin datos para: {families}.', en: 'No data for: {families}.' },
  costs_missing: {
    es: 'No se conoce el costo de: {arms}. El mejor canal no se elige sin él: escríbalo.',
    en: 'The cost is not known of: {arms}. The best channel is not chosen without it: write it down.',
  },
} as const satisfies Record<string, Text>;

type Values = Readonly<Record<string, TextValues[string] | Text>>;

function say(code: keyof typeof texts, values: Values): ModelCard['warnings'][number] {
  const write = (locale: Locale): string =>
    format(
      texts[code],
      locale,
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'object' && value !== null ? value[locale] : value,
        ]),
      ) as TextValues,
    );
  return { code, message: { es: write('es'), en: write('en') } };
}

const list = (titles: readonly Text[]): Text => ({
  es: titles.map(({ es }) => es).join(', '),
  en: titles.map(({ en }) => en).join(', '),
});

const percent = {
  es: numberFormat('es', { style: 'percent', maximumFractionDigits: 0 }),
  en: numberFormat('en', { style: 'percent', maximumFractionDigits: 0 }),
};
const regions = {
  es: new Intl.DisplayNames(['es'], { type: 'region', fallback: 'code' }),
  en: new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' }),
};

/** Countries by name; what is no code of a country is left as it is. */
function namesOf(places: readonly { place: string }[]): Text {
  const named = (locale: Locale) =>
    places
      .map(({ place }) => (/^[A-Z]{2}$/.test(place) ? regions[locale].of(place) : place) || '–')
      .join(', ');
  return { es: named('es'), en: named('en') };
}

/** Share of the permitted decisions of an arm set aside above which it is said. */
const muchTrimmed = 0.25;

/** What a reader of the card should know beside the figures. */
export function upliftWarnings(
  section: UpliftSection,
  given: { sampled: number; absent: readonly NamedFamily[] },
): ModelCard['warnings'] {
  const found: ModelCard['warnings'] = [];
  const titleOf = (id: string): Text =>
    section.arms.find((arm) => arm.id === id)?.title ?? { es: id, en: id };
  const used = section.strata.filter(({ refused }) => refused === null);
  for (const { identification, places } of used)
    if (identification === 'associational') found.push(say('associational', { places: namesOf(places) }));
  for (const { overlap, places } of used) {
    const much = overlap.filter(
      ({ arm, trimmedShare }) => arm !== section.arms[0]?.id && (trimmedShare ?? 0) > muchTrimmed,
    );
    if (much.length > 0)
      found.push(
        say('trimmed', {
          places: namesOf(places),
          arms: list(
            much.map(({ arm, trimmedShare }) => ({
              es: `${titleOf(arm).es} ${percent.es(trimmedShare!)}`,
              en: `${titleOf(arm).en} ${percent.en(trimmedShare!)}`,
            })),
          ),
        }),
      );
  }
  for (const { rankings, places } of used) {
    const flat = rankings.filter(
      ({ points }) =>
        points.length > 1 && points.every(({ predicted }) => predicted === points[0]!.predicted),
    );
    if (flat.length > 0)
      found.push(
        say('nothing_ranked', { places: namesOf(places), arms: list(flat.map(({ arm }) => titleOf(arm))) }),
      );
  }
  if (section.againstPermission > 0)
    found.push(say('against_permission', { rows: section.againstPermission }));
  const costed = new Set(section.costs.map(({ arm }) => arm));
  const uncosted = section.arms.slice(1).filter(({ id }) => !costed.has(id));
  if (uncosted.length > 0)
    found.push(say('costs_missing', { arms: list(uncosted.map(({ title }) => title)) }));
  if (given.sampled < 1) found.push(say('sampled', { sampled: given.sampled }));
  if (given.absent.length > 0)
    found.push(
      say('families_missing', { families: list(given.absent.map(({ family }) => family.text.title)) }),
    );
  return found;
}

import type { MicroGroup } from '../contract/segments/micro.ts';
import { numberFormat } from '../text/number.ts';
import { format, type Locale, type Text } from '../text/text.ts';
import { factColumn } from './columns.ts';
import type { Condition } from './condition.ts';
import type { Measure } from './measure.ts';

/** Known values of a measure from `from` and under `to`, missing ones, or both. */
export interface MeasureLimit {
  of: Measure;
  from: number | null;
  to: number | null;
  known: boolean;
  missing: boolean;
}

const bounded = ({ from, to }: MeasureLimit) => ({
  ...(from === null ? {} : { from }),
  ...(to === null ? {} : { to }),
});
const tenths = Array.from({ length: 10 }, (_, i) => i + 1);

function missingIs({ of }: MeasureLimit, is: 'missing' | 'present'): Condition {
  if ('column' in of) return { column: of.column, is };
  if ('feature' in of) return { feature: of.feature, is };
  if ('rankOf' in of) return { column: of.rankOf, is };
  const scored: Condition = { decile: of.score, of: tenths };
  return is === 'present' ? scored : { not: scored };
}

function rangeIs(limit: MeasureLimit): Condition {
  const { of } = limit;
  const bounds = bounded(limit);
  if ('column' in of) return { column: of.column, is: 'between', ...bounds };
  if ('feature' in of) return { feature: of.feature, is: 'between', ...bounds };
  if ('score' in of) return { score: of.score, ...bounds };
  return { percentile: { column: of.rankOf }, within: 'currency', ...bounds };
}

/** A limit as a condition; null where it leaves everything in. */
export function limitCondition(limit: MeasureLimit): Condition | null {
  const open = limit.from === null && limit.to === null;
  if (!limit.known) return missingIs(limit, 'missing');
  if (limit.missing) return open ? null : { any: [rangeIs(limit), missingIs(limit, 'missing')] };
  return open ? missingIs(limit, 'present') : rangeIs(limit);
}

const words = {
  above: { es: '{title} por encima ({mean}; resto {other})', en: '{title} above ({mean}; others {other})' },
  below: { es: '{title} por debajo ({mean}; resto {other})', en: '{title} below ({mean}; others {other})' },
  percentile: { es: 'percentil {value}', en: 'percentile {value}' },
  middle: { es: 'Parecido al resto', en: 'Like everybody else' },
} satisfies Record<string, Text>;

const noticeable = 0.25;
const longest = 110;

/**
 * A group named by the one or two measures that set it apart most, with its mean and that of the others; ranks and scores
 * in percent. A group whose means all lie within a quarter of a deviation is like everybody else.
 */
export function nameGroup(differences: MicroGroup['differences'], measures: readonly Measure[]): Text {
  const told = differences
    .flatMap(({ title, mean, other, standardised }, i) =>
      mean !== null && other !== null && standardised !== null && Math.abs(standardised) >= noticeable
        ? [{ title, mean, other, standardised, of: measures[i] }]
        : [],
    )
    .sort((a, b) => Math.abs(b.standardised) - Math.abs(a.standardised))
    .slice(0, 2);
  const say = (locale: Locale): string => {
    if (told.length === 0) return format(words.middle, locale);
    const parts = told.map(({ of, title, mean, other, standardised }) => {
      const write = numberFormat(
        locale,
        of && 'score' in of
          ? { style: 'percent', maximumFractionDigits: 0 }
          : { maximumFractionDigits: Math.abs(mean) < 10 ? 1 : 0 },
      );
      const rank = of && 'rankOf' in of ? of.rankOf : null;
      const place = (value: number) =>
        format(words.percentile, locale, { value: String(Math.round(100 * value)) });
      const own = rank === null ? title[locale] : (factColumn(rank)?.title[locale] ?? rank);
      return format(standardised > 0 ? words.above : words.below, locale, {
        title: own,
        mean: rank === null ? write(mean) : place(mean),
        other: rank === null ? write(other) : place(other),
      });
    });
    const [first = ''] = parts;
    const whole = parts.join(', ');
    const said = whole.length <= longest ? whole : first.slice(0, longest);
    return said.charAt(0).toLocaleUpperCase(locale) + said.slice(1);
  };
  return { es: say('es'), en: say('en') };
}

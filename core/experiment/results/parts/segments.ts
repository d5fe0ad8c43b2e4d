import type { ExperimentResults } from '../../../contract/experiments/results.ts';
import { factColumn } from '../../../segment/columns.ts';
import type { Text } from '../../../text/text.ts';
import { type LevelEffect, readSegment } from '../../segments/levels.ts';
import type { GatheredColumn, GatheredSegment } from '../gathered.ts';
import { methods } from '../words/methods.ts';
import { say } from '../words/say.ts';
import { collapse } from './collapse.ts';
import { momentsIn, plainEffect, shown } from './effects.ts';
import type { Reader } from './metric-result.ts';
import { comparable } from './windows.ts';

type Segment = ExperimentResults['segments'][number];

/** Fewest people of an arm in a level whose effect is shown. */
const leastPeople = 30;

const titleOf = (column: string): Text => {
  const title = factColumn(column)?.title ?? { es: column, en: column };
  const big = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return { es: big(title.es), en: big(title.en) };
};

function findingOf(title: Text, declared: boolean, p: number | null, alpha: number): Text {
  const values = (locale: 'es' | 'en') => ({ title: title[locale].toLowerCase() });
  if (p === null)
    return say({ es: 'No hay con qué comparar por {title}.', en: 'Nothing to compare by {title}.' }, values);
  if (!declared)
    return say(
      {
        es: 'Exploratorio: no se declaró antes; sirve para diseñar la próxima prueba por {title}, no para decidir.',
        en: 'Exploratory: not declared beforehand; good for designing the next trial by {title}, not for deciding.',
      },
      values,
    );
  return say(
    p < alpha
      ? {
          es: 'El efecto difiere por {title}, como se declaró que podía pasar: puede decidirse por separado.',
          en: 'The effect differs by {title}, as was declared it might: it may be decided apart.',
        }
      : {
          es: 'No hay evidencia de que el efecto difiera por {title}: una sola regla para todos.',
          en: 'No evidence that the effect differs by {title}: one rule for all.',
        },
    values,
  );
}

function segmentOf(
  reader: Reader,
  primary: GatheredColumn,
  segment: GatheredSegment,
  arm: string,
  on: string,
): Segment {
  const { gathered } = reader;
  const { control, alpha } = gathered.design;
  const cells = collapse(segment.cells, comparable(gathered, arm, on, primary.horizonDays), primary.id);
  const names = [...new Set(cells.map(({ stratum }) => stratum))].filter((name) => name !== '').sort();
  const levels = names.flatMap((level): (LevelEffect & { n: number })[] => {
    const asked = {
      cells: cells.filter(({ stratum }) => stratum === level),
      id: primary.id,
      kind: primary.metric.kind,
      control,
      arm,
      alpha,
    };
    const sizes = [momentsIn(asked, control).n, momentsIn(asked, arm).n];
    if (Math.min(...sizes) < leastPeople) return [];
    return [{ level, effect: plainEffect(asked), n: sizes[0]! + sizes[1]! }];
  });
  const { interaction, shrunken } = readSegment(levels, { alpha });
  const title = titleOf(segment.column);
  const method = primary.metric.kind === 'proportion' ? methods.proportions : methods.means;
  return {
    column: segment.column,
    title,
    declared: segment.declared,
    arm,
    interactionP: interaction.pValue,
    levels: levels.map(({ level, n, effect }, i) => ({
      level,
      n,
      raw: shown(effect, method),
      shrunken: shown(shrunken[i]!.effect, methods.shrunken),
    })),
    finding: findingOf(title, segment.declared, interaction.pValue, alpha),
  };
}

/** Effects by fact, once no look is left: declared ones first. Between looks nobody is told apart, by fact even less. */
export function readSegments(reader: Reader, primary: GatheredColumn): Segment[] {
  const { gathered, plan, judgement, readOn } = reader;
  if (readOn === null || !judgement.ended || primary.metric.kind === 'quantile') return [];
  return [...gathered.segments]
    .sort((a, b) => Number(b.declared) - Number(a.declared))
    .flatMap((segment) => plan.arms.map((arm) => segmentOf(reader, primary, segment, arm, readOn)))
    .filter(({ levels }) => levels.length > 1);
}

/** Of the declared segments: that one differs, or that none does; null without any. */
export function segmentsFinding(segments: readonly Segment[]): Text | null {
  const declared = segments.filter((one) => one.declared);
  const least = [...declared].sort((a, b) => (a.interactionP ?? 1) - (b.interactionP ?? 1))[0];
  return least?.finding ?? null;
}

import type { RegisteredVersion } from '#core/contract/models/models.ts';
import { getLanguage } from '../../../i18n/language.svelte.ts';
import { overall, readCalibration } from '../card.ts';
import { useNames, usePopulationName } from '../names.ts';
import { useModelText } from '../text.ts';
import { useCompareText } from './text.ts';

type Two = readonly [RegisteredVersion, RegisteredVersion];

export interface Line {
  name: string;
  values: readonly [string, string];
  /** Both say the same. */
  same: boolean;
}

/** Whether two versions were tested on the same dates of the same data: only then are their figures comparable. */
const sameTest = ([a, b]: Two): boolean =>
  a.card.data.dataVersion === b.card.data.dataVersion &&
  a.card.validation.testedOn.join() === b.card.validation.testedOn.join();

/** What two versions say on each line of their cards, side by side, in the page's language. */
export function useSides() {
  const t = useCompareText();
  const m = useModelText();
  const names = useNames();
  const population = usePopulationName();
  const language = getLanguage();

  const line = (name: string, two: Two, say: (version: RegisteredVersion) => string): Line => {
    const values = [say(two[0]), say(two[1])] as const;
    return { name, values, same: values[0] === values[1] };
  };

  function results(two: Two): Line[] {
    const f = language.figures;
    const shared = [...new Set(two.flatMap(({ card }) => card.results.map((one) => one.population)))];
    const auc = shared.map((id) =>
      line(`AUC · ${population(id)}`, two, ({ card }) => {
        const found = card.results.find((one) => one.population === id)?.auc;
        if (!found) return '–';
        return found.lower === null && found.upper === null
          ? f.decimal(found.estimate, 3)
          : `${f.decimal(found.estimate, 3)} ${f.interval(found.lower, found.upper, (value) => f.decimal(value, 3))}`;
      }),
    );
    const figure = (key: 'ks' | 'logLoss' | 'brier' | 'calibrationSlope' | 'ece') =>
      line(t(key), two, ({ card }) => f.decimal(overall(card.results)?.[key], 3));
    return [
      ...auc,
      ...(['ks', 'logLoss', 'brier', 'calibrationSlope', 'ece'] as const).map(figure),
      line(t('calibration'), two, ({ card }) => m(`calibration.${readCalibration(card)}`)),
    ];
  }

  function made(two: Two): Line[] {
    const f = language.figures;
    const months = (dates: readonly string[]) => [...dates].sort().map(f.month).join(', ') || '–';
    return [
      line(m('learner'), two, ({ learner }) => names.learner(learner)),
      line(t('population'), two, ({ card }) => f.integer(card.population.n)),
      line(t('rate'), two, ({ card }) => f.percent(card.population.rate)),
      line(t('trainedOn'), two, ({ card }) => months(card.validation.trainedOn)),
      line(t('testedOn'), two, ({ card }) => months(card.validation.testedOn)),
      line(t('means'), two, ({ card }) => m(`identification.${card.identification}`)),
      line(t('data'), two, ({ card }) => card.data.dataVersion.slice(0, 12)),
      line(t('used'), two, ({ card }) => f.integer(card.features.filter(({ used }) => used).length)),
      line(t('approvedBy'), two, ({ approvedBy }) => approvedBy ?? '–'),
      line(m('expires'), two, ({ card }) => f.date(card.expiresOn)),
    ];
  }

  function features(two: Two): Line[] {
    const all = new Map(two.flatMap(({ card }) => card.features.map((one) => [one.name, one] as const)));
    return [...all.values()]
      .map((feature) =>
        line(language.pick(feature.title), two, ({ card }) => {
          const own = card.features.find(({ name }) => name === feature.name);
          return own?.used ? t('isUsed') : own ? t('notUsed') : '–';
        }),
      )
      .filter(({ same }) => !same);
  }

  function options(two: Two): Line[] {
    const of = ({ card }: RegisteredVersion) => (card.learner.options ?? {}) as Record<string, unknown>;
    const keys = [...new Set(two.flatMap((version) => Object.keys(of(version))))];
    return keys
      .map((key) => line(key, two, (version) => short(of(version)[key])))
      .filter(({ same }) => !same);
  }

  return {
    sameTest,
    groups: (two: Two): { title: string; lines: Line[] }[] =>
      [
        { title: t('group.results'), lines: results(two) },
        { title: t('group.made'), lines: made(two) },
        { title: t('group.features'), lines: features(two) },
        { title: t('group.options'), lines: options(two) },
      ].filter(({ lines }) => lines.length > 0),
  };
}

function short(value: unknown): string {
  if (value === undefined) return '–';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

import { addDays } from '../../../contact/time/wall-clock.ts';
import type { ExperimentResults } from '../../../contract/experiments/results.ts';
import type { Text } from '../../../text/text.ts';
import { type HarmLook, harmAlpha, watchHarm } from '../harm.ts';
import { daysBetween, type HarmCount, harmDaysOf, harmTotals } from './harm-counts.ts';

type HarmLine = ExperimentResults['harm'][number];

export interface WatchedMetric {
  id: string;
  title: Text;
  horizonDays: number;
  /** As known at the end of each day watched. */
  counts: readonly HarmCount[];
}

export interface WatchedTrial {
  control: string;
  /** Arms compared with control. */
  arms: readonly string[];
  startsOn: string;
  /** Last day on which anybody enters, as planned at the start. */
  lastEntry: string;
  metrics: readonly WatchedMetric[];
}

const methods: Record<HarmLook['method'], Text> = {
  exact: {
    es: 'Prueba exacta diaria: valor p de que tantos casos caigan en el brazo, junto al límite del día',
    en: 'Exact daily test: p-value of so many cases in the arm, beside the limit of the day',
  },
  normal: {
    es: 'Prueba diaria por estratos de entrada: desviaciones típicas sobre lo esperado, junto al límite del día',
    en: 'Daily test by day of entering: standard deviations over what is expected, beside the limit of the day',
  },
};
const notYet: Text = {
  es: 'Sin casos todavía: nada que comparar',
  en: 'No cases yet: nothing to compare',
};

/**
 * Each metric of harm of each arm against control: where the daily watch stands, or the day on which it crossed, and
 * whether it did. Chance of a false stop per metric: `harmAlpha`, shared evenly among the arms.
 */
export function harmLines({ control, arms, startsOn, lastEntry, metrics }: WatchedTrial): HarmLine[] {
  return metrics.flatMap(({ id, title, horizonDays, counts }) => {
    const end = addDays(lastEntry, horizonDays);
    const days = Math.max(1, daysBetween(startsOn, end) + 1);
    const last = counts.reduce((latest, { day }) => (day > latest ? day : latest), startsOn);
    const controlTotal = harmTotals(counts, control);
    return arms.map((arm): HarmLine => {
      const seen = harmDaysOf(counts, { arm, control, startsOn });
      const look = watchHarm({ alpha: harmAlpha / arms.length, days, seen }).at(-1);
      const total = harmTotals(counts, arm);
      return {
        metric: id,
        title,
        arm,
        events: total.events,
        n: total.n,
        controlEvents: controlTotal.events,
        controlN: controlTotal.n,
        statistic: look?.statistic ?? null,
        boundary: look && Number.isFinite(look.boundary) ? look.boundary : null,
        method: look ? methods[look.method] : notYet,
        crossed: look?.crossed ?? false,
        checkedOn: look?.crossed ? addDays(startsOn, look.day - 1) : last,
      };
    });
  });
}

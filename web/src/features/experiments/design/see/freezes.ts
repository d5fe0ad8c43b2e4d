import type { Experiment } from '#core/contract/experiments/experiments.ts';
import type { Figures } from '../../../../i18n/figures.ts';
import type { useDesignText } from '../text.ts';

/** The texts an arm may send, each once, as they are called and in the version that is frozen; null: as shipped. */
export function textsOf(texts: Experiment['texts'], arm: string): { id: string; version: number | null }[] {
  const found = new Map<string, number | null>();
  for (const one of texts) if (one.arm === arm && one.template) found.set(one.template, one.version ?? null);
  return [...found].map(([id, version]) => ({ id: id.replaceAll('_', ' '), version }));
}

interface Line {
  title: string;
  unit: 'share' | 'money' | 'count' | 'days';
  horizonDays: number;
  margin?: number;
}

/** A metric, its window, and its margin where it has one. */
export function metricLine(
  { title, unit, horizonDays, margin }: Line,
  t: ReturnType<typeof useDesignText>,
  f: Figures,
): string {
  const window = t('freeze.metric', { title, days: horizonDays });
  if (margin === undefined) return window;
  const size = unit === 'share' ? `${f.decimal(margin * 100, 2)} pp` : f.decimal(margin, 2);
  return t('freeze.margin', { metric: window, margin: size });
}

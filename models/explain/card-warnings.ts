import type { ModelCard } from '#core/contract/models/card.ts';
import type { Locale } from '#core/text/text.ts';
import type { CardTask } from '../card.ts';
import { reasonLimits } from '../training/guard/reasons.ts';
import { warning } from './warnings.ts';

const fewEvents = 200;

/** What a reader of the card should know beside the figures. */
export function warningsOf<P>(task: CardTask<P>): ModelCard['warnings'] {
  const { result, question } = task;
  const name = question.baseline.title;
  const found: ModelCard['warnings'] = task.identified.warnings.map((message) => ({
    code: 'identification',
    message,
  }));
  const say = (...given: Parameters<typeof warning>) => found.push(warning(...given));
  const all = result.results[0]!;
  const baseline = result.baselines.find(({ id }) => id === question.baseline.column);
  const below = baseline?.results[0]?.auc;
  for (const { column, auc } of result.strong)
    if (auc > reasonLimits.auc) say('strong_column', { column, auc });
  const ruling = result.strong.find(({ partOfGain }) => (partOfGain ?? 0) > reasonLimits.partOfGain);
  if (ruling)
    say('one_column_rules', {
      column: ruling.column,
      part: Math.min(1, ruling.partOfGain ?? 0),
      baseline: name,
    });
  const rarer = Math.min(task.events, task.rows - task.events);
  if (rarer < fewEvents) say('few_events', { events: Math.round(rarer) });
  if (task.sampled < 1) say('sampled', { sampled: task.sampled });
  if (below?.upper != null && all.auc.lower != null && all.auc.lower <= below.upper)
    say('no_better', { baseline: name });
  if (all.calibrationSlope !== null && Math.abs(all.calibrationSlope - 1) > 0.2)
    say('miscalibrated', { slope: all.calibrationSlope });
  if (task.absent.length > 0) {
    const titles = task.absent.map(({ family }) => family.text.title);
    const joined = (locale: Locale) => titles.map((title) => title[locale]).join(', ');
    say('families_missing', { families: { es: joined('es'), en: joined('en') } });
  }
  const { kind, trainDays } = result.validation;
  if (kind === 'grouped_cross_validation') say(trainDays.length > 1 ? 'dates_overlap' : 'one_date');
  const choices = (result.comparison?.learners ?? []).length - 1 + (result.search?.trials ?? 0);
  if (kind === 'grouped_cross_validation' && choices > 0) say('chosen_on_shown', { choices });
  for (const { learner, failed } of result.comparison?.learners ?? [])
    if (failed) say('learner_failed', { learner, why: failed.message });
  return found;
}

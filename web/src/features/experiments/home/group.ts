import type { Experiment } from '#core/contract/experiments/experiments.ts';
import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import type { Text } from '#core/text/text.ts';
import { daysUntil } from '../results/days.ts';
import { isOpen } from '../results/read.ts';

export interface Known {
  experiment: Experiment;
  results: ExperimentResults;
}

export interface Alert {
  id: string;
  name: string;
  /** What happened, in the words of the verdict or of the check. */
  text: Text;
}

export interface Groups {
  running: Known[];
  /** Designs nobody is in, and experiments of which nothing could be read yet. */
  waiting: Experiment[];
  decided: Known[];
  alerts: Alert[];
}

/** Experiments by what they ask of a person: to be started, to be waited for, to be read; and what cannot wait. */
export function groupTrials(
  experiments: readonly Experiment[],
  known: ReadonlyMap<string, ExperimentResults>,
): Groups {
  const groups: Groups = { running: [], waiting: [], decided: [], alerts: [] };
  for (const experiment of experiments) {
    const results = known.get(experiment.id);
    if (!results || experiment.state === 'draft') {
      groups.waiting.push(experiment);
      continue;
    }
    const open = isOpen(results.verdict.kind);
    (open ? groups.running : groups.decided).push({ experiment, results });
    groups.alerts.push(...alertsOf({ experiment, results }));
  }
  groups.running.sort((a, b) => lookOn(a) - lookOn(b));
  return groups;
}

const lookOn = ({ results }: Known): number => Date.parse(nextLook(results)?.on ?? '9999-12-31');

export const nextLook = ({ looks }: ExperimentResults) => looks.find(({ state }) => state === 'next');

/** Days until the last planned look; null where none is planned. */
export const daysLeft = ({ looks, asOf }: ExperimentResults): number | null => {
  const last = looks.at(-1)?.on;
  return last ? Math.max(0, daysUntil(asOf, last)) : null;
};

/** Harm, and trust that is lost: what wants somebody today. */
function alertsOf({ experiment, results }: Known): Alert[] {
  const { id, design } = experiment;
  const { verdict } = results;
  const found: Text[] =
    verdict.kind === 'stopped_for_harm' || verdict.kind === 'invalid'
      ? [verdict.headline]
      : [
          ...verdict.arms.filter(({ kind }) => kind === 'stopped_for_harm').map(({ sentence }) => sentence),
          ...results.checks.filter(({ tone }) => tone === 'bad').map(({ title }) => title),
        ];
  return found.map((text) => ({ id, name: design.name, text }));
}

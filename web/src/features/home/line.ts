import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import type { LineStep } from '#core/contract/system.ts';

export type Line = Output<typeof contract.system.line>;
export type StepState = Line['steps'][number];

/** The nine steps as the six moves of a round; the sixth is loading what comes back. */
export const groups = [
  { id: 'load', steps: ['load', 'profile'] },
  { id: 'learn', steps: ['train', 'score'] },
  { id: 'segment', steps: ['segment'] },
  { id: 'test', steps: ['design', 'assign'] },
  { id: 'send', steps: ['check', 'export'] },
] as const satisfies readonly { id: string; steps: readonly LineStep[] }[];

/** Where a step is done, given what earlier steps made. */
export function placeOf(step: LineStep, steps: readonly StepState[]): string {
  const record = (name: LineStep): string | null => steps.find((one) => one.name === name)?.recordId ?? null;
  const under = (base: string, id: string | null): string =>
    id ? `${base}/${encodeURIComponent(id)}` : base;
  switch (step) {
    case 'load':
      return '#/portfolio/loads';
    case 'profile':
      return '#/portfolio/quality';
    case 'train':
      return '#/models';
    case 'score':
      return under('#/models', record('train'));
    case 'segment':
      return '#/segments/new';
    case 'design':
      return '#/experiments/new';
    case 'assign':
      return under('#/experiments', record('design'));
    case 'check':
      return under('#/experiments', record('assign') ?? record('design'));
    case 'export':
      return '#/exports';
  }
}

/** Where what a step made is looked at. */
export function recordOf(state: StepState, steps: readonly StepState[]): string {
  if (!state.recordId) return placeOf(state.name, steps);
  const id = encodeURIComponent(state.recordId);
  const own: Partial<Record<LineStep, string>> = {
    load: '#/portfolio',
    profile: '#/portfolio/quality',
    train: `#/models/${id}`,
    score: `#/models/${id}`,
    segment: '#/segments',
    design: `#/experiments/${id}`,
    assign: `#/experiments/${id}`,
    check: `#/exports/batches/${id}`,
    export: `#/exports/${id}`,
  };
  return own[state.name] ?? '#/';
}

/** Whether every step has been done; while one runs there is neither a next thing to do nor an end. */
export const isComplete = ({ steps }: Line): boolean => steps.every(({ state }) => state === 'done');

/** Whether there is a portfolio at all. */
export const isLoaded = (line: Line): boolean =>
  line.steps.some(({ name, state }) => name === 'load' && (state === 'done' || state === 'stale'));

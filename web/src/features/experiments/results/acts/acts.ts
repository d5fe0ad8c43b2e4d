import type { ExperimentEvent, Lifecycle } from '#core/contract/experiments/lifecycle.ts';
import type { VerdictKind } from '#core/contract/experiments/results.ts';
import { isOpen } from '../read.ts';

export type Act = 'decide' | 'pause' | 'resume' | 'drop' | 'stop';

/** What may be done with an experiment as it stands; a decision is written down once there is a verdict. */
export function actsOf({ status, arms, events }: Lifecycle, verdict: VerdictKind): Act[] {
  const decided = events.some(({ kind }) => kind === 'decided');
  const decide: Act[] = !isOpen(verdict) && !decided ? ['decide'] : [];
  const open = arms.filter((arm) => arm.status === 'open').length;
  const waits = status === 'paused' || arms.some((arm) => arm.status === 'paused');
  if (status !== 'running' && status !== 'paused') return decide;
  return [
    ...decide,
    ...(waits ? (['resume'] as const) : []),
    ...(status === 'running' ? (['pause'] as const) : []),
    ...(open > 2 ? (['drop'] as const) : []),
    'stop',
  ];
}

/** Arms it can be done to alone; none: it is done to all. */
export function armsFor(act: Act, { arms }: Lifecycle, control: string): string[] {
  const names = (status: 'open' | 'paused') =>
    arms.filter((arm) => arm.status === status).map(({ arm }) => arm);
  if (act === 'pause') return names('open');
  if (act === 'resume') return names('paused');
  return act === 'drop' ? names('open').filter((name) => name !== control) : [];
}

/** The pauses that still hold, with who asked for them and why: of everything, and of single arms. */
export function pausesOf({ status, arms, events }: Lifecycle): ExperimentEvent[] {
  const last = (kind: ExperimentEvent['kind'], arm: string | null) =>
    events.findLast((event) => event.kind === kind && event.arm === arm);
  const all = status === 'paused' ? last('paused', null) : undefined;
  const open = status === 'running' || status === 'paused';
  const single = arms.flatMap(({ arm, status: one }) =>
    open && one === 'paused' ? (last('arm_paused', arm) ?? []) : [],
  );
  return [...(all ? [all] : []), ...single];
}

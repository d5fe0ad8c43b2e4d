import type { Context } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import { watchNewData } from '../watching.ts';

const principal = 'events';
/** How soon harm is counted after something that may be harm, and how far apart while more keeps coming. */
const soonMs = 3_000;
const apartMs = 60_000;

interface Watch {
  timer: NodeJS.Timeout | null;
  lastMs: number;
}
const watches = new WeakMap<Engine, Watch>();

/** The work that messages to be called back ask for, where this version knows it. */
export const recallsWanted = (context: Context, recalls: number): { kind: string; input: unknown }[] =>
  recalls > 0 && context.jobs.kinds.has('recall') ? [{ kind: 'recall', input: {} }] : [];

/** Starts it; what cannot be started is logged, and what is to be called back stays written down. */
async function startRecalls(context: Context, recalls: number): Promise<void> {
  for (const wanted of recallsWanted(context, recalls))
    await context.jobs.submit({ ...wanted, by: principal }).catch((error: unknown) => {
      context.log.error({ err: error }, 'messages could not be called back');
    });
}

/** Asks for the watch for harm, soon and not too often. A workspace that has closed meanwhile is left alone. */
function watchSoon(context: Context): void {
  const watch = watches.get(context.engine) ?? { timer: null, lastMs: Number.NEGATIVE_INFINITY };
  watches.set(context.engine, watch);
  if (watch.timer) return;
  const wait = Math.max(soonMs, watch.lastMs + apartMs - performance.now());
  watch.timer = setTimeout(() => {
    watch.timer = null;
    watch.lastMs = performance.now();
    watchNewData(context)
      .then(async (wanted) => {
        for (const one of wanted) await context.jobs.submit({ ...one, by: principal });
      })
      .catch((error: unknown) =>
        context.log.warn({ err: error }, 'the watch for harm could not be asked for'),
      );
  }, wait);
  watch.timer.unref();
}

/** What stored events call for beyond the portfolio: messages called back at once, harm counted soon. */
export function announceEvents(
  context: Context,
  { recalls, harmed }: { recalls: number; harmed: boolean },
): void {
  void startRecalls(context, recalls);
  if (harmed) watchSoon(context);
}

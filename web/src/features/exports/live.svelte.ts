import { getServer } from '../../api/server.svelte.ts';

/**
 * A count that goes up every so often while something is under way: whatever reads it is asked again. What is not on
 * screen is not asked.
 */
export function useBeat(underWay: () => boolean, everyMs = 1500): { readonly count: number } {
  let count = $state(0);
  $effect(() => {
    if (!underWay()) return;
    const timer = setInterval(() => {
      if (!document.hidden) count += 1;
    }, everyMs);
    return () => clearInterval(timer);
  });
  const server = getServer();
  let before = false;
  /** What ended has changed the pages that were read before. */
  $effect(() => {
    const now = underWay();
    if (before && !now) server.changed();
    before = now;
  });
  return {
    get count() {
      return count;
    },
  };
}

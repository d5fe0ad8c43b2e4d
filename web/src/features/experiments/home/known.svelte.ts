import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import { contract } from '#core/contract/index.ts';
import { Answer, getServer } from '../../../api/server.svelte.ts';

/** What is known of several experiments, by id; one that cannot be read is left out. */
export function useResultsOf(ids: () => readonly string[]): Answer<ReadonlyMap<string, ExperimentResults>> {
  const server = getServer();
  const answer = new Answer<ReadonlyMap<string, ExperimentResults>>();
  const wanted = $derived(ids().join(' '));
  $effect.pre(() => {
    void server.version;
    const list = wanted.split(' ').filter(Boolean);
    const stop = new AbortController();
    answer.loading = true;
    const asked = list.map(
      (experimentId) =>
        server.ask(
          contract.experimentResults.get,
          { params: { experimentId } },
          stop.signal,
        ) as Promise<ExperimentResults>,
    );
    void Promise.allSettled(asked).then((settled) => {
      if (stop.signal.aborted) return;
      answer.data = new Map(
        settled.flatMap((one) =>
          one.status === 'fulfilled' ? [[one.value.experimentId, one.value] as const] : [],
        ),
      );
      answer.loading = false;
    });
    return () => stop.abort();
  });
  return answer;
}

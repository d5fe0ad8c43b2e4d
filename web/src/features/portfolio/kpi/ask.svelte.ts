import { addressOf } from '#core/contract/client.ts';
import { contract } from '#core/contract/index.ts';
import { Answer, getServer } from '../../../api/server.svelte.ts';
import { getBoard, type KpiAnswer } from '../board.svelte.ts';

/**
 * A KPI under the board's filter, asked for while its place is near, in turn with the others. A new filter breaks
 * off what is under way; the last answer stays, said to be loading, until the new one is there.
 */
export function useKpi(id: () => string, near: () => boolean): Answer<KpiAnswer> {
  const server = getServer();
  const board = getBoard();
  const answer = new Answer<KpiAnswer>();
  const asked = $derived({
    params: { kpi: id() },
    query: { ...board.filter, ...board.parameters(id()) },
  });
  const address = $derived(addressOf(contract.kpis.get, asked));
  let shown = '';
  $effect(() => {
    const wanted = `${server.version} ${address}`;
    if (!near() || wanted === shown) {
      if (shown) answer.loading = wanted !== shown;
      return;
    }
    const kept = server.kept(address) as KpiAnswer | undefined;
    if (kept) answer.data = kept;
    const stop = new AbortController();
    answer.loading = true;
    const input = asked;
    board.turns
      .run(() => server.askAlone(contract.kpis.get, input, stop.signal) as Promise<KpiAnswer>, stop.signal)
      .then(
        (data) => {
          if (stop.signal.aborted) return;
          shown = wanted;
          Object.assign(answer, { data, error: undefined, loading: false });
        },
        (error: unknown) => {
          if (!stop.signal.aborted) Object.assign(answer, { error, loading: false });
        },
      );
    return () => stop.abort();
  });
  return answer;
}

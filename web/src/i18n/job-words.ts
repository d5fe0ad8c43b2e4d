import en from './jobs.en.json';
import es from './jobs.es.json';
import { useText } from './language.svelte.ts';

type Key = keyof typeof es;
const isKey = (key: string): key is Key => key in es;

/** Names of kinds of work and of their steps; one the page has no word for is shown as the server calls it. */
export function useJobWords() {
  const t = useText({ es, en });
  const word = (group: 'kind' | 'step', id: string): string => {
    const key = `${group}.${id}`;
    return isKey(key) ? t(key) : id.replaceAll(/[_-]/g, ' ');
  };
  return {
    kind: (id: string) => word('kind', id),
    step: (id: string) => word('step', id),
    ended: (state: 'done' | 'failed' | 'cancelled', kind: string) =>
      t(`ended.${state}`, { kind: word('kind', kind) }),
  };
}

import { contract } from '#core/contract/index.ts';
import { useAnswer } from '../../../api/server.svelte.ts';
import { getLanguage } from '../../../i18n/language.svelte.ts';
import { getRouter } from '../../../router/router.svelte.ts';

export interface Target {
  id: string;
  name: string;
  hint: string;
  approval: boolean;
  /** JSON Schema of options given for one export alone; null: it was set up with its own. */
  parameters: unknown;
}

/** Where a batch may go, and which of these the address says. */
export function useTargets() {
  const language = getLanguage();
  const router = getRouter();
  const answer = useAnswer(contract.destinations.list);
  const all = (): Target[] => [
    ...(answer.data?.destinations ?? [])
      .filter(({ retiredAt, guarantees }) => retiredAt === null && guarantees.messages !== null)
      .map((one) => ({
        id: one.id,
        name: one.name,
        hint: language.pick(one.kindTitle),
        approval: one.approval,
        parameters: null,
      })),
    ...(answer.data?.kinds ?? [])
      .filter(({ id }) => id === 'file')
      .map((kind) => ({
        id: kind.id,
        name: language.pick(kind.title),
        hint: language.pick(kind.summary),
        approval: false,
        parameters: kind.parameters,
      })),
  ];
  return {
    get all() {
      return all();
    },
    get chosen() {
      return all().find(({ id }) => id === router.query.to) ?? all().find(({ id }) => id === 'file');
    },
    choose: (id: string) => router.set({ to: id }),
  };
}

import type { ScheduledWork } from '#core/contract/delivery/schedules.ts';
import { contract } from '#core/contract/index.ts';
import { useAnswer } from '../../api/server.svelte.ts';
import { getLanguage } from '../../i18n/language.svelte.ts';
import { useScheduleText } from './text.ts';

/** Where things may go by themselves, what, and how a schedule says it. */
export function usePlaces() {
  const t = useScheduleText();
  const language = getLanguage();
  const known = useAnswer(contract.destinations.list);
  const experiments = useAnswer(contract.experiments.list);
  const syncs = useAnswer(contract.syncs.list);
  const destinations = () => [
    ...(known.data?.destinations ?? [])
      .filter(({ retiredAt, guarantees }) => retiredAt === null && guarantees.messages !== null)
      .map(({ id, name }) => ({ id, name })),
    ...(known.data?.kinds ?? [])
      .filter(({ id }) => id === 'file')
      .map(({ id, title }) => ({ id, name: language.pick(title) })),
  ];
  const trials = () =>
    (experiments.data?.experiments ?? [])
      .filter(({ state }) => state !== 'draft')
      .map(({ id, design }) => ({ id, name: design.name }));
  const kept = () => (syncs.data?.syncs ?? []).map(({ id, name }) => ({ id, name }));
  const nameOf = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? id.slice(-8);
  const destinationName = (id: string) =>
    known.data?.destinations.find((one) => one.id === id)?.name ?? nameOf(destinations(), id);
  return {
    destinations,
    trials,
    syncs: kept,
    work: (work: ScheduledWork): string =>
      work.kind === 'sync'
        ? t('work.syncOf', { name: nameOf(kept(), work.syncId) })
        : work.experimentId === null
          ? t('work.allTo', { destination: destinationName(work.destination) })
          : t('work.oneTo', {
              name: nameOf(trials(), work.experimentId),
              destination: destinationName(work.destination),
            }),
  };
}

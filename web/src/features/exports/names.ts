import { contract } from '#core/contract/index.ts';
import { useAnswer } from '../../api/server.svelte.ts';
import { getLanguage } from '../../i18n/language.svelte.ts';

/** Experiments by id, for tables that only hold the id. */
export function useExperimentNames() {
  const answer = useAnswer(contract.experiments.list);
  return (id: string): string =>
    answer.data?.experiments.find((experiment) => experiment.id === id)?.design.name ?? id.slice(0, 8);
}

/** The end of an identifier made of time and chance: the part that tells two of them apart. */
export const shortId = (id: string): string => id.slice(-8);

/** A style by its title; an arm with a name of its own keeps it. */
export function useArmTitles() {
  const catalogue = useAnswer(contract.system.catalogue);
  const language = getLanguage();
  return (arm: string): string => {
    const style = catalogue.data?.styles.find(({ id }) => id === arm);
    return style ? language.pick(style.title) : arm;
  };
}

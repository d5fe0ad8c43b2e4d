import { contract } from '#core/contract/index.ts';
import { useAnswer } from '../../api/server.svelte.ts';
import { getLanguage } from '../../i18n/language.svelte.ts';

/** Experiments by id, for tables that only hold the id. */
export function useExperimentNames() {
  const answer = useAnswer(contract.experiments.list);
  return (id: string): string =>
    answer.data?.experiments.find((experiment) => experiment.id === id)?.design.name ?? id.slice(0, 8);
}

const uuidLength = 36;

/** The end of an identifier made of time and chance: the part that tells two of them apart. What is appended to it, as of a day's batches, keeps its own. */
export const shortId = (id: string): string =>
  id.length > uuidLength ? `${id.slice(uuidLength - 4, uuidLength)}-${id.slice(-6)}` : id.slice(-8);

/** Styles by their titles, rules by why they keep somebody back and by their names; what the catalogue does not hold stays as it is. */
export function useTitles() {
  const catalogue = useAnswer(contract.system.catalogue);
  const language = getLanguage();
  const title = (group: 'styles' | 'rules', id: string): string => {
    const found = catalogue.data?.[group].find((one) => one.id === id);
    return found ? language.pick(found.title) : id;
  };
  const ruleName = (id: string): string => {
    const found = catalogue.data?.rules.find((one) => one.id === id);
    return found ? language.pick(found.name) : id;
  };
  return { arm: (id: string) => title('styles', id), rule: (id: string) => title('rules', id), ruleName };
}

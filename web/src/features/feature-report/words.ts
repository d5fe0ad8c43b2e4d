import { contract } from '#core/contract/index.ts';
import { useAnswer } from '../../api/server.svelte.ts';
import { getLanguage } from '../../i18n/language.svelte.ts';

/** Names of families of features, as the catalogue has them. */
export function useFamilyName() {
  const language = getLanguage();
  const catalogue = useAnswer(contract.system.catalogue);
  return (id: string): string => {
    const found = catalogue.data?.features.find((one) => one.id === id);
    return found ? language.pick(found.title) : id;
  };
}

import { contract } from '#core/contract/index.ts';
import { useAnswer } from '../../api/server.svelte.ts';
import { getLanguage } from '../../i18n/language.svelte.ts';
import { productName } from '../../i18n/products.ts';
import { useModelText } from './text.ts';

/** Titles of models and learners as the catalogue has them; what it does not know is named by its id. */
export function useNames() {
  const language = getLanguage();
  const catalogue = useAnswer(contract.system.catalogue);
  const titleOf = (kind: 'models' | 'learners', id: string): string => {
    const found = catalogue.data?.[kind].find((one) => one.id === id);
    return found ? language.pick(found.title) : id;
  };
  return {
    model: (id: string) => titleOf('models', id),
    learner: (id: string) => titleOf('learners', id),
  };
}

const populations = ['all', 'new_entries', 'unseen_customers', 'late'] as const;
const sliceKinds = ['bucket', 'product', 'month'] as const;

/** What a population of a result is called: all, those of a slice of the question, or a bucket, product or month. */
export function usePopulationName() {
  const t = useModelText();
  const language = getLanguage();
  return (id: string): string => {
    const known = populations.find((one) => one === id);
    if (known) return t(`population.${known}`);
    const kind = sliceKinds.find((one) => id.startsWith(`${one}:`));
    if (!kind) return id.replaceAll('_', ' ');
    const name = id.slice(kind.length + 1);
    if (kind === 'bucket') return t('population.bucket', { days: name.replace('-', '–') });
    return kind === 'month'
      ? language.figures.month(name.length === 7 ? `${name}-01` : name)
      : productName(name, language.locale);
  };
}

const namedAtMost = 3;

/** The first few of a list in words, and how many more there are. */
export const firstOf = (names: readonly string[], t: ReturnType<typeof useModelText>): string =>
  names.length <= namedAtMost + 1
    ? names.join(', ')
    : t('list.more', { names: names.slice(0, namedAtMost).join(', '), more: names.length - namedAtMost });

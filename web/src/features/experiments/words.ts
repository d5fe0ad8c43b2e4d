import { contract } from '#core/contract/index.ts';
import { channels } from '#core/portfolio/tables/people.ts';
import { useAnswer } from '../../api/server.svelte.ts';
import { getLanguage } from '../../i18n/language.svelte.ts';
import { productName } from '../../i18n/products.ts';
import { useExperimentText } from './text.ts';

const covariates = [
  'days_past_due',
  'customer_tenure_months',
  'accounts',
  'score',
  'balance',
  'arrears',
  'country',
  'product_type',
] as const;

/** How arms and covariates are called: a style by its title, a channel by its word, else the name given. */
export function useExperimentWords() {
  const t = useExperimentText();
  const language = getLanguage();
  const catalogue = useAnswer(contract.system.catalogue);
  return {
    get styles() {
      return catalogue.data?.styles ?? [];
    },
    get jurisdictions() {
      return catalogue.data?.jurisdictions ?? [];
    },
    arm(name: string): string {
      const style = catalogue.data?.styles.find(({ id }) => id === name);
      if (style) return language.pick(style.title);
      const channel = channels.find((one) => one === name);
      return channel ? t(`channel.${channel}`) : name.replaceAll('_', ' ');
    },
    /** A metric of the catalogue by its title, and what it counts in. */
    metric(id: string): { title: string; unit: 'share' | 'money' | 'count' | 'days' } {
      const found = catalogue.data?.metrics.find((one) => one.id === id);
      return found
        ? { title: language.pick(found.title), unit: found.unit }
        : { title: id.replaceAll('_', ' '), unit: 'count' };
    },
    /** `balance:MXN` is the balance in that currency, `country:CO` whether it is that country. */
    covariate(name: string): string {
      const [base, part] = name.split(':', 2);
      const known = covariates.find((one) => one === base);
      const word = known ? t(`cov.${known}`) : (base ?? name).replaceAll('_', ' ');
      if (!part) return word;
      return `${word}: ${base === 'product_type' ? productName(part, language.locale) : part}`;
    },
  };
}

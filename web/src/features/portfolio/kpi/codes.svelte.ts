import { contract } from '#core/contract/index.ts';
import { useAnswer } from '../../../api/server.svelte.ts';
import { getLanguage } from '../../../i18n/language.svelte.ts';
import es from '../es.json';
import { usePortfolioText } from '../text.ts';

type Key = keyof typeof es;
const isKey = (key: string): key is Key => key in es;
const groups: Record<string, string> = {
  before: 'bucket',
  after: 'bucket',
  bucket: 'bucket',
  from: 'bucket',
  to: 'bucket',
  product: 'product',
  product_type: 'product',
  channel: 'channel',
  country: 'country',
  style: 'style',
};

/** Codes of the data in words, by the column they stand in; one without a word is shown as it is. */
export function useCodes() {
  const t = usePortfolioText();
  const language = getLanguage();
  const catalogue = useAnswer(contract.system.catalogue);
  const countries = $derived(new Intl.DisplayNames([language.locale], { type: 'region', fallback: 'code' }));
  return { word };

  function word(column: string, id: string): string {
    const group = groups[column] ?? column;
    if (group === 'country' && /^[A-Z]{2}$/.test(id)) return countries.of(id) ?? id;
    if (group === 'style') {
      const style = catalogue.data?.styles.find((one) => one.id === id);
      if (style) return language.pick(style.title);
    }
    const key = `${group}.${id}`;
    if (isKey(key)) return t(key);
    return group === 'bucket' ? id.replace('-', '–') : id.replaceAll('_', ' ');
  }
}

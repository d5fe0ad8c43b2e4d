import { getLanguage } from '../../../i18n/language.svelte.ts';
import { getBoard } from '../board.svelte.ts';
import { useCodes } from '../kpi/codes.svelte.ts';
import { usePortfolioText } from '../text.ts';
import { type FilterKey, filterKeys } from './filter.ts';

export interface FilterWord {
  key: FilterKey;
  text: string;
}

/** The filter in words: Colombia · tarjetas · desde mar 26. */
export function useFilterWords(): () => FilterWord[] {
  const t = usePortfolioText();
  const board = getBoard();
  const language = getLanguage();
  const codes = useCodes();

  function wordOf(key: FilterKey, value: string): string {
    switch (key) {
      case 'since':
        return t('since', { month: language.figures.month(value) });
      case 'until':
        return t('until', { month: language.figures.month(value) });
      case 'segment':
        return t('inSegment', {
          name: board.choices?.segments.find(({ id }) => id === value)?.name ?? value,
        });
      case 'quote':
        return t('inCurrency', { currency: value });
      case 'bucket':
        return t('inBucket', { bucket: codes.word('bucket', value) });
      default:
        return codes.word(key, value);
    }
  }

  return () =>
    filterKeys.flatMap((key) => {
      const value = board.filter[key];
      return value === undefined ? [] : [{ key, text: wordOf(key, value) }];
    });
}

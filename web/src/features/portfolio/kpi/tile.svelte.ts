import { getLanguage } from '../../../i18n/language.svelte.ts';
import { getBoard, type KpiAnswer } from '../board.svelte.ts';
import { usePortfolioText } from '../text.ts';
import { useCodes } from './codes.svelte.ts';
import { useFigures } from './columns.svelte.ts';

/** What every tile needs to word and draw its answer. */
export function useTile(answer: () => KpiAnswer) {
  const language = getLanguage();
  const board = getBoard();
  const codes = useCodes();
  const figures = useFigures();
  const t = usePortfolioText();
  return {
    board,
    word: codes.word,
    figures,
    get f() {
      return language.figures;
    },
    /** What every chart takes besides its drawing: the table behind it, and whom it counts. */
    get common() {
      const { rows, columns, id } = answer();
      return { rows, columns: figures.columns(columns), facts: facts(answer()), level: 4 as const, name: id };
    },
  };

  function facts({ population, denominator, asOf, n, of }: KpiAnswer): string {
    const f = language.figures;
    return t('facts', {
      population: language.pick(population),
      denominator: language.pick(denominator),
      date: f.date(asOf),
      n: f.integer(n),
      of: of === null || of === n ? '' : f.integer(of),
      divided: of === null || of === n ? 'no' : 'yes',
      quote: board.filter.quote ?? '',
      quoted: board.filter.quote ? 'yes' : 'no',
    });
  }
}

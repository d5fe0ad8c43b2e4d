import type { KpiRow } from '#core/portfolio/kpi.ts';
import { getLanguage } from '../../../i18n/language.svelte.ts';
import { getBoard, type KpiAnswer } from '../board.svelte.ts';
import { useFilterWords } from '../filter/words.svelte.ts';
import { distinct, numberOf } from '../read/rows.ts';
import { usePortfolioText } from '../text.ts';
import { useCodes } from './codes.svelte.ts';
import { useFigures } from './columns.svelte.ts';

/** The currency with most accounts in the rows. */
function mostOf(rows: readonly KpiRow[], currencies: readonly string[]): string {
  const accounts = (code: string) =>
    rows
      .filter(({ currency }) => currency === code)
      .reduce((sum, row) => sum + (numberOf(row, 'accounts') ?? 0), 0);
  return currencies.reduce((a, b) => (accounts(b) > accounts(a) ? b : a), currencies[0] ?? '');
}

/** What every tile needs to word and draw its answer. */
export function useTile(answer: () => KpiAnswer) {
  const language = getLanguage();
  const board = getBoard();
  const codes = useCodes();
  const figures = useFigures();
  const t = usePortfolioText();
  const words = useFilterWords();
  const currencies = $derived(distinct(answer().rows, 'currency'));
  const chosen = $derived(
    currencies.find((code) => code === board.shownCurrency) ?? mostOf(answer().rows, currencies),
  );
  return {
    board,
    t,
    /** The currencies of the answer, and the one that a tile with room for one shows. */
    get currencies() {
      return currencies;
    },
    get currency() {
      return chosen;
    },
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

  function facts({ population, denominator, asOf, n, of, figures: found }: KpiAnswer): string {
    const f = language.figures;
    return t('facts', {
      population: language.pick(population),
      denominator: language.pick(denominator).replace(/\.$/, ''),
      date: f.date(asOf),
      n: f.integer(n),
      of: of === null || of === n ? '' : f.integer(of),
      divided: of === null || of === n ? 'no' : 'yes',
      rate: found.last_rate_on ? f.date(String(found.last_rate_on)) : '',
      quoted: found.last_rate_on ? 'yes' : 'no',
      filter: words()
        .map(({ text }) => text)
        .join(' · '),
      filtered: words().length ? 'yes' : 'no',
    });
  }
}

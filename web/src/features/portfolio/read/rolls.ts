import type { KpiRow } from '#core/portfolio/kpi.ts';
import type { Roll } from '../../../charts/portfolio/rolls.ts';
import type { Measure } from '../filter/filter.ts';
import { numberOf, textOf } from './rows.ts';

/** States an account does not come back from: nothing is learnt from their rows. */
const final = ['charged_off', 'closed', 'left_observation'];

/** The cells of the matrix: over all currencies by accounts, of one currency by opening balance, without interval. */
export const rollCells = (rows: readonly KpiRow[], measure: Measure, currency: string): Roll[] =>
  rows
    .filter((row) => (measure === 'balance' ? row.currency === currency : row.currency === null))
    .filter((row) => !final.includes(textOf(row, 'before')))
    .map((row) => ({
      before: textOf(row, 'before'),
      after: textOf(row, 'after'),
      accounts: numberOf(row, 'accounts') ?? 0,
      share:
        measure === 'balance'
          ? { estimate: numberOf(row, 'share_of_balance'), lower: null, upper: null }
          : {
              estimate: numberOf(row, 'share'),
              lower: numberOf(row, 'lower'),
              upper: numberOf(row, 'upper'),
            },
    }));

export const shareOf = (cells: readonly Roll[], before: string, after: string): number | null =>
  cells.find((cell) => cell.before === before && cell.after === after)?.share.estimate ?? null;

/** Every state a matrix may have, the least late first. */
export const states = ['0', '1-29', '30-59', '60-89', '90-119', '120-179', '180+', ...final] as const;

import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import type { WaitOutcome } from '#core/contract/models/waiting.ts';
import type { Figures } from '../../i18n/figures.ts';

export type WaitData = Output<typeof contract.waiting.table>;

/** Expected cures with their interval: 1,204 [1,150, 1,258]. */
export const curesText = ({ cures }: WaitOutcome, f: Figures): string =>
  cures.estimate === null
    ? '–'
    : `${f.integer(cures.estimate)} ${f.interval(cures.lower, cures.upper, (value) => f.integer(value))}`;

/** Currencies of the accounts that may wait. */
export const currenciesOf = (data: WaitData): string[] =>
  [...new Set(data.rows.flatMap(({ balance }) => balance.map(({ currency }) => currency)))].sort();

const plain = (amount: string | null, currency: string, f: Figures): string =>
  f.roundMoney(amount, currency).replace(` ${currency}`, '');

/** Cost saved in one currency: amounts of several are never added. */
export const costOf = ({ costSaved }: WaitOutcome, currency: string): string | null =>
  costSaved.find((one) => one.currency === currency)?.amount ?? null;

export const lossOf = ({ extraLoss }: WaitOutcome, currency: string) =>
  extraLoss.find((one) => one.currency === currency) ?? null;

export const costText = (row: WaitOutcome, currency: string, f: Figures): string =>
  plain(costOf(row, currency), currency, f);

/** Expected loss added with its interval: 5.6K [0, 30.8K]. */
export function lossText(row: WaitOutcome, currency: string, f: Figures): string {
  const loss = lossOf(row, currency);
  if (!loss || loss.estimate === null) return '–';
  const write = (value: number | null | undefined) =>
    plain(value === null || value === undefined ? null : String(value), currency, f);
  return `${write(Number(loss.estimate))} ${f.interval(Number(loss.lower), Number(loss.upper), write)}`;
}

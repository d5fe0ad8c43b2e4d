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

/** Amounts by currency, each on its own: never added. */
export const costText = ({ costSaved }: WaitOutcome, f: Figures): string =>
  costSaved.map(({ currency, amount }) => f.roundMoney(amount, currency)).join(' · ') || '–';

export const lossText = ({ extraLoss }: WaitOutcome, f: Figures): string =>
  extraLoss
    .map(({ currency, estimate, lower, upper }) =>
      estimate === null
        ? '–'
        : `${f.roundMoney(estimate, currency)} ${f.interval(Number(lower), Number(upper), (value) => bare(value, currency, f))}`,
    )
    .join(' · ') || '–';

const bare = (value: number | null | undefined, currency: string, f: Figures): string =>
  f
    .roundMoney(value === null || value === undefined ? null : String(value), currency)
    .replace(` ${currency}`, '');

import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import { bucketNames } from '#core/portfolio/buckets.ts';
import type { Interval } from '#core/stats/wilson.ts';
import { forest } from '../../web/src/charts/experiments/forest.ts';
import { type AgeingShare, ageing } from '../../web/src/charts/portfolio/ageing.ts';
import { histogram, type ScoreBin } from '../../web/src/charts/portfolio/histogram.ts';
import { figures } from '../../web/src/i18n/figures.ts';
import type { Figure, Sentence } from '../kit/outputs.ts';
import { accounts, date, inLanguage, share, shareColumns } from './words.ts';

type Summary = Output<typeof contract.portfolio.summary>;

const lateBuckets = bucketNames.filter((name) => name !== '0');
const bucket = { es: 'Tramo', en: 'Bucket' };

/** The portfolio in one sentence. */
export const portfolioSentence = (
  summary: Pick<Summary, 'simulated' | 'accounts' | 'customers' | 'firstSnapshot' | 'lastSnapshot'>,
  snapshots: number,
): Sentence => ({
  text: {
    es: 'Cartera {simulated, select, true {simulada} other {real}}: {accounts} cuentas de {people} personas, {snapshots} saldos entre el {first} y el {last}.',
    en: '{simulated, select, true {Simulated} other {Real}} portfolio: {accounts} accounts of {people} people, {snapshots} balances from {first} to {last}.',
  },
  values: {
    simulated: String(summary.simulated),
    accounts: (f) => f.integer(summary.accounts),
    people: (f) => f.integer(summary.customers),
    snapshots: (f) => f.integer(snapshots),
    first: (f) => f.date(summary.firstSnapshot),
    last: (f) => f.date(summary.lastSnapshot),
  },
});

/** Open accounts past due, month by month. A full count: no interval. */
export function lateShares(
  aged: readonly (AgeingShare & { accounts: number })[],
): Figure<AgeingShare & { accounts: number }> {
  const late = aged.filter(({ band }) => lateBuckets.some((name) => name === band));
  const [first, last] = [late[0]?.asOf ?? null, late.at(-1)?.asOf ?? null];
  const on = (day: string | null) =>
    late.filter(({ asOf }) => asOf === day).reduce((sum, row) => sum + row.share, 0);
  return {
    finding: {
      es: '{now} de las cuentas abiertas están en mora el {last}; eran {before} el {first}',
      en: '{now} of open accounts are past due on {last}; on {first} it was {before}',
    },
    values: {
      now: (f) => f.percent(on(last)),
      before: (f) => f.percent(on(first)),
      first: (f) => f.date(first),
      last: (f) => f.date(last),
    },
    spec: (pens) => {
      const description = {
        es: 'Parte de las cuentas abiertas en cada tramo de mora, por mes',
        en: 'Share of open accounts in each bucket, by month',
      }[pens.locale];
      return ageing(late, { description, bands: lateBuckets.map((id) => ({ id, label: id })) }, pens);
    },
    data: late,
    columns: [
      { title: date, cell: ({ asOf }, f) => f.date(asOf) },
      { title: bucket, cell: ({ band }) => band },
      { title: accounts, align: 'right', cell: (row, f) => f.integer(row.accounts) },
      { title: share, align: 'right', cell: (row, f) => f.percent(row.share, 2) },
    ],
  };
}

export type Return = Interval & { asOf: string; n: number };

/** Accounts back at 0 a month after they stood in a bucket, month by month. */
export function returnsToZero(returns: readonly Return[], bucket: string): Figure<Return> {
  const newest = returns.at(-1);
  const axis = { es: `De ${bucket} días a 0 en un mes`, en: `From ${bucket} days to 0 in a month` };
  return {
    finding: {
      es: 'De las cuentas con {bucket} días de mora, {share} volvieron a 0 al mes siguiente (entre {lower} y {upper})',
      en: 'Of accounts {bucket} days past due, {share} were back at 0 the next month ({lower} to {upper})',
    },
    values: {
      bucket,
      share: (f) => f.percent(newest?.estimate),
      lower: (f) => f.percent(newest?.lower),
      upper: (f) => f.percent(newest?.upper),
    },
    spec: (pens) => {
      const f = figures(pens.locale);
      const marks = returns.map((row) => ({
        ...row,
        label: f.month(row.asOf),
        text: f.percent(row.estimate),
        clear: true,
      }));
      return forest(marks, { ...inLanguage({ axis, description: axis }, pens), format: '.0%' }, pens);
    },
    data: returns,
    columns: [
      { title: date, cell: ({ asOf }, f) => f.date(asOf) },
      { title: accounts, align: 'right', cell: ({ n }, f) => f.integer(n) },
      ...shareColumns(axis),
    ],
  };
}

/** Accounts by score. Every account of the day is in it: no interval. */
export function scoreSpread(bins: readonly ScoreBin[], mean: number | null, asOf: string): Figure<ScoreBin> {
  const all = bins.reduce((sum, { n }) => sum + n, 0);
  const likely = bins.filter(({ from }) => from >= 0.5).reduce((sum, { n }) => sum + n, 0);
  const texts = {
    description: { es: 'Cuentas por puntaje', en: 'Accounts by score' },
    score: { es: 'Puntaje', en: 'Score' },
    accounts: { es: 'Parte de las cuentas', en: 'Share of accounts' },
    mean: { es: 'media', en: 'mean' },
  };
  return {
    finding: {
      es: '{likely} de {all} cuentas en mora el {asOf} tienen un puntaje de 50 % o más',
      en: '{likely} of {all} accounts past due on {asOf} have a score of 50% or more',
    },
    values: {
      likely: (f) => f.percent(all ? likely / all : null),
      all: (f) => f.integer(all),
      asOf: (f) => f.date(asOf),
    },
    spec: (pens) => histogram(bins, mean, inLanguage(texts, pens), pens),
    data: bins,
    columns: [
      { title: texts.score, cell: ({ from }, f) => `${f.percent(from, 0)} +` },
      { title: accounts, align: 'right', cell: ({ n }, f) => f.integer(n) },
    ],
  };
}

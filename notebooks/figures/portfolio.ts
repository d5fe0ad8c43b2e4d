import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import { bucketNames } from '#core/portfolio/buckets.ts';
import type { Interval } from '#core/stats/wilson.ts';
import { type AgeingShare, ageing } from '../../web/src/charts/ageing.ts';
import { forest } from '../../web/src/charts/forest.ts';
import { histogram, type ScoreBin } from '../../web/src/charts/histogram.ts';
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
    es: 'Cartera {simulated, select, true {simulada} other {real}}: {accounts, number, integer} cuentas de {people, number, integer} personas, {snapshots, number, integer} saldos entre el {first} y el {last}.',
    en: '{simulated, select, true {Simulated} other {Real}} portfolio: {accounts, number, integer} accounts of {people, number, integer} people, {snapshots, number, integer} balances from {first} to {last}.',
  },
  values: {
    simulated: String(summary.simulated),
    accounts: summary.accounts,
    people: summary.customers,
    snapshots,
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
      es: '{now, number, percent} de las cuentas abiertas están en mora el {last}; eran {before, number, percent} el {first}',
      en: '{now, number, percent} of open accounts are past due on {last}; on {first} it was {before, number, percent}',
    },
    values: { now: on(last), before: on(first), first: (f) => f.date(first), last: (f) => f.date(last) },
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

/** Accounts back at 0 a month after they were 1 to 29 days past due, month by month. */
export function returnsToZero(returns: readonly Return[]): Figure<Return> {
  const newest = returns.at(-1);
  const axis = { es: 'De 1–29 días a 0 en un mes', en: 'From 1–29 days to 0 in a month' };
  return {
    finding: {
      es: 'De las cuentas con 1 a 29 días, {share, number, percent} volvieron a 0 al mes siguiente (entre {lower, number, percent} y {upper, number, percent})',
      en: 'Of accounts 1 to 29 days past due, {share, number, percent} were back at 0 the next month ({lower, number, percent} to {upper, number, percent})',
    },
    values: { share: newest?.estimate, lower: newest?.lower, upper: newest?.upper },
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
      es: '{likely, number, percent} de {all, number, integer} cuentas en mora el {asOf} tienen un puntaje de 50 % o más',
      en: '{likely, number, percent} of {all, number, integer} accounts past due on {asOf} have a score of 50% or more',
    },
    values: { likely: all ? likely / all : null, all, asOf: (f) => f.date(asOf) },
    spec: (pens) => histogram(bins, mean, inLanguage(texts, pens), pens),
    data: bins,
    columns: [
      { title: texts.score, cell: ({ from }, f) => `${f.percent(from, 0)} +` },
      { title: accounts, align: 'right', cell: ({ n }, f) => f.integer(n) },
    ],
  };
}

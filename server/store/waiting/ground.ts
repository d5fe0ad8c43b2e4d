import type { ModelCard } from '#core/contract/models/card.ts';
import type { WaitAssumption, WaitQuery } from '#core/contract/models/waiting.ts';
import { bucketNames } from '#core/portfolio/buckets.ts';
import { normalQuantile } from '#core/stats/distributions/normal.ts';
import { numberFormat } from '#core/text/number.ts';
import type { Locale } from '#core/text/text.ts';
import type { Ground } from '#models/self-cure/waiting/decision.ts';
import { contactsPerAccount, curveOf, effectOf, timingOf } from '#models/self-cure/waiting/ground.ts';
import type { Context } from '../../context.ts';
import { readKpi } from '../portfolio/kpis.ts';
import type { WaitPast } from './past.ts';
import { assumed } from './words.ts';

const z = normalQuantile(0.975);

const bandsOf = (card: ModelCard): Ground['calibration'] =>
  card.calibration.map(({ predicted, lower, upper }) => ({ predicted, error: (upper - lower) / (2 * z) }));

function costsOf(
  given: string | undefined,
  past: WaitPast,
): { costs: Map<string, number>; source: 'data' | 'given' | 'missing' } {
  const loaded = new Map(past.costs.map(({ currency, cost }) => [currency, cost]));
  if (!given) return { costs: loaded, source: loaded.size ? 'data' : 'missing' };
  for (const pair of given.split(',')) {
    const [currency, cost] = pair.split(':') as [string, string];
    loaded.set(currency, Number(cost));
  }
  return { costs: loaded, source: 'given' };
}

const decimal = (locale: Locale) =>
  numberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const listed = (costs: ReadonlyMap<string, number>, locale: Locale): string =>
  [...costs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, cost]) => `${decimal(locale)(cost)} ${currency}`)
    .join(locale === 'es' ? '; ' : ', ');

const costed = (costs: ReadonlyMap<string, number>, source: WaitAssumption['source']): WaitAssumption => {
  const inWords = (locale: Locale) => assumed('cost', source, { costs: listed(costs, locale) });
  return { ...inWords('es'), sentence: { es: inWords('es').sentence.es, en: inWords('en').sentence.en } };
};

type Part<T> = { value: T; assumption: WaitAssumption };

/** Chance of a charge-off within a year from the bucket after, by currency, from the rolls of the portfolio. */
async function rollToLoss(
  { engine, registry }: Context,
  given: number | undefined,
): Promise<Part<Ground['lossChance']>> {
  if (given !== undefined)
    return { value: () => given, assumption: assumed('rollToLoss', 'given', { share: given }) };
  const { rows, figures } = await readKpi(engine, registry.kpis, 'flow-to-loss', {});
  if (rows.length === 0 || !figures.charged_off)
    return { value: () => null, assumption: assumed('rollToLoss', 'missing') };
  const chances = new Map(rows.map((row) => [`${row.currency} ${row.bucket}`, row.absorbed_within]));
  const value: Ground['lossChance'] = (currency, bucket) => {
    const next = bucketNames[bucketNames.indexOf(bucket as (typeof bucketNames)[number]) + 1];
    const found = chances.get(`${currency} ${next}`);
    return typeof found === 'number' ? found : null;
  };
  return { value, assumption: assumed('rollToLoss', 'data') };
}

/** Everything the table is worked out from, with where each figure is from, in the order of the page. */
export async function groundOf(
  context: Context,
  card: ModelCard,
  past: WaitPast,
  query: WaitQuery,
  scored: Pick<Ground, 'bins' | 'people'>,
): Promise<{ ground: Ground; assumptions: WaitAssumption[] }> {
  const { waitDays: days } = query;
  const [policy, held] = [curveOf(past.cures, 0), curveOf(past.cures, 1)];
  const timing = timingOf(held ?? policy, days);
  const found = contactsPerAccount(past.cures, past.contacts, days);
  const contacts = query.contactsPerAccount ?? found;
  const { costs, source: costSource } = costsOf(query.contactCosts, past);
  const measured = effectOf(policy, held, days);
  const given = query.effectPoints;
  const effect = given === undefined ? measured : { estimate: given / 100, error: 0 };
  const loss = await rollToLoss(context, query.rollToLoss);
  const { lossGivenDefault } = query;
  return {
    ground: {
      ...scored,
      calibration: bandsOf(card),
      timing,
      contactsPerAccount: contacts,
      costs,
      effect,
      lossChance: loss.value,
      lossGivenDefault,
    },
    assumptions: [
      assumed('order', 'assumed'),
      timing === null
        ? assumed('timing', 'missing')
        : assumed('timing', 'data', { share: timing, days, group: held ? 'held' : 'policy' }),
      contacts === null
        ? assumed('contacts', 'missing')
        : assumed('contacts', query.contactsPerAccount === undefined ? 'data' : 'given', {
            n: contacts,
            days,
          }),
      costed(costs, costSource),
      given !== undefined
        ? assumed('effect', 'given', { points: given })
        : measured
          ? assumed('effect', 'data', {
              days,
              points: 100 * measured.estimate,
              lower: 100 * (measured.estimate - z * measured.error),
              upper: 100 * (measured.estimate + z * measured.error),
            })
          : assumed('effect', 'missing'),
      loss.assumption,
      assumed('exposure', 'data'),
      assumed('lossGivenDefault', 'assumed', { share: lossGivenDefault }),
    ],
  };
}

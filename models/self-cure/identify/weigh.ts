import type { Rung } from '#core/contract/models/card.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Ask } from '../../question.ts';
import { type ContactCell, contactHazards, effectiveSize, exposures, thinnest } from '../censoring.ts';
import {
  atRisk,
  type CutSums,
  contactCells,
  courses,
  cutSums,
  cutWeights,
  rawWeights,
  type Scope,
  type WeightSums,
  weightSums,
} from './courses.ts';
import { factorsOf, levelsOf, nameOf, productsOf } from './strata.ts';
import { figures, reasons, written } from './texts.ts';

/** Smallest share of those still past due that must be uncontacted, on every day and in every stratum. */
const leastUncontacted = 0.02;
/** A stratum is judged while at least so many of it are still past due. */
const judgedRows = 50;
const leastEffectiveSize = 500;
/** Share of cures whose day must be known to a week. */
const leastDated = 0.9;
/** Weights are cut at so many times their mean. */
const cap = 20;
/** Rows that the hazard of contact and the scale of the weights are counted on at most. */
const countedRows = 300_000;

export interface Weighted {
  weights: Sql;
  shown: Pick<Rung, 'reason' | 'figures'>;
}

interface Overview {
  n: number;
  contacted: number;
  cured: number;
  dated: number;
  until: number;
  plain_cured: number;
  uncontacted: number;
}

/**
 * Weights by which the rows not contacted stand for all of them: the inverse of the chance of no contact up to the day
 * that settled the row, from a discrete-time hazard of contact by stratum and day among those still past due.
 *
 * They are scaled by one constant, their mean. A numerator that followed the day a row was settled on, as stabilised
 * weights of a hazard model have, would bias the chance over a fixed horizon (Hernán and Robins, What If, 12.3 and 17.4).
 */
export async function weigh(
  ask: Ask,
  scope: Scope,
): Promise<Weighted | { reason: Text; figures: Rung['figures'] }> {
  const { dialect, parameters } = scope;
  const products = (await ask<{ product: string }>(productsOf())).map(({ product }) => product);
  const factors = factorsOf(parameters, products);
  const [everybody] = await ask<{ n: number }>(
    sql`SELECT ${dialect.countIf(raw('true'))} AS n FROM ${atRisk(scope)} p`,
  );
  const counted = courses(scope, products, Math.min(1, countedRows / Math.max(1, everybody?.n ?? 0)));
  const [seen] = await ask<Overview>(overview(scope, counted));
  if (!seen || seen.n === 0) return { reason: reasons.nobody_contacted, figures: [] };
  const basic = {
    rows: seen.n,
    contacted: seen.contacted / seen.n,
    uncontacted: seen.uncontacted,
    plainCured: seen.uncontacted > 0 ? seen.plain_cured / seen.uncontacted : null,
  };
  const dated = seen.cured > 0 ? seen.dated / seen.cured : 1;
  if (dated < leastDated)
    return {
      reason: written(reasons.undated, { share: dated, minimum: leastDated }),
      figures: figures(basic),
    };
  if (seen.contacted === 0) return { reason: reasons.nobody_contacted, figures: figures(basic) };
  const cells = await ask<ContactCell>(contactCells(scope, counted, seen.until));
  const thin = thinnest(cells, judgedRows);
  const thinShare = thin?.uncontactedShare ?? null;
  if (thin && thin.uncontactedShare < leastUncontacted) {
    const name = nameOf(thin.stratum, factors);
    const say = (locale: 'es' | 'en') =>
      written(reasons.thin, {
        day: thin.day,
        late: thin.late,
        stratum: name[locale],
        share: thin.uncontactedShare,
        minimum: leastUncontacted,
      })[locale];
    return { reason: { es: say('es'), en: say('en') }, figures: figures({ ...basic, thinnest: thinShare }) };
  }
  const levels = new Map<number, number[]>();
  const levelsFor = (stratum: number): number[] => {
    const known = levels.get(stratum) ?? levelsOf(stratum, factors);
    levels.set(stratum, known);
    return known;
  };
  const hazard = contactHazards(
    cells,
    seen.until,
    levelsFor,
    factors.map((factor) => factor.levels.length),
  );
  const total = factors.reduce((product, factor) => product * factor.levels.length, 1);
  const every = Array.from({ length: total }, (_, stratum) => stratum);
  const exposed = exposures(every, seen.until, hazard);
  const unscaled = rawWeights(dialect, counted, exposed);
  const [sums] = await ask<WeightSums>(weightSums(dialect, unscaled));
  if (!sums || sums.n === 0)
    return {
      reason: written(reasons.small, { size: 0, minimum: leastEffectiveSize }),
      figures: figures(basic),
    };
  const mean = sums.sum / sums.n;
  const scaled = cutWeights(unscaled, mean, cap);
  const [cut] = await ask<CutSums>(cutSums(dialect, scaled, cap));
  const size = effectiveSize(cut!.sum, cut!.squares);
  const shown = figures({
    ...basic,
    cured: cut!.sum_cured / cut!.sum,
    effectiveSize: size,
    largest: cut!.largest,
    cap,
    cut: cut!.cut,
    thinnest: thinShare,
  });
  if (size < leastEffectiveSize)
    return { reason: written(reasons.small, { size, minimum: leastEffectiveSize }), figures: shown };
  const whole = cutWeights(rawWeights(dialect, courses(scope, products), exposed), mean, cap);
  return {
    weights: sql`SELECT w.account_id, w.as_of, w.row_weight FROM (${whole}) w`,
    shown: { reason: written(reasons.weights_used, { cap }), figures: shown },
  };
}

const overview = ({ dialect }: Scope, from: Sql): Sql =>
  sql`SELECT ${dialect.countIf(raw('true'))} AS n, ${dialect.countIf(sql`c.contact_day IS NOT NULL`)} AS contacted, ${dialect.countIf(sql`c.target = 1`)} AS cured,
  ${dialect.countIf(sql`c.target = 1 AND c.dated = 1`)} AS dated, max(c.until) AS until,
  ${dialect.countIf(sql`c.target = 1 AND c.contact_day IS NULL`)} AS plain_cured, ${dialect.countIf(sql`c.contact_day IS NULL`)} AS uncontacted FROM (${from}) c`;

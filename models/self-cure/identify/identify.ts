import type { Rung } from '#core/contract/models/card.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Ask, DecisionDate, Identified } from '../../question.ts';
import type { SelfCureParameters } from '../parameters.ts';
import { type HoldoutRow, heldOut, holdoutFigures, type Scope } from './courses.ts';
import { figures, reasons, rungTitles, written } from './texts.ts';
import { type Weighted, weigh } from './weigh.ts';

/** Rows held out, as the effective size of weights, and cases of the rarer outcome a model is learned from at least. */
const fewestRows = 500;
const fewestCases = 100;
/** Share of the rows held out that may have been contacted all the same. */
const mostContacted = 0.05;

type Refusal = { reason: Text; figures: Rung['figures'] };

/**
 * The best rung that the data carries. First the rows of people held out of contact, where they are many enough and
 * really went without; then every row not contacted, weighted for the chance of that; else what happens under the
 * current policy, which needs nothing.
 */
export async function identify(
  ask: Ask,
  dialect: Dialect,
  parameters: SelfCureParameters,
  dates: readonly DecisionDate[],
): Promise<Identified> {
  const scope: Scope = { dialect, parameters, dates };
  const contacts = await ask<{ one: number }>(raw('SELECT 1 AS one FROM current_contacts LIMIT 1'));
  const held = await fromHoldout(ask, scope, contacts.length > 0);
  const after = (id: 'censoring_weights' | 'current_policy'): Rung => ({
    id,
    title: rungTitles[id],
    state: 'not_tried',
    reason: reasons.not_needed,
    figures: [],
  });
  if ('restrict' in held)
    return {
      identification: 'holdout',
      ladder: [held.rung, after('censoring_weights'), after('current_policy')],
      restrict: held.restrict,
      warnings: [],
    };
  const first = refused('holdout', held);
  const weighted: Weighted | Refusal =
    contacts.length > 0 ? await weigh(ask, scope) : { reason: reasons.no_contacts, figures: [] };
  if ('weights' in weighted)
    return {
      identification: 'censoring_weights',
      ladder: [
        first,
        { id: 'censoring_weights', title: rungTitles.censoring_weights, state: 'used', ...weighted.shown },
        after('current_policy'),
      ],
      weights: weighted.weights,
      warnings: [],
    };
  return {
    identification: 'current_policy',
    ladder: [
      first,
      refused('censoring_weights', weighted),
      {
        id: 'current_policy',
        title: rungTitles.current_policy,
        state: 'used',
        reason: reasons.as_it_was,
        figures: [],
      },
    ],
    warnings: [],
  };
}

const refused = (id: 'holdout' | 'censoring_weights', { reason, figures: shown }: Refusal): Rung => ({
  id,
  title: rungTitles[id],
  state: 'refused',
  reason,
  figures: shown,
});

async function fromHoldout(
  ask: Ask,
  scope: Scope,
  contactsLoaded: boolean,
): Promise<{ rung: Rung; restrict: Sql } | Refusal> {
  const any = await ask<{ one: number }>(
    raw(`SELECT 1 AS one FROM current_holdouts WHERE kind = 'no_contact' LIMIT 1`),
  );
  if (any.length === 0) return { reason: reasons.none_held, figures: [] };
  if (!contactsLoaded) return { reason: reasons.no_contacts, figures: [] };
  const [row] = await ask<HoldoutRow>(holdoutFigures(scope));
  if (!row || row.n === 0) return { reason: reasons.none_held, figures: [] };
  const { n, customers, cured } = row;
  const share = row.contacted / n;
  const shown = figures({
    rows: n,
    people: customers,
    cured: cured / n,
    contacted: share,
    heldShare: row.at_risk > 0 ? n / row.at_risk : null,
    declaredShare: row.share,
  });
  if (n < fewestRows)
    return { reason: written(reasons.small_held, { n, minimum: fewestRows }), figures: shown };
  const rarer = Math.min(cured, n - cured);
  if (rarer < fewestCases)
    return { reason: written(reasons.few_held, { rarer, n, minimum: fewestCases }), figures: shown };
  if (share > mostContacted)
    return { reason: written(reasons.held_contacted, { share, limit: mostContacted }), figures: shown };
  return {
    rung: {
      id: 'holdout',
      title: rungTitles.holdout,
      state: 'used',
      reason: written(reasons.held_used, { n, customers, share }),
      figures: shown,
    },
    restrict: sql`SELECT h.account_id, h.as_of FROM ${heldOut(scope)} h`,
  };
}

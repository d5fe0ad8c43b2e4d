import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

export interface ChannelRun {
  versionId: string;
  asOf: string;
}

/** What a payment in the window is expected to be, as a share of what is overdue, and what an attempt costs. */
export interface ChannelInputs {
  amounts: { currency: string; share: number }[];
  costs: { currency: string; channel: string; cost: number }[];
}

export const ofChannelRun = ({ versionId, asOf }: ChannelRun): Sql =>
  sql`version_id = ${versionId} AND as_of = CAST(${asOf} AS DATE)`;

/** Groups of customers left out in turn. */
export const replicates = [1, 2, 3, 4, 5] as const;
/** Two-sided 95 % point of Student's t with 4 degrees of freedom: five groups left out in turn. */
export const critical = 2.7764451051977987;

const values = (rows: readonly Sql[], columns: string): Sql =>
  rows.length
    ? sql`(SELECT * FROM (VALUES ${join(rows)}) v(${raw(columns)}))`
    : sql`(SELECT * FROM (VALUES (NULL, NULL, NULL)) v(${raw(columns)}) WHERE false)`;

/**
 * Who should be tried by which channel: relation (customer_id, leader, answer, worth, ties). The net value of a channel is
 * effect × arrears × share paid − cost, among channels permitted and allowed; nothing is worth 0. The lead over a rival is
 * sure when it is above 2.78 standard errors, those of the delete-a-group jackknife over five groups of customers
 * (Shao and Rao 1993), of the difference itself, so that what both share does not count.
 *
 * answer: clear; tie (with another channel); unsure (not told apart from doing nothing); none (nothing is worth its cost);
 * closed (no channel is permitted and allowed); unknown (no effect, amount or cost for those that are).
 */
export function choices(run: ChannelRun, { amounts, costs }: ChannelInputs): Sql {
  const shares = sql`(SELECT currency, share FROM ${
    amounts.length
      ? sql`(VALUES ${join(amounts.map(({ currency, share }) => sql`(CAST(${currency} AS VARCHAR), CAST(${share} AS DOUBLE))`))})`
      : raw('(SELECT NULL::VARCHAR, NULL::DOUBLE WHERE false)')
  } v(currency, share))`;
  const prices = values(
    costs.map(
      ({ currency, channel, cost }) =>
        sql`(CAST(${currency} AS VARCHAR), CAST(${channel} AS VARCHAR), CAST(${cost} AS DOUBLE))`,
    ),
    'currency, channel, cost',
  );
  const each = (build: (k: string) => string) => raw(replicates.map((k) => build(String(k))).join(', '));
  const mean = replicates.map((k) => `d${k}`).join(' + ');
  const squares = replicates.map((k) => `(d${k} - mean_d) * (d${k} - mean_d)`).join(' + ');
  return sql`WITH priced AS (
  SELECT s.customer_id, s.channel, s.permitted, s.allowed, p.cost, s.effect * s.arrears * a.share - p.cost AS worth,
    ${each((k) => `s.without_${k} * s.arrears * a.share - p.cost AS w${k}`)}
  FROM channel_scores s LEFT JOIN ${shares} a ON a.currency = s.currency
  LEFT JOIN ${prices} p ON p.currency = s.currency AND p.channel = s.channel WHERE ${ofChannelRun(run)}),
open AS (SELECT * FROM priced WHERE permitted AND allowed),
best AS (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY worth DESC, cost, channel) AS turn FROM open WHERE worth IS NOT NULL) WHERE turn = 1),
rivals AS (SELECT customer_id, channel, worth, ${each((k) => `w${k}`)} FROM open WHERE worth IS NOT NULL
  UNION ALL SELECT customer_id, 'none', 0, ${each(() => '0')} FROM best),
gaps AS (SELECT b.customer_id, r.channel, b.worth - r.worth AS gap, ${each((k) => `b.w${k} - r.w${k} AS d${k}`)}
  FROM best b JOIN rivals r ON r.customer_id = b.customer_id AND r.channel <> b.channel),
judged AS (SELECT customer_id, channel, gap, sqrt(0.8 * (${raw(squares)})) AS error FROM (SELECT *, (${raw(mean)}) / 5 AS mean_d FROM gaps)),
tied AS (SELECT customer_id, list(channel ORDER BY channel) AS ties FROM judged WHERE gap <= ${raw(String(critical))} * error OR error IS NULL GROUP BY customer_id),
everyone AS (SELECT customer_id, count(*) FILTER (WHERE permitted AND allowed) AS open_channels FROM priced GROUP BY customer_id)
SELECT e.customer_id, CASE WHEN b.worth > 0 THEN b.channel ELSE 'none' END AS leader, greatest(coalesce(b.worth, 0), 0) AS worth,
  CASE WHEN e.open_channels = 0 THEN 'closed' WHEN b.customer_id IS NULL THEN 'unknown' WHEN b.worth <= 0 THEN 'none'
    WHEN list_contains(t.ties, 'none') THEN 'unsure' WHEN len(t.ties) > 0 THEN 'tie' ELSE 'clear' END AS answer,
  coalesce(t.ties, []) AS ties
FROM everyone e LEFT JOIN best b ON b.customer_id = e.customer_id LEFT JOIN tied t ON t.customer_id = e.customer_id`;
}

/** Writes the net value of each channel and the choice under the inputs on the scores of a run, and keeps the inputs. */
export async function storeChoices(session: Session, run: ChannelRun, inputs: ChannelInputs): Promise<void> {
  await session.run(sql`CREATE OR REPLACE TEMP TABLE channel_choices AS ${choices(run, inputs)}`);
  await session.run(sql`UPDATE channel_scores SET net_value = NULL WHERE ${ofChannelRun(run)}`);
  for (const { currency, share } of inputs.amounts)
    for (const { channel, cost } of inputs.costs.filter((one) => one.currency === currency))
      await session.run(sql`UPDATE channel_scores SET net_value = effect * arrears * CAST(${share} AS DOUBLE) - CAST(${cost} AS DOUBLE)
        WHERE ${ofChannelRun(run)} AND currency = ${currency} AND channel = ${channel}`);
  await session.run(sql`UPDATE channel_scores SET leads = (c.leader = channel_scores.channel), answer = c.answer
    FROM channel_choices c WHERE ${ofChannelRun(run)} AND c.customer_id = channel_scores.customer_id`);
  await session.run(
    sql`UPDATE channel_runs SET inputs = ${JSON.stringify(inputs)} WHERE ${ofChannelRun(run)}`,
  );
  await session.run(raw('DROP TABLE channel_choices'));
}

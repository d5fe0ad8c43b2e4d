import type { z } from 'zod';
import type { ChannelChoices, ChannelInputs, channelPerson } from '#core/contract/models/channels.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Session } from '../../engine/engine.ts';
import { type ChannelRun, critical, replicates as folds, ofChannelRun } from './channel-scores.ts';

interface RunRow {
  as_of: string;
  decided_on: string;
  people: number;
  inputs: string;
  not_judged: string;
  scored_at: string;
}

/** The newest run of a version; undefined when it has scored nobody. */
const newestRun = (session: Session, versionId: string): Promise<RunRow | undefined> =>
  session.first<RunRow>(
    sql`SELECT * FROM channel_runs WHERE version_id = ${versionId} ORDER BY as_of DESC LIMIT 1`,
  );

const n = raw('CAST(count(*) AS BIGINT)');
const where = (condition: string): Sql => raw(`CAST(count(*) FILTER (WHERE ${condition}) AS BIGINT)`);

export async function newestChannelRun(session: Session, versionId: string): Promise<ChannelRun | null> {
  const run = await newestRun(session, versionId);
  return run ? { versionId, asOf: run.as_of } : null;
}

/** The newest scoring of a version, counted; null when it has scored nobody. */
export async function readChoices(
  session: Session,
  versionId: string,
  titleOf: (rule: string) => Text,
): Promise<ChannelChoices | null> {
  const run = await newestRun(session, versionId);
  if (!run) return null;
  const own = ofChannelRun({ versionId, asOf: run.as_of });
  const inputs = JSON.parse(run.inputs) as ChannelInputs;
  const channels = await session.rows<{
    channel: string;
    permitted: number;
    open: number;
    clear: number;
    tie: number;
    unsure: number;
  }>(sql`SELECT channel, ${where('permitted')} AS permitted, ${where('permitted AND allowed')} AS open,
  ${where("leads AND answer = 'clear'")} AS clear, ${where("leads AND answer = 'tie'")} AS tie, ${where("leads AND answer = 'unsure'")} AS unsure
FROM channel_scores WHERE ${own} GROUP BY channel ORDER BY channel`);
  const blocked = await session.rows<{ channel: string; rule: string; n: number }>(
    sql`SELECT channel, blocked_by AS rule, ${n} AS n FROM channel_scores
WHERE ${own} AND permitted AND NOT allowed GROUP BY channel, blocked_by ORDER BY channel, n DESC, rule`,
  );
  const nobody = await session.first<ChannelChoices['nobody']>(
    sql`SELECT ${where("answer = 'none'")} AS none, ${where("answer = 'closed'")} AS closed, ${where("answer = 'unknown'")} AS unknown
FROM (SELECT customer_id, min(answer) AS answer FROM channel_scores WHERE ${own} GROUP BY customer_id)`,
  );
  const values = await readValues(session, own, inputs);
  const currencies = await session.rows<{ currency: string }>(
    sql`SELECT DISTINCT currency FROM channel_scores WHERE ${own} ORDER BY currency`,
  );
  return {
    versionId,
    asOf: run.as_of,
    decidedOn: run.decided_on,
    people: run.people,
    scoredAt: run.scored_at,
    inputs,
    missing: currencies.flatMap(({ currency }) => {
      const priced = new Set(
        inputs.costs.filter((one) => one.currency === currency).map(({ channel }) => channel),
      );
      const without = channels.map(({ channel }) => channel).filter((channel) => !priced.has(channel));
      const unshared = !inputs.amounts.some((one) => one.currency === currency);
      return without.length > 0 || unshared ? [{ currency, channels: without, share: unshared }] : [];
    }),
    notJudged: JSON.parse(run.not_judged) as ChannelChoices['notJudged'],
    channels: channels.map((row) => ({
      ...row,
      blocked: blocked
        .filter(({ channel }) => channel === row.channel)
        .map(({ rule, n: people }) => ({ rule, title: titleOf(rule), n: people })),
    })),
    nobody: nobody ?? { none: 0, closed: 0, unknown: 0 },
    values,
  };
}

type Person = z.output<typeof channelPerson>;

interface ValueRow {
  currency: string;
  identification: string;
  people: number;
  worth: number;
  moves: (number | null)[];
}

/**
 * Net value of the leading channels by currency, with the interval of the delete-a-group jackknife: what the sum would be
 * by the effects of models that did not see one fifth of the people. The choice itself is taken as given.
 */
async function readValues(
  session: Session,
  own: Sql,
  { amounts }: ChannelInputs,
): Promise<ChannelChoices['values']> {
  const moves = raw(folds.map((k) => `sum((without_${k} - effect) * arrears)`).join(', '));
  const rows = await session.rows<ValueRow>(
    sql`SELECT currency, identification, ${n} AS people, CAST(sum(net_value) AS DOUBLE) AS worth, [${moves}] AS moves
FROM channel_scores WHERE ${own} AND leads GROUP BY currency, identification ORDER BY currency, identification`,
  );
  return rows.map(({ moves: raws, worth, ...row }) => {
    const share = amounts.find(({ currency }) => currency === row.currency)?.share ?? 0;
    const moved = raws.map((move) => (move ?? Number.NaN) * share);
    const mean = moved.reduce((sum, move) => sum + move, 0) / moved.length;
    const squares = moved.reduce((sum, move) => sum + (move - mean) ** 2, 0);
    const half = critical * Math.sqrt(((folds.length - 1) / folds.length) * squares);
    const known = Number.isFinite(half);
    return {
      ...row,
      worth: worth.toFixed(2),
      lower: known ? (worth - half).toFixed(2) : null,
      upper: known ? (worth + half).toFixed(2) : null,
    };
  });
}

/** People with the channel that leads, most valuable first. */
export async function readChannelPeople(
  session: Session,
  run: ChannelRun,
  {
    channel,
    answer,
    limit,
    offset,
  }: { channel?: string | undefined; answer?: string | undefined; limit: number; offset: number },
): Promise<{ people: Person[]; total: number }> {
  const wanted = sql`${ofChannelRun(run)} AND leads${channel ? sql` AND channel = ${channel}` : raw('')}${
    answer ? sql` AND answer = ${answer}` : raw('')
  }`;
  const mean = `(${folds.map((k) => `without_${k}`).join(' + ')}) / 5`;
  const squares = [1, 2, 3, 4, 5]
    .map((k) => `(without_${k} - ${mean}) * (without_${k} - ${mean})`)
    .join(' + ');
  const people = await session.rows<Omit<Person, 'lower' | 'upper'> & { error: number | null }>(
    sql`SELECT customer_id AS "customerId", account_id AS "accountId", channel, answer, effect, sqrt(0.8 * (${raw(squares)})) AS error,
  chance_none AS "chanceNone", net_value AS "netValue", currency, identification
FROM channel_scores WHERE ${wanted} ORDER BY net_value DESC, customer_id LIMIT ${limit} OFFSET ${offset}`,
  );
  const total = await session.first<{ n: number }>(sql`SELECT ${n} AS n FROM channel_scores WHERE ${wanted}`);
  return {
    people: people.map(({ error, ...person }) => ({
      ...person,
      lower: error === null || person.effect === null ? null : person.effect - critical * error,
      upper: error === null || person.effect === null ? null : person.effect + critical * error,
    })),
    total: total?.n ?? 0,
  };
}

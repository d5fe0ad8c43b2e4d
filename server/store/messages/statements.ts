import type { ChannelCost } from '#core/contract/messages/messages.ts';
import type { Statement } from '#core/message/consequence.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { readSetting, writeSetting } from '../workspace.ts';

/** The last statement of each country about a consequence. */
export const readStatements = (session: Session, consequence: string): Promise<Statement[]> =>
  session.rows<Statement>(sql`SELECT country, share, evidence, name, stated_on AS "statedOn", valid_until AS "validUntil"
    FROM message_statements WHERE consequence = ${consequence}
    QUALIFY row_number() OVER (PARTITION BY country ORDER BY stated_at DESC, name) = 1 ORDER BY country`);

export async function insertStatement(
  session: Session,
  consequence: string,
  { country, share, evidence, name, statedOn, validUntil }: Statement,
  { at, by }: { at: string; by: string },
): Promise<void> {
  await session.run(sql`INSERT INTO message_statements VALUES (${consequence}, ${country}, ${share}, ${evidence}, ${name},
    CAST(${statedOn} AS DATE), CAST(${validUntil} AS DATE), ${at}, ${by})`);
}

const setting = 'message_costs';
type Stated = Record<string, { amount: string; currency: string; statedBy: string }>;

export async function stateCost(
  session: Session,
  channel: string,
  cost: { amount: string; currency: string; statedBy: string },
): Promise<void> {
  const known = (await readSetting<Stated>(session, setting)) ?? {};
  await writeSetting(session, setting, { ...known, [channel]: cost });
}

/**
 * What one contact of each channel cost, by currency: the mean of the contacts of the portfolio, or, for a channel
 * that it holds no costs of, what somebody stated.
 */
export async function readCosts(session: Session): Promise<ChannelCost[]> {
  const measured = await session.rows<Omit<ChannelCost, 'statedBy'>>(sql`
    SELECT k.channel, CAST(CAST(avg(k.cost) AS DECIMAL(18,4)) AS VARCHAR) AS amount, a.currency, CAST(count(*) AS BIGINT) AS n
    FROM current_contacts k JOIN current_accounts a ON a.account_id = k.account_id
    WHERE k.cost IS NOT NULL GROUP BY k.channel, a.currency ORDER BY k.channel, a.currency`);
  const stated = (await readSetting<Stated>(session, setting)) ?? {};
  const known = new Set<string>(measured.map(({ channel }) => channel));
  return [
    ...measured.map((one) => ({ ...one, statedBy: null })),
    ...Object.entries(stated)
      .filter(([channel]) => !known.has(channel))
      .map(([channel, { amount, currency, statedBy }]) => ({
        channel: channel as ChannelCost['channel'],
        amount,
        currency,
        n: 0,
        statedBy,
      })),
  ];
}

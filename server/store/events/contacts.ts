import { textLots } from '#core/contact/messages.ts';
import { messageKinds } from '#core/events/kinds.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { join, list, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { readDesign } from '../experiments/designs.ts';
import { findPrior } from './publish-rows.ts';

/**
 * First load in which a contact of the messages at hand may stand: none is older than what sent them, but that of the
 * events of the day on which they were sent.
 */
async function firstLoad(session: Session): Promise<number> {
  const row = await session.first<{ first: number | null }>(
    raw(`SELECT least(
      (SELECT min(load_id) FROM loads WHERE loaded_at >= s.since),
      (SELECT max(d.load_id) FROM event_days d JOIN loads o ON o.load_id = d.load_id WHERE o.loaded_at <= s.since)) AS first
    FROM (SELECT min(e.started_at) AS since FROM export_runs e SEMI JOIN sent USING (export_id)) s`),
  );
  return row?.first ?? 0;
}

/** The style and template each message was sent with: relation(experiment_id, arm, touch, place, texts, style, template). */
async function lotsOf(session: Session, dialect: Dialect): Promise<Sql> {
  const experiments = await session.rows<{ id: string }>(
    raw(
      "SELECT DISTINCT e.experiment_id AS id FROM export_runs e SEMI JOIN sent USING (export_id) WHERE e.experiment_id <> '' ORDER BY id",
    ),
  );
  const lots: Sql[] = [];
  for (const { id } of experiments) {
    const { design } = await readDesign(session, id);
    lots.push(sql`SELECT ${literal(id)} AS experiment_id, x.* FROM ${textLots(dialect, design.arms)} x`);
  }
  return lots.length > 0
    ? sql`(${join(lots, ' UNION ALL ')})`
    : raw(
        "(SELECT '' AS experiment_id, '' AS arm, 0 AS touch, 0 AS place, 1 AS texts, NULL AS style, NULL AS template WHERE false)",
      );
}

const kinds = (...names: string[]): Sql => list(names);

/**
 * What became of each message of the group, in `made_contacts`: what was known of it and what its new events add, in
 * whatever order they come. Whoever opened, pressed or answered has received; a failure counts until something says
 * otherwise.
 *
 * @returns whether there is any
 */
export async function makeContacts(
  session: Session,
  dialect: Dialect,
  ownClock: boolean,
  at: string,
): Promise<boolean> {
  const known = ownClock ? raw('happened_at') : sql`CAST(${at} AS TIMESTAMP)`;
  await session.run(sql`CREATE TEMPORARY TABLE heard AS
    SELECT message_key AS contact_id, min(customer_id) AS customer_id, min(channel) AS channel, min(export_id) AS export_id,
      min(assignment_id) AS assignment_id, min(arm) AS arm, min(touch) AS touch, min(happened_at) AS first_at, max(${known}) AS known_at,
      bool_or(kind NOT IN ${kinds('failed', 'bounced')}) AS delivered, bool_or(kind IN ${kinds('opened', 'read', 'clicked')}) AS opened,
      bool_or(kind = 'clicked') AS clicked, bool_or(kind = 'replied') AS replied
    FROM told WHERE reason IS NULL AND kind IN ${list(messageKinds)} GROUP BY message_key`);
  const any = await session.first<{ n: number }>(raw('SELECT CAST(count(*) AS BIGINT) AS n FROM heard'));
  if (!any?.n) return false;
  await findPrior(session, 'contacts', raw('heard'), await firstLoad(session));
  await session.run(sql`CREATE TEMPORARY TABLE made_contacts AS
    SELECT h.contact_id, h.customer_id, p.account_id, coalesce(p.channel, h.channel) AS channel, coalesce(p.style, x.style) AS style,
      coalesce(p.template_id, x.template) AS template_id, least(p.sent_at, h.first_at) AS sent_at, greatest(p.known_at, h.known_at) AS known_at,
      h.delivered OR coalesce(p.delivered, false) AS delivered, h.opened OR coalesce(p.opened, false) AS opened,
      h.clicked OR coalesce(p.clicked, false) AS clicked, h.replied OR coalesce(p.replied, false) AS replied, p.right_party, p.agent_id, p.cost,
      coalesce(p.experiment_id, nullif(e.experiment_id, '')) AS experiment_id, coalesce(p.arm, h.arm) AS arm, coalesce(p.propensity, a.propensity) AS propensity
    FROM heard h LEFT JOIN (SELECT * FROM prior_contacts WHERE is_current QUALIFY row_number() OVER (PARTITION BY contact_id ORDER BY load_id DESC, source_row DESC) = 1) p USING (contact_id)
    LEFT JOIN export_runs e ON e.export_id = h.export_id
    LEFT JOIN assignments a ON a.assignment_id = h.assignment_id AND a.experiment_id = e.experiment_id
    LEFT JOIN ${await lotsOf(session, dialect)} x ON x.experiment_id = e.experiment_id AND x.arm = h.arm AND x.touch = h.touch
      AND x.place = coalesce(a.text_lot, 0) % x.texts`);
  return true;
}

/**
 * A message of which nobody knew whether it had arrived, and of which its receiver now tells something, has been
 * taken by that receiver.
 */
export async function settleUncertain(session: Session, at: string): Promise<number> {
  const uncertain = await session.first<{ n: number }>(
    raw(
      "SELECT CAST(count(*) AS BIGINT) AS n FROM sent s SEMI JOIN heard h ON h.contact_id = s.message_key WHERE s.state = 'uncertain'",
    ),
  );
  if (!uncertain?.n) return 0;
  return session.run(sql`UPDATE export_rows SET state = 'acknowledged', changed_at = ${at} WHERE state = 'uncertain'
    AND message_key IN (SELECT s.message_key FROM sent s SEMI JOIN heard h ON h.contact_id = s.message_key WHERE s.state = 'uncertain')`);
}

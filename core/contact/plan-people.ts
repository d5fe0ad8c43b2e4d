import type { Assumptions } from '../experiment/define.ts';
import type { Channel } from '../portfolio/tables/people.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { current } from '../sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '../sql/sql.ts';
import { clockText, phoneZones } from './area-codes.ts';

/** The people of one touch, from a relation(assignment_id, customer_id, arm, channel, send_window), with what is known of where they are. */
export const planPeople = (due: Sql, assume: Assumptions | null): Sql => sql`
CREATE TEMPORARY TABLE plan_people AS
SELECT a.assignment_id, a.customer_id, a.arm, a.channel, a.send_window,
  coalesce(nullif(c.jurisdiction, ''), ${assume?.jurisdiction ?? null}, '') AS jurisdiction, ${clockText} AS time_zone
FROM ${due} a
LEFT JOIN ${current('customers')} c ON c.customer_id = a.customer_id
LEFT JOIN ${phoneZones} z ON z.customer_id = a.customer_id AND z.channel = a.channel`;

/** The people of `planPeople` for one person: one row for each channel, named after it. */
export const planPerson = (dialect: Dialect, customerId: string, channels: readonly Channel[]): Sql => sql`
CREATE TEMPORARY TABLE plan_people AS
SELECT x.channel AS assignment_id, n.customer_id, '' AS arm, x.channel, '' AS send_window, coalesce(nullif(c.jurisdiction, ''), '') AS jurisdiction, ${clockText} AS time_zone
FROM ${dialect.inline([['customer_id', 'text']], [[customerId]])} n
JOIN ${dialect.inline(
  [['channel', 'text']],
  channels.map((channel) => [channel]),
)} x ON true
LEFT JOIN ${current('customers')} c ON c.customer_id = n.customer_id
LEFT JOIN ${phoneZones} z ON z.customer_id = n.customer_id AND z.channel = x.channel`;

export const distinctPlaces = raw(
  'SELECT jurisdiction, time_zone, channel, send_window, CAST(count(*) AS BIGINT) AS people FROM plan_people GROUP BY ALL ORDER BY 1, 2, 3, 4',
);

/** Where people(customer_id) are, for one channel: relation(customer_id, channel, jurisdiction, time_zone), gaps filled as assumed. */
export const wherePeopleAre = (people: Sql, channel: Channel, assume: Assumptions | null): Sql => sql`
(SELECT p.customer_id, ${channel} AS channel, coalesce(nullif(c.jurisdiction, ''), ${assume?.jurisdiction ?? null}, '') AS jurisdiction,
  ${clockText} AS time_zone
FROM ${people} p LEFT JOIN ${current('customers')} c ON c.customer_id = p.customer_id
LEFT JOIN ${phoneZones} z ON z.customer_id = p.customer_id AND z.channel = ${channel})`;

export const distinctPlacesOf = (standing: Sql): Sql =>
  sql`SELECT DISTINCT jurisdiction, time_zone FROM ${standing} s ORDER BY 1, 2`;

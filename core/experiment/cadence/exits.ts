import { flagTitles } from '../../segment/columns.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Text } from '../../text/text.ts';
import type { Arm } from '../define.ts';
import { blockingFlags } from '../eligibility.ts';
import { clearedAccounts } from '../metrics/parts/arrears.ts';
import { touchesOfArms } from './due.ts';

const current = (table: string): Sql => ident(`current_${table}`);

export interface Exiting {
  experimentId: string;
  arms: readonly Arm[];
  /** Last day whose events are known. */
  day: string;
}

/** Longest time after the draw in which a clearing is looked for. */
const longestDays = 400;

/**
 * What ends a person's cadence, as rows(assignment_id, reason, exited_on) with one row for everything that happened since they were
 * drawn: arrears cleared, a promise, a flag (dispute, plan, hardship and the others that block contact), a permission withdrawn in a
 * channel of their arm. People who exited before are left out.
 */
function happenings(dialect: Dialect, { experimentId, arms, day }: Exiting): { people: Sql; rows: Sql } {
  const after = dialect.addDays(dialect.date(day), 1);
  const on = (instant: string) => dialect.cast(raw(instant), 'date');
  const drawnOn = sql`coalesce(a.cohort, a.entered_on, ${on('a.assigned_at')})`;
  const people = sql`SELECT a.assignment_id, a.customer_id, a.arm, ${drawnOn} AS entered_on FROM assignments a
    ANTI JOIN exits e ON e.experiment_id = ${experimentId} AND e.assignment_id = a.assignment_id
    WHERE a.experiment_id = ${experimentId}`;
  const since = (instant: string) => sql`${raw(instant)} >= q.entered_on AND ${raw(instant)} < ${after}`;
  const window = {
    people: sql`SELECT customer_id, entered_on FROM (${people}) w`,
    horizonDays: longestDays,
    asOf: day,
  };
  const flags = join(blockingFlags.map((kind) => literal(kind)));
  return {
    people,
    rows: join(
      [
        sql`SELECT q.assignment_id, 'cleared' AS reason, x.cleared_on AS exited_on FROM staying q JOIN (
        SELECT customer_id, max(cleared_on) AS cleared_on FROM (${clearedAccounts(dialect, window)} SELECT * FROM cleared) c
        GROUP BY customer_id HAVING count(cleared_on) = count(*)) x ON x.customer_id = q.customer_id`,
        sql`SELECT q.assignment_id, 'promised', ${on('o.made_at')} FROM staying q JOIN ${current('accounts')} k ON k.customer_id = q.customer_id
        JOIN ${current('promises')} o ON o.account_id = k.account_id WHERE ${since('o.made_at')}`,
        sql`SELECT q.assignment_id, ${dialect.concat(literal('flag:'), raw('f.kind'))}, greatest(f.started_on, q.entered_on) FROM staying q
        JOIN ${current('flags')} f ON f.customer_id = q.customer_id
        WHERE f.kind IN (${flags}) AND f.started_on < ${after} AND (f.ended_on IS NULL OR f.ended_on > q.entered_on)`,
        sql`SELECT q.assignment_id, 'opted_out', ${on('r.revoked_at')} FROM staying q JOIN ${touchesOfArms(dialect, arms)} t ON t.arm = q.arm
        JOIN ${current('contact_permissions')} r ON r.customer_id = q.customer_id AND r.channel = t.channel WHERE ${since('r.revoked_at')}`,
        sql`SELECT q.assignment_id, 'forgotten', ${dialect.date(day)} FROM staying q JOIN forgettings g ON g.token = q.customer_id`,
      ],
      ' UNION ALL ',
    ),
  };
}

/** Writes down who exits, once each, with the first thing that happened to them. */
export function recordExits(dialect: Dialect, given: Exiting): Sql {
  const { people, rows } = happenings(dialect, given);
  const order = dialect.rowNumber([raw('h.assignment_id')], [raw('h.exited_on'), raw('h.reason')]);
  return sql`INSERT INTO exits (experiment_id, assignment_id, customer_id, arm, reason, exited_on)
    WITH staying AS (${people}), happened AS (${rows})
    SELECT ${given.experimentId}, q.assignment_id, q.customer_id, q.arm, h.reason, h.exited_on
    FROM (SELECT h.*, ${order} AS place FROM happened h) h JOIN staying q ON q.assignment_id = h.assignment_id WHERE h.place = 1`;
}

const titles: Record<string, Text> = {
  cleared: { es: 'se puso al día', en: 'cleared their arrears' },
  promised: { es: 'prometió pagar', en: 'promised to pay' },
  opted_out: { es: 'pidió no recibir más', en: 'asked for no more messages' },
  forgotten: { es: 'pidió que se le olvidara', en: 'asked to be forgotten' },
};

/** An exit in words. */
export function exitTitle(reason: string): Text {
  const flag = flagTitles[reason.replace(/^flag:/, '')];
  return (
    titles[reason] ??
    (reason.startsWith('flag:') && flag
      ? { es: `marca: ${flag.es}`, en: `flag: ${flag.en}` }
      : { es: reason, en: reason })
  );
}

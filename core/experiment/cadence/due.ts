import type { Dialect } from '../../sql/dialects/dialect.ts';
import { all, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Arm, Touch } from '../define.ts';

/** The hours in which a touch may go out, as text: "09:00-12:00"; empty: at the design's own time. */
export const windowOf = ({ hours }: Touch): string => (hours ? `${hours.from}-${hours.until}` : '');

/** Every touch of every arm, numbered from 1 in its arm: relation(arm, touch, day, channel, send_window). */
export const touchesOfArms = (dialect: Dialect, arms: readonly Arm[]): Sql =>
  dialect.inline(
    [
      ['arm', 'text'],
      ['touch', 'integer'],
      ['day', 'integer'],
      ['channel', 'text'],
      ['send_window', 'text'],
    ],
    arms.flatMap((arm) =>
      arm.touches.map((touch, i) => [arm.name, i + 1, touch.day, touch.channel, windowOf(touch)]),
    ),
  );

export interface Cadence {
  experimentId: string;
  /** Arms that are open: of the others nothing is due. */
  arms: readonly Arm[];
  /** Leaves out who was kept back when a touch left: they are not judged again for it. */
  once?: boolean;
}

/** Whoever has no day of entering, of a version before there was one, has entered. */
const dueOn = (dialect: Dialect): Sql =>
  dialect.cast(
    dialect.addDays(sql`coalesce(a.entered_on, ${dialect.cast(raw('a.assigned_at'), 'date')})`, sql`x.day`),
    'date',
  );

/** Messages that left, or are leaving, by assignment and touch. */
const left = (experimentId: string): Sql => sql`SELECT c.assignment_id, c.touch FROM contact_checks c
  LEFT JOIN batches b ON b.batch_id = c.batch_id
  WHERE c.experiment_id = ${experimentId} AND (c.state = 'sent' OR (c.state = 'reserved' AND b.state IN ('exporting', 'exported')))`;

const keptBack = (
  experimentId: string,
): Sql => sql`SELECT e.assignment_id, b.touch FROM exclusions e JOIN batches b ON b.batch_id = e.batch_id
  WHERE e.experiment_id = ${experimentId} AND e.decides AND b.state = 'exported'`;

/**
 * Every touch that has neither left nor been left out, of people who have not exited, as a relation(assignment_id, customer_id, arm,
 * touch, channel, send_window, due_on): each person's next one alone.
 */
export const nextTouches = (dialect: Dialect, { experimentId, arms, once }: Cadence): Sql => sql`
(SELECT assignment_id, customer_id, arm, touch, channel, send_window, due_on FROM (
  SELECT a.assignment_id, a.customer_id, a.arm, x.touch, x.channel, x.send_window, ${dueOn(dialect)} AS due_on,
    ${dialect.rowNumber([raw('a.assignment_id')], [raw('x.touch')])} AS place
  FROM assignments a
  JOIN ${touchesOfArms(dialect, arms)} x ON x.arm = a.arm
  ANTI JOIN exits e ON e.experiment_id = ${experimentId} AND e.assignment_id = a.assignment_id
  ANTI JOIN skips s ON s.experiment_id = ${experimentId} AND s.assignment_id = a.assignment_id AND s.touch = x.touch
  ANTI JOIN (${left(experimentId)}) l ON l.assignment_id = a.assignment_id AND l.touch = x.touch${
    once
      ? sql`
  ANTI JOIN (${keptBack(experimentId)}) k ON k.assignment_id = a.assignment_id AND k.touch = x.touch`
      : raw('')
  }
  WHERE a.experiment_id = ${experimentId}
) n WHERE place = 1)`;

/** Those of `nextTouches` of one touch that are due by a day. */
export const dueTouches = (
  dialect: Dialect,
  cadence: Cadence,
  { touch, by }: { touch: number; by: string },
): Sql =>
  sql`(SELECT * FROM ${nextTouches(dialect, cadence)} d WHERE ${all([
    sql`d.touch = ${touch}`,
    sql`d.due_on <= ${dialect.date(by)}`,
  ])})`;

import type { RowState } from '#core/delivery/answer.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { stretches } from './waiting.ts';

/** Beyond so many stretches of rows without a gap they are given as a list. */
const mostStretches = 200;

const between = (parts: readonly [first: number, last: number][]): Sql =>
  sql`(${join(
    parts.map(([first, last]) => raw(`seq BETWEEN ${first} AND ${last}`)),
    ' OR ',
  )})`;

/** The rows of a run within which some lie: little of the table is looked at. */
const around = (exportId: string, seqs: readonly number[]): Sql =>
  sql`export_id = ${literal(exportId)} AND export_rows.seq >= ${raw(String(seqs[0]))} AND export_rows.seq <= ${raw(String(seqs.at(-1)))}`;

/**
 * Marks rows as being sent, each in its call: committed before any of the calls is made. Values stand beside a bound FROM as literals:
 * the engine binds that one first.
 *
 * @returns rows marked: those that still waited
 */
export async function markSending(
  session: Session,
  dialect: Dialect,
  exportId: string,
  calls: readonly { id: string; seqs: readonly number[] }[],
  at: string,
): Promise<number> {
  const rows = calls.flatMap(({ id, seqs }) => seqs.map((seq) => ({ seq, call_id: id })));
  if (!rows.length) return 0;
  rows.sort((a, b) => a.seq - b.seq);
  const seqs = rows.map(({ seq }) => seq);
  const parts = calls
    .flatMap(({ id, seqs: own }) => stretches(own).map(([first, last]) => ({ id, first, last })))
    .sort((a, b) => a.last - b.last);
  const set = sql`state = 'sending', not_before = NULL, reason = NULL, changed_at = ${dialect.timestamp(literal(at))}`;
  if (parts.length <= mostStretches) {
    const call = join(
      parts.map(({ id, last }) => sql`WHEN seq <= ${raw(String(last))} THEN ${literal(id)}`),
      ' ',
    );
    return session.run(sql`UPDATE export_rows SET ${set}, call_id = CASE ${call} END
      WHERE ${around(exportId, seqs)} AND state = 'pending' AND ${between(stretches(seqs))}`);
  }
  const given = dialect.jsonRows(
    [
      ['seq', 'integer'],
      ['call_id', 'text'],
    ],
    sql`${JSON.stringify(rows)}`,
  );
  return session.run(sql`UPDATE export_rows SET ${set}, call_id = g.call_id FROM ${given} g
    WHERE ${around(exportId, seqs)} AND state = 'pending' AND export_rows.seq = g.seq`);
}

/** Where a row stands after a call, or instead of one. */
export interface Settled {
  seq: number;
  state: RowState;
  reason: string | null;
  /** When a row put off may be tried again. */
  not_before?: string | null;
  /** A call was made for it. */
  tried?: boolean;
  /** How that call ended is not known: the receiver may have the row. */
  doubtful?: boolean;
}

/** Runs in which a row is refused before it is left for a person to deal with. */
const deadAfter = 3;

/** A row that the receiver may have already, and is not sent once more, is uncertain: its place stays taken, it can be called back. */
export const ending = (state: Sql): Sql =>
  sql`CASE WHEN coalesce(export_rows.doubtful, false) AND ${state} IN ('withheld', 'expired', 'cancelled', 'rejected') THEN 'uncertain' ELSE ${state} END`;

/** Rows settled alike are settled by their place from so many on. */
const fewAlike = 50;

/** What a row becomes, of where it stands and of what is given of it as columns or as literals. */
const settled = (given: typeof columns, at: Sql): Sql => sql`
    state = CASE WHEN ${given.state} = 'rejected' AND NOT coalesce(export_rows.doubtful, false) AND coalesce(rejections, 0) + 1 >= ${raw(String(deadAfter))} THEN 'dead'
      ELSE ${ending(given.state)} END,
    doubtful = (coalesce(export_rows.doubtful, false) OR coalesce(${given.doubtful}, false)) AND ${given.state} <> 'acknowledged',
    rejections = coalesce(rejections, 0) + CASE WHEN ${given.state} = 'rejected' THEN 1 ELSE 0 END,
    attempts = coalesce(attempts, 0) + CASE WHEN ${given.tried} THEN 1 ELSE 0 END, reason = ${given.reason}, not_before = ${given.not_before},
    changed_at = ${at}`;

const columns = {
  state: raw('g.state'),
  reason: raw('g.reason'),
  not_before: raw('g.not_before'),
  tried: raw('g.tried'),
  doubtful: raw('g.doubtful'),
};

const orNull = (value: string | null | undefined): Sql => (value == null ? raw('NULL') : literal(value));

const literals = (one: Settled, dialect: Dialect): typeof columns => ({
  state: literal(one.state),
  reason: orNull(one.reason),
  not_before: one.not_before == null ? raw('NULL') : dialect.timestamp(literal(one.not_before)),
  tried: raw(String(one.tried ?? false)),
  doubtful: raw(String(one.doubtful ?? false)),
});

/** Rows by what becomes of them. */
function alike(rows: readonly Settled[]): Settled[][] {
  const groups = new Map<string, Settled[]>();
  for (const row of rows) {
    const { state, reason, not_before, tried, doubtful } = row;
    const key = JSON.stringify([state, reason, not_before ?? null, tried ?? false, doubtful ?? false]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** Writes down where rows stand. Those that stand alike and lie together, nearly all of a run that goes well, in one stroke. */
export async function settleRows(
  session: Session,
  dialect: Dialect,
  exportId: string,
  rows: readonly Settled[],
  at: string,
): Promise<void> {
  const others: Settled[] = [];
  const now = dialect.timestamp(literal(at));
  for (const group of alike(rows)) {
    const seqs = group.map(({ seq }) => seq).sort((a, b) => a - b);
    const parts = stretches(seqs);
    const [one] = group;
    if (!one || seqs.length < fewAlike || parts.length > mostStretches)
      for (const row of group) others.push(row);
    else
      await session.run(
        sql`UPDATE export_rows SET ${settled(literals(one, dialect), now)} WHERE ${around(exportId, seqs)} AND ${between(parts)}`,
      );
  }
  if (!others.length) return;
  const given = dialect.jsonRows(
    [
      ['seq', 'integer'],
      ['state', 'text'],
      ['reason', 'text'],
      ['not_before', 'timestamp'],
      ['tried', 'boolean'],
      ['doubtful', 'boolean'],
    ],
    sql`${JSON.stringify(others)}`,
  );
  await session.run(
    sql`UPDATE export_rows SET ${settled(columns, now)} FROM ${given} g WHERE export_id = ${literal(exportId)} AND export_rows.seq = g.seq`,
  );
}

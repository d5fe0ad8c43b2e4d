import { accountFacts, baseFacts, type ScoreSource } from '#core/segment/facts.ts';
import { type FactSources, factParts, type Part, rankExpression, ranksAsked } from '#core/segment/parts.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import { currentDataVersion } from '../data-version.ts';
import { erasures } from '../keeping/epoch.ts';

interface Made {
  /** What of the rows that come with events the table was made of; nothing where it holds none of them. */
  of: string;
  /** When what it was made of was looked at. */
  seen: number;
  name: Sql;
  rows: Promise<Sql>;
}

interface Ready {
  /** What the tables were made of. */
  of: string;
  database: string;
  tables: Map<string, Made>;
  accounts: Promise<number>;
  /** How many tables were begun, for their names. */
  made: number;
}

interface Kept {
  ready: Ready | null;
  /** Counts what happens, so that it can be told what came before what. */
  clock: number;
  /** When those began who may read what they were given. */
  readers: Set<number>;
  /** What nobody is given any more, and since when. */
  retired: { drop: Sql; since: number }[];
}

/** Facts of more accounts than this are not kept beside the database: they are read from it each time. */
export const mostKept = 3_000_000;

const kept = new WeakMap<Engine, Kept>();

function keptOf(engine: Engine): Kept {
  const state = kept.get(engine) ?? { ready: null, clock: 0, readers: new Set(), retired: [] };
  kept.set(engine, state);
  return state;
}

/** Drops what was retired before every reader there is began; what was retired last stays for who reads without saying so. */
async function dropUnread(engine: Engine): Promise<void> {
  const state = keptOf(engine);
  const oldest = Math.min(...state.readers, Number.POSITIVE_INFINITY);
  const last = state.retired.at(-1);
  const unread = state.retired.filter((one) => one.since < oldest && one !== last);
  state.retired = state.retired.filter((one) => !unread.includes(one));
  for (const { drop } of unread) await engine.run(drop).catch(() => {});
}

/** Does work that reads facts kept ready: what it is given stays until it is done, whatever changes meanwhile. */
export async function readingFacts<T>({ engine }: Context, work: () => Promise<T>): Promise<T> {
  const state = keptOf(engine);
  state.clock += 1;
  const began = state.clock;
  state.readers.add(began);
  try {
    return await work();
  } finally {
    state.readers.delete(began);
    await dropUnread(engine);
  }
}

function retire(state: Kept, drop: Sql): void {
  state.clock += 1;
  state.retired.push({ drop, since: state.clock });
}

interface Wanted {
  asOf: string;
  scores: readonly ScoreSource[];
  sources: FactSources;
}

interface Seen {
  seen: number;
  /** What columns, flags, scores, arms and channels are made of: rows that change without a load are counted. */
  base: string;
  /** What all else is made of besides: rows that come with events. */
  events: string;
}

async function look(engine: Engine, { asOf, scores, sources }: Wanted): Promise<Seen> {
  const state = keptOf(engine);
  state.clock += 1;
  const seen = state.clock;
  const counts =
    await engine.first(sql`SELECT (SELECT count(*) FROM assignments)::BIGINT AS drawn, (SELECT count(*) FROM flags)::BIGINT AS flags,
    (SELECT max(scored_at)::VARCHAR FROM score_runs) AS scored, (SELECT max(scored_at)::VARCHAR || sum(hash(inputs))::VARCHAR FROM channel_runs) AS channels`);
  const told =
    await engine.first(sql`SELECT (SELECT count(*) FROM contacts)::BIGINT AS contacts, (SELECT count(*) FROM payments)::BIGINT AS payments,
    (SELECT count(*) FROM promises)::BIGINT AS promises, (SELECT count(*) FROM complaints)::BIGINT AS complaints`);
  const version = `${await currentDataVersion(engine)} ${await erasures(engine)}`;
  return {
    seen,
    base: JSON.stringify([version, counts, asOf, scores, sources.channels, sources.readOn]),
    events: JSON.stringify(told),
  };
}

async function readyFor(engine: Engine, wanted: Wanted, of: string): Promise<Ready> {
  const state = keptOf(engine);
  // Nothing is waited for between the look and the note, so that several who come at once share one.
  if (state.ready?.of !== of) {
    if (state.ready) retire(state, engine.dialect.detachScratch(state.ready.database));
    state.clock += 1;
    const database = `segment_facts_${state.clock}`;
    state.ready = { of, database, tables: new Map(), made: 0, accounts: open(engine, database, wanted.asOf) };
  }
  const { ready } = state;
  await ready.accounts.catch((error: unknown) => {
    if (state.ready === ready) state.ready = null;
    throw error;
  });
  return ready;
}

/** Makes room for the tables; gives how many accounts there are. */
async function open(engine: Engine, database: string, asOf: string): Promise<number> {
  await engine.run(engine.dialect.attachScratch(database));
  const counted = await engine.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM current_snapshots WHERE as_of = CAST(${asOf} AS DATE)`,
  );
  return counted?.n ?? 0;
}

/** The table of that name, made of the rows when it is first asked for, and again once what they hold has changed. */
function table(
  engine: Engine,
  ready: Ready,
  { name, of, seen }: { name: string; of: string; seen: number },
  select: () => Sql,
): Promise<Sql> {
  const found = ready.tables.get(name);
  if (found && (found.of === of || found.seen > seen)) return found.rows;
  if (found) retire(keptOf(engine), sql`DROP TABLE IF EXISTS ${found.name}`);
  const own = ident(ready.database, `t${ready.made++}`);
  const rows = engine.run(sql`CREATE TABLE ${own} AS ${select()}`).then(() => own);
  const made: Made = { of, seen, name: own, rows };
  ready.tables.set(name, made);
  rows.catch(() => {
    if (ready.tables.get(name) === made) ready.tables.delete(name);
  });
  return rows;
}

/** Rows of a part, one for each row of the base, by its number: numbers join many times faster than ids. */
const numbered = (base: Sql, part: Part): Sql =>
  sql`SELECT b.row_n, ${join(part.facts.map((fact) => sql`p.${ident(fact)}`))} FROM ${base} b
    LEFT JOIN (${part.rows}) p ON p.${ident(part.key)} = b.${ident(part.key)} ORDER BY b.row_n`;

/** The base with the columns of parts beside it, each out of its own table. */
function beside(base: Sql, parts: readonly (Part & { table: Sql })[]): Sql {
  const alias = (i: number) => raw(`p${i}`);
  const columns = parts.flatMap(({ facts }, i) => facts.map((fact) => sql`, ${alias(i)}.${ident(fact)}`));
  const joins = parts.map(
    ({ table: own }, i) => sql` JOIN ${own} ${alias(i)} ON ${alias(i)}.row_n = b.row_n`,
  );
  return sql`SELECT b.*${join(columns, '')} FROM ${base} b${join(joins, '')}`;
}

/** Parts that nothing that comes with events changes. */
const isLasting = ({ name }: Part): boolean => name === 'channel' || name.startsWith('arm:');

/**
 * The relation of `accountFacts` with what is asked for, out of tables kept in memory until what they were made of
 * changes: each is made when first asked for. Where there are too many accounts to keep, the relation itself. It is to
 * be read within `readingFacts`.
 */
export async function preparedFacts(
  { engine }: Context,
  wanted: Wanted,
  asked: readonly string[],
): Promise<Sql> {
  const { dialect } = engine;
  const { asOf, scores, sources } = wanted;
  const { seen, base: of, events } = await look(engine, wanted);
  const ready = await readyFor(engine, wanted, of);
  if ((await ready.accounts) > mostKept) return accountFacts(dialect, asOf, scores, { ...sources, asked });
  const base = await table(
    engine,
    ready,
    { name: 'base', of: '', seen },
    () =>
      sql`SELECT f.*, ${dialect.rowNumber([], [raw('f.account_id')])} AS row_n FROM (${baseFacts(dialect, asOf, scores)}) f ORDER BY row_n`,
  );
  const parts: (Part & { table: Sql })[] = [];
  for (const part of factParts(dialect, asOf, sources, asked)) {
    const kind = { name: part.name, of: isLasting(part) ? '' : events, seen };
    parts.push({ ...part, table: await table(engine, ready, kind, () => numbered(base, part)) });
  }
  const values = beside(base, parts);
  const told = parts.filter((part) => !isLasting(part)).flatMap(({ facts }) => facts);
  for (const rank of ranksAsked(asked)) {
    const kind = { name: rank, of: told.some((fact) => rank.endsWith(`:${fact}`)) ? events : '', seen };
    const ranked = () =>
      sql`SELECT e.row_n, ${rankExpression(dialect, rank)} AS ${ident(rank)} FROM (${values}) e ORDER BY e.row_n`;
    parts.push({
      name: rank,
      key: 'account_id',
      facts: [rank],
      rows: values,
      table: await table(engine, ready, kind, ranked),
    });
  }
  return beside(base, parts);
}

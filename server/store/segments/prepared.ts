import { accountFacts, baseFacts, type ScoreSource } from '#core/segment/facts.ts';
import { type FactSources, factParts, type Part, rankExpression, ranksAsked } from '#core/segment/parts.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import { currentDataVersion } from '../data-version.ts';
import { erasures } from '../keeping/epoch.ts';

interface Ready {
  /** What the tables were made of. */
  of: string;
  database: string;
  tables: Map<string, Promise<Sql>>;
  accounts: Promise<number>;
  /** How many tables were begun, for their names. */
  made: number;
}

interface Kept {
  ready: Ready | null;
  /** The one before, which a statement under way may still read. */
  before: string | null;
  made: number;
}

const kept = new WeakMap<Engine, Kept>();

/** Facts of more accounts than this are not kept beside the database: they are read from it each time. */
export const mostKept = 3_000_000;

interface Wanted {
  asOf: string;
  scores: readonly ScoreSource[];
  sources: FactSources;
}

/** Everything the columns and parts are made of: rows that change without a load are counted. */
async function stateOf(engine: Engine, { asOf, scores, sources }: Wanted): Promise<string> {
  const counts = await engine.first(sql`SELECT (SELECT count(*) FROM assignments)::BIGINT AS drawn,
    (SELECT count(*) FROM flags)::BIGINT AS flags, (SELECT count(*) FROM contacts)::BIGINT AS contacts,
    (SELECT count(*) FROM payments)::BIGINT AS payments, (SELECT count(*) FROM promises)::BIGINT AS promises,
    (SELECT max(scored_at)::VARCHAR FROM score_runs) AS scored, (SELECT max(scored_at)::VARCHAR || sum(hash(inputs))::VARCHAR FROM channel_runs) AS channels`);
  const version = `${await currentDataVersion(engine)} ${await erasures(engine)}`;
  return JSON.stringify([version, counts, asOf, scores, sources.channels, sources.readOn]);
}

async function readyFor(engine: Engine, wanted: Wanted): Promise<Ready> {
  const of = await stateOf(engine, wanted);
  const state = kept.get(engine) ?? { ready: null, before: null, made: 0 };
  kept.set(engine, state);
  // Nothing is waited for between the look and the note, so that several who come at once share one.
  if (state.ready?.of !== of) {
    const stale = state.before;
    state.made += 1;
    state.before = state.ready?.database ?? null;
    const database = `segment_facts_${state.made}`;
    state.ready = {
      of,
      database,
      tables: new Map(),
      made: 0,
      accounts: open(engine, database, stale, wanted.asOf),
    };
  }
  const { ready } = state;
  await ready.accounts.catch((error: unknown) => {
    if (state.ready === ready) state.ready = null;
    throw error;
  });
  return ready;
}

/** Makes room for the tables, in place of those nobody reads any more; gives how many accounts there are. */
async function open(engine: Engine, database: string, stale: string | null, asOf: string): Promise<number> {
  await engine.run(engine.dialect.attachScratch(database));
  if (stale) await engine.run(engine.dialect.detachScratch(stale));
  const counted = await engine.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM current_snapshots WHERE as_of = CAST(${asOf} AS DATE)`,
  );
  return counted?.n ?? 0;
}

/** The table of that name, made of the rows when it is first asked for. */
function table(engine: Engine, ready: Ready, name: string, rows: () => Promise<Sql>): Promise<Sql> {
  const found = ready.tables.get(name);
  if (found) return found;
  const own = ident(ready.database, `t${ready.made++}`);
  const making = rows()
    .then((select) => engine.run(sql`CREATE TABLE ${own} AS ${select}`))
    .then(() => own);
  ready.tables.set(name, making);
  making.catch(() => ready.tables.delete(name));
  return making;
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

/**
 * The relation of `accountFacts` with what is asked for, out of tables kept in memory until what they were made of
 * changes: each is made when first asked for. Where there are too many accounts to keep, the relation itself.
 */
export async function preparedFacts(
  { engine }: Context,
  wanted: Wanted,
  asked: readonly string[],
): Promise<Sql> {
  const { dialect } = engine;
  const { asOf, scores, sources } = wanted;
  const ready = await readyFor(engine, wanted);
  if ((await ready.accounts) > mostKept) return accountFacts(dialect, asOf, scores, { ...sources, asked });
  const base = await table(
    engine,
    ready,
    'base',
    async () =>
      sql`SELECT f.*, ${dialect.rowNumber([], [raw('f.account_id')])} AS row_n FROM (${baseFacts(dialect, asOf, scores)}) f ORDER BY row_n`,
  );
  const keep = async (part: Part) => ({
    ...part,
    table: await table(engine, ready, part.name, async () => numbered(base, part)),
  });
  const parts: (Part & { table: Sql })[] = [];
  for (const part of factParts(dialect, asOf, sources, asked)) parts.push(await keep(part));
  const values = beside(base, parts);
  for (const rank of ranksAsked(asked))
    parts.push({
      name: rank,
      key: 'account_id',
      facts: [rank],
      rows: values,
      table: await table(
        engine,
        ready,
        rank,
        async () =>
          sql`SELECT e.row_n, ${rankExpression(dialect, rank)} AS ${ident(rank)} FROM (${values}) e ORDER BY e.row_n`,
      ),
    });
  return beside(base, parts);
}

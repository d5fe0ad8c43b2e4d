import { type Comparing, compared, type Standing, sentStandings } from '#core/delivery/attributes/compare.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { ident, list, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../../engine/engine.ts';
import { insertRun, type NewExport } from '../exports.ts';
import { requireKeys } from '../freeze.ts';

export interface FirstRow {
  customer_id: string;
  standing: Standing;
  rule: string | null;
  operation: 'put' | 'remove';
  payload: string;
}

const here = 'sync_compared';
const kept = raw('SELECT customer_id, payload FROM sync_people');

/** One person is one key: accounts of nobody, or ids that a receiver would take for one, stop the run. @throws run_keys */
async function requirePeople(session: Session, dialect: Dialect, rows: Sql): Promise<void> {
  await session.run(sql`CREATE OR REPLACE TEMPORARY TABLE sync_people AS ${rows}`);
  const key = dialect.nfc(sql`trim(customer_id)`);
  const nameless = await session.first(
    sql`SELECT 1 AS one FROM sync_people WHERE coalesce(trim(customer_id), '') = '' LIMIT 1`,
  );
  if (nameless)
    throw new DomainError('run_keys', {
      problem: 'customer_id is empty',
      example: 'accounts of the segment without a person',
    });
  const twice = await session.first<{ one: string; other: string }>(
    sql`SELECT min(customer_id) AS one, max(customer_id) AS other FROM sync_people GROUP BY ${key} HAVING count(*) > 1 ORDER BY 1 LIMIT 1`,
  );
  if (twice)
    throw new DomainError('run_keys', {
      problem: 'customer_id occurs twice',
      example: `"${twice.one}", "${twice.other}"`,
    });
}

/** What a run would send now: how many people stand how, and the first rows in the order they would go. @throws run_keys */
export async function previewSync(
  session: Session,
  dialect: Dialect,
  comparing: Comparing,
  limit: number,
): Promise<{ people: number; counts: Record<Standing, number>; first: FirstRow[] }> {
  await requirePeople(session, dialect, comparing.rows);
  const ready = { ...comparing, rows: kept };
  const people = await session.first<{ n: number }>(
    raw('SELECT CAST(count(*) AS BIGINT) AS n FROM sync_people'),
  );
  await session.run(sql`CREATE OR REPLACE TEMPORARY TABLE ${ident(here)} AS ${compared(dialect, ready)}`);
  const rows = await session.rows<{ standing: Standing; n: number }>(
    sql`SELECT standing, CAST(count(*) AS BIGINT) AS n FROM ${ident(here)} GROUP BY standing ORDER BY standing`,
  );
  const none = { fresh: 0, changed: 0, same: 0, leaving: 0, dead: 0, stopped: 0, gone: 0 };
  const counts = { ...none, ...Object.fromEntries(rows.map(({ standing, n }) => [standing, n])) };
  const first =
    await session.rows<FirstRow>(sql`SELECT customer_id, standing, rule, operation, payload FROM ${ident(here)}
    WHERE standing IN ${list(sentStandings(comparing.definition.mode))} ORDER BY customer_id LIMIT ${limit}`);
  await session.run(sql`DROP TABLE ${ident(here)}`);
  await session.run(raw('DROP TABLE sync_people'));
  return { people: people?.n ?? 0, counts, first };
}

export type SyncRun = Omit<NewExport, 'carries' | 'options' | 'rows' | 'excluded'> & { syncId: string };

/**
 * Takes what is to be sent into a run, in the order of the people's ids, with what each row holds now; and notes for each person
 * what was tried, before any of it is. All in the session's transaction.
 *
 * @throws run_keys
 */
export async function freezeSync(
  session: Session,
  dialect: Dialect,
  run: SyncRun,
  comparing: Comparing,
): Promise<void> {
  await requirePeople(session, dialect, comparing.rows);
  const sent = list(sentStandings(comparing.definition.mode));
  const ready = { ...comparing, rows: kept };
  await session.run(sql`CREATE OR REPLACE TEMPORARY TABLE ${ident(here)} AS SELECT c.*,
    CAST(row_number() OVER (PARTITION BY c.standing IN ${sent} ORDER BY c.customer_id) AS INTEGER) - 1 AS seq, c.standing IN ${sent} AS sent
    FROM (${compared(dialect, ready)}) c`);
  const counted = await session.first<{ rows: number; excluded: number }>(
    sql`SELECT CAST(count(CASE WHEN sent THEN 1 END) AS BIGINT) AS rows, CAST(count(CASE WHEN standing = 'stopped' THEN 1 END) AS BIGINT) AS excluded FROM ${ident(here)}`,
  );
  const { rows = 0, excluded = 0 } = counted ?? {};
  await insertRun(session, { ...run, carries: 'attributes', options: {}, rows, excluded });
  await session.run(sql`INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state, rule, rejections, seq)
    SELECT ${run.id}, c.message_key, '', c.customer_id, '', 0, '', CASE WHEN c.sent THEN 'pending' ELSE 'excluded' END, c.rule,
      CASE WHEN c.sent THEN c.rejections ELSE 0 END, CASE WHEN c.sent THEN c.seq END
    FROM ${ident(here)} c WHERE c.sent OR c.standing = 'stopped' ORDER BY c.customer_id`);
  const frozen = await session.run(sql`INSERT INTO export_payloads
    SELECT ${run.id}, c.seq, c.customer_id, c.operation, NULL, NULL, c.payload FROM ${ident(here)} c WHERE c.sent ORDER BY c.seq`);
  await requireKeys(session, run.id, frozen);
  await noteTried(session, run);
  await session.run(sql`DROP TABLE ${ident(here)}`);
  await session.run(raw('DROP TABLE sync_people'));
}

/** What the receiver may hold from now on. A row sent again as it was acknowledged leaves nothing unsure. */
async function noteTried(session: Session, { id, syncId }: SyncRun): Promise<void> {
  const sync = literal(syncId);
  await session.run(sql`UPDATE sync_states SET tried_hash = c.row_hash, tried_key = c.message_key, rejections = c.rejections,
      sure = c.standing = 'same', export_id = ${literal(id)}
    FROM ${ident(here)} c WHERE c.sent AND sync_states.sync_id = ${sync} AND sync_states.customer_id = c.customer_id`);
  await session.run(sql`INSERT INTO sync_states (sync_id, customer_id, row_hash, acknowledged_at, tried_hash, tried_key, sure, rejections, export_id)
    SELECT ${sync}, c.customer_id, NULL, NULL, c.row_hash, c.message_key, false, 0, ${literal(id)} FROM ${ident(here)} c
    WHERE c.sent AND c.customer_id NOT IN (SELECT customer_id FROM sync_states WHERE sync_id = ${sync}) ORDER BY c.seq`);
}

/** Notes what became of the rows of an ended run: what was acknowledged is held, what was refused is counted. */
export async function settleSync(session: Session, exportId: string): Promise<void> {
  const of = (states: Sql) => sql`(SELECT customer_id, rejections, changed_at FROM export_rows
    WHERE export_id = ${literal(exportId)} AND state IN ${states}) x`;
  const own = sql`sync_states.export_id = ${literal(exportId)} AND sync_states.customer_id = x.customer_id`;
  await session.run(sql`UPDATE sync_states SET row_hash = tried_hash, sure = true, rejections = 0, acknowledged_at = x.changed_at
    FROM ${of(raw("('acknowledged', 'written')"))} WHERE ${own}`);
  await session.run(sql`UPDATE sync_states SET rejections = coalesce(x.rejections, 0)
    FROM ${of(raw("('rejected', 'dead')"))} WHERE ${own}`);
}

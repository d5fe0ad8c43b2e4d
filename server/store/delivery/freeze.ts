import type { MessageColumn } from '#core/contact/messages.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { ident, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** Keeps the messages of a run as they are now, so that every try sends the same. */
export async function freezeMessages(
  session: Session,
  dialect: Dialect,
  exportId: string,
  { columns, query }: { columns: readonly MessageColumn[]; query: Sql },
): Promise<number> {
  const payload = dialect.jsonObject(columns.map(({ name }) => [name, sql`m.${ident(name)}`]));
  const time = (name: string) => dialect.parseInstant(sql`m.${ident(name)}`);
  return session.run(sql`INSERT INTO export_payloads
    SELECT ${exportId}, r.seq, m.customer_id, 'put', ${time('send_not_before')}, ${time('send_before')}, ${payload}
    FROM (${query}) m JOIN export_rows r ON r.export_id = ${exportId} AND r.message_key = m.message_key AND r.state = 'pending'
    ORDER BY r.seq`);
}

/**
 * One person is one key: without one, or with one twice, nothing leaves.
 *
 * @param frozen messages kept of the run, where they are
 * @throws run_keys
 */
export async function requireKeys(session: Session, exportId: string, frozen?: number): Promise<void> {
  const found = await session.first<{
    n: number;
    keys: number;
    people: number;
    nameless: number;
    example: string | null;
  }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n, CAST(count(DISTINCT message_key) AS BIGINT) AS keys,
        CAST(count(DISTINCT customer_id) AS BIGINT) AS people, CAST(count(CASE WHEN coalesce(customer_id, '') = '' THEN 1 END) AS BIGINT) AS nameless,
        (SELECT min(customer_id) FROM (SELECT customer_id FROM export_rows WHERE export_id = ${exportId} AND state = 'pending'
          GROUP BY customer_id HAVING count(*) > 1) d) AS example
      FROM export_rows WHERE export_id = ${exportId} AND state = 'pending'`,
  );
  if (!found) return;
  if (found.nameless)
    throw new DomainError('run_keys', { problem: 'customer_id is empty', example: `${found.nameless} rows` });
  if (found.keys !== found.n || found.people !== found.n)
    throw new DomainError('run_keys', { problem: 'customer_id occurs twice', example: found.example ?? '' });
  if (frozen !== undefined && frozen !== found.n)
    throw new Error(`${found.n} rows cleared but ${frozen} frozen in ${exportId}`);
}

/** Texts that go out in a run, as the receiver must know them. */
export const textsOf = (
  session: Session,
  exportId: string,
): Promise<{ template: string; language: string }[]> =>
  session.rows(sql`SELECT DISTINCT (payload ->> '$.style') || ':' || (payload ->> '$.template') AS template, payload ->> '$.language' AS language FROM export_payloads
    WHERE export_id = ${exportId} ORDER BY 1, 2`);

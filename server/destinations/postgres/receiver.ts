import type pg from 'pg';
import { columnsOf } from '#core/contact/messages.ts';
import type { Answer } from '#core/delivery/answer.ts';
import type { Call, Item, Receiver } from '../destination.ts';
import type { World } from '../world.ts';
import { Connections, type Database } from './connections.ts';
import { answerOfFailure } from './failure.ts';
import * as statements from './statements.ts';

export interface Target extends Database, statements.Tables {
  /** Whether tables and columns that are not there are made. */
  create: boolean;
  address: boolean;
}

/** One row as the table gets it. */
export const rowOf = (item: Item): Record<string, unknown> => {
  if (item.carries === 'messages')
    return { ...item.values, message_key: item.key, customer_id: item.customerId };
  if (item.carries === 'recalls')
    return { message_key: item.values.message_key ?? item.key, recall_reason: item.values.reason ?? null };
  return item.operation === 'remove'
    ? { customer_id: item.customerId }
    : { ...item.values, customer_id: item.customerId };
};

const arrayOf = (bodies: readonly string[]): string => `[${bodies.join(',')}]`;

/** Each call is one statement, or one transaction of two: all of it is there or none. */
export class PostgresReceiver implements Receiver {
  readonly #target: Target;
  readonly #connections: Connections;
  readonly #messages: string;
  readonly #attributes: string;
  /** Columns known to be there. */
  readonly #made = new Set<string>();

  constructor(target: Target, world: World) {
    this.#target = target;
    this.#connections = new Connections(target, world);
    this.#messages = statements.tableNamed(target, target.messages);
    this.#attributes = statements.tableNamed(target, target.attributes);
  }

  send(call: Call): Promise<Answer> {
    return this.#connections.with<Answer>(
      async (client) => {
        if (this.#target.create) await this.#create(client, call);
        if (call.carries === 'messages') return this.#sendMessages(client, call);
        return call.carries === 'recalls' ? this.#recall(client, call) : this.#sendAttributes(client, call);
      },
      (error, sent) => {
        const answer = answerOfFailure(error, sent);
        const table = call.carries === 'attributes' ? this.#attributes : this.#messages;
        return sent ? { ...answer, reason: `${table}: ${answer.reason}` } : answer;
      },
    );
  }

  async #create(client: pg.Client, call: Call): Promise<void> {
    const wanted =
      call.carries === 'attributes'
        ? statements.createAttributes(this.#attributes, call.items)
        : [statements.createMessages(this.#messages, this.#target.address)];
    for (const statement of wanted) {
      if (this.#made.has(statement)) continue;
      await client.query(statement);
      this.#made.add(statement);
    }
  }

  async #sendMessages(client: pg.Client, { items, bodies }: Call): Promise<Answer> {
    const columns = statements.columnsIn(items.map(rowOf));
    await client.query(statements.insertMessages(this.#messages, columns), [arrayOf(bodies)]);
    return { kind: 'accepted' };
  }

  async #sendAttributes(client: pg.Client, { items, bodies }: Call): Promise<Answer> {
    const of = (operation: Item['operation']) => bodies.filter((_, i) => items[i]?.operation === operation);
    const put = items.filter(({ operation }) => operation === 'put');
    const removed = of('remove');
    await client.query('BEGIN');
    if (put.length)
      await client.query(
        statements.upsertAttributes(this.#attributes, statements.columnsIn(put.map(rowOf))),
        [arrayOf(of('put'))],
      );
    if (removed.length) await client.query(statements.removeAttributes(this.#attributes), [arrayOf(removed)]);
    await client.query('COMMIT');
    return { kind: 'accepted' };
  }

  async #recall(client: pg.Client, { items, bodies, frozenAt }: Call): Promise<Answer> {
    const { rows } = await client.query<{ message_key: string }>(statements.recallMessages(this.#messages), [
      arrayOf(bodies),
      frozenAt.endsWith('Z') ? frozenAt : `${frozenAt}Z`,
    ]);
    const there = new Set(rows.map(({ message_key }) => message_key));
    const rejected = items.flatMap((item, place) =>
      there.has(String(rowOf(item).message_key)) ? [] : [{ place, reason: 'the message is not there' }],
    );
    return { kind: 'accepted', rejected };
  }

  /** Signs in and looks whether the tables are as messages need them. */
  test(): Promise<string | null> {
    return this.#connections.with<string | null>(
      async (client) => {
        const { rows } = await client.query<{ name: string }>(
          'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2',
          [this.#target.schema, this.#target.messages],
        );
        if (!rows.length) return this.#target.create ? null : `${this.#messages} is not there`;
        const there = new Set(rows.map(({ name }) => name));
        const missing = [
          ...columnsOf(this.#target.address).map(({ name }) => name),
          ...statements.recallColumns,
        ].filter((name) => !there.has(name));
        return missing.length
          ? `${this.#messages} lacks ${missing.map((name) => `"${name}"`).join(', ')}`
          : null;
      },
      (error, sent) => answerOfFailure(error, sent).reason,
    );
  }

  close(): Promise<void> {
    return this.#connections.close();
  }
}

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { DomainError } from '#core/errors/domain-error.ts';
import { databasePassword } from '../../config.ts';
import type { Address } from './address.ts';
import { asFailure, asQueryFailure, type Progress } from './failure.ts';

export interface CopyRequest {
  address: Address;
  query: string;
  /** File the answer is written to, as comma-separated text without a header. */
  path: string;
  /** Told the bytes that came; may throw to stop. Asked while nothing comes, too. */
  onBytes(bytes: number): void;
}

export interface Copied {
  bytes: number;
  sha256: string;
  columns: { name: string; typeId: number }[];
}

const connectMs = 15_000;
const limitMinutes = 30;
const askEveryMs = 200;
const probe = 'DECLARE ensayo_probe NO SCROLL CURSOR FOR ';

const settings = [
  `SET LOCAL statement_timeout = '${limitMinutes}min'`,
  "SET LOCAL datestyle = 'ISO, YMD'",
  "SET LOCAL timezone = 'UTC'",
  "SET LOCAL intervalstyle = 'iso_8601'",
  'SET LOCAL extra_float_digits = 3',
  // The same rows come in the same order again, as far as the database goes.
  'SET LOCAL synchronize_seqscans = off',
  'SET LOCAL max_parallel_workers_per_gather = 0',
];

/**
 * Copies the answer of one SELECT to a file, in one read-only transaction, hashing it with the names of its columns.
 *
 * @throws load_postgres_unreachable, load_postgres_refused, load_postgres_query, load_postgres_cut, load_postgres_slow
 */
export async function copyQuery(request: CopyRequest): Promise<Copied> {
  const { address, onBytes } = request;
  const client = newClient(address);
  const progress: Progress = {
    address: address.shown,
    user: address.user,
    connected: false,
    bytes: 0,
    limitMinutes,
  };
  let lost: unknown = null;
  client.on('error', (error) => {
    lost ??= error;
  });
  let stopped: unknown = null;
  const asking = setInterval(() => {
    try {
      onBytes(progress.bytes);
    } catch (error) {
      if (stopped) return;
      stopped = error;
      void stop(client, address);
    }
  }, askEveryMs);
  try {
    await client.connect();
    progress.connected = true;
    return await copy(client, request, progress);
  } catch (error) {
    throw stopped ?? asFailure(lost ?? error, progress);
  } finally {
    clearInterval(asking);
    await client.end().catch(() => {});
  }
}

/** @throws load_postgres_address when what it says of certificates cannot be used */
function newClient({ config, shown }: Address): pg.Client {
  const password = databasePassword();
  try {
    return new pg.Client({
      ...config,
      ...(password === undefined ? {} : { password }),
      application_name: 'ensayo',
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DomainError('load_postgres_address', { address: shown, reason }, { cause: error });
  }
}

async function copy(client: pg.Client, request: CopyRequest, progress: Progress): Promise<Copied> {
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
  for (const setting of settings) await client.query(setting);
  const query = request.query.replace(/[;\s]+$/, '');
  const columns = await describe(client, query);
  const hash = createHash('sha256').update(JSON.stringify(columns.map(({ name }) => name)));
  const before = 'COPY (\n';
  const statement = `${before}${query}\n) TO STDOUT WITH (FORMAT csv, FORCE_QUOTE *, ENCODING 'UTF8')`;
  try {
    const rows = client.query(copyTo(statement, { highWaterMark: 1 << 18 }));
    async function* followed(pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        hash.update(piece);
        progress.bytes += piece.length;
        yield piece;
      }
    }
    await pipeline(rows, followed, createWriteStream(request.path));
  } catch (error) {
    throw asQueryFailure(error, query, before.length);
  }
  await client.query('COMMIT');
  return { bytes: progress.bytes, sha256: hash.digest('hex'), columns };
}

/**
 * Columns of the answer. The database itself judges that the query is one statement, and a SELECT: it is declared
 * as a cursor by the protocol that takes one statement only.
 */
async function describe(client: pg.Client, query: string): Promise<Copied['columns']> {
  try {
    await client.query({ text: probe + query, queryMode: 'extended' } as pg.QueryConfig);
  } catch (error) {
    throw asQueryFailure(error, query, probe.length);
  }
  const { fields } = await client.query('FETCH 0 FROM ensayo_probe');
  await client.query('CLOSE ensayo_probe');
  if (fields.length === 0)
    throw new DomainError('load_postgres_query', { reason: 'SELECT', position: 0, near: '' });
  return fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID }));
}

/** Ends a query that is under way: at the database, and then here. */
async function stop(client: pg.Client, address: Address): Promise<void> {
  const running = (client as unknown as { processID: number | null }).processID;
  const other = newClient(address);
  try {
    if (running !== null) {
      await other.connect();
      await other.query('SELECT pg_cancel_backend($1)', [running]);
    }
  } catch {
    // The connection below is dropped in any case.
  } finally {
    await other.end().catch(() => {});
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }
}

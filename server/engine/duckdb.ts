import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api';
import { DomainError } from '#core/errors/domain-error.ts';
import { duckdb as dialect } from '#core/sql/dialects/duckdb.ts';
import type { Sql } from '#core/sql/sql.ts';
import { appendRows } from './append.ts';
import { arrowBatches } from './arrow.ts';
import { readColumns } from './columns.ts';
import { copyCompactly, putInPlace } from './compact.ts';
import { bindings, cell } from './duckdb-values.ts';
import type { Cell, Engine, Session } from './engine.ts';
import { Gate } from './gate.ts';

export interface DuckDbOptions {
  /** File of the database; its folder is made. */
  path: string;
  threads: number;
  memoryLimit: string;
  tempDirectory: string;
}

export const engineVersion = (): string => version();

/**
 * The form in which new files are written, which DuckDB 1.4 and later read: text takes a third less time to write
 * than in its oldest form. A file that is there keeps the form it has.
 */
const newFiles = 'v1.4.0';

const open = new Set<string>();

/**
 * Opens the database of a workspace. DuckDB refuses a second process by a lock of the operating system, but takes
 * a second instance in the same process and loses rows, so one process opens a path once; the lock file tells
 * threads of one process apart.
 *
 * @throws workspace_already_open, workspace_unreadable
 */
export async function openDuckDb(options: DuckDbOptions): Promise<Engine> {
  mkdirSync(dirname(options.path), { recursive: true });
  mkdirSync(options.tempDirectory, { recursive: true });
  const path = join(realpathSync(dirname(options.path)), basename(options.path));
  const lockFile = `${path}.lock`;
  if (open.has(path) || lockOwner(lockFile) === process.pid)
    throw new DomainError('workspace_already_open', { path, owner: `pid ${process.pid}` });
  open.add(path);
  try {
    const instance = await createInstance(path, options, lockFile);
    writeFileSync(lockFile, String(process.pid));
    return engineOn(
      instance,
      {
        path,
        open: () => createInstance(path, options, lockFile),
      },
      () => {
        rmSync(lockFile, { force: true });
        open.delete(path);
      },
    );
  } catch (error) {
    open.delete(path);
    throw error;
  }
}

function lockOwner(lockFile: string): number | null {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return null;
  }
}

async function createInstance(
  path: string,
  options: DuckDbOptions,
  lockFile: string,
): Promise<DuckDBInstance> {
  try {
    const instance = await DuckDBInstance.create(path, {
      threads: String(options.threads),
      memory_limit: options.memoryLimit,
      temp_directory: options.tempDirectory,
      autoinstall_known_extensions: 'false',
      storage_compatibility_version: newFiles,
    });
    const connection = await instance.connect();
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    connection.closeSync();
    return instance;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/lock/i.test(reason))
      throw new DomainError('workspace_already_open', { path, owner: `pid ${lockOwner(lockFile) ?? '?'}` });
    throw new DomainError(
      'workspace_unreadable',
      { path, reason: reason.split('\n')[0] ?? reason },
      { cause: error },
    );
  }
}

function sessionOn(connection: DuckDBConnection): Session {
  const rows = async <T extends object>(statement: Sql): Promise<T[]> => {
    const { values, types } = bindings(statement.values);
    const reader = await connection.runAndReadAll(statement.text, values, types as never);
    const names = reader.deduplicatedColumnNames();
    return reader.getRows().map((row) => {
      const record: Record<string, Cell> = {};
      names.forEach((name, i) => {
        record[name] = cell(row[i] ?? null);
      });
      return record as T;
    });
  };
  return {
    rows,
    first: async <T extends object>(statement: Sql) => (await rows<T>(statement))[0],
    run: async (statement) => {
      const { values, types } = bindings(statement.values);
      const result = await connection.run(statement.text, values, types as never);
      return result.rowsChanged;
    },
    columns: async (statement) => {
      const { values, types } = bindings(statement.values);
      return readColumns(await connection.stream(statement.text, values, types as never));
    },
    append: (table, batches) => appendRows(connection, table, batches),
  };
}

const conflict = /conflict|Cannot alter entry/i;
const attempts = 6;

interface Home {
  path: string;
  open(): Promise<DuckDBInstance>;
}

function engineOn(first: DuckDBInstance, home: Home, released: () => void): Engine {
  let instance = first;
  const gate = new Gate();
  const connect = async (): Promise<{ connection: DuckDBConnection; leave(): void }> => {
    const leave = await gate.enter();
    try {
      const connection = await instance.connect();
      return {
        connection,
        leave() {
          connection.closeSync();
          leave();
        },
      };
    } catch (error) {
      leave();
      throw error;
    }
  };
  const using = async <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
    const { connection, leave } = await connect();
    try {
      return await work(connection);
    } finally {
      leave();
    }
  };

  const attempt = async <T>(work: (session: Session) => Promise<T>): Promise<T> =>
    using(async (connection) => {
      await connection.run('BEGIN TRANSACTION');
      try {
        const result = await work(sessionOn(connection));
        await connection.run('COMMIT');
        return result;
      } catch (error) {
        await connection.run('ROLLBACK').catch(() => {});
        throw error;
      }
    });

  return {
    dialect,
    run: (statement) => using((connection) => sessionOn(connection).run(statement)),
    rows: (statement) => using((connection) => sessionOn(connection).rows(statement)),
    first: (statement) => using((connection) => sessionOn(connection).first(statement)),
    append: (table, batches) => using((connection) => sessionOn(connection).append(table, batches)),
    async transaction(work) {
      for (let tried = 1; ; tried++) {
        try {
          return await attempt(work);
        } catch (error) {
          const again =
            error instanceof Error && !(error instanceof DomainError) && conflict.test(error.message);
          if (!again || tried === attempts) throw error;
          await sleep(5 * 2 ** tried);
        }
      }
    },
    connected: (work) => using((connection) => work(sessionOn(connection))),
    async arrow(statement) {
      const { connection, leave } = await connect();
      try {
        const { values, types } = bindings(statement.values);
        const result = await connection.stream(statement.text, values, types as never);
        return arrowBatches(result, leave);
      } catch (error) {
        leave();
        throw error;
      }
    },
    columns: (statement) => using((connection) => sessionOn(connection).columns(statement)),
    compact: () =>
      gate.alone(async () => {
        await copyCompactly(instance, home.path);
        instance.closeSync();
        try {
          putInPlace(home.path);
        } finally {
          instance = await home.open();
        }
      }),
    async close() {
      instance.closeSync();
      released();
    },
  };
}

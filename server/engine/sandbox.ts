import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import type { RecordBatch, Schema } from 'apache-arrow';
import { ident, literal } from '#core/sql/sql.ts';
import { arrowBatches } from './arrow.ts';
import { bindings } from './duckdb-values.ts';

export interface SandboxOptions {
  /** One Parquet file a table; the only folder that can be read. */
  folder: string;
  tables: readonly { name: string; file: string }[];
  /** Where a Parquet answer may be written, and nothing else. */
  out: string;
  /** Where a large sort spills. */
  spill: string;
  memoryLimit: string;
  /** Most that may be spilled. */
  spillLimit: string;
  threads: number;
}

export type Parameters = Readonly<Record<string, string | number | boolean | null>>;

export interface Opened {
  /** SELECT, EXPLAIN, COPY… as the engine itself calls it. */
  kind: string;
  /** Names of the $parameters, each once. */
  asks: readonly string[];
  /** Columns and rows, read as they are made. */
  stream(parameters: Parameters): Promise<{
    columns: { name: string; type: string }[];
    schema: Schema;
    batches: AsyncIterable<RecordBatch>;
  }>;
  run(parameters: Parameters): Promise<void>;
}

/** One connection: what it leaves behind goes with it. */
export interface SandboxSession {
  /** The parse tree of text that is nothing but SELECTs, as DuckDB writes it down; null when it is anything else. */
  tree(text: string): Promise<unknown>;
  count(text: string): Promise<number>;
  open(text: string): Promise<Opened>;
  close(): void;
}

/**
 * A database in memory with a view on each file, then locked: no file but those of its folder, no network, no
 * extension, no change of a setting, whatever the SQL says.
 */
export async function openSandbox(options: SandboxOptions): Promise<{ connect(): Promise<SandboxSession> }> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads),
    memory_limit: options.memoryLimit,
    temp_directory: options.spill,
    max_temp_directory_size: options.spillLimit,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    extension_directory: options.out,
    errors_as_json: 'true',
  });
  const connection = await instance.connect();
  const folders = [options.folder, options.out].map((folder) => literal(folder).text).join(', ');
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run('SET GLOBAL parquet_metadata_cache = true');
  for (const { name, file } of options.tables)
    await connection.run(
      `CREATE VIEW ${ident(name).text} AS SELECT * FROM read_parquet(${literal(file).text})`,
    );
  await connection.run(`SET GLOBAL allowed_directories = [${folders}]`);
  await connection.run('SET GLOBAL enable_external_access = false');
  await connection.run('SET GLOBAL lock_configuration = true');
  connection.closeSync();
  return { connect: async () => sessionOn(await instance.connect()) };
}

function sessionOn(connection: DuckDBConnection): SandboxSession {
  return {
    async tree(text) {
      const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [text]);
      const answer = JSON.parse(String(reader.getRows()[0]?.[0])) as { error: boolean };
      return answer.error ? null : answer;
    },
    count: async (text) => (await connection.extractStatements(text)).count,
    async open(text) {
      const statement = await (await connection.extractStatements(text)).prepare(0);
      return opened(statement);
    },
    close: () => connection.closeSync(),
  };
}

function opened(statement: DuckDBPreparedStatement): Opened {
  const asks = Array.from({ length: statement.parameterCount }, (_, i) => statement.parameterName(i + 1));
  const bind = (parameters: Parameters) => {
    if (!asks.length) return;
    const { values, types } = bindings(asks.map((name) => parameters[name] ?? null));
    statement.bind(
      Object.fromEntries(asks.map((name, i) => [name, values[i] ?? null])),
      Object.fromEntries(asks.map((name, i) => [name, types[i]])),
    );
  };
  return {
    kind: StatementType[statement.statementType] ?? 'UNKNOWN',
    asks: [...new Set(asks)],
    async stream(parameters) {
      bind(parameters);
      const result = await statement.stream();
      const names = result.deduplicatedColumnNames();
      const columns = names.map((name, i) => ({ name, type: String(result.columnType(i)) }));
      return { columns, ...arrowBatches(result, () => {}) };
    },
    async run(parameters) {
      bind(parameters);
      await statement.run();
    },
  };
}

export interface EngineFailure {
  message: string;
  kind: string;
  /** Bytes before the place of the failure, in UTF-8. */
  position: number | null;
  suggestion: string | null;
}

/** What the engine said, read from the JSON it says it in. */
export function readFailure(error: unknown): EngineFailure {
  const text = error instanceof Error ? error.message : String(error);
  const plain = { message: text.split('\n')[0] ?? text, kind: '', position: null, suggestion: null };
  const begin = text.indexOf('{"exception_type"');
  if (begin < 0) return plain;
  try {
    const said = JSON.parse(text.slice(begin)) as Record<string, string | undefined>;
    return {
      message: (said.exception_message ?? '').split('\n')[0] || plain.message,
      kind: said.exception_type ?? '',
      position: said.position === undefined ? null : Number(said.position),
      suggestion: said.candidates?.split(',')[0]?.trim() || null,
    };
  } catch {
    return plain;
  }
}

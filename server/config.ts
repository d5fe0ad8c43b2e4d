import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { standardSchedule } from '#core/delivery/retry.ts';

/** The folder of the program itself. */
export const home = resolve(fileURLToPath(new URL('..', import.meta.url)));

const environment = z.object({
  ENSAYO_WORKSPACE: z.string().min(1).default(join(home, '.ensayo')),
  ENSAYO_THREADS: z.coerce.number().int().min(1).default(availableParallelism()),
  /** Memory of the engine; default a third of the machine's. */
  ENSAYO_MEMORY: z
    .string()
    .regex(/^\d+(\.\d+)?(MB|GB)$/)
    .default(`${Math.max(1, Math.floor(totalmem() / 3 / 1e9))}GB`),
  /** Memory of a training: the matrix, the copies its folds take and what a learner adds; default a quarter. */
  ENSAYO_TRAINING_MEMORY: z
    .string()
    .regex(/^\d+(MB|GB)$/)
    .default(`${Math.max(1, Math.floor(totalmem() / 4 / 1e9))}GB`),
  ENSAYO_MAX_UPLOAD_BYTES: z.coerce.number().int().min(1).default(8_000_000_000),
  /** Seconds a query of the Explore page may take; a download may take twenty times as long. */
  ENSAYO_QUERY_SECONDS: z.coerce.number().min(0.1).max(3600).default(30),
  /** Memory of one query; default a tenth of the machine's. */
  ENSAYO_QUERY_MEMORY: z
    .string()
    .regex(/^\d+(MB|GB)$/)
    .default(`${Math.max(1, Math.floor(totalmem() / 10 / 1e9))}GB`),
  /** Queries that run at once. */
  ENSAYO_QUERY_PROCESSES: z.coerce.number().int().min(1).max(16).default(2),
  /** Where the key of stored secrets is kept; default in the workspace. */
  ENSAYO_SECRET_KEY_FILE: z.string().min(1).optional(),
  /** Waits before each try of a call, in seconds; default the example of Standard Webhooks. */
  ENSAYO_RETRY_SECONDS: z
    .string()
    .regex(/^\d+(\.\d+)?(,\d+(\.\d+)?)*$/)
    .optional(),
  /** Seconds one call to a receiver may take. */
  ENSAYO_CALL_SECONDS: z.coerce.number().min(0.1).max(600).default(30),
  /** Addresses or ranges inside the house that a destination may be given, by comma: 10.1.2.0/24,127.0.0.1. */
  ENSAYO_ALLOW_PRIVATE: z.string().default(''),
  ENSAYO_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
  ENSAYO_LANGUAGE: z.enum(['es', 'en']).optional(),
  LANG: z.string().optional(),
});

export interface Config {
  workspace: string;
  threads: number;
  memoryLimit: string;
  trainingMemory: string;
  maxUploadBytes: number;
  query: { seconds: number; memoryLimit: string; processes: number };
  /** File of the key of stored secrets; null: `secrets.key` in the workspace. */
  secretKeyFile: string | null;
  delivery: { scheduleMs: readonly number[]; callTimeoutMs: number; allowedPrivate: readonly string[] };
  logLevel: string;
  /** Language of the command line. */
  language: 'es' | 'en';
}

/** Reads the environment; the only place that does. Options of the command line come over it. */
export function readConfig(given: Partial<Config> = {}): Config {
  const env = environment.parse(process.env);
  const config: Config = {
    workspace: resolve(env.ENSAYO_WORKSPACE),
    threads: env.ENSAYO_THREADS,
    memoryLimit: env.ENSAYO_MEMORY,
    trainingMemory: env.ENSAYO_TRAINING_MEMORY,
    maxUploadBytes: env.ENSAYO_MAX_UPLOAD_BYTES,
    query: {
      seconds: env.ENSAYO_QUERY_SECONDS,
      memoryLimit: env.ENSAYO_QUERY_MEMORY,
      processes: env.ENSAYO_QUERY_PROCESSES,
    },
    secretKeyFile: env.ENSAYO_SECRET_KEY_FILE ? resolve(env.ENSAYO_SECRET_KEY_FILE) : null,
    delivery: {
      scheduleMs: env.ENSAYO_RETRY_SECONDS?.split(',').map((part) => Number(part) * 1000) ?? standardSchedule,
      callTimeoutMs: env.ENSAYO_CALL_SECONDS * 1000,
      allowedPrivate: env.ENSAYO_ALLOW_PRIVATE.split(',').filter((part) => part.trim() !== ''),
    },
    logLevel: env.ENSAYO_LOG,
    language: env.ENSAYO_LANGUAGE ?? (env.LANG?.startsWith('es') ? 'es' : 'en'),
  };
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...config, ...chosen, ...(given.workspace ? { workspace: resolve(given.workspace) } : {}) };
}

/** Password of the databases that loads read, asked for when one is opened and kept nowhere. */
export const databasePassword = (): string | undefined => process.env.PGPASSWORD || undefined;

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SnapshotState } from '#core/contract/query.ts';
import { sql } from '#core/sql/sql.ts';
import type { Engine, Session } from '../engine/engine.ts';
import { currentDataVersion } from '../store/data-version.ts';
import { datasetNames, selectDataset } from '../store/loading/datasets.ts';

/** The tables as they were at an instant, one Parquet file each. */
export interface Snapshot {
  folder: string;
  /** Changes with anything the tables hold. */
  key: string;
  state: SnapshotState;
  tables: readonly { name: string; file: string }[];
}

const described = 'snapshot.json';

/** What the line has made so far: each step writes one of these small tables along with its rows. */
async function madeSoFar(session: Session): Promise<unknown> {
  return session.first(sql`SELECT
    (SELECT concat(count(*), ' ', max(scored_at)) FROM score_runs) AS scored,
    (SELECT concat(count(*), ' ', max(created_at)) FROM segments) AS segments,
    (SELECT string_agg(experiment_id || state, ' ' ORDER BY experiment_id) FROM designs) AS designs,
    (SELECT string_agg(batch_id || state, ' ' ORDER BY batch_id) FROM batches) AS batches,
    (SELECT string_agg(export_id || state || rows_sent, ' ' ORDER BY export_id) FROM export_runs) AS exports,
    (SELECT string_agg(dataset_id || load_id, ' ' ORDER BY dataset_id) FROM datasets) AS datasets`);
}

async function keyNow(session: Session): Promise<string> {
  const held = [await currentDataVersion(session), await madeSoFar(session), await datasetNames(session)];
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(held)))).slice(0, 24);
}

/**
 * Keeps one snapshot of each kind, masked and unmasked: made when asked for, made again when what the tables hold
 * has changed, deleted when another has taken its place and nobody reads it any more.
 */
export class Snapshots {
  readonly #engine: Engine;
  readonly #folder: string;
  readonly #now: () => Date;
  readonly #latest = new Map<boolean, Snapshot>();
  readonly #making = new Map<boolean, Promise<Snapshot>>();
  /** Folders that are being written; any other one that is not whole was left by a server that was stopped. */
  readonly #parts = new Set<string>();

  constructor(engine: Engine, workspace: string, now: () => Date) {
    this.#engine = engine;
    this.#folder = join(workspace, 'explore', 'snapshots');
    this.#now = now;
  }

  /** The snapshot that answers now, made first where there is none or it is behind; `anew`: made in any case. */
  async take(masked: boolean, anew = false): Promise<Snapshot> {
    const under = this.#making.get(masked);
    if (under) return under;
    const found = anew ? null : await this.peek(masked);
    if (found) return found;
    const again = this.#making.get(masked);
    if (again) return again;
    const making = this.#make(masked).finally(() => this.#making.delete(masked));
    this.#making.set(masked, making);
    return making;
  }

  /** The same, without making one. */
  async peek(masked: boolean): Promise<Snapshot | null> {
    const latest = this.#latest.get(masked) ?? (await this.#find(masked));
    if (!latest || !existsSync(latest.folder)) return null;
    this.#latest.set(masked, latest);
    return latest.key === (await keyNow(this.#engine)) ? latest : null;
  }

  /** Folders nobody should read from now on. */
  async outdated(): Promise<string[]> {
    const kept = new Set([...[...this.#latest.values()].map(({ folder }) => folder), ...this.#parts]);
    return (await this.#all()).filter((folder) => !kept.has(folder));
  }

  async forget(): Promise<void> {
    await Promise.allSettled(this.#making.values());
    this.#latest.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #all(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.map((name) => join(this.#folder, name));
  }

  /** One that an earlier run of the server left. */
  async #find(masked: boolean): Promise<Snapshot | null> {
    const beginning = join(this.#folder, kindOf(masked));
    const folder = (await this.#all())
      .filter((one) => one.startsWith(beginning) && !one.endsWith('.part'))
      .sort()
      .at(-1);
    if (!folder) return null;
    try {
      const found = JSON.parse(await readFile(join(folder, described), 'utf8')) as Snapshot;
      // The workspace may have been moved since.
      const tables = found.tables.map(({ name }) => ({ name, file: join(folder, fileOf(name)) }));
      return { ...found, folder, tables };
    } catch {
      return null;
    }
  }

  async #make(masked: boolean): Promise<Snapshot> {
    const at = this.#now();
    const folder = join(this.#folder, `${kindOf(masked)}-${at.getTime()}`);
    const part = `${folder}.part`;
    this.#parts.add(part);
    try {
      return await this.#write(part, folder, masked, at);
    } finally {
      this.#parts.delete(part);
    }
  }

  async #write(part: string, folder: string, masked: boolean, at: Date): Promise<Snapshot> {
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { recursive: true, mode: 0o700 });
    const made = await this.#engine.transaction(async (session) => {
      const [key, dataVersion] = [await keyNow(session), await currentDataVersion(session)];
      const names = await datasetNames(session);
      for (const name of names) {
        const rows = await selectDataset(session, name, !masked, false);
        await session.run(this.#engine.dialect.writeParquet(rows, join(part, fileOf(name))));
      }
      return { key, dataVersion, names };
    });
    const sizes = await Promise.all(made.names.map((name) => stat(join(part, fileOf(name)))));
    const snapshot: Snapshot = {
      folder,
      key: made.key,
      state: {
        dataVersion: made.dataVersion,
        takenAt: at.toISOString(),
        masked,
        bytes: sizes.reduce((sum, { size }) => sum + size, 0),
      },
      tables: made.names.map((name) => ({ name, file: join(folder, fileOf(name)) })),
    };
    await writeFile(join(part, described), JSON.stringify(snapshot));
    await rename(part, folder);
    this.#latest.set(masked, snapshot);
    return snapshot;
  }
}

const kindOf = (masked: boolean): string => (masked ? 'masked' : 'whole');
const fileOf = (name: string): string => `${encodeURIComponent(name)}.parquet`;

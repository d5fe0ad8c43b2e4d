import { DomainError } from '#core/errors/domain-error.ts';
import type { ColumnType } from '#core/portfolio/column.ts';
import type { RawRelation } from '#core/portfolio/map/field.ts';
import type { SourceOptions } from '#core/portfolio/recipe.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import type { Source } from '../../sources/source.ts';
import { rejectBroken } from '../../store/loading/rejects.ts';
import { brokenName, rawName, stagingOf } from '../../store/loading/staging.ts';
import type { ReadOutput } from './read.ts';
import { scratchOf, sourceNamed } from './request.ts';

/** The files of one load: each is opened once, when a table first needs its rows. */
export class LoadFiles {
  readonly #context: Context;
  readonly #jobId: string;
  readonly #read: ReadOutput;
  readonly #open = new Map<number, RawRelation>();
  readonly options: SourceOptions;
  /** Rows of each file, broken ones included; those not yet opened are missing. */
  readonly rows = new Map<number, number>();

  constructor(context: Context, jobId: string, read: ReadOutput) {
    this.#context = context;
    this.#jobId = jobId;
    this.#read = read;
    this.options = read.recipe.source;
  }

  #file(index: number): ReadOutput['files'][number] {
    const file = this.#read.files[index];
    if (!file) throw new Error(`no file ${index} in the load`);
    return file;
  }

  name(index: number): string {
    return this.#file(index).name;
  }

  source(index: number): Source {
    return sourceNamed(this.#context, this.#file(index).source);
  }

  /** The rows of a file as a relation that can be read again; broken ones go to the rejects. */
  async open(index: number): Promise<RawRelation> {
    const open = this.#open.get(index);
    if (open) return open;
    const staging = stagingOf(this.#jobId);
    const { relation, rows } = await this.#context.engine.transaction(async (session) => {
      const opened = await this.#readable(index, () =>
        this.source(index).open({ ...this.#request(index), session, brokenTable: brokenName(staging) }),
      );
      const broken = await rejectBroken(session, staging, this.name(index));
      const counted = await session.first<{ n: number }>(sql`SELECT count(*) AS n FROM ${opened.relation}`);
      return { relation: opened, rows: (counted?.n ?? 0) + broken };
    });
    this.#open.set(index, relation);
    this.rows.set(index, rows);
    return relation;
  }

  /** The rows of a file as they are read once, some columns typed by the reader; null for kinds without such a way. */
  pass(index: number, wanted: ReadonlyMap<string, ColumnType>): Promise<RawRelation> | null {
    const { pass } = this.source(index);
    return pass ? this.#readable(index, () => pass({ ...this.#request(index), wanted })) : null;
  }

  /** Runs what reads a file; the engine's own complaints become one about the file. */
  async readWith<T>(index: number, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#readable(index, () => this.#context.engine.transaction(work));
  }

  /**
   * Runs what fails when a row of the file breaks a rule: null when one does.
   *
   * @param how in one transaction, or on one connection, where one statement alone stores anything
   */
  async tryWith<T>(
    work: (session: Session) => Promise<T>,
    how: 'transaction' | 'connected' = 'transaction',
  ): Promise<T | null> {
    try {
      return await this.#context.engine[how](work);
    } catch (error) {
      if (error instanceof DomainError || !(error instanceof Error) || isOwnTrouble(error)) throw error;
      return null;
    }
  }

  #request(index: number) {
    return {
      inspection: this.#file(index),
      options: this.options,
      stagingTable: rawName(stagingOf(this.#jobId), index),
      scratch: scratchOf(this.#context, this.#jobId),
    };
  }

  async #readable<T>(index: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asUnreadable(error, this.name(index));
    }
  }
}

export function asUnreadable(error: unknown, file: string): unknown {
  if (error instanceof DomainError || !(error instanceof Error) || 'code' in error) return error;
  if (isOwnTrouble(error)) return error;
  return new DomainError('load_unreadable', { file, reason: error.message.split('\n')[0] }, { cause: error });
}

/** Trouble of the machine, which no other way of reading the file mends. */
const isOwnTrouble = (error: Error): boolean => /No space left|Out of Memory|conflict/i.test(error.message);

import type { ColumnType } from '#core/portfolio/column.ts';
import type { RawRelation } from '#core/portfolio/map/field.ts';
import type { SourceOptions } from '#core/portfolio/recipe.ts';
import type { Text } from '#core/text/text.ts';
import type { Engine, Session } from '../engine/engine.ts';

/** What reading a file through once found: plain JSON, so that a load can go on after a stop. */
export interface Inspection {
  path: string;
  /** Name shown to people. */
  name: string;
  bytes: number;
  modifiedMs: number;
  sha256: string;
  columns: string[];
  /** What the kind of source wants to remember: delimiter, encoding, number of lines. */
  found: Record<string, string | number | boolean | null>;
}

export interface InspectRequest {
  engine: Engine;
  path: string;
  name: string;
  options: SourceOptions;
  /** Private folder of this file, which the source may make and fill; kept until the load has ended. */
  scratch: string;
  /** Told the bytes read so far; may throw to stop. */
  onBytes(bytes: number): void;
}

export interface OpenRequest {
  session: Session;
  inspection: Inspection;
  options: SourceOptions;
  /** Name of a private table the source may fill. */
  stagingTable: string;
  /** Table (line, value, reason) for rows whose form is broken. */
  brokenTable: string;
  /** Private folder for temporary files; removed after the load. */
  scratch: string;
}

export interface PassRequest extends Omit<OpenRequest, 'session' | 'brokenTable'> {
  /** Types of the columns that feed one column as it is. */
  wanted: ReadonlyMap<string, ColumnType>;
}

/** Where a row stands in its file: its number, from 1, and the line it begins on. */
export interface Place {
  row: number;
  line: number;
}

/** Places by position among the readable rows, and those of rows whose form is broken. */
export interface Places {
  readable: Map<number, Place>;
  broken: Place[];
}

/**
 * A kind of file rows can come from. One file of this folder is one kind. `inspect` reads the file through once
 * and hashes it; `open` makes it a relation with `source_row`, the row's position from 1, to be read once the
 * transaction of the session has ended.
 */
export interface Source {
  text: { title: Text; summary: Text };
  /** Endings of file names it reads, with their dot, without a `.gz`. */
  endings: readonly string[];
  /** For kinds that read no file: beginnings of the addresses they read instead. */
  addresses?: readonly string[];
  /** Refuses an address that is of no use, or must not be written down: asked before anything is. */
  checkAddress?(address: string): void;
  inspect(request: InspectRequest): Promise<Inspection>;
  open(request: OpenRequest): Promise<RawRelation>;
  /**
   * For kinds that are costly to keep as they are: the rows as they are read, in order and once, `source_row` 0.
   * Columns of `wanted` may come typed by the reader where it reads values just as a mapping does; reading fails at
   * the first row whose form is broken, or whose value it would read otherwise.
   */
  pass?(request: PassRequest): Promise<RawRelation>;
  /** Where the rows of some positions stand in the file, for kinds whose files have lines. */
  locate?(inspection: Inspection, positions: ReadonlySet<number>): Promise<Places>;
}

export const defineSource = (source: Source): Source => source;

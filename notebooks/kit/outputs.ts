import type { LineStep } from '#core/contract/system.ts';
import type { Locale, Text, TextValues } from '#core/text/text.ts';
import type { Pens, Spec } from '../../web/src/charts/chart.ts';
import type { Figures } from '../../web/src/i18n/figures.ts';
import type { Cell } from './percent.ts';

/** A sentence with its figures, which the reader's language writes. */
export interface Sentence {
  text: Text;
  values: SentenceValues;
}

type Value = TextValues[string];
/** Figures of a sentence; a function writes its own in the reader's language: `(f) => f.date(day)`. */
export type SentenceValues = Record<string, Value | ((figures: Figures, locale: Locale) => string)>;

export interface Column<R> {
  title: Text;
  /** Text is set to the left, figures to the right. */
  align?: 'left' | 'right';
  cell: (row: R, figures: Figures, locale: Locale) => string;
}

/** Rows already written, one list of cells each, for one language. */
export interface WrittenTable {
  titles: string[];
  right: boolean[];
  rows: string[][];
}

/** A chart with its finding, and the same as a table. */
export interface Figure<R> {
  /** What it shows, in words. */
  finding: Text;
  values?: SentenceValues;
  spec: (pens: Pens) => Spec;
  data: readonly R[];
  columns: readonly Column<R>[];
  /** Names of the arms, in the order of their colours, where colours stand for arms. */
  arms?: readonly string[];
}

export type Output =
  | { kind: 'sentence'; sentence: Sentence }
  | { kind: 'table'; write: (figures: Figures, locale: Locale) => WrittenTable }
  | {
      kind: 'chart';
      /** What the chart shows, in words: its title. */
      finding: Sentence;
      spec: (pens: Pens) => Spec;
      arms: readonly string[];
      table: (figures: Figures, locale: Locale) => WrittenTable;
    }
  | Check
  | { kind: 'not_yet'; step: LineStep };

export interface Check {
  kind: 'check';
  what: Sentence;
  here: string;
  there: string;
  holds: boolean;
}

export interface Failure {
  message: string;
  /** Line of the notebook's file, where the trace names one. */
  line: number | null;
  trace: string;
}

export type CellState = 'waiting' | 'running' | 'done' | 'failed' | 'not_run';

export interface CellRun {
  cell: Cell;
  state: CellState;
  outputs: Output[];
  seconds: number | null;
  failure: Failure | null;
}

/** A notebook as it stands while it runs, and once it has. */
export interface NotebookRun {
  name: string;
  title: Text;
  cells: CellRun[];
  state: 'running' | 'done' | 'failed';
  /** Where the workspace was reached: a folder, or the address of its server. */
  workspace: string;
  startedAt: string;
}

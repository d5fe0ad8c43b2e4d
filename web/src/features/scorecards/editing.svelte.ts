import type { BinnedColumn } from '#core/contract/models/scorecards.ts';
import type { HandBins } from '#core/scorecard/bins.ts';
import { isMonotone, measureBins } from '#core/scorecard/edit.ts';

/** What the server says of the columns. */
interface Read {
  columns: readonly BinnedColumn[];
  smoothing: number;
  minBinShare: number;
}

interface Step {
  column: string;
  before: HandBins;
  after: HandBins;
}

export interface ColumnState {
  column: BinnedColumn;
  bins: HandBins;
  edited: boolean;
  now: ReturnType<typeof measureBins>;
  before: ReturnType<typeof measureBins>;
  /** Places of bins with rows, but fewer than the least share. */
  small: number[];
  monotone: boolean;
}

const same = (a: HandBins, b: HandBins): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Bins of numbers and groups, without missing values and, of categories, the rest. */
export const ownBins = (bins: HandBins): number =>
  'cuts' in bins ? bins.cuts.length + 1 : bins.groups.length;

/** What somebody has changed of a scorecard's bins, step by step, so that each can be taken back and done again. */
export class Editing {
  /** Columns that were changed, which stay though they are no longer among those read. */
  #kept = $state.raw<readonly BinnedColumn[]>([]);
  #current = $state.raw<Readonly<Record<string, HandBins>>>({});
  #done = $state.raw<readonly Step[]>([]);
  #undone = $state.raw<readonly Step[]>([]);
  readonly #read: () => Read;

  constructor(read: () => Read) {
    this.#read = read;
  }

  get columns(): readonly BinnedColumn[] {
    const { columns } = this.#read();
    return [...columns, ...this.#kept.filter(({ name }) => !columns.some((one) => one.name === name))];
  }

  of(name: string): ColumnState | undefined {
    const column = this.columns.find((one) => one.name === name);
    if (!column) return undefined;
    const { smoothing, minBinShare } = this.#read();
    const bins = this.#current[name] ?? column.bins;
    const now = measureBins(column.fine, bins, smoothing);
    const least = minBinShare * now.total.n;
    const own = now.tallies.slice(0, ownBins(bins));
    return {
      column,
      bins,
      edited: !same(bins, column.bins),
      now,
      before: measureBins(column.fine, column.bins, smoothing),
      small: own.flatMap(({ n }, i) => (n < least ? [i] : [])),
      monotone: 'groups' in bins || isMonotone(own),
    };
  }

  get edited(): readonly string[] {
    return this.columns.flatMap(({ name, bins }) => {
      const current = this.#current[name];
      return current && !same(current, bins) ? [name] : [];
    });
  }

  get bins(): Record<string, HandBins> {
    return Object.fromEntries(
      this.edited.flatMap((name) => {
        const bins = this.#current[name];
        return bins ? [[name, bins] as const] : [];
      }),
    );
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** @returns whether anything changed */
  change(name: string, apply: (bins: HandBins, column: BinnedColumn) => HandBins): boolean {
    const column = this.columns.find((one) => one.name === name);
    if (!column) return false;
    const before = this.#current[name] ?? column.bins;
    const after = apply(before, column);
    if (same(before, after)) return false;
    if (!this.#kept.includes(column)) this.#kept = [...this.#kept, column];
    this.#current = { ...this.#current, [name]: after };
    this.#done = [...this.#done, { column: name, before, after }];
    this.#undone = [];
    return true;
  }

  /** @returns the column it was of */
  undo(): string | undefined {
    const step = this.#done.at(-1);
    if (!step) return undefined;
    this.#done = this.#done.slice(0, -1);
    this.#undone = [...this.#undone, step];
    this.#current = { ...this.#current, [step.column]: step.before };
    return step.column;
  }

  /** @returns the column it was of */
  redo(): string | undefined {
    const step = this.#undone.at(-1);
    if (!step) return undefined;
    this.#undone = this.#undone.slice(0, -1);
    this.#done = [...this.#done, step];
    this.#current = { ...this.#current, [step.column]: step.after };
    return step.column;
  }

  reset(name: string): void {
    this.change(name, (_bins, column) => column.bins);
  }
}

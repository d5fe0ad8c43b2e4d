import type { Rule } from '#core/experiment/responders/rule.ts';
import type { BinnedColumn } from './tree-bins.ts';

export interface TreeTask {
  columns: readonly BinnedColumn[];
  /** What each row says of the outcome under each arm: `armScores`. */
  scores: readonly Float64Array[];
  /** Rows learned from. */
  rows: Int32Array;
  /** Fewest rows a leaf may have. */
  leastRows: number;
}

interface Split {
  column: number;
  question: number;
}

/** Count and sums of scores by arm. */
type Tally = Float64Array;

const most = (tally: Tally): number => {
  let best = Number.NEGATIVE_INFINITY;
  for (let arm = 1; arm < tally.length; arm++) best = Math.max(best, tally[arm]!);
  return best;
};

function totalOf({ scores }: TreeTask, rows: Int32Array): Tally {
  const tally = new Float64Array(scores.length + 1);
  tally[0] = rows.length;
  scores.forEach((values, arm) => {
    for (const row of rows) tally[arm + 1]! += values[row]!;
  });
  return tally;
}

/** The arm with the largest sum; of equal ones the first. */
const armOf = (tally: Tally): number => {
  let best = 1;
  for (let arm = 2; arm < tally.length; arm++) if (tally[arm]! > tally[best]!) best = arm;
  return best - 1;
};

/** Tallies of the rows by the groups of two columns. */
function jointly(task: TreeTask, rows: Int32Array, a: BinnedColumn, b: BinnedColumn): Tally[][] {
  const width = task.scores.length + 1;
  const cells = Array.from({ length: a.count }, () =>
    Array.from({ length: b.count }, () => new Float64Array(width)),
  );
  for (const row of rows) {
    const cell = cells[a.bins[row]!]![b.bins[row]!]!;
    cell[0]!++;
    for (let arm = 1; arm < width; arm++) cell[arm]! += task.scores[arm - 1]![row]!;
  }
  return cells;
}

const add = (into: Tally, more: Tally): void => {
  for (let i = 0; i < into.length; i++) into[i]! += more[i]!;
};

interface Side {
  value: number;
  split: Split | null;
}

/** Improves what is known of one side of a root by splitting it further by a column. */
function improve(
  side: Side,
  byBin: Tally[],
  total: Tally,
  column: BinnedColumn,
  at: number,
  least: number,
): void {
  for (let question = 0; question < column.questions.length; question++) {
    const yes = new Float64Array(total.length);
    byBin.forEach((tally, bin) => {
      if (column.isYes(question, bin)) add(yes, tally);
    });
    const no = total.map((value, i) => value - yes[i]!);
    if (yes[0]! < least || no[0]! < least) continue;
    const value = most(yes) + most(no);
    if (value > side.value + 1e-9) Object.assign(side, { value, split: { column: at, question } });
  }
}

interface Pair {
  root: Split;
  yes: Split | null;
  no: Split | null;
}

/**
 * The best question, or the best with another after each answer, over every pair: what is gained is the sum of the
 * scores of the arms given.
 */
function bestPair(task: TreeTask, deep: boolean): Pair | null {
  const { columns, rows, leastRows } = task;
  const whole = totalOf(task, rows);
  let best = most(whole) + 1e-9;
  let found: Pair | null = null;
  columns.forEach((first, at) => {
    const others = deep ? columns : [first];
    const joint = others.map((second) => jointly(task, rows, first, second));
    first.questions.forEach((_, question) => {
      const parts = [true, false].map((answer) => {
        const byBin = joint.map((cells, other) => {
          const sums = Array.from({ length: others[other]!.count }, () => new Float64Array(whole.length));
          cells.forEach((row, bin) => {
            if (first.isYes(question, bin) === answer)
              row.forEach((tally, b) => {
                add(sums[b]!, tally);
              });
          });
          return sums;
        });
        const total = new Float64Array(whole.length);
        for (const tally of byBin[0]!) add(total, tally);
        const side: Side = { value: most(total), split: null };
        if (deep)
          byBin.forEach((sums, other) => {
            improve(side, sums, total, columns[other]!, other, leastRows);
          });
        return { n: total[0]!, side };
      });
      const [yes, no] = [parts[0]!, parts[1]!];
      if (yes.n < leastRows || no.n < leastRows) return;
      const value = yes.side.value + no.side.value;
      if (value <= best) return;
      best = value;
      found = { root: { column: at, question }, yes: yes.side.split, no: no.side.split };
    });
  });
  return found;
}

/**
 * Standard errors by which one question has to do better than none, and two than one, on the rows they were found on, or
 * the shorter rule is kept: the more was searched, the more its own rows flatter it.
 */
const leastZ = [1.645, 2.576] as const;

function ruleOf(task: TreeTask, rows: Int32Array, splits: Pair | null): Rule {
  if (!splits) return { arm: armOf(totalOf(task, rows)) };
  const { column, question } = splits.root;
  const { bins, isYes, questions } = task.columns[column]!;
  const side = (answer: boolean, split: Split | null): Rule =>
    ruleOf(
      task,
      rows.filter((row) => isYes(question, bins[row]!) === answer),
      split && { root: split, yes: null, no: null },
    );
  const [yes, no] = [side(true, splits.yes), side(false, splits.no)];
  return 'arm' in yes && 'arm' in no && yes.arm === no.arm
    ? yes
    : { question: questions[question]!, yes, no };
}

/**
 * The rule of at most two questions one after the other whose arms have the largest sum of doubly robust scores (Athey
 * and Wager 2021, by search over every pair). No question, one, or two: the longer rule is taken only where it does
 * better than the shorter by `leastZ` on the rows learned from. Those rows flatter it: judge it on others.
 */
export function fitPolicyTree(task: TreeTask): Rule {
  const { rows, columns, scores } = task;
  const given = (rule: Rule) => applyRule(rule, columns, rows);
  const plain = ruleOf(task, rows, null);
  const rules = [false, true].map((deep) => ruleOf(task, rows, bestPair(task, deep)));
  return rules.reduce((kept, rule, asked) => {
    const [before, after] = [given(kept), given(rule)];
    const gains = Float64Array.from(rows, (row, i) => scores[after[i]!]![row]! - scores[before[i]!]![row]!);
    return pays(gains, leastZ[asked]!) ? rule : kept;
  }, plain);
}

function pays(gains: Float64Array, z: number): boolean {
  const n = gains.length;
  const mean = gains.reduce((sum, value) => sum + value, 0) / n;
  const squares = gains.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return mean > z * Math.sqrt(squares / (n - 1) / n);
}

/** The arm a rule gives each row. */
export function applyRule(rule: Rule, columns: readonly BinnedColumn[], rows: Int32Array): Int32Array {
  if ('arm' in rule) return new Int32Array(rows.length).fill(rule.arm);
  const { question, yes, no } = rule;
  const column = columns.find(({ name }) => name === question.column)!;
  const at = column.questions.findIndex(({ value }) => value === question.value);
  const given = [no, yes].map((side) => applyRule(side, columns, rows));
  return Int32Array.from(rows, (row, i) => given[column.isYes(at, column.bins[row]!) ? 1 : 0]![i]!);
}

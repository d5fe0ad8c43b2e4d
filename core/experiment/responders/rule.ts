import type { Condition } from '../../segment/condition.ts';

/** What a rule asks of a person about one fact known on the day they entered. */
export type Question =
  /** Whether a number is at least `value`; what is not known counts as no, and `unknown` says whether anybody is. */
  | { column: string; is: 'at_least'; value: number; unknown: boolean }
  | { column: string; is: 'category'; value: string };

/** Who gets which arm, in at most two questions one after the other. Arms by their place, control first. */
export type Rule = { arm: number } | { question: Question; yes: Rule; no: Rule };

/** A leaf of a rule: what leads to it, and the arm given there. */
export interface Leaf {
  arm: number;
  path: readonly { question: Question; answer: boolean }[];
}

export function leavesOf(rule: Rule, path: Leaf['path'] = []): Leaf[] {
  if ('arm' in rule) return [{ arm: rule.arm, path }];
  const { question, yes, no } = rule;
  return [
    ...leavesOf(yes, [...path, { question, answer: true }]),
    ...leavesOf(no, [...path, { question, answer: false }]),
  ];
}

const scorePrefix = 'score:';

function ask(question: Question, answer: boolean): Condition {
  const { column, value } = question;
  if (question.is === 'category') return { column, is: answer ? 'in' : 'not_in', values: [question.value] };
  const bound = answer ? { from: value as number } : { to: value as number };
  const known: Condition = column.startsWith(scorePrefix)
    ? { score: column.slice(scorePrefix.length), ...bound }
    : { column, is: 'between', ...bound };
  // Of a score, what is not known can only be said by what is: not at least so much.
  if (answer || !question.unknown) return known;
  return column.startsWith(scorePrefix)
    ? { not: ask(question, true) }
    : { any: [known, { column, is: 'missing' }] };
}

/** Numbers asked of twice on one path are one range: from 10, under 30. */
function merged(conditions: readonly Condition[]): Condition[] {
  const out: Condition[] = [];
  for (const one of conditions) {
    const twin = out.findIndex((other) =>
      'column' in one && 'column' in other && one.is === 'between' && other.is === 'between'
        ? one.column === other.column
        : 'score' in one && 'score' in other && one.score === other.score,
    );
    if (twin < 0) out.push(one);
    else {
      const other = out[twin]! as { from?: number; to?: number };
      const { from, to } = one as { from?: number; to?: number };
      const most = [from, other.from].filter((value) => value !== undefined);
      const least = [to, other.to].filter((value) => value !== undefined);
      out[twin] = {
        ...one,
        ...(most.length ? { from: Math.max(...most) } : {}),
        ...(least.length ? { to: Math.min(...least) } : {}),
      } as Condition;
    }
  }
  return out;
}

/** The people a rule gives an arm, as a condition of segments; null: nobody. */
export function conditionOf(rule: Rule, arm: number): Condition | null {
  const leaves = leavesOf(rule).filter((leaf) => leaf.arm === arm);
  if (leaves.length === 0) return null;
  const each = leaves.map(({ path }): Condition => {
    const asked = merged(path.map(({ question, answer }) => ask(question, answer)));
    return asked.length === 1 ? asked[0]! : { all: asked };
  });
  return each.length === 1 ? each[0]! : { any: each };
}

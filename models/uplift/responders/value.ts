import type { Rule } from '#core/experiment/responders/rule.ts';
import type { Logged } from '../data/logged.ts';
import type { Method } from '../fit/learners.ts';
import { type ClusteredMean, clusteredMean } from '../value/clustered.ts';
import { type EffectPoint, effectCalibration, rankByUplift, type UpliftRanking } from '../value/rank.ts';

/** What a way of choosing is worth, per person. */
export interface Worth {
  /** The outcome had everybody been given what it chooses. */
  value: ClusteredMean;
  /** That less the outcome of the one arm best for all, and of the control. */
  overOne: ClusteredMean;
  overControl: ClusteredMean;
  /** People it gives each arm. */
  gives: number[];
}

export interface ArmResponse extends UpliftRanking {
  arm: string;
  effect: ClusteredMean;
  /** Tenths of people by predicted effect, lowest first. */
  points: EffectPoint[];
}

/** Of the people the short rule gives an arm: what that is worth to them. */
export interface RuleGain {
  arm: string;
  n: number;
  overOne: ClusteredMean;
  overControl: ClusteredMean;
}

export interface RespondersValue {
  rows: number;
  arms: { arm: string; n: number; events: number; value: ClusteredMean }[];
  oneForAll: Worth;
  perPerson: (Worth & { method: Method })[];
  byRule: Worth & { arms: RuleGain[] };
  responses: ArmResponse[];
}

export interface RespondersFound extends RespondersValue {
  /** The arm best for all, by everybody. */
  best: number;
  /** The short rule, from everybody; `byRule` says what rules learned alike are worth to people they had not seen. */
  rule: Rule;
  /** People it gives each arm. */
  ruleGives: number[];
}

interface Chosen {
  logged: Logged;
  scores: readonly Float64Array[];
  /** Effects predicted by the deciding method, by arm. */
  predicted: readonly Float64Array[];
  perPerson: readonly { method: Method; choice: Int32Array }[];
  oneForAll: Int32Array;
  byRule: Int32Array;
}

const groups = 10;

/** What ways of choosing an arm are worth by doubly robust scores, each choice made without the person it is made for. */
export function valueResponders(chosen: Chosen): RespondersValue {
  const { logged, scores, predicted, perPerson, oneForAll, byRule } = chosen;
  const { arms, taken, matrix } = logged;
  const every = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  const mean = (of: (row: number) => number, rows = every): ClusteredMean =>
    clusteredMean(
      Float64Array.from(rows, of),
      Int32Array.from(rows, (row) => matrix.groups[row]!),
    );
  const under = (choice: Int32Array) => (row: number) => scores[choice[row]!]![row]!;
  const control = (row: number) => scores[0]![row]!;
  const less = (a: (row: number) => number, b: (row: number) => number) => (row: number) => a(row) - b(row);
  const one = under(oneForAll);
  const countOf = (choice: Int32Array, arm: number) =>
    choice.reduce((n, given) => n + (given === arm ? 1 : 0), 0);
  const worth = (choice: Int32Array): Worth => ({
    value: mean(under(choice)),
    overOne: mean(less(under(choice), one)),
    overControl: mean(less(under(choice), control)),
    gives: arms.map((_, arm) => countOf(choice, arm)),
  });
  return {
    rows: matrix.rows,
    arms: arms.map((arm, a) => ({
      arm,
      n: countOf(taken, a),
      events: every.reduce((sum, row) => sum + (taken[row] === a ? matrix.target[row]! : 0), 0),
      value: mean((row) => scores[a]![row]!),
    })),
    oneForAll: worth(oneForAll),
    perPerson: perPerson.map(({ method, choice }) => ({ method, ...worth(choice) })),
    byRule: {
      ...worth(byRule),
      arms: arms.map((arm, a) => {
        const rows = every.filter((row) => byRule[row] === a);
        const own = (row: number) => scores[a]![row]!;
        return {
          arm,
          n: rows.length,
          overOne: mean(less(own, one), rows),
          overControl: mean(less(own, control), rows),
        };
      }),
    },
    responses: arms.slice(1).map((arm, i) => {
      const effects = scores[i + 1]!.map((value, row) => value - scores[0]![row]!);
      return {
        arm,
        effect: mean((row) => effects[row]!),
        ...rankByUplift(predicted[i + 1]!, effects, matrix.groups),
        points: effectCalibration(predicted[i + 1]!, effects, matrix.groups, groups),
      };
    }),
  };
}

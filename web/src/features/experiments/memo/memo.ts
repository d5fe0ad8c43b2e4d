import { armOrder, capital } from '../results/read.ts';
import { harmOf, limitsOf, moneyOf } from './findings.ts';
import { say, write } from './say.ts';
import { type Memo, type MemoInput, type MemoSection, othersOf } from './shape.ts';
import { madeOf, questionOf, resultOf } from './story.ts';

/** One page in both languages for who decides, without terms of the trade. */
export function memoOf(input: MemoInput): Memo {
  const { experiment, results } = input;
  return {
    experimentId: experiment.id,
    name: results.name,
    asOf: results.asOf,
    dataVersion: results.dataVersion,
    planHash: experiment.planHash,
    verdict: results.verdict,
    sections: [
      decideOf(input),
      questionOf(input),
      madeOf(input),
      resultOf(input),
      harmOf(input),
      moneyOf(input),
      limitsOf(input),
      adviceOf(input),
    ],
  };
}

function decideOf({ experiment, lifecycle, arm, deciding }: MemoInput): MemoSection {
  const decided = lifecycle?.events.findLast(({ kind }) => kind === 'decided');
  if (decided) {
    const { on, by, reason } = decided;
    return {
      id: 'decide',
      title: say('decide'),
      lines: [say('decide.done', ({ f }) => ({ date: f.date(on), by, reason }))],
    };
  }
  const what = say('decide.default', ({ pick, either }) => ({
    arms: either(armOrder(experiment.design).map((name) => pick(arm(name)))),
  }));
  const who = deciding.who ? write(() => deciding.who) : say('whoNone');
  const line = say(deciding.by ? 'decide.line' : 'decide.lineOpen', ({ f, pick }) => ({
    who: capital(pick(who)),
    by: f.date(deciding.by || null),
    what: deciding.what || pick(what),
  }));
  return { id: 'decide', title: say('decide'), lines: [line] };
}

function adviceOf({ experiment, results, arm }: MemoInput): MemoSection {
  const { verdict } = results;
  const named = verdict.arms.filter(({ kind }) => kind === verdict.kind).map((one) => one.arm);
  const advice = say(`advice.${verdict.kind}`, ({ pick, list }) => ({
    arms: list((named.length ? named : othersOf(experiment)).map((name) => pick(arm(name)))),
    control: pick(arm(experiment.design.control)),
  }));
  return { id: 'advice', title: say('advice'), lines: [advice, ...(verdict.next ? [verdict.next] : [])] };
}

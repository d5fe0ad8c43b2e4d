import type { Text } from '#core/text/text.ts';
import { metricFigure } from '../results/figure.ts';
import { armOrder, capital, primaryOf } from '../results/read.ts';
import { plainly, say, type Writer, write } from './say.ts';
import { type MemoInput, type MemoSection, othersOf } from './shape.ts';

export function questionOf({ experiment, results, segment, arm }: MemoInput): MemoSection {
  const primary = primaryOf(results);
  return {
    id: 'question',
    title: say('question'),
    lines: [
      say('question.compare', ({ pick, list }) => ({
        arms: list(othersOf(experiment).map((name) => pick(arm(name)))),
        count: othersOf(experiment).length,
        control: pick(arm(experiment.design.control)),
        metric: primary ? lower(pick(primary.title)) : '–',
      })),
      ...(segment ? [say('question.who', ({ pick }) => ({ segment: trim(pick(segment)) }))] : []),
    ],
  };
}

export function madeOf({ experiment, results, lifecycle, arm }: MemoInput): MemoSection {
  const people = ({ f, pick, list }: Writer) => ({
    people: f.integer(results.people),
    arms: list(
      armOrder(experiment.design).map((name) => {
        const n = experiment.arms.find((one) => one.name === name)?.assigned ?? 0;
        return `${pick(arm(name))} ${f.integer(n)}`;
      }),
    ),
  });
  const { startsOn = null, endsOn = null } = lifecycle ?? {};
  return {
    id: 'made',
    title: say('made'),
    lines: [
      say('made.people', people),
      ...(startsOn && endsOn
        ? [
            say('made.when', ({ f }) => ({
              start: f.date(startsOn),
              end: f.date(endsOn),
              share: f.percent(Math.min(1, results.information), 0),
            })),
          ]
        : []),
      ...(experiment.planHash
        ? [say('made.rules', () => ({ hash: experiment.planHash?.slice(0, 8) ?? '' }))]
        : []),
      ...results.planned
        .filter(({ same }) => !same)
        .map((one) =>
          say('made.different', ({ pick }) => ({
            what: lower(pick(one.what)),
            planned: pick(one.planned),
            done: pick(one.done),
          })),
        ),
      ...results.changes.map((change) =>
        say('made.change', ({ f, pick }) => ({
          date: f.date(change.at),
          by: change.by,
          what: pick(change.what),
        })),
      ),
    ],
  };
}

export function resultOf({ experiment, results, arm }: MemoInput): MemoSection {
  const { verdict } = results;
  const primary = primaryOf(results);
  const rest = verdict.arms
    .filter(({ kind }) => kind !== verdict.kind)
    .map(({ sentence }) => sentence)
    .filter((sentence, i, all) => all.findIndex((one) => one.es === sentence.es) === i);
  /** Why it was stopped or cannot be used; why it is better stands in the figures. */
  const why = verdict.kind === 'stopped_for_harm' || verdict.kind === 'invalid' ? verdict.reasons : [];
  const rows = !primary
    ? []
    : armOrder(experiment.design).map((name): Text[] => {
        const level = primary.arms.find((one) => one.arm === name);
        const found = primary.comparisons.find((one) => one.arm === name)?.judged;
        return [
          arm(name),
          write(({ f }) => f.integer(level?.n)),
          write(({ f }) => metricFigure(primary, f).level(level?.mean)),
          name === experiment.design.control
            ? say('result.control')
            : found?.estimate == null
              ? say('result.none')
              : write((w) => plainly(w, metricFigure(primary, w.f)).difference(found.estimate)),
          found?.estimate == null
            ? write(() => '')
            : write((w) => plainly(w, metricFigure(primary, w.f)).range(found)),
        ];
      });
  return {
    id: 'result',
    title: say('result'),
    lines: [verdict.headline, ...(verdict.inPeople ? [verdict.inPeople] : []), ...why, ...rest].map(begin),
    ...(rows.length
      ? {
          table: {
            header: [
              say('result.arm'),
              say('result.people'),
              primary ? primary.title : say('result.level'),
              say('result.difference'),
              say('result.range'),
            ],
            rows,
          },
        }
      : {}),
  };
}

const begin = (text: Text): Text => write(({ pick }) => capital(pick(text)));
const lower = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
const trim = (text: string): string => lower(text.replace(/\.\s*$/, ''));

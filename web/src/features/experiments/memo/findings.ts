import type { Text } from '#core/text/text.ts';
import { figureOf, metricFigure } from '../results/figure.ts';
import { plainly, say, type Writer, write } from './say.ts';
import type { MemoInput, MemoSection } from './shape.ts';

/** What each guardrail did, beside the most that is accepted of it; and what the daily watch stopped. */
export function harmOf({ results, arm }: MemoInput): MemoSection {
  const guardrails = results.metrics.filter(({ role }) => role === 'guardrail');
  const stopped = results.harm
    .filter(({ crossed }) => crossed)
    .map((one) =>
      say('harm.watch', ({ f, pick }) => ({
        arm: pick(arm(one.arm)),
        metric: pick(one.title).toLowerCase(),
        events: f.integer(one.events),
        control: f.integer(one.controlEvents),
      })),
    );
  const lines = guardrails.map((metric) => {
    const known = metric.comparisons.filter(({ judged }) => judged.estimate !== null);
    if (!known.length && metric.matured.n >= metric.matured.people)
      return say('harm.noCases', ({ pick }) => ({ metric: pick(metric.title) }));
    if (!known.length)
      return say('harm.wait', ({ f, pick }) => ({
        metric: pick(metric.title),
        date: f.date(metric.matured.last),
      }));
    return say('harm.line', (writer) => {
      const figure = plainly(writer, metricFigure(metric, writer.f));
      return {
        metric: writer.pick(metric.title),
        margin: figure.size(metric.margin),
        parts: writer.list(
          known.map((one) =>
            writer.say('harm.part', {
              arm: writer.pick(arm(one.arm)),
              difference: figure.difference(one.judged.estimate),
              reading: one.reading,
            }),
          ),
        ),
      };
    });
  });
  const all = [...stopped, ...lines];
  return { id: 'harm', title: say('harm'), lines: all.length ? all : [say('harm.none')] };
}

export function moneyOf({ results, arm }: MemoInput): MemoSection {
  const rows = results.money
    .filter(({ capped }) => capped.estimate !== null)
    .map((one): Text[] => {
      const figure = ({ f }: Writer) =>
        figureOf({ unit: 'money', currency: one.currency }, f, Math.abs(one.capped.upper ?? 0));
      return [
        arm(one.arm),
        write((writer) => figure(writer).difference(one.capped.estimate)),
        write((writer) => plainly(writer, figure(writer)).range(one.capped)),
        write((writer) => figure(writer).difference(one.raw.estimate)),
      ];
    });
  if (!rows.length) return { id: 'money', title: say('money'), lines: [say('money.none')] };
  const header = [say('result.arm'), say('money.capped'), say('result.range'), say('money.raw')];
  return { id: 'money', title: say('money'), lines: [say('money.lead')], table: { header, rows } };
}

export function limitsOf({ experiment, results }: MemoInput): MemoSection {
  const touches = experiment.design.arms.flatMap((arm) => arm.touches);
  const oneText = touches.length > 0 && touches.every(({ templates }) => templates.length === 1);
  const { provisionalUntil } = results.verdict;
  const findings = results.segments
    .filter(({ declared }) => declared)
    .map(({ finding }) => finding)
    .filter((finding, i, all) => all.findIndex(({ es }) => es === finding.es) === i);
  return {
    id: 'limits',
    title: say('limits'),
    lines: [
      ...(provisionalUntil
        ? [say('limits.provisional', ({ f }) => ({ date: f.date(provisionalUntil) }))]
        : []),
      ...results.checks.filter(({ tone }) => tone !== 'good').map(({ title }) => title),
      ...findings,
      ...(oneText ? [say('limits.text')] : []),
      say('limits.scope'),
    ],
  };
}

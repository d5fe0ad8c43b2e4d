import type { ResponderSegment, Responders, Worth } from '#core/contract/experiments/responders.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { conditionOf } from '#core/experiment/responders/rule.ts';
import { responderWords } from '#core/experiment/responders/words.ts';
import { describeCondition } from '#core/segment/describe/describe.ts';
import type { Interval } from '#core/stats/wilson.ts';
import type { Text } from '#core/text/text.ts';
import type { RespondersFound, Worth as Valued } from '#models/uplift/responders/value.ts';
import type { Context } from '../../context.ts';
import type { DesignRecord } from '../../store/experiments/designs.ts';
import { armTitles } from '../../store/results/arm-titles.ts';
import { readSegment } from '../../store/segments/segments.ts';
import type { RespondingPeople } from './read.ts';

const estimateOf = ({ estimate, lower, upper, reason }: Interval): Worth['value'] => ({
  estimate,
  lower,
  upper,
  ...(reason === undefined ? {} : { reason }),
});

/** What was found, in words and by name, as it is kept and shown. */
export async function describeResponders(
  context: Context,
  { record, metric }: { record: DesignRecord; metric: Metric },
  people: Omit<RespondingPeople, 'logged'> & { arms: readonly string[] },
  found: RespondersFound,
): Promise<Responders> {
  const { design } = record;
  const { arms } = people;
  const lower = metric.better === 'lower';
  /** Learnt as the good outcome; shown as the metric counts. */
  const asCounted = ({ estimate, lower: from, upper: to, reason }: Interval) => {
    const turned = (value: number | null) => (value === null ? null : 1 - value);
    return lower
      ? estimateOf({
          estimate: turned(estimate),
          lower: turned(to),
          upper: turned(from),
          ...(reason ? { reason } : {}),
        })
      : estimateOf({ estimate, lower: from, upper: to, ...(reason ? { reason } : {}) });
  };
  const worth = ({ value, overOne, overControl, gives }: Valued): Worth => ({
    value: asCounted(value),
    overOne: estimateOf(overOne),
    overControl: estimateOf(overControl),
    gives: arms.map((arm, i) => ({ arm, n: gives[i]! })),
  });
  const titles = armTitles(design, context.registry.styles);
  const titleOf = (arm: string): Text => titles[arm] ?? { es: arm, en: arm };
  const perPerson = found.perPerson.map(({ method, ...one }) => ({ method, ...worth(one) }));
  const shortRule = worth(found.byRule);
  const verdict = responderWords({
    people: found.rows,
    best: titleOf(arms[found.best]!),
    shortRule,
    perPerson: perPerson[0]!,
  });
  return {
    experimentId: record.id,
    segmentId: design.segmentId,
    asOf: people.asOf,
    metric: {
      id: design.metric.id,
      title: metric.text.title,
      horizonDays: design.metric.horizonDays,
      better: metric.better,
    },
    people: found.rows,
    of: people.of,
    control: design.control,
    best: arms[found.best]!,
    arms: found.arms.map(({ arm, n, events, value }) => ({
      arm,
      n,
      events: lower ? n - events : events,
      value: asCounted(value),
    })),
    facts: people.facts,
    verdict,
    oneForAll: worth(found.oneForAll),
    shortRule,
    perPerson,
    responses: found.responses.map(({ arm, effect, qini, curve, points }) => ({
      arm,
      effect: estimateOf(effect),
      qini: estimateOf(qini),
      curve,
      tenths: points,
    })),
    segments: verdict.kind === 'segments' ? await segmentsOf(context, record, arms, titleOf, found) : [],
  };
}

async function segmentsOf(
  { engine, config }: Context,
  { design }: DesignRecord,
  arms: readonly string[],
  titleOf: (arm: string) => Text,
  { rule, ruleGives, byRule, rows }: RespondersFound,
): Promise<ResponderSegment[]> {
  const whole = (await readSegment(engine, design.segmentId)).condition;
  return arms.flatMap((arm, a): ResponderSegment[] => {
    const own = conditionOf(rule, a);
    if (!own || !('question' in rule)) return [];
    const gain = byRule.arms[a]!;
    return [
      {
        arm,
        name: `${design.name}: ${titleOf(arm)[config.language]}`.slice(0, 120),
        condition: { all: [whole, own] },
        description: describeCondition(own),
        n: ruleGives[a]!,
        share: ruleGives[a]! / rows,
        overOne: estimateOf(gain.overOne),
        overControl: estimateOf(gain.overControl),
      },
    ];
  });
}

import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import { clusteredShare } from '#core/stats/cluster-share.ts';
import { selfCureParameters } from '#models/self-cure/parameters.ts';
import type { RateSums } from '#models/self-cure/waiting/past.ts';
import type { Engine } from '../../engine/engine.ts';
import { readRatePast } from './past.ts';
import { rateSentences, written } from './words.ts';

type Answer = Output<typeof contract.waiting.rate>;

/** People held out that a rate is read from at least. */
const fewestPeople = 50;

const shareOf = ({ n, people, cured, nn, cc, cn }: RateSums) =>
  clusteredShare({ n, events: cured, clusters: people, nn, ee: cc, en: cn });

/**
 * Of accounts that entered 1–29 days past due in the last year, the share back at 0 within 30 days: from the people nobody
 * contacts where there are enough, else from everybody under the current policy, and said so. The interval is Wilson's at
 * the effective number of rows, a person having entered more than once.
 */
export async function readCureRate(engine: Engine): Promise<Answer> {
  const parameters = selfCureParameters.parse({});
  const { minDaysPastDue, maxDaysPastDue, horizonDays } = parameters;
  const asked = { minDaysPastDue, maxDaysPastDue, horizonDays };
  const past = await readRatePast(engine, parameters);
  const held = past?.sums.find((row) => row.held === 1 && row.people >= fewestPeople);
  const used = held ?? past?.sums.find((row) => row.held === 0);
  const identification = held ? 'holdout' : 'current_policy';
  if (!past || !used || used.n === 0)
    return {
      ...asked,
      share: { estimate: null, lower: null, upper: null, reason: 'no_rows' },
      n: 0,
      people: 0,
      identification,
      dates: null,
      sentence: null,
    };
  const share = shareOf(used);
  return {
    ...asked,
    share,
    n: used.n,
    people: used.people,
    identification,
    dates: { from: past.from, to: past.to },
    sentence: written(rateSentences[identification], {
      share: share.estimate,
      lower: share.lower,
      upper: share.upper,
      from: minDaysPastDue,
      to: maxDaysPastDue,
      horizon: horizonDays,
    }),
  };
}

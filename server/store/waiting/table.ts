import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import type { WaitQuery } from '#core/contract/models/waiting.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { selfCureParameters } from '#models/self-cure/parameters.ts';
import { cutOffRowOf, fitCapacity, groupsOf } from '#models/self-cure/waiting/decision.ts';
import { isAlone } from '#models/self-cure/words.ts';
import type { Context } from '../../context.ts';
import { versionTitles } from '../models/model-titles.ts';
import { readSavedVersion, readVersion } from '../models/models.ts';
import { lastSnapshot, scoreSources } from '../portfolio/facts.ts';
import { readBins } from './bins.ts';
import { groundOf } from './ground.ts';
import { readWaitPast } from './past.ts';
import { capacityTexts, findingOf, written } from './words.ts';

type Answer = Output<typeof contract.waiting.table>;

/** The question whose scores decide who waits. */
const model = 'self-cure';
const steps = Array.from({ length: 19 }, (_, i) => 5 * (i + 1));

/**
 * Who can be left alone some days, by cut-off of the scores of the newest balances, and what that saves and costs.
 *
 * @throws no_snapshots, missing_step when self-cure has not scored the newest balances
 */
export async function readWaitTable(context: Context, query: WaitQuery): Promise<Answer> {
  const { engine, registry } = context;
  const asOf = await lastSnapshot(engine);
  const source = (await scoreSources(engine, asOf)).find((one) => one.model === model);
  if (!source) throw new DomainError('missing_step', { step: `score (${model}, ${asOf})` });
  const { versionId } = source;
  const { card } = await readVersion(engine, versionId);
  const parameters = selfCureParameters.parse((await readSavedVersion(engine, versionId)).parameters);
  const past = await readWaitPast(engine, parameters);
  const scored = await readBins(engine, engine.dialect, { versionId, asOf });
  const { ground, assumptions } = await groundOf(context, card, past, query, scored);
  const hundredths = Math.round(query.cutOff * 100);
  const chosen = cutOffRowOf(hundredths, ground);
  const alone = isAlone(card.identification);
  const title = (await versionTitles(engine, registry, [versionId])).get(versionId)!;
  const capacity = fitCapacity(query.capacity, hundredths, ground);
  return {
    versionId,
    asOf,
    title,
    identification: card.identification,
    alone,
    horizonDays: card.horizonDays,
    cutOff: hundredths / 100,
    waitDays: query.waitDays,
    finding: findingOf(chosen.accounts === 0 ? 'nobody' : alone ? 'alone' : 'policy', {
      accounts: chosen.accounts,
      cutOff: hundredths / 100,
      cures: chosen.cures.estimate,
      lower: chosen.cures.lower,
      upper: chosen.cures.upper,
      horizon: card.horizonDays,
    }),
    chosen,
    rows: [...new Set([...steps, hundredths])].sort((a, b) => a - b).map((step) => cutOffRowOf(step, ground)),
    groups: groupsOf(hundredths, ground),
    capacity: {
      ...capacity,
      sentence:
        capacity.cutOff === null
          ? written(capacityTexts.all, { perDay: query.capacity })
          : written(capacityTexts.some, { ...capacity, cutOff: capacity.cutOff }),
    },
    assumptions,
    segment: {
      name: {
        es: `Esperar ${query.waitDays} días: ${title.es.toLowerCase()}, ${hundredths} % o más`,
        en: `Wait ${query.waitDays} days: ${title.en.toLowerCase()}, ${hundredths}% or more`,
      },
      condition: { score: model, from: hundredths / 100 },
    },
  };
}

import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { categoricalFacts, numericFacts, respondersSql } from '#core/experiment/responders/units.ts';
import { jointSpells, spellsOf } from '#core/experiment/spells.ts';
import { factColumn, scoreColumn } from '#core/segment/columns.ts';
import { sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { MatrixColumn } from '#models/matrix.ts';
import type { RespondersTask } from '#models/uplift/responders/learn.ts';
import type { Context } from '../../context.ts';
import type { EngineColumn } from '../../engine/engine.ts';
import { type DesignRecord, readDesign } from '../../store/experiments/designs.ts';
import { readEvents } from '../../store/experiments/events.ts';
import { scoreSources } from '../../store/portfolio/facts.ts';
import { lastKnownDay } from '../../store/results/known.ts';
import { readResults } from '../../store/results/results.ts';
import { enteredPeople } from '../../store/results/units.ts';
import { clearingModel } from '../designing/people.ts';

/** Fewest people of an arm, and fewest of them with the outcome and without it. */
export const least = { people: 200, events: 20 } as const;
/** People learnt from at most. */
const most = 100_000;
const decided: readonly ExperimentResults['verdict']['kind'][] = [
  'better',
  'worse',
  'equivalent',
  'inconclusive',
];

/**
 * An experiment whose verdict is there, with its primary metric.
 *
 * @throws not_found, responders_not_decided, responders_no_share
 */
export async function decidedExperiment(
  context: Context,
  experimentId: string,
): Promise<{ record: DesignRecord; metric: Metric }> {
  const record = await readDesign(context.engine, experimentId);
  const { design } = record;
  const kind =
    record.state === 'draft' ? 'not_started' : (await readResults(context, experimentId)).verdict.kind;
  if (!decided.includes(kind))
    throw new DomainError('responders_not_decided', { experiment: design.name, verdict: kind });
  const metric = context.registry.metrics.get(design.metric.id) as unknown as Metric | undefined;
  if (metric?.kind !== 'proportion')
    throw new DomainError('responders_no_share', { experiment: design.name, metric: design.metric.id });
  return { record, metric };
}

/** Facts that no segment can ask about, because they are of the experiment's own people. */
const ownFacts: Record<string, Text> = {
  relative_arrears: { es: 'importe vencido frente a los demás', en: 'arrears beside those of others' },
  paid_before: { es: 'pagó en los 60 días anteriores', en: 'paid in the 60 days before' },
};
const scoreTitle: Text = { es: 'puntaje de ponerse al día', en: 'score of clearing arrears' };

export interface RespondingPeople {
  logged: RespondersTask['logged'];
  /** Columns a segment can be made of. */
  ruleColumns: string[];
  facts: { column: string; title: Text; segments: boolean }[];
  asOf: string;
  /** People before some were left out by lot. */
  of: number;
}

const isVaried = (column: MatrixColumn): boolean =>
  column.kind === 'numeric'
    ? new Set(column.values.filter((value) => !Number.isNaN(value))).size > 1
    : new Set(column.codes).size > 1;

/**
 * The people of a decided experiment as they were when they entered, with arm and outcome, in shared memory.
 *
 * @throws responders_few_people
 */
export async function readPeople(
  context: Context,
  { record, metric }: { record: DesignRecord; metric: Metric },
): Promise<RespondingPeople> {
  const { engine } = context;
  const { design, id } = record;
  const asOf = await lastKnownDay(context, design.assume?.today);
  const arms = [
    design.control,
    ...design.arms.map(({ name }) => name).filter((name) => name !== design.control),
  ];
  const score =
    (await scoreSources(engine, record.asOf)).find(({ model }) => model === clearingModel) ?? null;
  const open = spellsOf(arms, record.startsOn, await readEvents(engine, id))
    .map(({ spells }) => spells)
    .reduce(jointSpells);
  const scoreName = score && scoreColumn(clearingModel);
  const { columns, rows } = await engine.columns(
    respondersSql(engine.dialect, {
      experimentId: id,
      assigned: enteredPeople({ experimentId: id, asOf }),
      scores:
        score &&
        sql`SELECT account_id, score FROM scores WHERE version_id = ${score.versionId} AND as_of = CAST(${score.asOf} AS DATE)`,
      column: { metricId: design.metric.id, metric, horizonDays: design.metric.horizonDays, currency: null },
      asOf,
      open,
      score: scoreName,
      most,
    }),
  );
  const numbers = (name: string): Float64Array => {
    const column = columns.get(name);
    return column?.kind === 'numeric' ? column.values : new Float64Array(rows);
  };
  const given = columns.get('row_arm');
  const names =
    given?.kind === 'categorical' ? Array.from(given.codes, (code) => given.categories[code]!) : [];
  const taken = Int32Array.from(names, (name) => arms.indexOf(name));
  const target = numbers('row_target');
  requirePeople(arms, taken, target);
  const facts = [...numericFacts, ...categoricalFacts, ...(scoreName ? [scoreName] : [])]
    .map((name): MatrixColumn => ({ name, ...(columns.get(name) as EngineColumn) }))
    .filter(isVaried);
  const weights = arms.map((name) => design.arms.find((arm) => arm.name === name)!.weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const isOfSegments = (name: string) => name === scoreName || factColumn(name) !== undefined;
  return {
    logged: {
      matrix: {
        rows,
        columns: facts,
        target: metric.better === 'lower' ? target.map((y) => 1 - y) : target,
        groups: Int32Array.from(numbers('row_group')),
        day: new Int32Array(rows),
      },
      arms,
      taken,
      recorded: weights.map((weight) => new Float64Array(rows).fill(weight / total)),
      permitted: arms.map(() => new Uint8Array(rows).fill(1)),
    },
    ruleColumns: facts.map(({ name }) => name).filter(isOfSegments),
    facts: facts.map(({ name }) => ({
      column: name,
      title: ownFacts[name] ?? factColumn(name)?.title ?? scoreTitle,
      segments: isOfSegments(name),
    })),
    asOf,
    of: numbers('row_of')[0] ?? rows,
  };
}

function requirePeople(arms: readonly string[], taken: Int32Array, target: Float64Array): void {
  arms.forEach((arm, a) => {
    let [n, events] = [0, 0];
    taken.forEach((one, row) => {
      if (one !== a) return;
      n++;
      events += target[row]!;
    });
    if (n < least.people || Math.min(events, n - events) < least.events)
      throw new DomainError('responders_few_people', {
        arm,
        n,
        events,
        least: least.people,
        leastEvents: least.events,
      });
  });
}

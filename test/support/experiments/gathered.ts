import { addDays } from '#core/contact/time/wall-clock.ts';
import { type DesignInput, design as designSchema } from '#core/experiment/define.ts';
import type { EvidenceCell } from '#core/experiment/evidence/moments.ts';
import type { Metric } from '#core/experiment/metric.ts';
import complaints from '#core/experiment/metrics/complaints.ts';
import cured from '#core/experiment/metrics/cured.ts';
import type { Gathered, GatheredColumn } from '#core/experiment/results/gathered.ts';
import { curveDays } from '#core/experiment/results/parts/curve.ts';
import { reachedId } from '#core/experiment/units/columns.ts';

/** Sums of an outcome of 0 and 1 and of one covariate that does not vary with it. */
const share = (n: number, rate: number) => {
  const events = Math.round(n * rate);
  return { n, sums: [events, 0], products: [events, 0, n / 4], ratio: false };
};

export interface Simulated {
  /** Share with the outcome, by arm, by day since entering (7, 14, 30, 60); the first arm is control. */
  rates: Record<string, readonly [number, number, number, number]>;
  /** Of complaints, by arm. */
  complaints?: Record<string, number>;
  /** People of each arm on each day of entering. */
  people: number;
  days: number;
  asOf: string;
  design?: Partial<DesignInput>;
  /** Rates of the levels of a fact, by arm, over all people. */
  segment?: { column: string; levels: Record<string, Record<string, number>> };
}

export const firstDay = '2026-11-02';

const column = (
  id: string,
  metricId: string,
  metric: Metric,
  horizonDays: number,
  role: GatheredColumn['role'],
  margin: number | null = null,
): GatheredColumn => ({
  id,
  metricId,
  metric,
  horizonDays,
  currency: null,
  role,
  margin,
  cap: null,
  cappedShare: {},
  sql: 'SELECT 1',
});

/** What the engine would have gathered of an experiment with so many people a day and such rates. */
export function gatheredOf(given: Simulated): Gathered {
  const names = Object.keys(given.rates);
  const design = designSchema.parse({
    name: 'Prueba',
    segmentId: 's',
    arms: names.map((name) => ({ name, weight: 1, touches: [] })),
    control: names[0],
    plan: given.days > 1 ? 'staggered_sequential' : 'simple_fixed',
    entryDays: given.days,
    guardrails: [{ id: 'complaints', horizonDays: 30, margin: 0.005 }],
    ...given.design,
  });
  const days = Array.from({ length: given.days }, (_, i) => addDays(firstDay, i));
  const entered = days.filter((day) => day <= given.asOf);
  const matured = (day: string, horizon: number, n: number) => (addDays(day, horizon) <= given.asOf ? n : 0);
  const cells = entered.flatMap((cohort) =>
    names.map((arm): EvidenceCell => {
      const at = (horizon: number, rate: number) => share(matured(cohort, horizon, given.people), rate);
      const rates = given.rates[arm]!;
      const outcome = at(30, rates[2]);
      return {
        arm,
        stratum: 's',
        cohort,
        units: given.people,
        metrics: {
          ...Object.fromEntries(curveDays.map((day, i) => [`cured:${day}`, at(day, rates[i]!)])),
          'complaints:30': at(30, given.complaints?.[arm] ?? 0.002),
          [reachedId]: {
            n: outcome.n,
            sums: [outcome.sums[0]!, outcome.n, 0],
            products: [outcome.sums[0]!, outcome.sums[0]!, 0, outcome.n, 0, outcome.n / 4],
            ratio: true,
          },
        },
      };
    }),
  );
  const segments = Object.entries(given.segment?.levels ?? {}).flatMap(([stratum, rates]) =>
    entered.flatMap((cohort) =>
      names.map((arm) => ({
        arm,
        stratum,
        cohort,
        units: given.people,
        metrics: { 'cured:30': share(matured(cohort, 30, given.people), rates[arm]!) },
      })),
    ),
  );
  return {
    experimentId: 'x',
    name: design.name,
    design,
    asOf: given.asOf,
    dataVersion: 'v',
    computedAt: '2026-12-01T00:00:00Z',
    startsOn: firstDay,
    schedule: {
      planned: days.map((entersOn) => ({ entersOn, people: given.people * names.length })),
      lastEntry: days.at(-1)!,
    },
    entered: entered.flatMap((on) => names.map((arm) => ({ on, arm, people: given.people }))),
    spells: names.map((arm) => ({ arm, status: 'open', spells: [{ from: firstDay, until: null }] })),
    stopped: false,
    cells,
    columns: [
      column('cured:30', 'cured', cured, 30, 'primary'),
      column('complaints:30', 'complaints', complaints, 30, 'guardrail', 0.005),
      ...[7, 14, 60].map((day) => column(`cured:${day}`, 'cured', cured, day, 'curve')),
    ],
    histograms: new Map(),
    segments: given.segment
      ? [
          {
            column: given.segment.column,
            declared: design.segments.includes(given.segment.column),
            cells: segments,
          },
        ]
      : [],
    money: [],
    stages: [],
    notAsPlanned: [],
    contaminated: 0,
    leftOut: [],
    harm: [],
    recorded: [],
    changes: [],
    armTitles: {},
    differs: null,
  };
}

import { addDays } from '#core/contact/time/wall-clock.ts';
import { type Design, design } from '#core/experiment/define.ts';
import type { EvidenceCell } from '#core/experiment/evidence/moments.ts';
import complaints from '#core/experiment/metrics/complaints.ts';
import cured from '#core/experiment/metrics/cured.ts';
import type { HarmCount } from '#core/experiment/monitoring/harm/harm-counts.ts';
import { harmLines } from '#core/experiment/monitoring/harm/harm-lines.ts';
import { judgeGathered } from '#core/experiment/results/assemble.ts';
import type { Gathered, GatheredColumn } from '#core/experiment/results/gathered.ts';
import type { Judgement } from '#core/experiment/results/judgement.ts';

/** What happens to people of an arm: chances within the window, the same on each day of it. */
export interface ArmTruth {
  cured: number;
  complaint: number;
}

export interface TrialTruth {
  /** People entering a day in each arm. */
  daily: number;
  /** Added to the chance of being cured in the second of two strata. */
  stratumGap: number;
  arms: Readonly<Record<string, ArmTruth>>;
}

interface Person {
  arm: string;
  stratum: string;
  enters: number;
  /** Days after the start on which it happened; infinite: it did not. */
  cured: number;
  complaint: number;
}

export const startsOn = '2026-02-02';
export const windowDays = 30;
const names = ['neutral', 'loss_aversion', 'reciprocity'];

export const trialDesign = (given: Partial<Design> = {}): Design =>
  design.parse({
    name: 'Simulated',
    segmentId: 'simulated',
    control: 'neutral',
    arms: names.map((name) => ({ name, weight: 1, touches: [] })),
    plan: 'staggered_sequential',
    entryDays: 20,
    looks: 4,
    guardrails: [{ id: 'complaints', horizonDays: windowDays, margin: 0.02 }],
    ...given,
  });

function happens(chance: number, entered: number, random: () => number): number {
  if (random() >= chance) return Number.POSITIVE_INFINITY;
  return entered + Math.floor(random() * (windowDays + 1));
}

/** People in daily waves, arms alike in each wave and stratum, and the day on which each thing happened to each. */
export function drawPeople(plan: Design, truth: TrialTruth, random: () => number): Person[] {
  const people: Person[] = [];
  for (let enters = 0; enters < plan.entryDays; enters++)
    for (const arm of names)
      for (let i = 0; i < truth.daily; i++) {
        const high = i % 2 === 1;
        const one = truth.arms[arm] as ArmTruth;
        people.push({
          arm,
          stratum: high ? 'high' : 'low',
          enters,
          cured: happens(one.cured + (high ? truth.stratumGap : -truth.stratumGap), enters, random),
          complaint: happens(one.complaint, enters, random),
        });
      }
  return people;
}

const column = (metricId: string, metric: typeof cured, role: GatheredColumn['role']): GatheredColumn => ({
  id: `${metricId}:${windowDays}`,
  metricId,
  metric,
  horizonDays: windowDays,
  currency: null,
  role,
  margin: null,
  cap: null,
  cappedShare: {},
  sql: '',
});

/** Sums over people by arm, stratum and day of entering: of those only whose window has closed by the day. */
function cellsOn(people: readonly Person[], day: number): EvidenceCell[] {
  const sums = new Map<
    string,
    { person: Person; units: number; n: number; cured: number; complaints: number }
  >();
  for (const person of people) {
    if (person.enters > day) continue;
    const key = `${person.enters} ${person.arm} ${person.stratum}`;
    const sum = sums.get(key) ?? { person, units: 0, n: 0, cured: 0, complaints: 0 };
    sum.units++;
    if (person.enters + windowDays <= day) {
      sum.n++;
      if (person.cured <= day) sum.cured++;
      if (person.complaint <= day) sum.complaints++;
    }
    sums.set(key, sum);
  }
  const shares = (n: number, events: number) => ({ n, sums: [events], products: [events], ratio: false });
  return [...sums.values()].map(({ person, units, n, cured: yes, complaints: bad }) => ({
    arm: person.arm,
    stratum: person.stratum,
    cohort: addDays(startsOn, person.enters),
    units,
    metrics: { [`cured:${windowDays}`]: shares(n, yes), [`complaints:${windowDays}`]: shares(n, bad) },
  }));
}

/** What the daily watch has counted at the end of each day up to one. */
export function harmCounts(plan: Design, people: readonly Person[], until: number): HarmCount[] {
  const last = Math.min(until, lastDay(plan));
  const groups = new Map<string, { arm: string; enters: number; people: number; on: number[] }>();
  for (const { arm, enters, complaint } of people) {
    const key = `${enters} ${arm}`;
    const group = groups.get(key) ?? { arm, enters, people: 0, on: [] };
    group.people++;
    if (complaint <= last) group.on[complaint] = (group.on[complaint] ?? 0) + 1;
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => {
    let events = 0;
    return Array.from({ length: Math.max(0, last - group.enters + 1) }, (_, i): HarmCount => {
      events += group.on[group.enters + i] ?? 0;
      const [day, cohort] = [addDays(startsOn, group.enters + i), addDays(startsOn, group.enters)];
      return { day, cohort, arm: group.arm, people: group.people, events };
    });
  });
}

/** The harm watch as the product runs it, by the end of a day. */
export const watchedOn = (plan: Design, people: readonly Person[], day: number) =>
  harmLines({
    control: plan.control,
    arms: names.slice(1),
    startsOn,
    lastEntry: addDays(startsOn, plan.entryDays - 1),
    metrics: [
      {
        id: 'complaints',
        title: complaints.text.title,
        horizonDays: windowDays,
        counts: harmCounts(plan, people, day),
      },
    ],
  });

/** What the product would have gathered on a day. */
export function gatheredOn(
  plan: Design,
  people: readonly Person[],
  day: number,
  harm: Gathered['harm'],
): Gathered {
  const asOf = addDays(startsOn, day);
  const size = people.length / plan.entryDays;
  const waves = Array.from({ length: plan.entryDays }, (_, i) => ({
    entersOn: addDays(startsOn, i),
    people: size,
  }));
  const entered = waves.flatMap(({ entersOn }) =>
    entersOn <= asOf ? names.map((arm) => ({ on: entersOn, arm, people: size / names.length })) : [],
  );
  return {
    experimentId: 'simulated',
    name: plan.name,
    design: plan,
    asOf,
    dataVersion: 'simulated',
    computedAt: `${asOf}T00:00:00.000Z`,
    startsOn,
    schedule: { planned: waves, lastEntry: addDays(startsOn, plan.entryDays - 1) },
    entered,
    spells: names.map((arm) => ({ arm, status: 'open', spells: [{ from: startsOn, until: null }] })),
    stopped: false,
    cells: cellsOn(people, day),
    columns: [
      column('cured', cured, 'primary'),
      { ...column('complaints', complaints, 'guardrail'), margin: plan.guardrails[0]?.margin ?? null },
    ],
    histograms: new Map(),
    segments: [],
    money: [],
    stages: [],
    notAsPlanned: [],
    contaminated: 0,
    leftOut: [],
    harm,
    recorded: [],
    changes: [],
    armTitles: {},
    differs: { es: '', en: '' },
  };
}

/** The verdict that the results page gives on a day, by the product's own code. */
export const verdictOn = (...given: Parameters<typeof gatheredOn>): Judgement =>
  judgeGathered(gatheredOn(...given), { pValues: false }).judgement;

export const lastDay = (plan: Design): number => plan.entryDays - 1 + windowDays;

import type { MetricHistory, Sizing } from '../contract/experiments/sizing.ts';
import { type Design, design } from './define.ts';

interface SingleMessage {
  name: string;
  weight: number;
  style: string;
  channel: string;
  template: string;
}

/** A design as it was stored, with arms of one message, as they were at first, read as cadences of one touch. */
export function storedDesign(json: string): Design {
  const stored = JSON.parse(json) as { arms: (SingleMessage | { touches: unknown[] })[] };
  const arms = stored.arms.map((arm) => {
    if ('touches' in arm) return arm;
    const { name, weight, style, channel, template } = arm;
    return { name, weight, touches: [{ day: 0, style, channel, templates: [template] }] };
  });
  return design.parse({ ...stored, arms });
}

/** The one metric there was at first. */
const clearing = ({ baseRate, baseRateN, covariateR2 }: Partial<Sizing>): MetricHistory => ({
  id: 'cured',
  title: { es: 'Se puso al día', en: 'Cleared arrears' },
  role: 'primary',
  kind: 'proportion',
  unit: 'share',
  currency: null,
  better: 'higher',
  horizonDays: 30,
  margin: null,
  base: baseRate ?? { estimate: null, lower: null, upper: null },
  variance: null,
  n: baseRateN ?? 0,
  covariateR2: covariateR2 ?? 0,
});

/** A sizing as it was stored; those from before a plan had looks, guardrails and a history of its metrics lack these. */
export function storedSizing(json: string): Sizing {
  const stored = JSON.parse(json) as Partial<Sizing>;
  const none = { estimate: null, lower: null, upper: null };
  const since = {
    arrivalsPerDay: null,
    delivered: none,
    accounts: null,
    startsOn: null,
    metrics: stored.baseRate ? [clearing(stored)] : [],
    people: stored.eligible ?? 0,
    smallestReached: null,
    effectUnit: 'share' as const,
    secondary: [],
    guardrails: [],
    looks: [],
    daysToDecision: 30,
    needed: [],
    inflation: 1,
    notes: [],
  };
  return { ...since, ...stored } as Sizing;
}

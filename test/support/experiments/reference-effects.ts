import { readFileSync } from 'node:fs';
import type { Moments } from '#core/experiment/statistic.ts';

type Sums = Omit<Moments, 'ratio'>;
type Ends = [number, number];

interface Reference {
  shares: {
    x1: number;
    n1: number;
    x2: number;
    n2: number;
    newcombe: Ends;
    score: Ends;
    agresti_caffo: Ends;
    rr_log: Ends;
    rr_score: Ends;
    or_log: Ends;
    or_score: Ends;
    p_score: number;
    p_margin: number;
    p_margin_wald: number;
    fisher: Record<'two-sided' | 'greater' | 'less', number>;
    conditional: number;
    conditional_ci: Ends;
  }[];
  oneShare: ({ x: number; n: number } & Record<
    'wald' | 'agresti_coull' | 'clopper_pearson' | 'wilson' | 'jeffreys',
    Ends
  >)[];
  means: {
    control: Sums;
    arm: Sums;
    p: Record<'two-sided' | 'greater' | 'less', number>;
    df: number;
    ci: Ends;
  }[];
  regression: { control: Sums; arm: Sums; effect: number; error: number; slopes: number[] };
  clusters: { control: Sums; arm: Sums; effect: number; error: number; each: number };
  trials: {
    effects: number[];
    errors: number[];
    q: number;
    tau2_pm: number;
    tau2_dl: number;
    mean_pm: number;
    error_pm: number;
    mean_dl: number;
    error_dl: number;
    error_hk: number;
  }[];
}

/** Numbers of statsmodels and SciPy; made by the script beside the file. */
export const reference = JSON.parse(
  readFileSync(new URL('../../reference/experiment-effects.json', import.meta.url), 'utf8'),
) as Reference;

import { z } from 'zod';

export const directions = ['none', 'auto', 'increasing', 'decreasing'] as const;
export type Direction = (typeof directions)[number];

/** How a scorecard is fitted; the defaults suit a few thousand rows and up. */
export const scorecardOptions = z.object({
  maxBins: z.number().int().min(2).max(20).default(8).meta({ title: 'Bins a column at most' }),
  minBinShare: z
    .number()
    .min(0.001)
    .max(0.5)
    .default(0.02)
    .meta({ title: 'Rows in a bin at least, as a share' }),
  /** Deviance a cut must explain to be made; 3.84 is the 5 % point of chi-square with one degree of freedom. */
  cutThreshold: z.number().min(0).default(3.84).meta({ title: 'Chi-square a cut must reach' }),
  /** Rows at the base rate added to each bin: small bins lean towards saying nothing. */
  smoothing: z.number().min(0).default(0.5).meta({ title: 'Rows at the base rate added to each bin' }),
  minInformation: z.number().min(0).default(0.02).meta({ title: 'Information value at least' }),
  maxCorrelation: z
    .number()
    .min(0)
    .max(1)
    .default(0.95)
    .meta({ title: 'Correlation of two columns at most' }),
  maxColumns: z.number().int().min(1).default(30).meta({ title: 'Columns at most' }),
  /** Standard errors a coefficient must be away from zero to stay. */
  minSignificance: z.number().min(0).default(1.64).meta({ title: 'Significance of a column at least' }),
  /** Penalty on squared coefficients of standardised columns, as pseudo-rows. */
  ridge: z.number().min(0).default(1).meta({ title: 'Ridge penalty' }),
  monotone: z.record(z.string(), z.enum(directions)).default({}).meta({ title: 'Monotone columns' }),
  basePoints: z.number().default(600).meta({ title: 'Points at the base odds' }),
  baseOdds: z.number().positive().default(1).meta({ title: 'Base odds of the event' }),
  pointsToDouble: z.number().positive().default(20).meta({ title: 'Points that double the odds' }),
});
export type ScorecardOptions = z.output<typeof scorecardOptions>;

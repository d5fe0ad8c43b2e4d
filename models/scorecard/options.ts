import { z } from 'zod';
import { handBinsOf } from '#core/scorecard/bins.ts';
import { directions } from '#core/scorecard/monotone.ts';
import { field } from '#core/text/field.ts';

export type { Direction } from '#core/scorecard/monotone.ts';

/** How a scorecard is fitted; the defaults suit a few thousand rows and up. */
export const scorecardOptions = z.object({
  maxBins: z
    .number()
    .int()
    .min(2)
    .max(20)
    .default(8)
    .meta(field('Tramos por columna, como máximo', 'Bins a column at most')),
  minBinShare: z
    .number()
    .min(0.001)
    .max(0.5)
    .default(0.02)
    .meta(field('Parte de las filas por tramo, como mínimo', 'Rows in a bin at least, as a share')),
  /** Deviance a cut must explain to be made; 10.83 is the 0.1 % point of chi-square with one degree of freedom. */
  cutThreshold: z
    .number()
    .min(0)
    .default(10.83)
    .meta(field('Ji cuadrado que debe alcanzar un corte', 'Chi-square a cut must reach')),
  /** Rows at the base rate added to each bin: small bins lean towards saying nothing. */
  smoothing: z
    .number()
    .min(0)
    .default(0.5)
    .meta(
      field('Filas con la tasa base que se suman a cada tramo', 'Rows at the base rate added to each bin'),
    ),
  minInformation: z
    .number()
    .min(0)
    .default(0.02)
    .meta(field('Valor de información mínimo', 'Information value at least')),
  maxCorrelation: z
    .number()
    .min(0)
    .max(1)
    .default(0.95)
    .meta(field('Correlación máxima entre dos columnas', 'Correlation of two columns at most')),
  maxColumns: z.number().int().min(1).default(30).meta(field('Columnas, como máximo', 'Columns at most')),
  /** Standard errors a coefficient must be away from zero to stay. */
  minSignificance: z
    .number()
    .min(0)
    .default(1.64)
    .meta(field('Significancia mínima de una columna', 'Significance of a column at least')),
  /** Penalty on squared coefficients of standardised columns, as pseudo-rows. */
  ridge: z.number().min(0).default(1).meta(field('Penalización ridge', 'Ridge penalty')),
  monotone: z
    .record(z.string(), z.enum(directions))
    .default({})
    .meta(field('Columnas monótonas', 'Monotone columns')),
  /** Bins a person made, by column: their cuts stay, what they say is estimated anew on the rows fitted on. */
  bins: handBinsOf.default({}).meta(field('Tramos hechos a mano', 'Bins made by hand')),
  basePoints: z.number().default(600).meta(field('Puntos en la razón base', 'Points at the base odds')),
  baseOdds: z.number().positive().default(1).meta(field('Razón base del evento', 'Base odds of the event')),
  pointsToDouble: z
    .number()
    .positive()
    .default(20)
    .meta(field('Puntos que duplican la razón', 'Points that double the odds')),
});
export type ScorecardOptions = z.output<typeof scorecardOptions>;

import { z } from 'zod';
import { field } from '#core/text/field.ts';

export const directions = ['none', 'increasing', 'decreasing'] as const;
export type Direction = (typeof directions)[number];

/** How boosted trees are fitted; the defaults suit a few thousand rows and up. */
export const treeOptions = z.object({
  rounds: z.number().int().min(1).max(5000).default(600).meta(field('Árboles, como máximo', 'Trees at most')),
  learningRate: z
    .number()
    .positive()
    .max(1)
    .default(0.05)
    .meta(field('Paso de aprendizaje', 'Learning rate')),
  leaves: z.number().int().min(2).max(255).default(31).meta(field('Hojas por árbol', 'Leaves a tree')),
  minRows: z
    .number()
    .int()
    .min(1)
    .default(20)
    .meta(field('Filas por hoja, como mínimo', 'Rows in a leaf at least')),
  /** Sum of second derivatives: rows times p (1 − p) under the logistic objective. */
  minHessian: z
    .number()
    .min(1e-9)
    .default(1e-3)
    .meta(field('Hessiano por hoja, como mínimo', 'Hessian in a leaf at least')),
  l2: z.number().min(0).default(1).meta(field('Penalización L2 de las hojas', 'L2 penalty on leaves')),
  minGain: z
    .number()
    .min(0)
    .default(0)
    .meta(field('Ganancia mínima de un corte', 'Gain of a split at least')),
  bins: z
    .number()
    .int()
    .min(4)
    .max(255)
    .default(255)
    .meta(field('Tramos por columna, faltantes incluidos', 'Bins a column, missing included')),
  rowShare: z
    .number()
    .positive()
    .max(1)
    .default(1)
    .meta(field('Parte de las filas en cada árbol', 'Share of rows in each tree')),
  columnShare: z
    .number()
    .positive()
    .max(1)
    .default(1)
    .meta(field('Parte de las columnas en cada árbol', 'Share of columns in each tree')),
  /** Added to a category's hessian before categories are put in order; rarer ones join the rest. */
  categorySmoothing: z
    .number()
    .min(0)
    .default(10)
    .meta(field('Suavizado de las categorías', 'Smoothing of categories')),
  categoryL2: z
    .number()
    .min(0)
    .default(10)
    .meta(field('Penalización de los cortes por categoría', 'Penalty on splits by category')),
  monotone: z
    .record(z.string(), z.enum(directions))
    .default({})
    .meta(field('Columnas monótonas', 'Monotone columns')),
  /** Rounds without a better loss on the rows held aside; 0: all rounds are fitted and none are held aside. */
  patience: z
    .number()
    .int()
    .min(0)
    .default(30)
    .meta(
      field(
        'Rondas sin mejora antes de parar (0: no parar)',
        'Rounds without gain before stopping (0: never)',
      ),
    ),
  heldShare: z
    .number()
    .positive()
    .max(0.5)
    .default(0.2)
    .meta(field('Parte de los grupos apartada para parar', 'Share of groups held aside for stopping')),
  /** Once the number of rounds is known, all rows are fitted on. */
  refit: z.boolean().default(true).meta(field('Reajustar con todas las filas', 'Fit again on all rows')),
});
export type TreeOptions = z.output<typeof treeOptions>;

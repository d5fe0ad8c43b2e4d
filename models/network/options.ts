import { z } from 'zod';
import { field } from '#core/text/field.ts';

/** How a network is fitted; the defaults suit tables of a few thousand to some hundred thousand rows. */
export const networkOptions = z.object({
  width: z
    .number()
    .int()
    .min(2)
    .max(512)
    .default(64)
    .meta(field('Neuronas de la primera capa', 'Units of the first layer')),
  depth: z
    .number()
    .int()
    .min(1)
    .max(5)
    .default(2)
    .meta(
      field('Capas ocultas', 'Hidden layers', {
        es: 'Cada una, la mitad de la anterior',
        en: 'Each half the one before',
      }),
    ),
  dropout: z
    .number()
    .min(0)
    .max(0.8)
    .default(0.2)
    .meta(field('Parte de las neuronas que se apaga al entrenar', 'Share of units switched off in training')),
  learningRate: z
    .number()
    .positive()
    .max(0.1)
    .default(0.003)
    .meta(field('Tasa de aprendizaje', 'Learning rate')),
  /** Penalty on half the squared weights of a row's mean loss. */
  penalty: z
    .number()
    .min(0)
    .max(1)
    .default(1e-4)
    .meta(field('Penalización de los pesos', 'Penalty on the weights')),
  batchRows: z.number().int().min(16).max(8192).default(256).meta(field('Filas por paso', 'Rows of a step')),
  maxEpochs: z
    .number()
    .int()
    .min(1)
    .max(500)
    .default(40)
    .meta(field('Vueltas, como máximo', 'Epochs at most')),
  patience: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(5)
    .meta(field('Vueltas sin mejora antes de parar', 'Epochs without gain before it stops')),
  validationShare: z
    .number()
    .min(0.02)
    .max(0.5)
    .default(0.15)
    .meta(
      field('Parte de las personas que decide cuándo parar', 'Share of people that decides when to stop'),
    ),
  members: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(1)
    .meta(
      field('Redes cuyo promedio se usa', 'Networks whose mean is used', {
        es: 'Más redes, puntajes más estables y más tiempo',
        en: 'More networks, steadier scores and more time',
      }),
    ),
  scaling: z
    .enum(['rank', 'robust'])
    .default('rank')
    .meta(
      field('Escala de los números', 'Scale of numbers', undefined, {
        rank: { es: 'Por su lugar entre los demás', en: 'By their place among the others' },
        robust: { es: 'Mediana y cuartiles, acotada', en: 'Median and quartiles, bounded' },
      }),
    ),
});
export type NetworkOptions = z.output<typeof networkOptions>;

import { z } from 'zod';

/** What must not get worse by more than a margin; the p-value is of "it does", on one side. */
export const margin = z.object({
  value: z.number().gt(0),
  /** Of the metric's own unit, or of control's value. */
  of: z.enum(['unit', 'control']).default('unit'),
  better: z.enum(['higher', 'lower']),
});
export type Margin = z.output<typeof margin>;

/** Under one half, so that a one-sided interval, which has all of it on its side, has an end. */
export const alpha = z.number().gt(0).lt(0.5).default(0.05);
/** Of the p-value and of the interval; greater: the alternative is that the arm is above control. */
export const sided = z.enum(['two', 'greater', 'less']).default('two');
export type Sided = z.output<typeof sided>;

/** What most statistics can be asked. */
export const question = {
  alpha,
  sided,
  /** difference: arm − control; relative: that over |control|. */
  scale: z.enum(['difference', 'relative']).default('difference'),
  /** How the interval of the relation is made. */
  relativeBy: z.enum(['delta', 'fieller']).default('delta'),
  margin: margin.optional(),
};
const questionObject = z.object(question);
export type Question = z.output<typeof questionObject>;

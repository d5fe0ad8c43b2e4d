/** Under the first a comparison is invalid; under the second it is warned of. */
export const invalidates = 0.001;
export const warns = 0.01;

export type Trust = 'good' | 'warn' | 'bad';

/** What a p-value of a check of trust means; none: nothing speaks against it. */
export const trustOf = (pValue: number | null): Trust =>
  pValue === null || pValue >= warns ? 'good' : pValue < invalidates ? 'bad' : 'warn';

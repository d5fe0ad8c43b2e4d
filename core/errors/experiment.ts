/** Errors of the experiment step. */
export const experiment = {} as const;

/** Errors of the segment step. */
export const segment = {} as const;

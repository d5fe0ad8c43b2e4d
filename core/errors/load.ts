/** Errors of the load step. */
export const load = {} as const;

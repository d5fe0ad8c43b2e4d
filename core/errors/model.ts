/** Errors of the model step. */
export const model = {} as const;

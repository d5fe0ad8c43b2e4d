/** Errors of the contact step. */
export const contact = {} as const;

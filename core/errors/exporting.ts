/** Errors of the export step. */
export const exporting = {} as const;

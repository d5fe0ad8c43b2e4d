/** The name of a column in the rows that a thread leaves: names of files may be anything. */
export const plainName = (column: number): string => `c${column}`;

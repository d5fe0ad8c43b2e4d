const hidden = '•••';

/** A value that says who a person is, for a reader who may not know: that there is one, and nothing of it. */
export const maskText = (value: string | null): string | null => (value === null ? null : hidden);

/** That a column holds values, and how often at most one does, without any of them. */
export const maskValues = (values: readonly { count: number }[]): { value: string; count: number }[] =>
  values.slice(0, 1).map(({ count }) => ({ value: hidden, count }));

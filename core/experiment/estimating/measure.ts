/** A figure made of column means, and how it changes with each. */
export interface Measured {
  value: number;
  gradient: number[];
}

/** A figure of an arm as a function of the means of its columns. null: it has no value there. */
export type Measure = (means: readonly number[]) => Measured | null;

const zeros = (means: readonly number[]): number[] => new Array<number>(means.length).fill(0);

/** The mean of a column. */
export const meanOf =
  (column: number): Measure =>
  (means) => {
    const gradient = zeros(means);
    gradient[column] = 1;
    return { value: means[column]!, gradient };
  };

/** The ratio of two columns' means, which is that of their sums. */
export const ratioOf =
  (numerator: number, denominator: number): Measure =>
  (means) => {
    const [m, d] = [means[numerator]!, means[denominator]!];
    if (d === 0) return null;
    const gradient = zeros(means);
    gradient[numerator] = 1 / d;
    gradient[denominator] = -m / (d * d);
    return { value: m / d, gradient };
  };

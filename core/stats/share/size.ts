import { normalQuantile } from '../distributions/normal.ts';

/** People so that the Wald interval of a share reaches `halfWidth` to each side: p(1 − p)(z / h)². */
export const peopleForWidth = (share: number, halfWidth: number, alpha: number): number =>
  share * (1 - share) * (normalQuantile(1 - alpha / 2) / halfWidth) ** 2;

/** Cohen's h, the distance of two shares on the scale where their variance does not depend on them. */
export const cohenH = (one: number, other: number): number =>
  2 * Math.asin(Math.sqrt(one)) - 2 * Math.asin(Math.sqrt(other));

/** Log odds as points: 20 more double the odds, the scale scorecards are read on. */
export const inPoints = (logOdds: number | null | undefined): number | null =>
  logOdds === null || logOdds === undefined ? null : (logOdds * 20) / Math.LN2;

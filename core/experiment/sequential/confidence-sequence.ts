export interface Watched {
  estimate: number;
  standardError: number;
  /** Units of both arms. */
  n: number;
  alpha: number;
  /** Number of units at which the sequence is to be narrowest: best, those planned. */
  narrowestAt: number;
  /** Of the alternative. */
  sided: 'two' | 'greater' | 'less';
  /** Ends between which a one-sided p-value is held; GrowthBook's are 0.00001 and 0.4999. */
  pRange?: readonly [number, number];
}

export interface Sequence {
  /** null: open on that side, or not computable. */
  lower: number | null;
  upper: number | null;
  pValue: number | null;
}

/**
 * Asymptotic confidence sequence of an effect: intervals that hold the truth at all times together, however often one
 * looks and whenever one stops, with the p-value of the same bound. For large samples; the first few hundred units
 * are better not looked at.
 *
 * ρ² = (−2 ln α + ln(1 − 2 ln α)) / narrowestAt. Two-sided: ± se·√(2(Nρ² + 1)/(Nρ²) · ln(√(Nρ² + 1)/α)), with the
 * e-value exp(ρ²S/(2(Nρ² + 1)))/√(Nρ² + 1), S = N·estimate²/se², p = min(1, 1/e). One-sided: ρ of 2α and
 * ln(1 + √(Nρ² + 1)/(2α)); p is the α at which the bound, ρ held, touches 0, which is 1 above ½.
 *
 * Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, arXiv 2103.06476v7, equations 9, 134, 155, 161; equals GrowthBook's.
 */
export function confidenceSequence(given: Watched): Sequence {
  const { estimate, standardError, n, alpha, narrowestAt, sided } = given;
  if (!(standardError > 0) || !(n > 0)) return { lower: null, upper: null, pValue: null };
  const spending = sided === 'two' ? alpha : 2 * alpha;
  const rho2 = (-2 * Math.log(spending) + Math.log1p(-2 * Math.log(spending))) / narrowestAt;
  const grown = n * rho2 + 1;
  const log =
    sided === 'two' ? Math.log(Math.sqrt(grown) / alpha) : Math.log1p(Math.sqrt(grown) / (2 * alpha));
  const half = standardError * Math.sqrt(((2 * grown) / (n * rho2)) * log);
  const exponent = (rho2 * n * (estimate / standardError) ** 2) / (2 * grown);
  if (sided === 'two') {
    const pValue = Math.min(1, Math.sqrt(grown) * Math.exp(-exponent));
    return { lower: estimate - half, upper: estimate + half, pValue };
  }
  const towards = sided === 'greater' ? estimate > 0 : estimate < 0;
  const touching = towards ? Math.sqrt(grown) / (2 * Math.expm1(exponent)) : 1;
  const pValue = touching >= 0.5 ? 1 : touching;
  const [least, most] = given.pRange ?? [0, 1];
  return {
    lower: sided === 'greater' ? estimate - half : null,
    upper: sided === 'less' ? estimate + half : null,
    pValue: Math.min(most, Math.max(least, pValue)),
  };
}

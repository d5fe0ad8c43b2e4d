/** Standard normal numbers from uniform ones (Box and Muller). */
export function normals(random: () => number): () => number {
  let kept: number | null = null;
  return () => {
    if (kept !== null) {
      const one = kept;
      kept = null;
      return one;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    kept = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** z at each share of information of a trial whose z is expected to be `drift` at all of it. */
export function zPath(information: readonly number[], drift: number, normal: () => number): number[] {
  let [score, before] = [0, 0];
  return information.map((t) => {
    score += drift * (t - before) + Math.sqrt(t - before) * normal();
    before = t;
    return score / Math.sqrt(t);
  });
}

/** Four standard errors of a share over so many runs: beyond it a simulation disagrees. */
export const simulationError = (share: number, runs: number): number =>
  4 * Math.sqrt((share * (1 - share)) / runs);

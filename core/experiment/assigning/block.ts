import { DomainError } from '../../errors/domain-error.ts';

export interface WeightedArm {
  name: string;
  weight: number;
}

/** A block of people in which every arm gets exactly its share. */
export interface Block {
  size: number;
  /** The arm of each place, arms spread evenly. */
  pattern: readonly string[];
}

const largestBlock = 1000;

function wholeShares(arms: readonly WeightedArm[]): number[] | null {
  const total = arms.reduce((sum, arm) => sum + arm.weight, 0);
  for (let size = arms.length; size <= largestBlock; size++) {
    const shares = arms.map((arm) => (arm.weight / total) * size);
    const whole = shares.map(Math.round);
    if (shares.every((share, i) => whole[i]! >= 1 && Math.abs(share - whole[i]!) < 1e-9 * size)) return whole;
  }
  return null;
}

/** Each place goes to the arm furthest behind its share; the earlier arm on a tie. */
function spread(arms: readonly WeightedArm[], whole: readonly number[]): string[] {
  const size = whole.reduce((sum, n) => sum + n, 0);
  const given = whole.map(() => 0);
  return Array.from({ length: size }, (_, place) => {
    const behind = whole.map((n, i) => n * (place + 1) - given[i]! * size);
    const next = behind.indexOf(Math.max(...behind));
    given[next]!++;
    return arms[next]!.name;
  });
}

/**
 * The smallest block in which the weights come out as whole people: 1:1:1 gives 3, 0.5:0.25:0.25 gives 4.
 *
 * @throws weights_without_block when it would need more than 1,000 people
 */
export function blockOf(arms: readonly WeightedArm[]): Block {
  const whole = wholeShares(arms);
  if (!whole)
    throw new DomainError('weights_without_block', {
      weights: arms.map((arm) => arm.weight).join(', '),
      largest: largestBlock,
    });
  const pattern = spread(arms, whole);
  return { size: pattern.length, pattern };
}

/** Chance of each arm, the same for everybody. */
export function propensities({ size, pattern }: Block): Map<string, number> {
  const places = new Map<string, number>();
  for (const arm of pattern) places.set(arm, (places.get(arm) ?? 0) + 1);
  return new Map([...places].map(([arm, n]) => [arm, n / size]));
}

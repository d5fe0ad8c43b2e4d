/**
 * Uniform numbers in [0, 1) from a seed: sfc32 (Chris Doty-Humphrey, PractRand), 32 bits each. Equal seeds give
 * equal numbers on every machine.
 */
export function seededRandom(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = Math.floor(seed / 2 ** 32) >>> 0;
  let counter = seed >>> 0;
  const next = () => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + sum) >>> 0;
    return sum / 2 ** 32;
  };
  for (let i = 0; i < 16; i++) next();
  return next;
}

/** The whole numbers below `length` in an order drawn from `random` (Fisher–Yates). */
export function shuffled(length: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

/**
 * Uniform numbers in (0, 1) from a seed and the number of a stream: sfc32 (Chris Doty-Humphrey, PractRand). Equal
 * seeds and streams give equal numbers on every machine; each year of a simulation has a stream of its own, so that the
 * years may be drawn in any order and by any number of threads.
 */
export function uniformStream(seed: number, stream: number): () => number {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = stream >>> 0;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return ((sum >>> 0) + 0.5) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

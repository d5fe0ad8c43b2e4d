import { seededRandom } from '#models/maths/random.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';

const cities = ['bogotá', "o'higgins", 'são paulo', 'quito', 'rare'];

/**
 * A matrix with a signal: two numbers (one with ties and holes), one category with holes and a rare value, one
 * number of pure noise. Rows come in groups of up to three and on `days` dates.
 */
export function randomMatrix(rows: number, seed: number, days = 1): Matrix & { target: Float64Array } {
  const random = seededRandom(seed);
  const level = new Float64Array(rows);
  const count = new Float64Array(rows);
  const noise = new Float64Array(rows);
  const city = new Int32Array(rows);
  const target = new Float64Array(rows);
  const groups = new Int32Array(rows);
  const day = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const a = random() * 4 - 2;
    const b = Math.floor(random() * 6);
    const c = random() < 0.01 ? 4 : Math.floor(random() * 4);
    level[i] = random() < 0.1 ? Number.NaN : a;
    count[i] = random() < 0.05 ? Number.NaN : b;
    city[i] = random() < 0.05 ? -1 : c;
    noise[i] = random();
    const eta = -0.6 + 1.1 * a + 0.25 * (b - 2.5) + (c === 0 ? 0.9 : c === 2 ? -0.7 : 0);
    target[i] = random() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
    groups[i] = Math.floor(i / 3);
    day[i] = 20_000 + 31 * (i % days);
  }
  const numeric = (name: string, values: Float64Array): MatrixColumn => ({ name, kind: 'numeric', values });
  return {
    rows,
    columns: [
      numeric('level', level),
      numeric('count', count),
      numeric('noise', noise),
      { name: 'city', kind: 'categorical', codes: city, categories: cities },
    ],
    target,
    groups,
    day,
  };
}

import { seededRandom } from '#models/maths/random.ts';
import type { Matrix } from '#models/matrix.ts';

/** Numbers with one in a hundred missing; the log odds follow some of them in curves and together. */
export function simulated(rows: number, columns: number, seed: number): Matrix & { target: Float64Array } {
  const random = seededRandom(seed);
  const values = Array.from({ length: columns }, () => new Float64Array(rows));
  const target = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let column = 0; column < columns; column++) {
      const normal = random() + random() + random() + random() - 2;
      values[column]![i] = column % 5 === 4 ? Math.round(normal * 3) : normal;
    }
    const at = (column: number) => values[column]![i]!;
    const odds =
      -1 +
      1.2 * at(0) +
      Math.sin(3 * at(1)) +
      1.5 * at(2) * at(3) +
      0.3 * at(4) +
      Math.abs(at(5)) +
      (at(6) > 0.3 ? at(7) : 0.2);
    target[i] = random() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    for (let column = 0; column < columns; column++) if (random() < 0.01) values[column]![i] = Number.NaN;
  }
  return {
    rows,
    columns: values.map((column, i) => ({ name: `x${i}`, kind: 'numeric', values: column })),
    target,
    groups: Int32Array.from({ length: rows }, (_, i) => i),
    day: new Int32Array(rows),
  };
}

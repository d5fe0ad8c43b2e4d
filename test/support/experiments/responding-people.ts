import { seededRandom } from '#models/maths/random.ts';
import type { RespondersTask } from '#models/uplift/responders/learn.ts';

export interface RespondingPeople {
  logged: RespondersTask['logged'];
  /** Chance of the outcome under each arm, which nobody could know. */
  truth: Float64Array[];
}

/**
 * People of a trial of three arms, drawn with equal chances. Style A lifts the outcome by `lift` where x is at least
 * 0 and B where it is below; elsewhere they do nothing. `level` moves the outcome; `noise` and `kind` mean nothing.
 */
export function respondingPeople(rows: number, seed: number, lift: number): RespondingPeople {
  const random = seededRandom(seed);
  const arms = ['neutral', 'a', 'b'];
  const [x, level, noise, target] = [0, 1, 2, 3].map(() => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const truth = arms.map(() => new Float64Array(rows));
  const codes = new Int32Array(rows);
  const taken = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    x[i] = Math.round(200 * random() - 100) / 100;
    level[i] = random();
    noise[i] = Math.floor(90 * random());
    codes[i] = Math.floor(3 * random());
    const base = 0.2 + 0.3 * level[i]!;
    truth[0]![i] = base;
    truth[1]![i] = base + (x[i]! >= 0 ? lift : 0);
    truth[2]![i] = base + (x[i]! < 0 ? lift : 0);
    taken[i] = Math.floor(3 * random());
    target[i] = random() < truth[taken[i]!]![i]! ? 1 : 0;
  }
  return {
    truth,
    logged: {
      matrix: {
        rows,
        columns: [
          { name: 'x', kind: 'numeric', values: x },
          { name: 'level', kind: 'numeric', values: level },
          { name: 'noise', kind: 'numeric', values: noise },
          { name: 'kind', kind: 'categorical', codes, categories: ['card', 'loan', 'line'] },
        ],
        target,
        groups: Int32Array.from({ length: rows }, (_, i) => i),
        day: new Int32Array(rows),
      },
      arms,
      taken,
      recorded: arms.map(() => new Float64Array(rows).fill(1 / 3)),
      permitted: arms.map(() => new Uint8Array(rows).fill(1)),
    },
  };
}

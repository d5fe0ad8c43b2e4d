import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import naiveBayes from '#models/examples/naive-bayes.ts';
import { seededRandom } from '#models/maths/random.ts';
import { auc } from '#models/metrics/auc.ts';
import { home } from '#server/config.ts';
import { randomMatrix } from '../support/models/random-matrix.ts';

describe('a model and a learner brought as the README says', () => {
  let checkout: string;
  beforeAll(() => {
    checkout = mkdtempSync(join(tmpdir(), 'ensayo-own-'));
    for (const part of ['core', 'models', 'data', 'server', 'test/support', 'package.json', 'tsconfig.json'])
      cpSync(join(home, part), join(checkout, part), { recursive: true });
    symlinkSync(join(home, 'node_modules'), join(checkout, 'node_modules'));
    const example = (name: string) => join(home, 'models/examples', name);
    cpSync(example('later-next-month.ts'), join(checkout, 'models/later-next-month.ts'));
    cpSync(example('naive-bayes.ts'), join(checkout, 'models/learners/naive-bayes.ts'));
  });
  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  it('are found, trained, approved and scored without touching anything else', () => {
    const child = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(checkout, 'test/support/children/bring-child.ts')],
      { cwd: checkout, encoding: 'utf8', timeout: 120_000 },
    );
    expect(child.stderr).toBe('');
    const { trained, question, scored, mean } = JSON.parse(child.stdout) as {
      trained: { auc: { estimate: number }; learner: string };
      question: string;
      scored: { model: string; rows: number };
      mean: number;
    };
    expect(question).toBe('At 15 days past due by the next snapshot?');
    expect(trained.learner).toBe('naive-bayes');
    expect(trained.auc.estimate).toBeGreaterThan(0.55);
    expect(scored).toMatchObject({ model: 'later-next-month', rows: expect.any(Number) });
    expect(scored.rows).toBeGreaterThan(50);
    expect(mean).toBeGreaterThan(0);
  }, 150_000);
});

it('the learner of the examples ranks rows it has not seen', () => {
  const fitted = naiveBayes.fit({
    matrix: randomMatrix(2000, 1),
    options: naiveBayes.options.parse({}),
    random: seededRandom(1),
    onProgress: () => {},
    checkCancelled: () => {},
  }) as Awaited<ReturnType<typeof naiveBayes.fit>>;
  const other = randomMatrix(2000, 2);
  const p = naiveBayes.restore(JSON.parse(JSON.stringify(fitted.save()))).predict(other);
  expect(p).toEqual(fitted.predict(other));
  expect(auc(other.target, p).estimate).toBeGreaterThan(0.75);
});

import { expect, it } from 'vitest';
import { draw, estimate, truth } from '../../support/contact/contact-simulation.ts';

const replications = 2_000;
const people = 3_000;

it('the interval of the weighted share covers the truth in 95 ± 1.5 % of 2,000 portfolios, or more often', () => {
  const known = truth();
  let covered = 0;
  let [bias, plain] = [0, 0];
  for (let seed = 1; seed <= replications; seed++) {
    const { share, spread, plain: left } = estimate(draw(people, 50_000 + seed));
    if (Math.abs(share - known) <= 1.96 * spread) covered++;
    bias += (share - known) / replications;
    plain += (left - known) / replications;
  }
  console.info(
    `covered ${((100 * covered) / replications).toFixed(2)} %; mean error ${(100 * bias).toFixed(2)} pp weighted, ${(100 * plain).toFixed(2)} pp with the contacted left out`,
  );
  expect(covered / replications).toBeGreaterThan(0.935);
  expect(Math.abs(bias)).toBeLessThan(0.1 * Math.abs(plain));
}, 300_000);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rehearsal } from '#core/contract/experiments/rehearsal.ts';
import type { Design } from '#core/experiment/define.ts';
import { designOf, openBook, saveSegment } from '../../../support/experiments/experiments.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import { simulationError } from '../../../support/trials/z-paths.ts';

let server: TestServer;
let segmentId: string;
beforeAll(async () => {
  server = await openBook();
  segmentId = await saveSegment(server);
});
afterAll(() => server.close());

async function rehearse(design: Partial<Design>, given: object = {}) {
  const body = { design: designOf(segmentId, design), ...given };
  const job = await server.client.experimentRehearsal.run({ body });
  return server.workspace.context.jobs.finished(job.id);
}

const staggered: Partial<Design> = { plan: 'staggered_sequential', entryDays: 14, looks: 3 };
const spending = 'obrien_fleming';
const plans: [string, Partial<Design>, number][] = [
  ['simple', {}, 1],
  [
    'staggered with futility',
    { ...staggered, analysis: { estimator: 'adjusted', spending, futility: true } },
    3,
  ],
  [
    'always valid',
    {
      ...staggered,
      correction: 'dunnett',
      analysis: { estimator: 'unadjusted', inference: 'always_valid', spending, futility: false },
    },
    3,
  ],
];

describe('a design tried on people of the past', () => {
  it.each(plans)('%s: false alarms and power as promised', async (_, design, looks) => {
    const replications = 300;
    const { error, result } = await rehearse(design, { replications });
    expect(error).toBeNull();
    const found = result as Rehearsal;
    expect([found.from, found.until, found.looks]).toEqual(['2026-09-30', '2026-10-31', looks]);
    expect(found.replications).toBe(replications);
    expect(found.people).toBeGreaterThan(500);
    expect(found.planted).toBeGreaterThan(3);
    const { falseAlarms, power } = found;
    expect(falseAlarms.promised).toBe(0.05);
    expect(falseAlarms.found.estimate).toBeLessThan(0.05 + simulationError(0.05, replications));
    // The effect is the one the design sees with 80 %; this book's past has no score, so that less is promised of it.
    expect(power.promised).toBeGreaterThan(0.65);
    expect(power.promised).toBeLessThan(0.81);
    const error80 = simulationError(power.promised!, replications);
    expect(Math.abs(power.found.estimate! - power.promised!)).toBeLessThan(error80 + 0.02);
    const ends = (of: 'none' | 'planted') => found.endings.reduce((sum, one) => sum + one[of], 0);
    expect([ends('none'), ends('planted')]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
    expect(found.early > 0).toBe(looks > 1);
    expect(found.sentence.en).toMatch(/^Tried 300 times on [\d,]+ people of the past: /);
  });

  it('says so where the promise is not kept: an effect inside the margin is called equivalent', async () => {
    const { result } = await rehearse({ margin: 0.5 }, { replications: 40 });
    const { power, endings, sentence } = result as Rehearsal;
    expect(power.found.estimate).toBe(0);
    expect(endings).toEqual([{ kind: 'equivalent', none: 1, planted: 1 }]);
    expect(sentence.es).toMatch(/No es lo que prometía la cuenta/);
  });

  it('cannot be tried on a metric that is a quantile', async () => {
    const { error } = await rehearse({ metric: { id: 'days_to_cure', horizonDays: 30 } });
    expect(error?.code).toBe('rehearsal_impossible');
  });
});

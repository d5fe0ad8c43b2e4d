import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { model, styles } from '#data/generator/model.ts';
import { answeredStyles, trialStyles, withTrialStyles } from '#data/generator/trial-styles.ts';
import { discover } from '#server/registry.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

describe('styles that only a trial may use', () => {
  it('complete the catalogue', async () => {
    const catalogue = await discover('core/message/styles');
    expect([...answeredStyles].sort()).toEqual([...catalogue.keys()].sort());
    for (const answers of Object.values(trialStyles))
      expect(Object.keys(answers)).toEqual(model.responders.map(({ name }) => name));
  });

  it('are answered by kind of responder, alike where styles are, not at all where nothing works', async () => {
    const people = raw(
      'SELECT r AS responder, x AS reacts, 0.5 AS effect0 FROM range(5) t(r), range(3) u(x) ORDER BY r, x',
    );
    const statement = withTrialStyles(people);
    const found = await workspace.context.engine.rows<Record<string, number>>(
      raw(`SELECT * FROM (${statement.text}) ORDER BY responder, reacts`),
    );
    Object.values(trialStyles).forEach((answers, i) => {
      const number = styles.length + i;
      model.responders.forEach(({ name }, responder) => {
        const said = answers[name as keyof typeof answers];
        const of = (reacts: number) => found[responder * 3 + reacts]!;
        expect([0, 1, 2].map((reacts) => Number(of(reacts)[`effect${number}`]))).toEqual([
          0,
          0.5,
          said.effect,
        ]);
        expect(Number(of(2)[`opt_out${number}`])).toBe(said.optOut);
        expect(Number(of(2)[`complaint${number}`])).toBe(said.complaint);
      });
    });
  });

  it('are modest: none works better than the strongest of the past, none where nothing works', () => {
    const strongest = Math.max(...model.responders.flatMap(({ effect }) => Object.values(effect)));
    for (const answers of Object.values(trialStyles)) {
      expect(answers.nobody.effect).toBe(0);
      for (const { effect } of Object.values(answers)) expect(effect).toBeLessThan(strongest);
    }
  });
});

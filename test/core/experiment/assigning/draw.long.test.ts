import { afterAll, beforeAll, expect, it } from 'vitest';
import { differingUnits, fillUnits } from '../../../support/experiments/drawn-units.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

it('a draw of a million people is the same in the engine and in TypeScript', async () => {
  const { engine } = workspace.context;
  const units = await fillUnits(engine, 1_000_000);
  const arms = ['a', 'b', 'c'].map((name, i) => ({ name, weight: i + 1 }));
  expect(await differingUnits(engine, units, { salt: 'million', arms, entryDays: 14 })).toEqual([]);
}, 600_000);

import { afterAll, beforeAll, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { remembered } from '#server/store/remembered.ts';
import { insertBook } from '../../support/books/book.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

it('works an answer out once for each version of the data', async () => {
  const { engine } = workspace.context;
  let worked = 0;
  const ask = (question = 'q') => remembered(engine, question, async () => ++worked);
  expect([await ask(), await ask(), await ask('other')]).toEqual([1, 1, 2]);
  await insertBook(engine, 1, { customers: [{ customer_id: 'c' }] });
  expect([await ask(), await ask()]).toEqual([3, 3]);
  await engine.run(raw("UPDATE loads SET state = 'withdrawn'"));
  expect(await ask()).toBe(4);
});

it('forgets what went wrong', async () => {
  const { engine } = workspace.context;
  const fails = () => remembered(engine, 'bad', () => Promise.reject(new Error('once')));
  await expect(fails()).rejects.toThrow('once');
  expect(await remembered(engine, 'bad', async () => 'fine')).toBe('fine');
});

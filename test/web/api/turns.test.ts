import { expect, it } from 'vitest';
import { Turns } from '../../../web/src/api/turns.ts';

/** Work that ends when told to, and says that it began. */
function works() {
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      began.push(name);
      ends.set(name, () => resolve(name));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { began, work, end };
}
const settle = () => new Promise((resolve) => setTimeout(resolve));

it('lets so many through at a time, in the order they came', async () => {
  const turns = new Turns(2);
  const { began, work, end } = works();
  const { signal } = new AbortController();
  const all = ['a', 'b', 'c', 'd'].map((name) => turns.run(work(name), signal));
  await settle();
  expect(began).toEqual(['a', 'b']);
  await end('b');
  expect(began).toEqual(['a', 'b', 'c']);
  await end('a');
  await end('c');
  await end('d');
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

it('never begins what was given up while it waited, and goes on with the next', async () => {
  const turns = new Turns(1);
  const { began, work, end } = works();
  const stop = new AbortController();
  const { signal } = new AbortController();
  const first = turns.run(work('a'), signal);
  const given = turns.run(work('b'), stop.signal);
  const next = turns.run(work('c'), signal);
  stop.abort();
  await expect(given).rejects.toThrow();
  await end('a');
  expect(began).toEqual(['a', 'c']);
  await end('c');
  expect(await Promise.all([first, next])).toEqual(['a', 'c']);
  await expect(turns.run(work('d'), stop.signal)).rejects.toThrow();
  expect(began).toEqual(['a', 'c']);
});

it('gives its turn back when the work fails', async () => {
  const turns = new Turns(1);
  const { signal } = new AbortController();
  await expect(turns.run(() => Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  expect(await turns.run(async () => 'yes', signal)).toBe('yes');
});

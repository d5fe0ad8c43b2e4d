import type { Engine } from '../engine/engine.ts';
import { currentDataVersion } from './data-version.ts';
import { erasures } from './keeping/epoch.ts';

interface Memory {
  /** The version of the data and how often rows were erased from it. */
  of: string;
  answers: Map<string, Promise<unknown>>;
}

const memories = new WeakMap<Engine, Memory>();
const mostAnswers = 200;

/**
 * An answer that depends on the loaded data alone: worked out once for each version of them. Whatever changes the
 * portfolio is a load or an erasure, so either forgets everything.
 */
export async function remembered<T>(engine: Engine, question: string, work: () => Promise<T>): Promise<T> {
  const of = `${await currentDataVersion(engine)} ${await erasures(engine)}`;
  let memory = memories.get(engine);
  if (!memory || memory.of !== of || memory.answers.size >= mostAnswers) {
    memory = { of, answers: new Map() };
    memories.set(engine, memory);
  }
  const { answers } = memory;
  const known = answers.get(question) as Promise<T> | undefined;
  if (known) return known;
  const answer = work();
  answers.set(question, answer);
  answer.catch(() => answers.delete(question));
  return answer;
}

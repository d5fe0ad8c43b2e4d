import { contract } from '#core/contract/index.ts';
import { useAnswer } from './server.svelte.ts';

/** Whether the quality of the data has been checked; undefined until that is known. */
export function useProfiled(): () => boolean | undefined {
  const line = useAnswer(contract.system.line);
  return () => {
    const step = line.data?.steps.find(({ name }) => name === 'profile');
    return step && step.doneAt !== null;
  };
}

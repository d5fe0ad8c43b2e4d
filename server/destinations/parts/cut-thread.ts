import { readSync } from 'node:fs';
import { answerCalls } from '../../threads/worker-side.ts';
import { type CutPart, type CutTask, Cutter } from './cut.ts';

/** Reads a pipe to its end in a thread of its own, so that waiting for it holds nothing up. */
answerCalls<CutTask, CutPart[]>(async ({ task, checkCancelled }) => {
  const cutter = new Cutter(task);
  const piece = Buffer.allocUnsafe(1 << 20);
  try {
    while (true) {
      const bytes = readSync(task.source, piece);
      if (bytes === 0) return cutter.end();
      checkCancelled();
      cutter.push(piece.subarray(0, bytes));
    }
  } catch (error) {
    cutter.abandon();
    throw error;
  }
});

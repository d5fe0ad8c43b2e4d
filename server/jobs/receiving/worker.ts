import { createHash } from 'node:crypto';
import { answerCalls } from '../../threads/worker-side.ts';
import { type PlainBatch, readItems, type SignedBatch, type VerifiedBatch, verifyBatch } from './verify.ts';

answerCalls<SignedBatch | PlainBatch, VerifiedBatch>(async ({ task }) => {
  if ('body' in task) return verifyBatch(task);
  return {
    senderId: '',
    bodyHash: createHash('sha256').update(task.items).digest('hex'),
    ...readItems(JSON.parse(task.items) as unknown[], task.latestMs),
  };
});

import { rm } from 'node:fs/promises';
import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import type { Inspection } from '../../sources/source.ts';
import { senderNamed } from '../../store/events/senders.ts';
import { dropStaging, stagingOf } from '../../store/loading/staging.ts';
import { jobKind } from '../job.ts';
import { findFiles, scratchOf } from '../loading/request.ts';
import { type FileTaken, inspectEvents, takeFile } from '../receiving/file.ts';

type Input = z.output<typeof contract.events.load.body>;

interface Read {
  senderId: string;
  files: (Inspection & { source: string })[];
}

/**
 * Takes files of events, piece by piece, with the same effects as signed batches. Each piece is known by the hash of its
 * file, so that the same file again, or a job taken up again, counts the same and changes nothing.
 */
export default jobKind<Input>({
  steps: [
    {
      name: 'read',
      async run(step) {
        const { context, input } = step;
        const { id } = await senderNamed(context.engine, input.sender);
        const files: Read['files'] = [];
        for (const file of await findFiles(context, input.file)) files.push(await inspectEvents(step, file));
        return { output: { senderId: id, files } satisfies Read };
      },
    },
    {
      name: 'take',
      async run(step) {
        const { senderId, files } = step.outputs.read as Read;
        const output: FileTaken[] = [];
        for (const file of files) output.push(await takeFile(step, senderId, file));
        await rm(scratchOf(step.context, step.jobId), { recursive: true, force: true });
        return { output };
      },
    },
  ],
  result: (outputs) => ({ files: outputs.take }),
  async cleanUp({ context, jobId }) {
    await dropStaging(context.engine, stagingOf(jobId));
    await rm(scratchOf(context, jobId), { recursive: true, force: true });
  },
  audit: (outputs) => {
    const files = outputs.take as FileTaken[];
    const sum = (of: (file: FileTaken) => number) => files.reduce((total, file) => total + of(file), 0);
    return {
      files: files.length,
      accepted: sum((file) => file.accepted),
      duplicates: sum((file) => file.duplicates),
      rejected: sum((file) => file.rejectedTotal),
    };
  },
});

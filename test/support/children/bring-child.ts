import { insertLearnableBook } from '../books/learnable-book.ts';
import { startTestServer } from '../servers/server.ts';

/** In a checkout that holds one model and one learner more: trains, approves and scores with them over HTTP. */
const server = await startTestServer();
const { client, workspace } = server;
const finished = async ({ id }: { id: string }) => {
  const job = await workspace.context.jobs.finished(id);
  if (job.error) throw new Error(`${job.error.code}: ${job.error.message}`);
  return job.result as Record<string, unknown>;
};
await workspace.context.engine.transaction((session) => insertLearnableBook(session, 600));
const trained = await finished(
  await client.models.train({ params: { model: 'later-next-month' }, body: { learner: 'naive-bayes' } }),
);
const versionId = String(trained.versionId);
const { card } = await client.models.approve({ params: { versionId }, body: { name: 'Ana' } });
const scored = await finished(await client.scores.create({ body: { model: 'later-next-month' } }));
const [summary] = (await client.scores.list()).scores;
const shown = {
  trained,
  question: card.question.en,
  points: card.points.length,
  scored,
  mean: summary?.mean,
};
process.stdout.write(`${JSON.stringify(shown)}\n`);
await server.close();
process.exit(0);

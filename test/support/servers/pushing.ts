import { addressOf, type CallInput } from '#core/contract/client.ts';
import type { Endpoint } from '#core/contract/endpoint.ts';
import type { Job } from '#core/contract/jobs.ts';
import type { TestServer } from './server.ts';

interface Problem {
  code: string;
  detail: string;
}

/** Sends bytes to an endpoint that takes them and waits for the job it answers with; a refusal before it is thrown. */
export async function push(
  server: TestServer,
  endpoint: unknown,
  input: CallInput,
  body: string | Uint8Array,
): Promise<Job> {
  const response = await fetch(server.origin + addressOf(endpoint as Endpoint, input), {
    method: 'POST',
    headers: { authorization: `Bearer ${await server.token()}` },
    body: body as string,
  });
  const answer = (await response.json()) as Job & Problem;
  if (!response.ok) throw new Error(`${answer.code}: ${answer.detail}`);
  return server.workspace.context.jobs.finished(answer.id);
}

/** The rows of an endpoint that answers lines of JSON. */
export async function pull(
  server: TestServer,
  endpoint: unknown,
  input: CallInput,
): Promise<Record<string, unknown>[]> {
  const response = await fetch(
    server.origin + addressOf(endpoint as Endpoint, { ...input, query: { format: 'json' } }),
    { headers: { authorization: `Bearer ${await server.token()}` } },
  );
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

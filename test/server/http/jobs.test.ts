import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '#core/contract/jobs.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
let headers: Record<string, string>;
let file: string;

beforeAll(async () => {
  server = await startTestServer();
  headers = { authorization: `Bearer ${await server.token()}`, 'content-type': 'application/json' };
  file = join(server.workspace.folder, 'customers.csv');
  writeFileSync(file, 'customer_id,jurisdiction\n1,CO\n2,MX\n');
});
afterAll(() => server.close());

interface Event {
  id: number;
  job: Job;
}

/** Reads the stream until a job has ended. */
async function listen(until: (event: Event) => boolean, lastEventId?: number): Promise<Event[]> {
  const answer = await fetch(`${server.origin}/api/v1/events/stream`, {
    headers: { ...headers, ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }) },
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const seen: Event[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(piece, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const id = /^id: (\d+)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (!id || !data) continue;
      seen.push({ id: Number(id), job: JSON.parse(data) as Job });
      if (until(seen.at(-1) as Event)) return seen;
    }
  }
  return seen;
}

const post = async (path: string, body: unknown, more: Record<string, string> = {}): Promise<Response> =>
  fetch(server.origin + path, {
    method: 'POST',
    headers: { ...headers, ...more },
    body: JSON.stringify(body),
  });

describe('long work', () => {
  it('answers 202 with a job, tells its progress live, and again from any event on', async () => {
    const ended = listen(({ job }) => job.state === 'done');
    const answer = await post('/api/v1/loads', { file, recipe: 'ensayo' });
    expect(answer.status).toBe(202);
    const job = (await answer.json()) as Job;
    const events = await ended;
    const ids = events.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(events.at(-1)?.job).toMatchObject({ id: job.id, state: 'done' });
    expect(events.at(-1)?.job.steps.every(({ state }) => state === 'done')).toBe(true);

    const missed = await listen(({ job: { state } }) => state === 'done', ids[0]);
    expect(missed.at(-1)?.job.id).toBe(job.id);
    expect(missed.every(({ id }) => id > (ids[0] as number))).toBe(true);
  });

  it('asked for twice with one Idempotency-Key is one job', async () => {
    const key = { 'idempotency-key': 'monday' };
    const first = (await (await post('/api/v1/loads', { file, recipe: 'ensayo' }, key)).json()) as Job;
    const second = (await (await post('/api/v1/loads', { file, recipe: 'ensayo' }, key)).json()) as Job;
    expect(first.state).toBe('queued');
    expect(second.id).toBe(first.id);
  });

  it('that fails says why in the problem’s terms', async () => {
    const job = (await (
      await post('/api/v1/loads', { file: '/absent.csv', recipe: 'ensayo' })
    ).json()) as Job;
    const ended = await server.workspace.context.jobs.finished(job.id);
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'load_file_missing' } });
  });
});

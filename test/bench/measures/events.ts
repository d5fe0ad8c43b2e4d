import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { raw } from '#core/sql/sql.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import { defineMeasure } from '../measure.ts';
import { serve } from '../served.ts';

const perSecond = 5_000;
const perRequest = 500;
const lastsSeconds = 40;
const settleSeconds = 3;

/** Events as they come back: nearly all are of messages, each told of again later; one in fifty is more than that. */
const eventsOf = (from: number, people: number) =>
  Array.from({ length: perRequest }, (_, i) => {
    const n = from + i;
    const who = (n * 7919) % people;
    const time = new Date(Date.now() - 60_000).toISOString();
    if (n % 50 === 7)
      return { id: `b${n}`, type: 'paid', time, accountId: `a${who}`, amount: '1.00', currency: 'COP' };
    if (n % 500 === 13)
      return { id: `b${n}`, type: 'opted_out', time, customerId: `c${who}`, channel: 'sms' };
    return {
      id: `b${n}`,
      type: (['delivered', 'opened', 'clicked'] as const)[n % 3],
      time,
      messageKey: `key-${who}`,
    };
  });

/** Seconds of processor a process has used. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function putBook(folder: string, people: number, threads: number, memoryLimit: string): Promise<void> {
  const engine = await openDuckDb({
    path: join(folder, 'ensayo.duckdb'),
    threads,
    memoryLimit,
    tempDirectory: join(folder, 'spill'),
  });
  const all = `FROM range(${people}) r(i)`;
  for (const statement of [
    "INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal) VALUES (1, 'live', 'bench', '', '[]', '[]', 0, false, now()::TIMESTAMP - INTERVAL 1 DAY, 'owner')",
    `INSERT INTO customers (customer_id, jurisdiction, load_id, source_row) SELECT 'c' || i, 'CO', 1, i ${all}`,
    `INSERT INTO accounts (account_id, customer_id, currency, load_id, source_row) SELECT 'a' || i, 'c' || i, 'COP', 1, i ${all}`,
    `INSERT INTO snapshots (account_id, as_of, arrears, minimum_due, days_past_due, load_id, source_row) SELECT 'a' || i, current_date - 2, 100, 50, 20, 1, i ${all}`,
    `INSERT INTO contact_permissions (customer_id, channel, basis, granted_at, load_id, source_row) SELECT 'c' || i, 'sms', 'consent', TIMESTAMP '2025-01-01', 1, i ${all}`,
    "INSERT INTO export_runs (export_id, batch_id, experiment_id, destination, options, state, rows_sent, rows_excluded, started_at, by_principal) VALUES ('run', 'batch', '', 'gone', '{}', 'done', 0, 0, now()::TIMESTAMP - INTERVAL 2 HOUR, 'owner')",
    `INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state, seq) SELECT 'run', 'key-' || i, 's' || i, 'c' || i, 'x', 1, 'sms', 'written', i ${all}`,
    `INSERT INTO contact_checks (batch_id, assignment_id, experiment_id, customer_id, arm, touch, channel, planned_at, planned_local, send_before, send_before_local, time_zone, zone_source, rule_set, rule_version, state)
      SELECT 'batch', 's' || i, '', 'c' || i, 'x', 1, 'sms', now()::TIMESTAMP, now()::TIMESTAMP, now()::TIMESTAMP + INTERVAL 1 DAY, now()::TIMESTAMP, 'America/Bogota', 'bench', 'CO-2300', '1', 'sent' ${all}`,
  ])
    await engine.run(raw(statement));
  await engine.close();
}

export default defineMeasure({
  title: 'Events that come back',
  about: `A book of so many people, each with a message out, is sent signed requests of ${perRequest} events, ${perSecond.toLocaleString('en')} events a second for ${lastsSeconds} s, while the page of what came back is asked for every 100 ms; each answer comes after its commit. The server is watched from inside by \`monitorEventLoopDelay\`. Two of a hundred events are payments, one of five hundred is an opt-out, the others say what became of a message. Processor seconds are the server’s own, over the time of sending. Asked: 5,000 a second on two cores; 99.9 % of the loop under 100 ms.`,
  accounts: 200_000,
  memoryLimit: '2GB',
  async run(bench) {
    const first = await serve(bench);
    const { secret } = await first.client.events.addSender({ body: { name: 'bench' } });
    await first.stop();
    await putBook(bench.folder, bench.accounts, bench.threads, bench.memoryLimit);
    const file = join(bench.folder, 'loop.json');
    const served = await serve(bench, {
      ENSAYO_LOOP_FILE: file,
      NODE_OPTIONS: `--import ${new URL('../watch-loop.mjs', import.meta.url).href}`,
    });
    process.env.NODE_OPTIONS = '';
    const { origin } = new URL(served.url);
    const took: number[] = [];
    const asked: number[] = [];
    let accepted = 0;
    const post = async (n: number) => {
      const body = JSON.stringify({ events: eventsOf(n, bench.accounts) });
      const [id, at] = [`m${n}`, new Date()];
      const began = performance.now();
      const response = await fetch(`${origin}/api/v1/events?sender=bench`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, body),
        },
        body,
      });
      const answer = (await response.json()) as { accepted?: number };
      took.push(performance.now() - began);
      accepted += answer.accepted ?? 0;
    };
    const sent: Promise<void>[] = [];
    const sendFor = async (seconds: number, from: number) => {
      const began = performance.now();
      const requests = (seconds * perSecond) / perRequest;
      for (let i = 0; i < requests; i++) {
        const wait = began + (i * 1000 * perRequest) / perSecond - performance.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        sent.push(post(from + i * perRequest));
      }
    };
    await sendFor(settleSeconds, 0);
    await Promise.all(sent);
    took.length = 0;
    accepted = 0;
    process.kill(served.pid, 'SIGUSR2');
    const before = processorSeconds(served.pid);
    const began = performance.now();
    let over = false;
    const reading = (async () => {
      while (!over) {
        const start = performance.now();
        await served.client.events.summary();
        asked.push(performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await sendFor(lastsSeconds, settleSeconds * perSecond);
    await Promise.all(sent);
    const seconds = (performance.now() - began) / 1000;
    const processor = processorSeconds(served.pid) - before;
    over = true;
    await reading;
    await served.stop();
    const loop = JSON.parse(readFileSync(file, 'utf8')) as { p99: number; p999: number; max: number };
    const at = (list: number[], share: number) =>
      Math.round(list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0);
    return {
      head: ['what', 'figure'],
      rows: [
        ['people with a message out', bench.accounts],
        ['events accepted', accepted],
        ['events a second, to the last answer', Math.round(accepted / seconds)],
        ['processor seconds of the server', processor],
        ['events a processor second', Math.round(accepted / processor)],
        ['answer to a request: middle, ms', at(took, 0.5)],
        ['answer to a request: 99 %, ms', at(took, 0.99)],
        ['event loop: 99 %, ms', Math.round(loop.p99)],
        ['event loop: 99.9 %, ms', Math.round(loop.p999)],
        ['event loop: longest, ms', Math.round(loop.max)],
        ['the page’s request: middle, ms', at(asked, 0.5)],
        ['the page’s request: 99 %, ms', at(asked, 0.99)],
      ],
    };
  },
});

import { sendEvents } from '../../support/contact/events.ts';
import { seeded } from '../../support/receiver/faults.ts';
import { serveEvents } from '../../support/servers/serve-events.ts';

const perRequest = 500;

/**
 * Tells by signed events that messages were delivered, in any order, to a server that kills itself so many times on the way. One
 * request in five goes out a second time, as from a sender that lost the answer, and whatever got none is sent again.
 *
 * @param report the sender's secret, when the messages were delivered, and how often the server dies
 * @returns requests made
 */
export async function reportBack(
  folder: string,
  keys: readonly string[],
  report: { secret: string; time: string; kills: number },
): Promise<number> {
  const { secret, time, kills } = report;
  const draw = seeded(11);
  const left = keys
    .map((messageKey) => ({ messageKey, order: draw() }))
    .sort((a, b) => a.order - b.order)
    .map(({ messageKey }) => ({ id: `told-${messageKey}`, type: 'delivered', messageKey }));
  const batches = Array.from({ length: Math.ceil(left.length / perRequest) }, (_, i) => ({
    id: `batch-${i}`,
    events: left.slice(i * perRequest, (i + 1) * perRequest).map((event) => ({ ...event, time })),
  }));
  let requests = 0;
  for (let kill = 1, next = 0; ; kill++) {
    const diesAt = kill <= kills ? Math.floor((keys.length * kill) / (kills + 1)) : 0;
    const { origin, child, ended } = await serveEvents(folder, diesAt);
    const tell = async (batch: (typeof batches)[number]) => {
      requests += 1;
      const { status, body } = await sendEvents(origin, secret, batch.events, { id: batch.id });
      if (status !== 200 || body.rejectedTotal)
        throw new Error(`events were answered ${status}: ${JSON.stringify(body).slice(0, 500)}`);
    };
    try {
      for (; next < batches.length; next++) {
        const batch = batches[next] as (typeof batches)[number];
        await tell(batch);
        if (draw() < 0.2) await tell(batch);
      }
    } catch (error) {
      const isKilled = error instanceof TypeError && diesAt > 0;
      if (!isKilled) child.kill('SIGKILL');
      await ended;
      if (!isKilled) throw error;
      continue;
    }
    child.kill('SIGKILL');
    await ended;
    return requests;
  }
}
